/** One mail in the morning instead of many: each once, each true, each counted, whatever happens on the way. Over both databases. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { simpleParser } from 'mailparser'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { leave } from '../../src/audience/leave.ts'
import { deleteMyData } from '../../src/audience/my-data.ts'
import { changePreferences } from '../../src/audience/preferences.ts'
import { listed } from '../../src/audience/suppression.ts'
import { driveDigests } from '../../src/delivery/digest.ts'
import { updateRun } from '../../src/delivery/run-store.ts'
import { resumeRun } from '../../src/delivery/stop.ts'
import { acknowledgeAlarm, openAlarms, raiseAlarm } from '../../src/store/alarm.ts'
import { needs, type PostgresBackend, startPostgres } from '../support/backends.ts'
import { type Morning, morning } from '../support/morning.ts'
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.ts'

/** Half a minute past eight, site time. */
const WEDNESDAY_8 = '2026-11-25T00:00:30.000Z'
const THURSDAY_8 = '2026-11-26T00:00:30.000Z'
const MONDAY_8 = '2026-11-30T00:00:30.000Z'

const backends: ('sqlite' | 'postgres')[] = needs('postgres') ? ['sqlite', 'postgres'] : ['sqlite']

describe.each(backends)('over %s', (backend) => {
  let cluster: PostgresBackend | null = null
  let sink: SmtpSink
  let m: Morning
  let work: { stop(): Promise<void> }

  beforeAll(async () => {
    if (backend === 'postgres') cluster = await startPostgres()
  })
  afterAll(() => cluster?.stop())
  beforeEach(async () => {
    sink = await startSmtpSink()
    m = await morning({ SMTP_URL: sink.url, ...(cluster ? { DATABASE_URL: await cluster.fresh() } : {}) })
    work = await m.work()
  })
  afterEach(async () => {
    await work.stop()
    await m.close()
    await sink.close()
    expect(m.errors).toEqual([])
  })

  const mails = async (address: string) =>
    Promise.all(sink.mailsTo(address).map(async (e) => ({ ...(await simpleParser(e.raw)), from: e.from })))
  const comes = (address: string, n = 1) => expect.poll(() => sink.mailsTo(address).length, { timeout: 20_000 }).toBe(n)
  /** Long enough for the timetable to have looked several times. */
  const quiet = () => sleep(700)

  test('a copy restored from a backup sends no digest until a member has taken the alarm that says so', async () => {
    const reader = await m.reader(1)
    const id = await m.publish('关于甲事的通知')
    await m.over(id)
    // As a restored copy begins: no turn is under way that looked before there was an alarm.
    await work.stop()
    await raiseAlarm(m.ctx.store.db, m.ctx.clock, 'restored', 'backup:b1')
    m.clock.to(WEDNESDAY_8)
    work = await m.work()
    await quiet()
    expect(sink.mailsTo(reader.address)).toHaveLength(0)
    const [alarm] = (await openAlarms(m.ctx.store.db)).filter((a) => a.cause === 'restored')
    await acknowledgeAlarm(m.ctx.store.db, alarm?.id ?? '', 'signer', m.ctx.clock.now())
    await comes(reader.address)
  })

  test('two notices of a day are one mail at eight next morning, and both runs add up before and after', async () => {
    const reader = await m.reader(1)
    const hasty = await m.reader(2, { frequency: 'at-once' })
    const [a, b] = [await m.publish('关于甲事的通知'), await m.publish('关于乙事的通知')]
    for (const id of [a, b]) {
      expect(await m.over(id)).toMatchObject({ audience: 2, accepted: 1, in_digest: 1 })
      await m.addsUp(id)
    }
    expect(sink.mailsTo(hasty.address)).toHaveLength(2)
    m.clock.to('2026-11-24T23:59:00.000Z')
    await quiet()
    expect(sink.mailsTo(reader.address)).toHaveLength(0)
    m.clock.to(WEDNESDAY_8)
    await comes(reader.address)
    const [mail] = await mails(reader.address)
    expect(mail?.text).toMatch(/关于甲事的通知[\s\S]*关于乙事的通知/)
    await expect.poll(async () => (await m.mailRuns(b))[0]?.accepted).toBe(2)
    for (const id of [a, b]) {
      expect((await m.mailRuns(id))[0]).toMatchObject({ audience: 2, accepted: 2, in_digest: 0 })
      await m.addsUp(id)
    }
    await quiet()
    m.clock.to(THURSDAY_8)
    await quiet()
    expect(sink.mailsTo(reader.address)).toHaveLength(1)
    expect(await m.digests()).toMatchObject([{ state: 'accepted', period: 'daily:2026-11-25', items: 2, attempt: 1 }])
  }, 90_000)

  test('every reader’s eight o’clock is their own, and what comes after it waits for the next', async () => {
    const readers = await Promise.all([
      m.reader(1),
      m.reader(2, { zone: 'Asia/Urumqi' }),
      m.reader(3, { zone: 'America/New_York' }),
    ])
    const had = () => readers.map((r) => sink.mailsTo(r.address).length)
    await m.over(await m.publish('关于甲事的通知'))
    // In New York it is Monday evening still when this goes out; Tuesday's eight o'clock there comes first.
    m.clock.to('2026-11-24T13:00:30.000Z')
    await expect.poll(had, { timeout: 20_000 }).toEqual([0, 0, 1])
    m.clock.to(WEDNESDAY_8)
    await expect.poll(had, { timeout: 20_000 }).toEqual([1, 0, 1])
    await m.over(await m.publish('关于乙事的通知'))
    m.clock.to('2026-11-25T02:00:30.000Z')
    await expect.poll(had, { timeout: 20_000 }).toEqual([1, 1, 1])
    await quiet()
    expect(had()).toEqual([1, 1, 1])
    const [urumqi] = await mails('reader2@mail.example')
    expect(urumqi?.text).toMatch(/关于甲事的通知[\s\S]*关于乙事的通知/)
  }, 90_000)

  test('a weekly reader hears nothing until Monday, and then once', async () => {
    const reader = await m.reader(1, { frequency: 'weekly' })
    await m.over(await m.publish('关于甲事的通知'))
    m.clock.to(WEDNESDAY_8)
    await quiet()
    expect(sink.mailsTo(reader.address)).toHaveLength(0)
    m.clock.to(MONDAY_8)
    await comes(reader.address)
    expect((await mails(reader.address))[0]?.subject).toContain('每周摘要 2026-11-30')
    await quiet()
    expect(sink.mailsTo(reader.address)).toHaveLength(1)
  }, 90_000)

  test('what was put right before the morning is told in its right form alone, and what was taken back not at all', async () => {
    const reader = await m.reader(1)
    const [wrong, gone] = [await m.publish('关于错误电话的通知'), await m.publish('关于撤回之事的通知')]
    await Promise.all([m.over(wrong), m.over(gone)])
    await m.correct(wrong, '关于正确电话的通知')
    await m.takeBack(gone)
    await Promise.all([m.over(wrong, 2), m.over(gone, 2)])
    await expect.poll(async () => (await m.mailRuns(gone))[0]?.superseded).toBe(1)
    expect(sink.mailsTo(reader.address)).toHaveLength(0)
    m.clock.to(WEDNESDAY_8)
    await comes(reader.address)
    const [mail] = await mails(reader.address)
    expect(mail?.text).toContain('关于正确电话的通知')
    for (const never of ['错误电话', '撤回之事', '饲草储备工作，现就']) expect(mail?.text).not.toContain(never)
    await expect.poll(async () => (await m.mailRuns(wrong))[1]?.accepted).toBe(1)
    expect((await m.mailRuns(wrong))[0]).toMatchObject({ superseded: 1, accepted: 0, in_digest: 0 })
    for (const id of [wrong, gone]) await m.addsUp(id)
  }, 90_000)

  test('who had it in a digest has the correction at once', async () => {
    const reader = await m.reader(1)
    const id = await m.publish('关于错误电话的通知')
    await m.over(id)
    m.clock.to(WEDNESDAY_8)
    await comes(reader.address)
    await expect.poll(async () => (await m.mailRuns(id))[0]?.accepted).toBe(1)
    await m.correct(id, '关于正确电话的通知')
    await comes(reader.address, 2)
    expect((await mails(reader.address))[1]?.subject).toBe('更正：关于正确电话的通知')
    expect(await m.over(id, 2)).toMatchObject({ audience: 1, accepted: 1, in_digest: 0 })
  }, 90_000)

  test('a reader being handed the wrong text in a digest this moment has the correction as soon as that is known', async () => {
    const reader = await m.reader(1)
    const id = await m.publish('关于错误电话的通知')
    await m.over(id)
    sink.script(reader.address, { stallRcpt: 2000 }, 1)
    m.clock.to(WEDNESDAY_8)
    await expect.poll(async () => (await m.digests())[0]?.state, { timeout: 20_000 }).toBe('sending')
    await m.correct(id, '关于正确电话的通知')
    await comes(reader.address, 2)
    expect(await m.over(id, 2)).toMatchObject({ audience: 1, accepted: 1, in_digest: 0, superseded: 0 })
    expect((await m.mailRuns(id))[0]).toMatchObject({ accepted: 1, superseded: 0 })
    await m.addsUp(id)
  }, 90_000)

  test('what somebody paused goes out in no digest until it is let go on', async () => {
    const [reader, hasty] = [await m.reader(1), await m.reader(2)]
    const id = await m.publish('关于甲事的通知')
    const run = await m.over(id)
    await updateRun(m.ctx.store.db, run.dispatch_id, { state: 'held', why: 'paused' })
    await changePreferences(m.ctx, hasty.token, { frequency: 'at-once' })
    m.clock.to(WEDNESDAY_8)
    await quiet()
    expect(sink.log).toHaveLength(0)
    await resumeRun(m.ctx, m.who('signer'), run.dispatch_id, {})
    await comes(hasty.address)
    m.clock.to(THURSDAY_8)
    await comes(reader.address)
    await expect.poll(async () => (await m.mailRuns(id))[0]?.accepted).toBe(2)
    await m.addsUp(id)
  }, 90_000)

  test('a clock set back keeps no digest waiting, and no correction for one in the hands of a dead worker', async () => {
    const reader = await m.reader(1)
    const id = await m.publish('关于甲事的通知')
    await m.over(id)
    m.clock.to(WEDNESDAY_8)
    sink.script(reader.address, '450', 1)
    await expect.poll(async () => (await m.digests())[0]?.state, { timeout: 20_000 }).toBe('deferred')
    m.clock.to('2026-11-24T03:00:00.000Z')
    await comes(reader.address)
    await expect.poll(async () => (await m.digests())[0]?.state).toBe('accepted')
    await m.ctx.store.db
      .updateTable('digest')
      .set({ state: 'sending', lease: 'gone', lease_until: THURSDAY_8 })
      .execute()
    await expect
      .poll(async () => (await m.digests())[0]?.lease_until?.slice(0, 10), { timeout: 5000 })
      .toBe('2026-11-24')
  }, 90_000)

  test('flash waits for no digest', async () => {
    const reader = await m.reader(1, { frequency: 'weekly' })
    expect(await m.over(await m.flash())).toMatchObject({ accepted: 1, in_digest: 0 })
    expect((await mails(reader.address))[0]?.subject).toBe('哈日诺尔旗草原火灾')
  }, 90_000)

  test('who switches to being told at once has what waited at once; who left or is deleted gets nothing, and is counted', async () => {
    const [hasty, left, deleted] = [await m.reader(1), await m.reader(2), await m.reader(3)]
    const id = await m.publish('关于甲事的通知')
    expect(await m.over(id)).toMatchObject({ in_digest: 3 })
    await changePreferences(m.ctx, hasty.token, { frequency: 'at-once' })
    await leave(m.ctx, left.token)
    await deleteMyData(m.ctx, deleted.token)
    await comes(hasty.address)
    expect((await mails(hasty.address))[0]?.subject).toContain('此前等待发送的发布')
    await expect.poll(async () => (await m.mailRuns(id))[0]?.suppressed).toBe(2)
    expect((await m.mailRuns(id))[0]).toMatchObject({ audience: 3, accepted: 1, suppressed: 2, in_digest: 0 })
    await m.addsUp(id)
    m.clock.to(WEDNESDAY_8)
    await quiet()
    expect(sink.log).toHaveLength(1)
  }, 90_000)

  test('a relay that asks for patience gets the digest again later, and a dead mailbox goes onto the suppression list', async () => {
    const [patient, dead] = [await m.reader(1), await m.reader(2)]
    const id = await m.publish('关于甲事的通知')
    await m.over(id)
    sink.script(patient.address, '450', 1)
    sink.script(dead.address, '550')
    m.clock.to(WEDNESDAY_8)
    await expect
      .poll(async () => (await m.digests()).map((d) => d.state).sort(), { timeout: 20_000 })
      .toEqual(['deferred', 'gone'])
    expect((await m.mailRuns(id))[0]).toMatchObject({ in_digest: 1, gone: 1 })
    await m.addsUp(id)
    expect((await listed(m.ctx, m.ctx.store.db, 'email', dead.address))?.reason).toBe('bounced')
    m.clock.to('2026-11-25T00:40:00.000Z')
    await comes(patient.address)
    await expect.poll(async () => (await m.mailRuns(id))[0]?.accepted).toBe(1)
    expect((await m.digests()).find((d) => d.state === 'accepted')?.attempt).toBe(2)
    await m.addsUp(id)
  }, 90_000)
})

