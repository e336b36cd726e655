/** A small office on one address, from sign-in to the public page, with the real outlets and a mail server that counts: for whole stories in a browser. */
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import { outlets } from '../../channels/index.ts'
import { putTopic } from '../../src/audience/store.ts'
import { readConfig } from '../../src/config.ts'
import { type Ctx, closeContext, createContext, type Log } from '../../src/context.ts'
import { recountRuns } from '../../src/delivery/recount.ts'
import { type RunRow, runsOfRelease } from '../../src/delivery/run-store.ts'
import { type ReleaseRow, releaseByNumber } from '../../src/desk/store.ts'
import { type Clock, HOUR, plus } from '../../src/lib/clock.ts'
import { commitFirstPages } from '../../src/server/first-site.ts'
import { addDuty } from '../../src/staff/roster.ts'
import { updateMember } from '../../src/staff/store.ts'
import { createApp } from '../../src/web/app.ts'
import { startWork } from '../../src/work.ts'
import { freePort } from './backends.ts'
import { enrolReader } from './crowd.ts'
import { type Office, office } from './office.ts'
import { type SmtpSink, startSmtpSink } from './smtp-sink.ts'

export type Whole = {
  ctx: Ctx
  clock: Running
  people: Office
  origin: string
  smtp: SmtpSink
  errors: unknown[]
  /** The release of a desk address. */
  release(url: string): Promise<ReleaseRow>
  /** Waits until the last run of an outlet is as the test wants it. */
  run(number: string, outlet: string, there: (run: RunRow) => boolean): Promise<RunRow>
  /** What differs between the counters and the rows. */
  faults(): Promise<unknown[]>
  close(): Promise<void>
}

const NAMES: Record<string, string> = {
  drafter: '拟稿员甲（示例）',
  reviewer: '审核员甲（示例）',
  confidentiality: '保密员甲（示例）',
  signer: '签发人甲（示例）',
}
const TOPICS = [
  ['fire', '火灾', 'Fire'],
  ['farming', '农牧业', 'Farming'],
  ['policy', '政策', 'Policy'],
] as const

export type Running = Clock & { set(iso: string): void }
/** A clock that runs as clocks do, and began at `start`: a story has its hour at whatever hour it is told. */
export function runningFrom(start: string): Running {
  let ahead = Date.parse(start) - Date.now()
  const ms = () => Date.now() + ahead
  return {
    ms,
    now: () => new Date(ms()).toISOString(),
    ticks: () => performance.now(),
    set: (iso) => {
      ahead = Date.parse(iso) - Date.now()
    },
  }
}

export async function wholeScene(start: string, readers: number): Promise<Whole> {
  const dir = await mkdtemp(join(tmpdir(), 'ortoo-whole-'))
  const smtp = await startSmtpSink()
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const errors: unknown[] = []
  const log = {
    info() {},
    debug() {},
    warn() {},
    error: (...said: unknown[]) => void errors.push(said),
  } as unknown as Log
  const config = readConfig({
    ORTOO_DATA: dir,
    PUBLIC_URL: origin,
    SITE_NAME_ZH: '青格勒盟新闻发布（示例）',
    SITE_NAME_EN: 'Qinggele League Press (sample)',
    SITE_MARK: '示例',
    SMTP_URL: smtp.url,
    MAIL_FROM: 'Press Office <press@league.example>',
    // However busy the machine is, mail waits for the site.
    VERIFY_WAIT_FLASH_S: '60',
    SWEEP_FLASH_S: '0.2',
    SWEEP_ROUTINE_S: '0.3',
    CHROMIUM_PATH: 'off',
  })
  const clock = runningFrom(start)
  const ctx = await createContext({ config, registry: outlets, log, clock })
  const { db } = ctx.store
  const people = await office(ctx, { logins: Object.keys(NAMES).map((key) => `league-${key}`) })
  for (const [key, name] of Object.entries(NAMES)) await updateMember(db, `league-${key}`, { name })
  for (const [i, [slug, name_zh, name_en]] of TOPICS.entries())
    await putTopic(db, { slug, name_zh, name_en, position: i })
  for (const role of ['drafter', 'signer'] as const)
    await addDuty(ctx, people.own.admin, {
      memberId: `league-${role}`,
      role,
      startsAt: plus(ctx.clock.now(), -HOUR),
      endsAt: plus(ctx.clock.now(), 12 * HOUR),
    })
  for (let i = 0; i < readers; i++) await enrolReader(ctx, `reader${i}@mail.example`)
  await commitFirstPages(ctx, ctx.site)
  const answer = getRequestListener((await createApp(ctx)).fetch)
  const server = createServer(async (req, res) => {
    if (!(await ctx.site.handle(req, res))) await answer(req, res)
  })
  await new Promise<void>((up) => server.listen(port, 'localhost', up))
  const work = await startWork(ctx, { alone: true })
  const byNumber = async (number: string) => {
    const row = await releaseByNumber(db, number)
    if (!row) throw new Error(`no release ${number}`)
    return row
  }
  return {
    ctx,
    clock,
    people,
    origin,
    smtp,
    errors,
    release: (url) => byNumber(/(\d{4}-[\w-]*\d)(?=[/?#]|$)/.exec(new URL(url).pathname)?.[1] ?? url),
    async run(number, outlet, there) {
      const { id } = await byNumber(number)
      let last: RunRow | undefined
      for (const end = Date.now() + 20_000; Date.now() < end; await sleep(50)) {
        last = (await runsOfRelease(db, id)).filter((r) => r.outlet === outlet).at(-1)
        if (last && there(last)) return last
      }
      throw new Error(`${outlet} never came so far: ${JSON.stringify(last)} ${JSON.stringify(errors)}`)
    },
    faults: async () => (await recountRuns(ctx)).faults,
    async close() {
      await work.stop()
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
      await closeContext(ctx)
      await smtp.close()
      await rm(dir, { recursive: true, force: true })
    },
  }
}
