/** 转发预警: an orange blizzard warning of the weather station, upgraded to red, then lifted, as a press office passes it on. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runsOfRelease } from '../../src/delivery/run-store.ts'
import type { Content } from '../../src/desk/content.ts'
import { relayWarning } from '../../src/desk/relay.ts'
import { saveDraft } from '../../src/desk/save.ts'
import { type ReleaseRow, releaseById, revisionOf } from '../../src/desk/store.ts'
import type { CapAlert } from '../../src/incident/warning/alert.ts'
import { capElement } from '../../src/incident/warning/cap.ts'
import { type Dialect, dialectXml } from '../../src/incident/warning/dialect.ts'
import { toCap } from '../../src/incident/warning/to-cap.ts'
import { withOffset } from '../../src/lib/clock.ts'
import type { Refusal } from '../../src/lib/errors.ts'
import { sha256 } from '../../src/lib/id.ts'
import { xmlDocument } from '../../src/lib/xml.ts'
import { publishApproved } from '../../src/publication/publish.ts'
import { decide } from '../../src/review/decide.ts'
import { judge } from '../../src/review/judge.ts'
import { currentSubmission } from '../../src/review/store.ts'
import { submit } from '../../src/review/submit.ts'
import { commitFirstPages } from '../../src/server/first-site.ts'
import type { Actor } from '../../src/staff/member.ts'
import { CLEAR } from '../support/sample.ts'
import { type Station, station } from '../support/station.ts'
import { blizzard } from '../support/warnings.ts'

let s: Station
let work: { stop(): Promise<void> }
const who = (name: string) => s.people[name] as Actor

beforeEach(async () => {
  s = await station()
  began = s.ctx.clock.ms()
  await commitFirstPages(s.ctx, s.ctx.site)
  work = await s.work()
})
afterEach(async () => {
  await work.stop()
  await s.close()
})

let began = 0
/** Minutes from the beginning of the test, as the platform writes times. */
const at = (minutes: number) => withOffset(new Date(began + minutes * 60_000).toISOString()).replace('T', ' ')
const stamp = (minutes: number) => at(minutes).slice(0, 19).replace(/\D/g, '')
const platform = (minutes: number, over: Partial<Dialect> = {}): Dialect =>
  blizzard({
    identifier: `15990041600000_${stamp(minutes)}`,
    sendTime: at(minutes),
    effective: at(minutes),
    expires: at(600),
    ...over,
  })
const sentOf = () => at(-60).replace(' ', 'T')
const cap = (d: Dialect): Uint8Array => Buffer.from(xmlDocument(capElement(toCap(d, { sentOf }).to as CapAlert)))
const bring = (bytes: Uint8Array) => relayWarning(s.ctx, who('drafter'), bytes)
const refused = (bytes: Uint8Array): Promise<Refusal> =>
  bring(bytes).then(
    () => Promise.reject(new Error('taken')),
    (err) => err,
  )

const contentOf = async (r: Pick<ReleaseRow, 'id'>): Promise<Content> => {
  const row = (await releaseById(s.ctx.store.db, r.id)) as ReleaseRow
  return (await revisionOf(s.ctx.store.db, r.id, row.revision))?.content as Content
}
const faults = async (id: string): Promise<string[]> => {
  const row = (await releaseById(s.ctx.store.db, id)) as ReleaseRow
  const { issues } = await judge(
    s.ctx,
    s.ctx.store.db,
    row,
    (await revisionOf(s.ctx.store.db, id, row.revision)) as never,
  )
  return issues.filter((i) => i.severity === 'error').map((i) => `${i.field} ${i.code}`)
}
/** Our own words beside the origin's, and whom to call. */
async function advise(r: ReleaseRow, change: (c: Content) => void = () => {}): Promise<void> {
  const { core, parts, attachments } = await contentOf(r)
  const { agencyId: _, ...mine } = structuredClone(core)
  const content = { core: mine, parts: structuredClone(parts), attachments } as unknown as Content
  content.core.contacts = [{ label: '值班电话', phone: '0479-0000000', audience: 'public' }]
  const part = content.parts['zh-CN']
  if (part) part.blocks.advice = '请牧户把牲畜赶回棚圈。'
  change(content)
  await saveDraft(s.ctx, who('drafter'), r.id, content, null)
}
async function publish(id: string): Promise<void> {
  await submit(s.ctx, who('drafter'), id, null)
  const revisionHash = (await currentSubmission(s.ctx.store.db, id))?.revision_hash as string
  await decide(s.ctx, who('reviewer'), id, { revisionHash, verdict: 'approve' })
  await decide(s.ctx, who('confidentiality'), id, { revisionHash, verdict: 'approve', confidentiality: CLEAR })
  await decide(s.ctx, who('signer'), id, { revisionHash, verdict: 'approve' })
  await publishApproved(s.ctx, id, 'signer')
  for (let i = 0; i < 200; i++) {
    const runs = await runsOfRelease(s.ctx.store.db, id)
    if (runs.length > 0 && runs.every((r) => ['done', 'stopped'].includes(r.state))) return
    await sleep(50)
  }
  throw new Error('not settled')
}