describe('a worker that dies in the middle', () => {
  test('leaves nobody with two mails: what it had in hand is unknown, the rest goes on, and all of it adds up', async () => {
    const sink = await startSmtpSink()
    const m = await morning({ SMTP_URL: sink.url, LEASE_S: '2' })
    const work = await m.work()
    // More than a window holds, so that some are in hand and some are not.
    for (let n = 1; n <= 60; n++) await m.reader(n)
    const id = await m.publish('关于甲事的通知')
    expect(await m.over(id)).toMatchObject({ in_digest: 60 })
    await work.stop()
    // A far end that takes the mails of the first window and never answers: the worker is as good as gone.
    const email = m.ctx.channels.find((c) => c.name === 'email')!
    let handed = 0
    const { promise: never } = Promise.withResolvers<never>()
    const send = (_prepared: unknown, targets: unknown[]) => {
      handed += targets.length
      return never
    }
    const dying = { ...m.ctx, channels: [{ ...email, send }] }
    m.clock.to(WEDNESDAY_8)
    void driveDigests(dying as never)
    await expect.poll(() => handed, { timeout: 20_000 }).toBe(20)
    expect((await m.mailRuns(id))[0]).toMatchObject({ in_digest: 60 })
    const next = await m.work()
    await expect.poll(() => sink.log.length, { timeout: 20_000 }).toBe(40)
    expect(new Set(sink.log.flatMap((e) => e.to)).size).toBe(40)
    await expect.poll(async () => (await m.mailRuns(id))[0]?.unknown, { timeout: 20_000 }).toBe(20)
    expect((await m.mailRuns(id))[0]).toMatchObject({ audience: 60, accepted: 40, unknown: 20, in_digest: 0 })
    await m.addsUp(id)
    m.clock.to(THURSDAY_8)
    await sleep(700)
    expect(sink.log).toHaveLength(40)
    expect(await m.ctx.store.db.selectFrom('alarm').select('cause').execute()).toContainEqual({
      cause: 'digest-unknown',
    })
    await next.stop()
    await m.close()
    await sink.close()
    expect(m.errors).toEqual([])
  }, 120_000)

  test('a period half planned is planned to its end, each reader once', async () => {
    const sink = await startSmtpSink()
    const m = await morning({ SMTP_URL: sink.url })
    const work = await m.work()
    for (let n = 1; n <= 5; n++) await m.reader(n)
    const id = await m.publish('关于甲事的通知')
    await m.over(id)
    await work.stop()
    m.clock.to(WEDNESDAY_8)
    const { planDigests } = await import('../../src/delivery/digest-plan-store.ts')
    const period = { frequency: 'daily', zone: '', period: 'daily:2026-11-25', dueAt: '2026-11-25T00:00:00.000Z' }
    // Two of five rows are there when the process ends.
    await m.ctx.store.tx((trx) => planDigests(trx, period, 0, 2, m.clock.now()))
    await Promise.all([driveDigests(m.ctx), driveDigests(m.ctx)])
    await driveDigests(m.ctx)
    expect(sink.log.flatMap((e) => e.to).sort()).toEqual([1, 2, 3, 4, 5].map((n) => `reader${n}@mail.example`))
    expect((await m.mailRuns(id))[0]).toMatchObject({ accepted: 5, in_digest: 0 })
    await m.close()
    await sink.close()
    expect(m.errors).toEqual([])
  }, 90_000)
})

test('without a relay the digest lies in the outbox, its rows say that nothing was sent, and a purge finds it', async () => {
  const m = await morning({})
  const work = await m.work()
  await m.reader(1)
  const [a, b] = [await m.publish('关于甲事的通知'), await m.publish('关于乙事的通知')]
  await Promise.all([m.over(a), m.over(b)])
  m.clock.to(WEDNESDAY_8)
  await expect.poll(async () => (await m.mailRuns(b))[0]?.suppressed, { timeout: 20_000 }).toBe(1)
  await m.addsUp(a)
  const outbox = join(m.dir, 'outbox')
  const [file] = await readdir(outbox)
  expect((await simpleParser(await readFile(join(outbox, file as string)))).text).toContain('关于乙事的通知')
  const { outboxFilesOf } = await import('../../src/purge/store.ts')
  for (const id of [a, b]) expect(await outboxFilesOf(m.ctx.store.db, id)).toEqual([{ name: file }])
  await work.stop()
  await m.close()
  expect(m.errors).toEqual([])
}, 90_000)
