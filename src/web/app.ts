/** The web layer as one app: guards first, then the API, the desk, subscriptions. Public files are served before it. */
import { Hono } from 'hono'
import { routePath } from 'hono/route'
import type { Ctx } from '../context.ts'
import { systemClock } from '../lib/clock.ts'
import { notFound } from '../lib/errors.ts'
import { newId } from '../lib/id.ts'
import { onlyRead, targetOf } from '../store/site-rules.ts'
import type { App, Env, Req } from './env.ts'
import { answerError, BadRequest } from './errors.ts'
import { identify } from './guards/auth.ts'
import { clientOf } from './guards/client.ts'
import { setHeaders } from './guards/headers.ts'
import { languageOf } from './guards/language.ts'
import { routesOf } from './guards/route.ts'
import { type Metrics, openMetrics } from './metrics.ts'
import { mountAcknowledge } from './routes/acknowledge.tsx'
import { mountApi } from './routes/api.ts'
import { mountDesk } from './routes/desk.tsx'
import { mountFault } from './routes/fault.tsx'
import { mountHub } from './routes/hub.tsx'
import { mountMedia } from './routes/media.tsx'
import { mountMetrics } from './routes/metrics.ts'
import { mountPrint } from './routes/print.ts'
import { mountSearch } from './routes/search.tsx'
import { mountStaff } from './routes/staff.tsx'
import { mountSubscriptions } from './routes/subscriptions.tsx'
import { mountVerify } from './routes/verify.tsx'

/** Everything that is not a public file. */
export async function createApp(ctx: Ctx): Promise<App> {
  const app: App = new Hono<Env>()
  const metrics = ctx.config.metricsToken ? openMetrics(ctx) : null
  if (metrics) timeRequests(app, metrics)
  app.use('*', async (c, next) => {
    c.set('ctx', ctx)
    c.set('actor', null)
    c.set('via', null)
    c.set('html', false)
    c.set('plain', false)
    c.set('requestId', newId(ctx.clock.ms()))
    c.set('lang', languageOf(c))
    c.set('client', await clientOf(c))
    await next()
    setHeaders(c)
  })
  app.use('*', async (c, next) => {
    await identify(c)
    await next()
  })
  app.onError((err, c) => answerError(c, err))
  mountApi(app)
  mountMetrics(app, metrics)
  mountStaff(app)
  mountSubscriptions(app)
  mountSearch(app)
  mountVerify(app)
  mountFault(app)
  mountPrint(app)
  mountHub(app)
  mountMedia(app)
  mountAcknowledge(app)
  mountDesk(app)
  app.notFound(async (c) => {
    const methods = methodsAt(app, c.req.path)
    if (methods.length === 0 && (await isPublicFile(c))) {
      const { status, headers, text } = onlyRead()
      return c.body(text, status as 405, headers)
    }
    c.set('html', !/^\/(api|\.well-known)(\/|$)/.test(c.req.path) && acceptsHtml(c.req.header('accept')))
    const refusal = methods.length
      ? new BadRequest(405, 'method', { methods: methods.join(', ') }, { allow: methods.join(', ') })
      : notFound()
    return answerError(c, refusal)
  })
  return app
}

/** By the pattern of the route, so that no id or number of a release becomes a label. */
function timeRequests(app: App, metrics: Metrics): void {
  app.use('*', async (c, next) => {
    const began = systemClock.ticks()
    await next()
    const pattern = routePath(c, -1)
    metrics.observe(
      c.req.method,
      pattern === '*' || pattern === '/*' ? 'none' : pattern,
      c.res.status,
      (systemClock.ticks() - began) / 1000,
    )
  })
}

/** Asked only of methods that read nothing: files that may be read were answered before this layer. */
async function isPublicFile(c: Req): Promise<boolean> {
  if (c.req.method === 'GET' || c.req.method === 'HEAD') return false
  const target = targetOf(new URL(c.req.url).pathname)
  if (target === null || target === 'malformed') return false
  return (await c.var.ctx.site.lookup(target.path)) !== null
}

const acceptsHtml = (accept = '') => /text\/html|application\/xhtml\+xml/.test(accept)

/** Methods a path answers to (RFC 9110 §15.5.6), HEAD with GET. */
function methodsAt(app: App, path: string): string[] {
  const found = routesOf(app)
    .filter((r) => new RegExp(`^${r.path.replace(/\./g, '\\.').replace(/\{\w+\}/g, '[^/]+')}$`).test(path))
    .map((r) => r.method.toUpperCase())
  return [...new Set(found.includes('GET') ? [...found, 'HEAD'] : found)].sort()
}