test('the original goes out byte for byte and cannot run, its station and time are said, our advice stands beside it', async () => {
  const original = cap(platform(-60))
  const { release, place, signature } = await bring(original)
  expect([place, signature.state, release.kind]).toEqual(['new', 'absent', 'warning'])
  const draft = await contentOf(release)
  expect(draft.core).toMatchObject({
    warningLevel: 'orange',
    areas: ['159921'],
    cap: { eventCode: '11B04', severity: 'Severe' },
  })
  expect(draft.core.relayOf).toMatchObject({
    station: '青格勒盟气象局（示例）',
    sha256: sha256(original),
    msgType: 'Alert',
  })
  expect(draft.parts['zh-CN']?.blocks.facts).toBe('预计未来6小时，哈日诺尔旗降雪量将达10毫米以上。')
  expect((await faults(release.id)).sort()).toEqual([
    'core.contacts hotline-missing',
    'core.contacts required',
    'parts.zh-CN.blocks.advice required',
  ])
  await advise(release)
  expect(await faults(release.id)).toEqual([])
  await publish(release.id)
  const files: string[] = []
  for await (const f of s.ctx.site.walk('website')) files.push(f.path)
  const path = files.find((p) => p.endsWith(draft.attachments[0]?.name as string)) as string
  const served = await s.ctx.configured(`${s.ctx.config.publicUrl}${path}`)
  expect(Buffer.from(served.body).equals(Buffer.from(original))).toBe(true)
  expect(served.headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  })
  expect(served.headers['content-disposition']).toMatch(/^attachment/)
  const page = await s.ctx.configured(`${s.ctx.config.publicUrl}/releases/${release.number}/`, { maxBytes: 1 << 20 })
  const html = Buffer.from(page.body).toString('utf8')
  expect(html).toContain(`青格勒盟气象局（示例） ${at(-60).slice(0, 16)} 发布`)
  expect(html).toContain(`转发 青格勒盟气象局（示例） ${at(-60).slice(0, 16)} 发布的预警`)
  expect(html).toContain('请牧户把牲畜赶回棚圈')
  // One alert about one thing: the station's own stands, ours would be another.
  const feeds: string[] = []
  for await (const f of s.ctx.site.walk('feeds')) feeds.push(f.path)
  expect(feeds).toContain('/cap/index.atom')
  expect(feeds.filter((p) => p.startsWith('/cap/ortoo-'))).toEqual([])
})

test('nobody can alter the origin’s words or take the original off', async () => {
  const { release } = await bring(cap(platform(-60)))
  await advise(release, (c) => {
    const part = c.parts['zh-CN']
    if (part) part.blocks.facts = '预计未来6小时，哈日诺尔旗降雪量将达90毫米以上。'
    c.attachments = []
  })
  expect(await faults(release.id)).toEqual(
    expect.arrayContaining(['parts.zh-CN.blocks.facts relay-text-changed', 'attachments relay-original-missing']),
  )
  await expect(
    advise(release, (c) => (c.core.relayOf = { ...(c.core.relayOf as object), station: '别处' } as never)),
  ).rejects.toMatchObject({ issues: [{ code: 'relay-fixed' }] })
  await advise(release, (c) => delete c.core.relayOf)
  expect((await contentOf(release)).core.relayOf?.station).toBe('青格勒盟气象局（示例）')
})

test('it comes twice, is upgraded, comes late, and is lifted', async () => {
  const orange = platform(-60)
  const references = orange.identifier
  const red = platform(-30, {
    msgType: 'Update',
    references,
    severity: 'Red',
    headline: '青格勒盟气象局（示例）发布暴雪红色预警',
  })
  const late = platform(-45, { msgType: 'Update', references })
  const lifted = platform(-10, {
    msgType: 'Cancel',
    references,
    severity: 'Red',
    note: '降雪结束',
    headline: '青格勒盟气象局（示例）解除暴雪红色预警',
  })
  expect((await refused(cap(lifted))).code).toBe('relay-unknown-cancel')
  const first = await bring(cap(orange))
  expect(await refused(cap(orange))).toMatchObject({
    code: 'relay-duplicate',
    params: { number: first.release.number },
  })
  const other = cap({ ...orange, description: '别的内容。' })
  expect((await refused(other)).code).toBe('relay-conflict')

  const second = await bring(cap(red))
  const upgraded = (await contentOf(second.release)).core
  expect([second.place, upgraded.warningLevel]).toEqual(['update', 'red'])
  expect(upgraded.relatesTo).toEqual([{ releaseId: first.release.id, as: 'follows' }])
  expect(await refused(cap(late))).toMatchObject({ code: 'relay-late', params: { number: second.release.number } })

  const end = await bring(cap(lifted))
  const content = await contentOf(end.release)
  expect(end.place).toBe('cancel')
  expect(content.core.relatesTo).toEqual([{ releaseId: second.release.id, as: 'follows' }])
  expect(content.parts['zh-CN']?.title).toBe('转发：青格勒盟气象局（示例）解除暴雪红色预警')
  expect(content.parts['zh-CN']?.blocks.whenWhere).toContain(`${at(-10).slice(0, 16)} 解除`)
})

test('a file that names the officer is kept and not shown; one for internal use is not taken', async () => {
  const { release } = await bring(Buffer.from(dialectXml(platform(-60, { senderName: '某某某' }))))
  const content = await contentOf(release)
  expect(content.attachments).toEqual([])
  expect(JSON.stringify(content)).not.toContain('某某某')
  expect(await faults(release.id)).not.toContain('attachments relay-original-missing')
  expect(
    await s.ctx.store.db.selectFrom('attachment').select('sha256').where('release_id', '=', release.id).execute(),
  ).toEqual([{ sha256: content.core.relayOf?.sha256 }])
  const plain = await bring(
    Buffer.from(dialectXml(platform(-50, { eventType: '11B06', headline: '青格勒盟气象局（示例）发布大风橙色预警' }))),
  )
  expect((await contentOf(plain.release)).attachments[0]?.name).toBe(
    `15990041600000_${stamp(-50)}_11B06_ORANGE_ALERT.XML`,
  )
  const inner = await refused(Buffer.from(dialectXml(platform(-40, { secClassification: 'Inner' }))))
  expect(inner.issues.map((i) => i.code)).toContain('cn-inner')
})
