/** When a browser can no longer be reached: mail takes over at the address that stood by, nothing is lost and nothing comes twice. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { leave } from '../../src/audience/leave.ts'
import { leavePush, subscribePush, testPush } from '../../src/audience/push.ts'
import { confirmStandby } from '../../src/audience/standby.ts'
import { standbysAt } from '../../src/audience/standby-store.ts'
import { subscriberByAddress } from '../../src/audience/store.ts'
import { standIn } from '../../src/delivery/stand-in.ts'
import { openIncident } from '../../src/incident/open.ts'
import { MINUTE } from '../../src/lib/clock.ts'
import type { Actor } from '../../src/staff/member.ts'
import { needs, type PostgresBackend, startPostgres } from '../support/backends.ts'
import { enrolReader } from '../support/crowd.ts'
import { deliveriesFor } from '../support/deliveries.ts'
import { type PushSink, type SinkSubscription, startPushSink } from '../support/push-sink.ts'
import { fireDraft, policyDraft } from '../support/sample.ts'
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.ts'
import { assertEquation, publishNew, runUntil, type Station, station } from '../support/station.ts'

const HERDER = 'herder@mail.example'
let postgres: PostgresBackend | undefined
beforeAll(async () => {
  if (needs('postgres')) postgres = await startPostgres()
})
afterAll(() => postgres?.stop())

let s: Station
let mail: SmtpSink
let push: PushSink
let work: { stop(): Promise<void> } | undefined
let ip = 0

async function begin(backend: 'sqlite' | 'postgres'): Promise<void> {
  mail = await startSmtpSink()
  push = await startPushSink()
  const database: Record<string, string> =
    backend === 'postgres' ? { DATABASE_URL: await (postgres as PostgresBackend).fresh() } : {}
  s = await station({
    SMTP_URL: mail.url,
    MAIL_FROM: 'Press <press@league.example>',
    ORTOO_OUTSIDERS: `127.0.0.1:${push.port}`,
    ...database,
  })
  work = await s.work()
}
afterEach(async () => {
  await work?.stop()
  await assertEquation(s)
  expect(s.errors).toEqual([])
  await s.close()
  await mail.close()
  await push.close()
})

const eventually = <T>(look: () => T | Promise<T>) => expect.poll(look, { timeout: 15_000 })
const mails = (to: string) => mail.mailsTo(to).map((m) => subjectOf(m.raw))
const subjectOf = (raw: Buffer): string => {
  const line = /^Subject: ((?:.*\r\n[ \t])*.*)/m.exec(raw.toString('latin1'))?.[1] ?? ''
  return line.replace(/\r\n[ \t]/g, ' ').replace(/=\?utf-8\?([bq])\?(.*?)\?= ?/gi, (_, how: string, text: string) =>
    how.toLowerCase() === 'b'
      ? Buffer.from(text, 'base64').toString()
      : Buffer.from(
          text
            .replaceAll('_', ' ')
            .replace(/=([0-9A-F]{2})/g, (_x, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
          'latin1',
        ).toString(),
  )
}
const releasesMailed = (to: string) => mails(to).filter((subject) => !/确认|失效|已订阅/.test(subject))
const email = () => subscriberByAddress(s.ctx.store.db, 'email', HERDER, 'live')

/** A reader of notifications who named an address for the day they stop. */
async function reader(choices: object = {}, confirmed = true): Promise<SinkSubscription> {
  const browser = push.subscribe()
  const { endpoint, keys } = browser
  await subscribePush(s.ctx, `192.0.2.${++ip}`, { endpoint, keys, standby: HERDER, ...choices })
  await eventually(() => mails(HERDER).filter((x) => x.includes('备用')).length).toBe(1)
  const [row] = await standbysAt(s.ctx.store.db, HERDER)
  if (confirmed) await confirmStandby(s.ctx, row?.token as string)
  return browser
}

async function flash(): Promise<string> {
  const incident = await openIncident(s.ctx, s.people['drafter'] as Actor, {
    titleZh: '草原火灾（示例）',
    class: 'natural',
    areas: ['159921'],
    knownAt: new Date(Date.now() - MINUTE).toISOString(),
  })
  return publishNew(s, fireDraft(incident.id, new Date(Date.now() - 5000).toISOString()), 'flash')
}
const finished = async (id: string) => {
  await runUntil(s, id, 'webpush', (r) => r.state === 'done')
  return runUntil(s, id, 'email', (r) => r.state === 'done')
}
const afterwards = () => eventually(async () => (await standbysAt(s.ctx.store.db, HERDER)).length).toBe(0)

