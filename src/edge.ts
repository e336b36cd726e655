/** The Cloudflare Worker: serves the public files from R2, takes them from the origin, and passes on what only the origin can do. */
import { Copy } from './edge/copy.ts'
import { type EdgeFiles, edgeFiles } from './edge/files.ts'
import { pageOf, styleOf } from './edge/pages.ts'
import { Origin } from './edge/pass.ts'
import { receive } from './edge/receive.ts'
import { servePublic } from './edge/serve.ts'
import { type EdgeEnv, type Later, type Settings, settingsOf } from './edge/settings.ts'
import { systemClock } from './lib/clock.ts'
import { isDoor, placeOf } from './lib/outside-paths.ts'

/** What an isolate remembers between requests. */
type Isolate = { settings: Settings; files: EdgeFiles; copy: Copy; origin: Origin }
let isolate: Isolate | null = null

function isolateOf(env: EdgeEnv): Isolate {
  if (isolate) return isolate
  const settings = settingsOf(env)
  const files = edgeFiles(env.FILES, settings.prefix)
  isolate = { settings, files, copy: new Copy(files, systemClock), origin: new Origin(settings, systemClock) }
  return isolate
}

const PUSH = '/_edge/'

async function answer(request: Request, env: EdgeEnv, later: Later): Promise<Response> {
  const { settings, files, copy, origin } = isolateOf(env)
  const url = new URL(request.url)
  if (url.pathname.startsWith(PUSH))
    return styleOf(request, url.pathname) ?? receive({ request, url, settings, copy, files, clock: systemClock })
  const beside = (work: Promise<unknown>) => later.waitUntil(work.catch(() => {}))
  const client = request.headers.get('cf-connecting-ip') ?? ''
  origin.look(beside)
  const passes = mayPass(url.pathname, settings)
  if (!isDoor(url.pathname)) {
    const asked = { request, url: pathIn(request.url), client, beside, passes, offset: settings.offset }
    const served = await servePublic(copy, origin, asked)
    if (served) return served
  }
  return passes ? origin.pass(request, client) : pageOf(request, 404)
}

function mayPass(path: string, { origin, passDesk }: Settings): boolean {
  const place = placeOf(path)
  if (!origin || !place || (place.ending && !path.split('?')[0]?.endsWith(place.ending))) return false
  return place.edge === 'pass' || (place.edge === 'desk' && passDesk)
}

/** Path and query as they were sent. */
const pathIn = (url: string): string => {
  const path = url.indexOf('/', url.indexOf('//') + 2)
  return path < 0 ? '/' : url.slice(path)
}

const worker = {
  fetch: (request: Request, env: EdgeEnv, later: Later): Promise<Response> => answer(request, env, later),
}

// biome-ignore lint/style/noDefaultExport: workerd asks for its handler by this name.
export { worker as default }
