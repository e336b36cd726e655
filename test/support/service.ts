/** The real service as its own process, with real sinks: what a flow test speaks to over HTTP, and may kill. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { outlets } from '../../channels/index.ts'
import { setInterests } from '../../src/audience/store.ts'
import { readConfig } from '../../src/config.ts'
import { type Ctx, closeContext, createContext, type Log } from '../../src/context.ts'
import { ROOT } from '../../src/lib/root.ts'
import { freePort } from './backends.ts'
import { enrolReader } from './crowd.ts'
import { giveToken, memberId, office, type PersonKey } from './office.ts'
import { type PushSink, startPushSink } from './push-sink.ts'
import { CLEAR } from './sample.ts'
import { type SmtpSink, startSmtpSink } from './smtp-sink.ts'

export type Answer<T = Record<string, unknown>> = { status: number; body: T; headers: Headers }
export type Caller = <T = Record<string, unknown>>(
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answer<T>>

export type Service = {
  url: string
  dir: string
  smtp: SmtpSink
  push: PushSink
  /** Speaks to the API as a member of the league. */
  as(person: PersonKey): Caller
  /** Lines at error level that the service logged. */
  errors(): string[]
  start(): Promise<void>
  kill(): Promise<void>
  /** A further process on the same folder and database, such as ROLE=work. @returns what kills it, with no time to say goodbye */
  beside(env: Record<string, string>): Promise<{ kill(): Promise<void>; pid: number }>
  /** The process id of the service while it runs. */
  pid(): number
  /** Opens the database beside the stopped service. */
  inside<T>(run: (ctx: Ctx) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export type Reader = { address: string; language?: string; topics?: string[]; areas?: string[]; urgency?: string }
export type ServiceOptions = {
  readers?: Reader[]
  endpoints?: number
  env?: Record<string, string>
  smtp?: Parameters<typeof startSmtpSink>[0]
  push?: Parameters<typeof startPushSink>[0]
  prepare?: (ctx: Ctx) => Promise<void>
}

const PEOPLE = [
  'drafter',
  'drafter2',
  'reviewer',
  'reviewer2',
  'confidentiality',
  'signer',
  'signer2',
  'admin',
  'auditor',
] as const
const silent = { info() {}, debug() {}, warn() {}, error() {} } as unknown as Log

export async function service(options: ServiceOptions = {}): Promise<Service> {
  if (!existsSync(join(ROOT, 'dist', 'server.js'))) throw new Error('dist/server.js is missing: npm run build')
  const dir = await mkdtemp(join(tmpdir(), 'ortoo-flow-'))
  const smtp = await startSmtpSink(options.smtp)
  const port = await freePort()
  const env = {
    ORTOO_DATA: dir,
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    SMTP_URL: smtp.url,
    MAIL_FROM: 'Press Office <press@league.example>',
    SITE_MARK: '示例',
    SWEEP_FLASH_S: '0.2',
    SWEEP_ROUTINE_S: '0.5',
    LEASE_S: '3',
    ...options.env,
  }
  const inside = async <T>(run: (ctx: Ctx) => Promise<T>): Promise<T> => {
    const ctx = await createContext({ config: readConfig(env), registry: outlets, log: silent })
    return run(ctx).finally(() => closeContext(ctx))
  }
  const vapidPublicKey = await inside(async (ctx) => ctx.keys.vapid.publicKey)
  const push = await startPushSink({ vapidPublicKey, ...options.push })
  const tokens = await inside(async (ctx) => {
    await office(ctx)
    await options.prepare?.(ctx)
    for (const reader of options.readers ?? []) await enrol(ctx, 'email', reader)
    for (let i = 0; i < (options.endpoints ?? 0); i++) {
      const { endpoint, keys } = push.subscribe()
      await enrol(ctx, 'webpush', { address: endpoint }, JSON.stringify(keys))
    }
    const issued = await Promise.all(
      PEOPLE.map(async (person) => [person, await giveToken(ctx, memberId('league', person))] as const),
    )
    return new Map<string, string>(issued)
  })
  const errors: string[] = []
  let child: ChildProcess | undefined
  const url = env.PUBLIC_URL

  const outsiders = [`127.0.0.1:${push.port}`, options.env?.['ORTOO_OUTSIDERS']].filter(Boolean).join(',')
  const launch = (more: Record<string, string> = {}): ChildProcess => {
    const made = spawn(join(ROOT, 'node_modules', '.bin', 'node'), [join(ROOT, 'dist', 'server.js')], {
      env: { ...env, ORTOO_OUTSIDERS: outsiders, PATH: process.env['PATH'] ?? '', ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const note = (chunk: Buffer) =>
      errors.push(
        ...chunk
          .toString()
          .split('\n')
          .filter((line) => /"level":(50|60)|Error/.test(line)),
      )
    made.stdout?.on('data', note)
    made.stderr?.on('data', note)
    return made
  }
  const start = async () => {
    child = launch()
    for (let i = 0; i < 200; i++) {
      const up = await fetch(`${url}/healthz`)
        .then((r) => r.ok)
        .catch(() => false)
      if (up) return
      await sleep(50)
    }
    throw new Error(`the service did not start: ${errors.join('\n')}`)
  }
  const kill = async () => {
    if (child) await killed(child)
  }
  const others: ChildProcess[] = []
  await start()
  return {
    url,
    dir,
    smtp,
    push,
    as:
      (person) =>
      async (method, path, body, headers = {}) => {
        const json = body === undefined ? {} : { 'content-type': 'application/json' }
        const res = await fetch(`${url}/api/v1${path}`, {
          method,
          headers: { authorization: `Bearer ${tokens.get(person)}`, ...json, ...headers } as Record<string, string>,
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        })
        const text = await res.text()
        return { status: res.status, body: (text ? JSON.parse(text) : {}) as never, headers: res.headers }
      },
    errors: () => errors,
    start,
    kill,
    async beside(more) {
      const other = launch(more)
      others.push(other)
      return { kill: () => killed(other), pid: other.pid ?? 0 }
    },
    pid: () => child?.pid ?? 0,
    inside,
    async close() {
      await Promise.all([kill(), ...others.map(killed)])
      await smtp.close()
      await push.close()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((done) => child.once('exit', done))
  child.kill('SIGKILL')
  await gone
}

async function enrol(ctx: Ctx, kind: 'email' | 'webpush', reader: Reader, keys: string | null = null): Promise<void> {
  const id = await enrolReader(ctx, reader.address, {
    kind,
    keys,
    language: reader.language ?? 'zh-CN',
    urgency: reader.urgency ?? 'normal',
    all_topics: reader.topics ? 0 : 1,
    all_areas: reader.areas ? 0 : 1,
  })
  await setInterests(ctx.store.db, id, reader.topics ?? [], reader.areas ?? [])
}

type Shown = { id: string; number: string; state: string; version: number; revision: number }
/** Drafted by one, agreed by three, published. @returns the release */
export async function carry(s: Service, draft: unknown, lane: 'routine' | 'flash' = 'routine'): Promise<Shown> {
  const made = await s.as('drafter')<{ release: Shown }>('POST', '/releases', draft)
  if (made.status !== 201) throw new Error(JSON.stringify(made.body))
  await ok(s.as('drafter')('POST', `/releases/${made.body.release.id}/submission`))
  await agree(s, made.body.release.id, lane)
  return made.body.release
}

export async function agree(s: Service, id: string, lane: 'routine' | 'flash' = 'routine'): Promise<void> {
  const seen = await ok(s.as('reviewer')<{ revision: { hash: string } }>('GET', `/releases/${id}`))
  const revisionHash = seen.revision.hash
  const say = (confidentiality?: unknown) => ({
    revisionHash,
    verdict: 'approve',
    ...(confidentiality ? { confidentiality } : {}),
  })
  if (lane === 'flash') return void (await ok(s.as('signer')('POST', `/releases/${id}/decisions`, say(CLEAR))))
  await ok(s.as('reviewer')('POST', `/releases/${id}/decisions`, say()))
  await ok(s.as('confidentiality')('POST', `/releases/${id}/decisions`, say(CLEAR)))
  await ok(s.as('signer')('POST', `/releases/${id}/decisions`, say()))
}

export async function ok<T>(answer: Promise<Answer<T>>): Promise<T> {
  const { status, body } = await answer
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`)
  return body
}

export type ShownRun = {
  id: string
  outlet: string
  state: string
  why: string
  audience: number
  counts: Record<string, number>
  repeats: number
  times: Record<string, string | null>
}
export type ShownEdition = {
  id: string
  number: number
  type: string
  publishedAt: string
  address: string
  told: { all: number; done: number } | null
  dispatches: ShownRun[]
}

/** Waits until every dispatch of the release has ended. @returns its editions, newest first */
export async function settled(s: Service, id: string, ms = 20_000): Promise<ShownEdition[]> {
  let last: ShownEdition[] = []
  for (const end = Date.now() + ms; Date.now() < end; ) {
    last = (await ok(s.as('signer')<{ items: ShownEdition[] }>('GET', `/releases/${id}/editions`))).items
    const runs = last.flatMap((e) => e.dispatches)
    if (
      last.length > 0 &&
      last.every((e) => e.dispatches.length > 0) &&
      runs.every((r) => ['done', 'stopped'].includes(r.state))
    )
      return last
    await sleep(100)
  }
  throw new Error(
    `not settled: ${JSON.stringify(last.map((e) => e.dispatches.map((d) => [d.outlet, d.state, d.why, d.counts])))} ${s.errors().join('\n')}`,
  )
}

/** audience = the sum of everything else, for every dispatch. */
export const addsUp = (run: ShownRun): boolean => run.audience === Object.values(run.counts).reduce((n, c) => n + c, 0)
