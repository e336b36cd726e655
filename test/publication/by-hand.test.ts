/** Releases going by hand: people are asked and sign, channels are ticked off, and a correction asks everybody again. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { exportContacts, importContacts } from '../../src/audience/contact-csv.ts'
import { addContact, changeContact, removeContact } from '../../src/audience/keep-contact.ts'
import { acknowledge, recordAcknowledgement, requestAt, rollOf } from '../../src/delivery/acknowledge.ts'
import { acknowledgeToken, deliveryOfToken } from '../../src/delivery/acknowledge-link.ts'
import { alarmsFor } from '../../src/delivery/alarms.ts'
import { kitFor } from '../../src/delivery/kit.ts'
import { addManualChannel, endChannel } from '../../src/delivery/manual-channel.ts'
import { manualOf, recordCarried, undoRecord } from '../../src/delivery/manual-record.ts'
import { saveDraft } from '../../src/desk/save.ts'
import { csvText } from '../../src/lib/csv.ts'
import { beginCorrection } from '../../src/publication/correct.ts'
import { takeDown } from '../../src/publication/takedown.ts'
import { quarantine } from '../../src/purge/quarantine.ts'
import { settleQuarantine } from '../../src/purge/settle.ts'
import type { Actor } from '../../src/staff/member.ts'
import { needs, startPostgres } from '../support/backends.ts'
import { policyDraft } from '../support/sample.ts'
import { agreeAndPublish, assertEquation, publishNew, runUntil, type Station, station } from '../support/station.ts'

let s: Station
let work: { stop(): Promise<void> }
beforeEach(async () => {
  s = await station()
  work = await s.work()
})
afterEach(async () => {
  await work.stop()
  expect(s.errors).toEqual([])
  await s.close()
})

const who = (name: string): Actor => s.people[name] as Actor
const person = (over: object = {}) => ({
  name: '其其格',
  role: '嘎查长',
  phone: '13900000001',
  areas: ['159921'],
  ...over,
})
const draft = (over: object = {}, body?: string) =>
  policyDraft({ areas: ['159921'], documentNumber: undefined, outlets: ['website', 'feeds', 'manual'], ...over }, body)
const asked = (id: string, edition = 1) =>
  runUntil(s, id, 'manual', (r) => r.state === 'done' && r.sequence === edition)
const token = (id: number) => acknowledgeToken(s.ctx.keys.secret, id)
const roll = (id: string) => rollOf(s.ctx, who('signer'), id)
const causes = async () => (await alarmsFor(s.ctx, who('signer'))).map((a) => a.cause)

async function correct(id: string, body = '<p>更正后的内容。</p>', over: object = {}): Promise<void> {
  await beginCorrection(s.ctx, who('drafter'), id, { type: 'correction' })
  const next = draft(over, body)
  for (const part of Object.values(next.parts)) if (part) part.changeNote = '原文有误。'
  await saveDraft(s.ctx, who('drafter'), id, next, null)
  await agreeAndPublish(s, id)
}

describe('named contacts', () => {
  test('are asked where the release concerns their place, and never counted as told', async () => {
    await addContact(s.ctx, who('drafter'), person())
    await addContact(s.ctx, who('drafter'), person({ name: '巴特尔', phone: '13900000002', areas: ['159900'] }))
    await addContact(s.ctx, who('drafter'), person({ name: '演练员', phone: '13900000003', mode: 'exercise' }))
    const id = await publishNew(s, draft())
    const run = await asked(id)
    expect(run).toMatchObject({ audience: 2, accepted: 0, suppressed: 2, unknown: 0 })
    await assertEquation(s)
    expect((await roll(id)).asked.map((a) => a.name)).toEqual(['巴特尔', '其其格'])
  })

  test('sign by their link with one press; looking signs nothing, twice is once', async () => {
    await addContact(s.ctx, who('drafter'), person())
    const id = await publishNew(s, draft())
    await asked(id)
    const link = token((await roll(id)).asked[0]?.id as number)
    expect((await requestAt(s.ctx, link)).state).toBe('asked')
    expect((await roll(id)).asked[0]?.at).toBeNull()
    const first = await acknowledge(s.ctx, link)
    expect(first).toMatchObject({ state: 'signed', contact: { name: '其其格', role: '嘎查长' } })
    expect((await acknowledge(s.ctx, link)).signedAt).toBe(first.signedAt)
    expect((await roll(id)).asked).toMatchObject([{ at: first.signedAt, recordedBy: null }])
  })

  test('nobody can guess a link, nor change one into another', async () => {
    const good = token(42)
    expect(deliveryOfToken(s.ctx.keys.secret, good)).toBe(42)
    expect(deliveryOfToken('another secret', good)).toBeNull()
    for (const bad of [
      good.replace(/^16/, '17'),
      `${good}x`,
      good.slice(0, -1),
      '',
      '16-',
      `16-${'A'.repeat(24)}`,
      '../x',
    ])
      expect(deliveryOfToken(s.ctx.keys.secret, bad)).toBeNull()
    await expect(requestAt(s.ctx, token(42))).rejects.toMatchObject({ kind: 'not-found' })
  })

  test('sign anew for a correction: the old link leads to the new one', async () => {
    await addContact(s.ctx, who('drafter'), person())
    const id = await publishNew(s, draft())
    await asked(id)
    const old = token((await roll(id)).asked[0]?.id as number)
    await acknowledge(s.ctx, old)
    await work.stop()
    await correct(id)
    // Between the correction and its own request there is nothing to sign for.
    expect((await requestAt(s.ctx, old)).state).toBe('replaced')
    await expect(acknowledge(s.ctx, old)).rejects.toMatchObject({ code: 'acknowledgement-moved' })
    work = await s.work()
    await asked(id, 2)
    const now = await roll(id)
    expect(now).toMatchObject({ edition: 2, asked: [{ name: '其其格', at: null }] })
    const moved = await requestAt(s.ctx, old)
    expect(moved.state).toBe('moved')
    expect(moved.path).toBe(`/acknowledge/${token(now.asked[0]?.id as number)}`)
    await expect(acknowledge(s.ctx, old)).rejects.toMatchObject({ code: 'acknowledgement-moved' })
  })

  test('are asked about a correction though it no longer concerns their place', async () => {
    await addContact(s.ctx, who('drafter'), person())
    const id = await publishNew(s, draft())
    await asked(id)
    await s.ctx.store.db
      .insertInto('area')
      .values({ code: '159922', name_zh: '另一旗', name_en: 'Other', parent: '159900' })
      .execute()
    await correct(id, '<p>是另一旗。</p>', { areas: ['159922'] })
    expect(await asked(id, 2)).toMatchObject({ audience: 1, suppressed: 1 })
    expect((await roll(id)).asked.map((a) => a.name)).toEqual(['其其格'])
  })

  test('a member writes down who signed by telephone, once, and it says so', async () => {
    await addContact(s.ctx, who('drafter'), person())
    const id = await publishNew(s, draft())
    await asked(id)
    const one = (await roll(id)).asked[0]?.id as number
    await recordAcknowledgement(s.ctx, who('reviewer'), id, one, { note: '已通知全嘎查' })
    expect((await roll(id)).asked[0]).toMatchObject({ recordedBy: 'reviewer', note: '已通知全嘎查' })
    await expect(recordAcknowledgement(s.ctx, who('reviewer'), id, one, {})).rejects.toMatchObject({
      code: 'already-acknowledged',
    })
    await expect(recordAcknowledgement(s.ctx, who('reviewer'), id, 99_999, {})).rejects.toMatchObject({
      kind: 'not-found',
    })
    await expect(recordAcknowledgement(s.ctx, who('auditor'), id, one, {})).rejects.toMatchObject({
      kind: 'not-allowed',
    })
  })

  test('who is deleted leaves no name and no telephone anywhere, and their link is dead', async () => {
    const one = await addContact(
      s.ctx,
      who('drafter'),
      person({ name: '删除我', phone: '13987654321', email: 'a@b.example' }),
    )
    const id = await publishNew(s, draft())
    await asked(id)
    const link = token((await roll(id)).asked[0]?.id as number)
    await acknowledge(s.ctx, link)
    await removeContact(s.ctx, who('drafter'), one.subscriber_id)
    await expect(requestAt(s.ctx, link)).rejects.toMatchObject({ kind: 'not-found' })
    expect((await roll(id)).asked).toMatchObject([{ name: null, phone: null, at: expect.any(String) }])
    for (const table of ['subscriber', 'contact', 'ledger', 'timeline', 'acknowledgement', 'delivery'] as const) {
      const rows = JSON.stringify(await s.ctx.store.db.selectFrom(table).selectAll().execute())
      expect(rows).not.toMatch(/删除我|13987654321|a@b\.example/)
    }
  })

  test.each([
    [{ phone: '12' }, 'phone', 'phone-shape'],
    [{ email: 'nobody' }, 'email', 'email-address'],
    [{ areas: ['999999'] }, 'areas.0', 'unknown-area'],
    [{ areas: [] }, 'areas', 'wrong-shape'],
    [{ name: ' ' }, 'name', 'wrong-shape'],
    [{ extra: 1 }, 'extra', 'unknown-field'],
  ])('are refused with %j', async (over, field, code) => {
    const found = await addContact(s.ctx, who('drafter'), person(over)).catch((e) => e)
    expect(found.issues.map((i: { field: string }) => i.field)).toContain(field)
    expect(found.issues.map((i: { code: string }) => i.code)).toContain(code)
  })

  test('go out as a spreadsheet and come back the same, also from GB 18030', async () => {
    await addContact(s.ctx, who('drafter'), person({ role: '=1+1', phone: '+86 13900000001' }))
    await addContact(s.ctx, who('drafter'), person({ name: '巴特尔', phone: '0482-1234567转2', mode: 'exercise' }))
    const sheet = await exportContacts(s.ctx, who('drafter'))
    expect(sheet).toContain("'=1+1")
    expect(await importContacts(s.ctx, who('drafter'), sheet)).toEqual({ added: 0, changed: 2 })
    expect(await exportContacts(s.ctx, who('drafter'))).toBe(sheet)
    // 姓名 as many a spreadsheet here saves it.
    expect(csvText(new Uint8Array([0xd0, 0xd5, 0xc3, 0xfb]))).toBe('姓名')
    const more = `${sheet}新人,,13900000009,,159921,蒙古语,\r\n`
    expect(await importContacts(s.ctx, who('drafter'), more)).toEqual({ added: 1, changed: 2 })
  })

  test('a sheet with one bad row takes nobody in, and names the row', async () => {
    const sheet =
      '姓名,电话,区划代码\n好人,13900000001,159921\n坏人,12,159921\n,13900000003,159921\n好人,13900000001,159921\n'
    const found = await importContacts(s.ctx, who('drafter'), sheet).catch((e) => e)
    expect(found.issues.map((i: { field: string }) => i.field).sort()).toEqual(['rows.3.name', 'rows.4.name'])
    const bad = await importContacts(s.ctx, who('drafter'), sheet.split('\n').slice(0, 3).join('\n')).catch((e) => e)
    expect(bad.issues).toMatchObject([{ field: 'rows.2.phone', code: 'phone-shape' }])
    expect(await importContacts(s.ctx, who('drafter'), '姓名,电话\n甲,110\n').catch((e) => e.issues)).toMatchObject([
      { code: 'csv-column-missing' },
    ])
    expect((await exportContacts(s.ctx, who('drafter'))).trim().split('\r\n')).toHaveLength(1)
  })

  test('change, but never from an exercise into the real thing', async () => {
    const one = await addContact(s.ctx, who('drafter'), person({ mode: 'exercise' }))
    const { mode: _, ...rest } = { ...person({ name: '改名' }), mode: 'x' }
    expect(await changeContact(s.ctx, who('drafter'), one.subscriber_id, rest)).toMatchObject({
      name: '改名',
      mode: 'exercise',
    })
    await expect(
      changeContact(s.ctx, who('drafter'), one.subscriber_id, person({ mode: 'live' })),
    ).rejects.toMatchObject({
      issues: [{ code: 'unknown-field' }],
    })
  })
})

describe('channels worked by hand', () => {
  test('are ticked off, and a correction asks for every tick again', async () => {
    const tv = await addManualChannel(s.ctx, who('drafter'), { name: '旗电视台' })
    const radio = await addManualChannel(s.ctx, who('drafter'), { name: '大喇叭' })
    const id = await publishNew(s, draft())
    await asked(id)
    const standing = async () =>
      Object.fromEntries((await manualOf(s.ctx, who('signer'), id)).channels.map((c) => [c.channel.name, c.standing]))
    expect(await standing()).toEqual({ 旗电视台: 'none', 大喇叭: 'none' })
    await recordCarried(s.ctx, who('reviewer'), id, {
      channelId: tv.id,
      link: 'https://tv.example/1',
      note: '滚动字幕',
    })
    expect(await standing()).toEqual({ 旗电视台: 'carried', 大喇叭: 'none' })
    expect(await causes()).not.toContain('manual-outdated')
    await correct(id)
    await asked(id, 2)
    expect(await standing()).toEqual({ 旗电视台: 'wrong', 大喇叭: 'none' })
    expect(await causes()).toContain('manual-outdated')
    await recordCarried(s.ctx, who('reviewer'), id, { channelId: radio.id })
    expect(await causes()).toContain('manual-outdated')
    const tick = await recordCarried(s.ctx, who('reviewer'), id, { channelId: tv.id })
    expect(await standing()).toEqual({ 旗电视台: 'carried', 大喇叭: 'carried' })
    expect(await causes()).not.toContain('manual-outdated')
    await undoRecord(s.ctx, who('reviewer'), id, tick.id)
    expect(await causes()).toContain('manual-outdated')
    await takeDown(s.ctx, who('signer'), id, { ground: 'privacy' })
    await runUntil(s, id, 'website', (r) => r.sequence === 3 && r.state === 'done')
    expect(await standing()).toEqual({ 旗电视台: 'wrong', 大喇叭: 'wrong' })
  })

  test('a tick says what is wrong with it', async () => {
    const tv = await addManualChannel(s.ctx, who('drafter'), { name: '旗电视台' })
    await expect(addManualChannel(s.ctx, who('drafter'), { name: '旗电视台' })).rejects.toMatchObject({
      issues: [{ code: 'manual-channel-taken' }],
    })
    const id = await publishNew(s, draft())
    const wrong = (sent: object) =>
      recordCarried(s.ctx, who('drafter'), id, { channelId: tv.id, ...sent }).catch((e) => e)
    expect((await wrong({ carriedAt: '2099-01-01T00:00:00Z' })).issues).toMatchObject([{ code: 'carried-in-future' }])
    expect((await wrong({ carriedAt: '2020-01-01T00:00:00Z' })).issues).toMatchObject([
      { code: 'carried-before-published' },
    ])
    expect((await wrong({ edition: 9 })).issues).toMatchObject([{ code: 'unknown-edition' }])
    expect((await wrong({ channelId: 'x' })).issues).toMatchObject([{ code: 'unknown-manual-channel' }])
    expect((await wrong({ link: 'javascript:alert(1)' })).issues[0].field).toBe('link')
    await recordCarried(s.ctx, who('drafter'), id, { channelId: tv.id })
    expect(await wrong({})).toMatchObject({ code: 'already-recorded' })
    await endChannel(s.ctx, who('drafter'), tv.id)
    // What it carried stays on record, and its name may be used again.
    expect((await manualOf(s.ctx, who('signer'), id)).channels).toHaveLength(1)
    await addManualChannel(s.ctx, who('drafter'), { name: '旗电视台' })
    await runUntil(s, id, 'website', (r) => r.state === 'done')
  })

  test('the kit is of what now stands, and of nothing after a seal', async () => {
    const id = await publishNew(s, draft())
    expect((await kitFor(s.ctx, who('signer'), id)).kits[0]?.wechat).toContain('关于做好牧区饲草储备工作的通知')
    await correct(id, '<p>第二版正文。</p>')
    const now = await kitFor(s.ctx, who('signer'), id)
    expect(now.edition.number).toBe(2)
    expect(now.kits[0]?.sms.text).toContain('更正：')
    expect(now.kits[0]?.wechat).toContain('第二版正文')
    await asked(id, 2)
    await quarantine(s.ctx, who('reviewer'), id)
    await expect(kitFor(s.ctx, who('signer'), id)).rejects.toMatchObject({ kind: 'wrong-state' })
    await sleep(300)
  })

  test('what was written beside a tick or a signature goes with a purge', async () => {
    await addContact(s.ctx, who('drafter'), person())
    const tv = await addManualChannel(s.ctx, who('drafter'), { name: '旗电视台' })
    const id = await publishNew(s, draft())
    await asked(id)
    await recordCarried(s.ctx, who('reviewer'), id, {
      channelId: tv.id,
      link: 'https://tv.example/canary',
      note: 'canary-tick',
    })
    await recordAcknowledgement(s.ctx, who('reviewer'), id, (await roll(id)).asked[0]?.id as number, {
      note: 'canary-sign',
    })
    await quarantine(s.ctx, who('reviewer'), id)
    await runUntil(s, id, 'website', (r) => r.sequence === 2 && r.state === 'done')
    await settleQuarantine(s.ctx, who('signer'), id, { outcome: 'purged', instruction: '示保〔2026〕1号' })
    for (const table of ['manual_record', 'acknowledgement'] as const) {
      const rows = await s.ctx.store.db.selectFrom(table).selectAll().execute()
      expect(rows).toHaveLength(1)
      expect(JSON.stringify(rows)).not.toContain('canary')
    }
  })
})

describe.skipIf(!needs('postgres'))('over PostgreSQL', () => {
  test('people are asked, sign, are asked again, and channels are ticked off, all the same', async () => {
    const cluster = await startPostgres()
    const other = await station({ DATABASE_URL: await cluster.fresh() })
    const running = await other.work()
    const by = (name: string) => other.people[name] as Actor
    try {
      await importContacts(
        other.ctx,
        by('drafter'),
        '姓名,电话,区划代码\n其其格,13900000001,159921 159900\n巴特尔,13900000002,159900\n',
      )
      const tv = await addManualChannel(other.ctx, by('drafter'), { name: '旗电视台' })
      const id = await publishNew(other, draft())
      await runUntil(other, id, 'manual', (r) => r.state === 'done')
      const [first] = (await rollOf(other.ctx, by('signer'), id)).asked
      await acknowledge(other.ctx, acknowledgeToken(other.ctx.keys.secret, first?.id as number))
      await recordCarried(other.ctx, by('drafter'), id, { channelId: tv.id })
      await beginCorrection(other.ctx, by('drafter'), id, { type: 'correction' })
      const next = draft({}, '<p>更正后的内容。</p>')
      for (const part of Object.values(next.parts)) if (part) part.changeNote = '原文有误。'
      await saveDraft(other.ctx, by('drafter'), id, next, null)
      await agreeAndPublish(other, id)
      await runUntil(other, id, 'manual', (r) => r.state === 'done' && r.sequence === 2)
      expect((await rollOf(other.ctx, by('signer'), id)).asked.map((a) => [a.name, a.at])).toEqual([
        ['巴特尔', null],
        ['其其格', null],
      ])
      expect((await manualOf(other.ctx, by('signer'), id)).channels.map((c) => c.standing)).toEqual(['wrong'])
      await assertEquation(other)
      expect(other.errors).toEqual([])
    } finally {
      await running.stop()
      await other.close()
      await cluster.stop()
    }
  }, 60_000)
})