const BACKENDS = needs('postgres') ? (['sqlite', 'postgres'] as const) : (['sqlite'] as const)

describe.each(BACKENDS)('over %s', (backend) => {
  test('a push address that dies in the middle of a flash: that flash comes by mail, once, and so does all that follows', async () => {
    await begin(backend)
    await enrolReader(s.ctx, 'neighbour@mail.example')
    const browser = await reader({ areas: ['159921'], urgency: 'important' })
    push.script(browser.id, 410)
    const first = await flash()
    await afterwards()
    await eventually(() => releasesMailed(HERDER)).toEqual(['哈日诺尔旗草原火灾'])
    const run = await finished(first)
    expect(run).toMatchObject({ audience: 2, accepted: 2 })
    expect(await email()).toMatchObject({ state: 'active', urgency: 'important', all_areas: 0, frequency: 'at-once' })
    await eventually(() => mails(HERDER).filter((x) => x.includes('失效')).length).toBe(1)
    await flash()
    await eventually(() => releasesMailed(HERDER).length).toBe(2)
    for (let again = 0; again < 3; again++) await standIn(s.ctx)
    expect(mails(HERDER).filter((x) => x.includes('失效'))).toHaveLength(1)
    expect(releasesMailed('neighbour@mail.example')).toHaveLength(2)
  }, 40_000)
})

describe('only what was agreed to', () => {
  test('who has mail already gets nothing twice, and from then on also what only the browser had', async () => {
    await begin('sqlite')
    const id = await enrolReader(s.ctx, HERDER, { urgency: 'critical' })
    const browser = await reader({ urgency: 'normal' })
    push.script(browser.id, 404)
    await finished(await flash())
    await afterwards()
    await sleep(300)
    expect(releasesMailed(HERDER)).toEqual(['哈日诺尔旗草原火灾'])
    expect(await email()).toMatchObject({ id, urgency: 'normal' })
    await finished(await publishNew(s, policyDraft()))
    await eventually(() => releasesMailed(HERDER).length).toBe(2)
  }, 40_000)

  test('an address nobody confirmed is sent nothing but its letter, and is forgotten', async () => {
    await begin('sqlite')
    const browser = await reader({}, false)
    push.script(browser.id, 410)
    await finished(await flash())
    await standIn(s.ctx)
    expect(await email()).toBeUndefined()
    expect(releasesMailed(HERDER)).toEqual([])
    const { dropUnconfirmedStandbys } = await import('../../src/audience/standby-store.ts')
    await dropUnconfirmedStandbys(s.ctx.store.db, new Date(Date.now() + MINUTE).toISOString())
    expect(await standbysAt(s.ctx.store.db, HERDER)).toEqual([])
  }, 30_000)

  test('who turns notifications off, leaves by mail, or is on the suppression list is not taken over', async () => {
    await begin('sqlite')
    const off = await reader()
    await leavePush(s.ctx, { endpoint: off.endpoint })
    expect(await standbysAt(s.ctx.store.db, HERDER)).toEqual([])

    await s.ctx.store.db.deleteFrom('rate').execute()
    mail.log.splice(0)
    await reader()
    const token = (
      await s.ctx.store.db
        .selectFrom('subscriber')
        .select('token')
        .where('id', '=', await enrolReader(s.ctx, HERDER))
        .executeTakeFirstOrThrow()
    ).token
    await leave(s.ctx, token)
    expect(await standbysAt(s.ctx.store.db, HERDER)).toEqual([])
    expect((await email())?.state).toBe('left')
  }, 30_000)

  test('an end found by a test the reader asked for counts like one found by a release', async () => {
    await begin('sqlite')
    const browser = await reader({ topics: ['fire'] })
    push.script(browser.id, 410)
    await expect(testPush(s.ctx, { endpoint: browser.endpoint })).rejects.toMatchObject({ kind: 'not-found' })
    await eventually(async () => (await email())?.state).toBe('active')
    const id = await flash()
    const run = await finished(id)
    expect((await deliveriesFor(s.ctx.store.db, run.dispatch_id)).map((d) => d.address)).toEqual([HERDER])
    expect(releasesMailed(HERDER)).toHaveLength(1)
  }, 30_000)
})
