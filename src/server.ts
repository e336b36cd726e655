/** The service: public files first, then the web layer; the work beside it in a thread of its own. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { fileURLToPath } from 'node:url'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { outlets } from '../channels/index.ts'
import { siteOf } from '../templates/page/assets.ts'
import { type Config, ConfigError, readConfig } from './config.ts'
import { type Ctx, channelConfig, closeContext, createContext, type Log } from './context.ts'
import { endLive } from './delivery/live.ts'
import { Refusal } from './lib/errors.ts'
import { firstName, isDoor } from './lib/outside-paths.ts'
import { commitFirstPages } from './server/first-site.ts'
import { refuseSampleFolder } from './server/sample-folder.ts'
import { firstAdminLink } from './staff/first-admin.ts'
import { createApp } from './web/app.ts'
import { routesOf } from './web/guards/route.ts'
import { startWork } from './work.ts'

const RESTART_AFTER = 1000

/** Ids and causes only are logged: no body, no header, no text of a release. */
const openLog = (config: Config, part: string): Promise<{ log: Log }> =>
  import('pino').then(({ pino }) => ({
    log: pino({ level: config.logLevel, base: { part }, redact: ['*.headers', '*.body'] }),
  }))

async function main(config: Config): Promise<void> {
  await refuseSampleFolder(config)
  const { log } = await openLog(config, 'web')
  const ctx = await createContext({ config, registry: outlets, log })
  const pages = firstPages(ctx)
  const server = config.role === 'work' ? null : await listen(ctx, pages)
  await pages
  const work = config.role === 'all' ? startThread(log) : config.role === 'work' ? await startWork(ctx) : null
  const link = server ? await firstAdminLink(ctx) : null
  if (server) process.stdout.write(`Örtöö 驿  ${config.publicUrl}  ·  desk ${config.publicUrl}/desk\n`)
  if (link) process.stdout.write(`First administrator, once only · 首位管理员（一次有效）: ${link}\n`)
  onceEnded(async () => {
    endLive(ctx)
    server?.close()
    server?.closeIdleConnections()
    await work?.stop()
    await closeContext(ctx)
  })
}

/**
 * An empty site already answers politely; on every later start this is done at once. A bucket that does not answer just
 * then keeps nobody from the desk: its pages are there as soon as it does.
 */
async function firstPages(ctx: Ctx): Promise<void> {
  try {
    if (!(await standing(ctx))) await commitFirstPages(ctx, ctx.site)
  } catch (err) {
    if (!(err instanceof Refusal && err.kind === 'unavailable')) throw err
    ctx.log.error({ err }, 'files do not answer')
  }
}

/** After an upgrade the pages of this process name a stylesheet that no page published before has brought along. */
const standing = async (ctx: Ctx): Promise<boolean> =>
  Boolean(
    (await ctx.site.lookup('/')) && (await ctx.site.lookup(siteOf(channelConfig(ctx.config, ctx.keys), 'live').css)),
  )

/** Answers from the start: whoever asks for a page before the first ones are written waits for them. */
async function listen(ctx: Ctx, pages: Promise<void>): Promise<Server> {
  const { getRequestListener } = await import('@hono/node-server')
  const app = await createApp(ctx)
  const answer = getRequestListener(app.fetch)
  const own = new Set(routesOf(app).map((r) => firstName(r.path)))
  let pending: Promise<void> | null = pages
    .catch(() => {})
    .finally(() => {
      pending = null
    })
  const answerPublic = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    if (pending && !own.has(firstName(req.url ?? ''))) await pending
    if (!(await ctx.site.handle(req, res))) answer(req, res)
  }
  const server = createServer((req, res) => {
    if (!pending && ctx.site.again(req, res)) return
    if (isDoor(req.url ?? '')) return void answer(req, res)
    if (pending) return void answerPublic(req, res)
    const served = ctx.site.handle(req, res)
    if (served === true) return
    if (served === false) return void answer(req, res)
    void served.then((yes) => (yes ? undefined : answer(req, res)))
  })
  const { host, port } = ctx.config
  await new Promise<void>((up, fail) => server.once('error', fail).listen(port, host, () => up()))
  return server
}

/** The work runs in a thread with its own database handle; one that dies is started again. */
function startThread(log: Log): { stop(): Promise<void> } {
  let stopping = false
  let thread: Worker
  const start = () => {
    thread = new Worker(fileURLToPath(import.meta.url), { workerData: { role: 'work' } })
    thread.on('error', (err) => log.error({ err }, 'the work thread failed'))
    thread.on('exit', (code) => {
      if (stopping) return
      log.error({ code }, 'the work thread ended; starting it again')
      setTimeout(start, RESTART_AFTER)
    })
  }
  start()
  return {
    async stop() {
      stopping = true
      const gone = new Promise((done) => thread.once('exit', done))
      thread.postMessage('stop')
      await gone
    },
  }
}

async function workThread(config: Config): Promise<void> {
  const ctx = await createContext({ config, registry: outlets, ...(await openLog(config, 'work')) })
  const running = await startWork(ctx, { alone: true })
  parentPort?.once('message', () => {
    void running
      .stop()
      .then(() => closeContext(ctx))
      .then(() => process.exit(0))
  })
}

function onceEnded(close: () => Promise<void>): void {
  let ending = false
  const end = () => {
    if (ending) return
    ending = true
    void close().finally(() => process.exit(0))
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
}

function start(): void {
  try {
    const config = readConfig()
    const run = isMainThread
      ? main(config)
      : (workerData as { role?: string })?.role === 'work'
        ? workThread(config)
        : Promise.resolve()
    run.catch((err: unknown) => fail(err))
  } catch (err) {
    fail(err)
  }
}

/** One sentence an operator can act on, and no trace where the fault is in a setting. */
function fail(err: unknown): void {
  const known = err instanceof ConfigError || (err as NodeJS.ErrnoException)?.code === 'EADDRINUSE'
  process.stderr.write(`${known ? (err as Error).message : ((err as Error)?.stack ?? String(err))}\n`)
  process.exit(1)
}

start()
