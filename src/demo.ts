/** `npm run demo`: the real service with sample data and its own mail and push relays, a story told through its API, then open to look around. */
import { join } from 'node:path'
import { outlets } from '../channels/index.ts'
import { t } from '../templates/words/index.ts'
import { consoleLanguage, readConfig } from './config.ts'
import { closeContext, createContext, type Log } from './context.ts'
import { type Child, freePort, freshFolder, NotOurs, startService } from './demo/children.ts'
import { Desk } from './demo/desk.ts'
import { publishSamples } from './demo/samples.ts'
import { type Seeded, seed } from './demo/seed.ts'
import { play } from './demo/story.ts'
import { systemClock } from './lib/clock.ts'
import { configured } from './lib/http.ts'
import { ROOT } from './lib/root.ts'

const SAMPLES_WITHIN_MS = 20_000
const lang = consoleLanguage()
const say = (line: string) => void process.stdout.write(`${line}\n`)
const words = (key: string, params?: Record<string, string | number>) => say(t(lang, key, params))
const quiet = { info() {}, debug() {}, warn() {}, error: (o: object) => console.error(o) } as unknown as Log

type Stop = () => Promise<unknown>

/** @returns the exit status: 0 when every outlet delivered every edition of the story */
async function demo(once: boolean, stops: Stop[]): Promise<number> {
  const dir = join(ROOT, 'data-demo')
  await freshFolder(dir)
  const [{ startSmtpSink }, { startPushSink }] = await sinks()
  const smtp = await startSmtpSink({ keepRaw: false })
  stops.push(() => smtp.close())
  const env = await environment(dir, smtp.url)
  const { push, seeded } = await prepare(env, smtp, startPushSink)
  stops.push(() => push.close())
  const call = configured([env['PUBLIC_URL'] as string])
  const service = await startService({ ...env, ORTOO_OUTSIDERS: `127.0.0.1:${push.port}` }, call)
  stops.push(service.stop)
  words('demo.started', { url: env['PUBLIC_URL'] as string, readers: seeded.readers })
  const desk = new Desk(env['PUBLIC_URL'] as string, seeded.tokens, call, systemClock)
  const samples = await publishSamples(desk, systemClock, SAMPLES_WITHIN_MS, progress)
  words(samples.all ? 'demo.samples' : 'demo.samples-fewer', { n: samples.editions, seconds: seconds(samples.ms) })
  seeded.misbehave()
  const heard = () => ({
    mails: smtp.log.filter((m) => m.answered).length,
    pushes: push.log.filter((p) => p.status === 201).length,
  })
  const before = heard()
  const { wrong, accepted } = await play({ desk, clock: systemClock, lang, say })
  const mails = heard().mails - before.mails
  const pushes = heard().pushes - before.pushes
  // The far ends keep logs of their own: what we call accepted must be what they took.
  if (mails !== accepted.email || pushes !== accepted.webpush) wrong.push(t(lang, 'demo.logs-differ', accepted))
  say('')
  words('demo.far-end', { mails, pushes })
  for (const line of wrong) words('demo.wrong', { what: line })
  for (const line of service.lines.filter((l) => /"level":(50|60)/.test(l))) words('demo.logged', { line })
  words(wrong.length ? 'demo.failed' : 'demo.delivered')
  if (!once) await lookAround(env['PUBLIC_URL'] as string, seeded, service)
  return wrong.length ? 1 : 0
}

const seconds = (ms: number) => Math.round(ms / 100) / 10
const progress = (n: number) => {
  if (process.stderr.isTTY) process.stderr.write(`\r${t(lang, 'demo.sample', { n })}\u001b[K\r`)
}

/** They come with the packages for development, which a machine that only serves need not have. */
async function sinks() {
  try {
    return await Promise.all([import('../test/support/smtp-sink.ts'), import('../test/support/push-sink.ts')])
  } catch (err) {
    throw new Error(t(lang, 'demo.no-sinks'), { cause: err })
  }
}

/** Loopback only, everything marked as a sample. */
async function environment(dir: string, smtpUrl: string): Promise<Record<string, string>> {
  const port = await freePort()
  return {
    ORTOO_SAMPLE: '1',
    ORTOO_DATA: dir,
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    SITE_NAME_ZH: '青格勒盟新闻发布（示例）',
    SITE_NAME_EN: 'Qinggele League Press (sample)',
    SITE_MARK: '示例',
    SITE_CONTACT: 'press@ortoo.example',
    SMTP_URL: smtpUrl,
    MAIL_FROM: '青格勒盟新闻发布（示例） <press@ortoo.example>',
    VAPID_SUBJECT: 'mailto:press@ortoo.example',
    SWEEP_FLASH_S: '0.25',
    SWEEP_ROUTINE_S: '1',
  }
}

async function prepare(
  env: Record<string, string>,
  smtp: Parameters<typeof seed>[1]['smtp'],
  startPushSink: typeof import('../test/support/push-sink.ts').startPushSink,
) {
  const ctx = await createContext({ config: readConfig(env), registry: outlets, log: quiet })
  try {
    const push = await startPushSink({ vapidPublicKey: ctx.keys.vapid.publicKey, retryAfter: '1' })
    return { push, seeded: await seed(ctx, { smtp, push }) }
  } finally {
    await closeContext(ctx)
  }
}

async function lookAround(url: string, { logins, password }: Seeded, service: Child): Promise<void> {
  say('')
  words('demo.look', { url })
  for (const { name, email } of logins) say(`    ${email.padEnd(40)} ${name}`)
  words('demo.password', { password })
  words('demo.end')
  await service.ended
}

async function main(): Promise<void> {
  const args = process.argv.slice(2)
  const stray = args.find((a) => a !== '--once')
  if (stray) {
    process.stderr.write(`${t(lang, 'demo.stray', { value: stray })}\n`)
    process.exitCode = 2
    return
  }
  const stops: Stop[] = []
  const stopAll = async () => {
    for (const stop of stops.splice(0).reverse()) await stop().catch(() => {})
  }
  const interrupted = () => void stopAll().then(() => process.exit(130))
  process.once('SIGINT', interrupted)
  process.once('SIGTERM', interrupted)
  // Whoever read along has seen enough (… | head).
  process.stdout.once('error', interrupted)
  try {
    process.exitCode = await demo(args.includes('--once'), stops)
  } catch (err) {
    const ours = err instanceof NotOurs ? t(lang, 'demo.not-ours', { dir: err.message }) : (err as Error).message
    process.stderr.write(`${ours}\n`)
    process.exitCode = 1
  } finally {
    await stopAll()
  }
}

await main()
