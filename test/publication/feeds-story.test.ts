/** An editor who polls: the feeds over HTTP, as a release goes through everything that can become of it. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runsOfRelease } from '../../src/delivery/run-store.ts'
import type { Part } from '../../src/desk/content.ts'
import { createRelease } from '../../src/desk/create.ts'
import type { ContentInput } from '../../src/desk/draft.ts'
import { saveDraft } from '../../src/desk/save.ts'
import { openIncident } from '../../src/incident/open.ts'
import { HOUR, MINUTE } from '../../src/lib/clock.ts'
import { beginCorrection } from '../../src/publication/correct.ts'
import { publishApproved } from '../../src/publication/publish.ts'
import { withdraw } from '../../src/publication/withdraw.ts'
import { decide } from '../../src/review/decide.ts'
import { currentSubmission } from '../../src/review/store.ts'
import { submit } from '../../src/review/submit.ts'
import type { Actor } from '../../src/staff/member.ts'
import { capFacts, capProblems, chainProblems } from '../support/cap-rules.ts'
import { feedProblems } from '../support/feed-rules.ts'
import { CLEAR, fireDraft, policyDraft } from '../support/sample.ts'
import { agreeAndPublish, publishNew, type Station, station } from '../support/station.ts'

let s: Station
let work: { stop(): Promise<void> }
beforeEach(async () => {
  s = await station()
  work = await s.work()
})
afterEach(async () => {
  await work.stop()
  await s.close()
  expect(s.errors).toEqual([])
})

const who = (name: string) => s.people[name] as Actor
const WORD = 'ᠮᠣᠩᠭᠣᠯ'
const MONGOLIAN: ContentInput['parts']['mn-Mong-CN'] = {
  title: WORD,
  blocks: { whenWhere: WORD, facts: WORD, actions: WORD, advice: WORD },
  changeNote: WORD,
}

async function settled(id: string): Promise<void> {
  for (let i = 0; i < 300; i++) {
    const runs = await runsOfRelease(s.ctx.store.db, id)
    if (runs.length > 0 && runs.every((r) => ['done', 'stopped'].includes(r.state))) return
    await sleep(50)
  }
  throw new Error(`not settled: ${JSON.stringify(s.errors)}`)
}

/** Agreed and signed, so that only its time is waited for. */
async function sign(id: string): Promise<void> {
  await submit(s.ctx, who('drafter'), id, null)
  const revisionHash = (await currentSubmission(s.ctx.store.db, id))?.revision_hash as string
  const yes = { revisionHash, verdict: 'approve' as const }
  await decide(s.ctx, who('reviewer'), id, yes)
  await decide(s.ctx, who('confidentiality'), id, { ...yes, confidentiality: CLEAR })
  await decide(s.ctx, who('signer'), id, yes)
}

async function change(id: string, type: 'erratum' | 'correction' | 'addition', draft: ContentInput): Promise<void> {
  await beginCorrection(s.ctx, who('drafter'), id, { type })
  await saveDraft(s.ctx, who('drafter'), id, draft, null)
  await agreeAndPublish(s, id, 'flash')
  await settled(id)
}

type Item = {
  id: string
  title: string
  language: string
  summary?: string
  content_html: string
  date_modified: string
  _ortoo: { edition: number; type: string }
}

/** Polls as a polite reader does: with the ETag of last time. */
function editor() {
  const kept = new Map<string, { etag: string; text: string }>()
  const look = async (path: string) => {
    const known = kept.get(path)
    const answer = await fetch(s.url + path, { headers: known ? { 'if-none-match': known.etag } : {} })
    const text = answer.status === 304 ? (known?.text ?? '') : await answer.text()
    kept.set(path, { etag: answer.headers.get('etag') ?? '', text })
    if (answer.status === 200 && !/\.xml$/.test(path)) expect(feedProblems(s.url + path, text)).toEqual([])
    return { status: answer.status, text, headers: answer.headers }
  }
  return {
    look,
    async poll() {
      const [json, atom, rss] = await Promise.all(['json', 'atom', 'rss'].map((f) => look(`/feeds/all.${f}`)))
      const items = (JSON.parse(json?.text ?? '') as { items: Item[] }).items
      return { items, atom: atom?.text ?? '', rss: rss?.text ?? '' }
    },
  }
}

test('sees one item rise through erratum, Mongolian text, correction and withdrawal, and nothing that is not theirs to see', async () => {
  const incident = await openIncident(s.ctx, who('drafter'), {
    titleZh: '草原火灾（示例）',
    class: 'natural',
    areas: ['159921'],
    knownAt: new Date(Date.now() - MINUTE).toISOString(),
  })
  const now = new Date(Date.now() - 5000).toISOString()
  const notice = await publishNew(s, fireDraft(incident.id, now), 'flash')
  await settled(notice)
  const reader = editor()
  expect((await reader.poll()).items.map((i) => i._ortoo)).toMatchObject([{ edition: 1, type: 'first' }])
  expect((await reader.look('/feeds/all.json')).status).toBe(304)

  const drill = policyDraft({ mode: 'exercise', documentNumber: undefined }, '<p>这是演练。</p>')
  const drilled = { ...(drill.parts['zh-CN'] as Part), title: '【演练】关于演练的通知' }
  await settled(await publishNew(s, { ...drill, parts: { 'zh-CN': drilled } }))
  const { id: embargoed } = await createRelease(
    s.ctx,
    who('drafter'),
    policyDraft({ notBefore: new Date(Date.now() + HOUR).toISOString() }, '<p>未到时间的话。</p>'),
  )
  await sign(embargoed)
  expect((await reader.look('/feeds/all.json')).status).toBe(304)

  const draft = fireDraft(incident.id, now, { kind: 'incident-update' })
  const zh = draft.parts['zh-CN'] as Part
  const update = await publishNew(s, draft, 'flash')
  await settled(update)
  const seen: Item[] = []
  const poll = async () => {
    const { items, atom, rss } = await reader.poll()
    const mine = items.filter((i) => i.id === items[0]?.id)
    expect(items).toHaveLength(2)
    expect(mine).toHaveLength(1)
    for (const xml of [atom, rss]) expect(xml.split(`>${mine[0]?.id}<`)).toHaveLength(2)
    seen.push(mine[0] as Item)
  }
  await poll()

  const slip = { ...zh, blocks: { ...zh.blocks, facts: '发生草原火灾，正核实面积。' } }
  await change(update, 'erratum', { ...draft, parts: { 'zh-CN': { ...slip, changeNote: '删去一个字。' } } })
  await poll()
  const both = { ...draft, parts: { 'zh-CN': { ...slip, changeNote: '增发蒙古文。' }, 'mn-Mong-CN': MONGOLIAN } }
  await change(update, 'addition', both)
  await poll()
  const mongolian = JSON.parse((await reader.look('/feeds/mn/all.json')).text) as { items: Item[] }
  expect(mongolian.items.map((i) => [i.language, i.title])).toEqual([['mn-Mong-CN', WORD]])
  const corrected = {
    ...slip,
    blocks: { ...slip.blocks, facts: '发生草原火灾，面积已核实。' },
    changeNote: '面积核实完毕。',
  }
  await change(update, 'correction', { ...both, parts: { ...both.parts, 'zh-CN': corrected } })
  await poll()
  await withdraw(s.ctx, who('drafter'), update, {
    reasons: { 'zh-CN': '核实有误，另行发布。', 'mn-Mong-CN': WORD },
    lane: 'flash',
  })
  const revisionHash = (await currentSubmission(s.ctx.store.db, update))?.revision_hash as string
  await decide(s.ctx, who('signer'), update, { revisionHash, verdict: 'approve', confidentiality: CLEAR })
  await publishApproved(s.ctx, update, 'signer')
  await settled(update)
  await poll()

  expect(new Set(seen.map((i) => i.id)).size).toBe(1)
  expect(seen.map((i) => [i._ortoo.edition, i._ortoo.type])).toEqual([
    [1, 'first'],
    [2, 'erratum'],
    [3, 'addition'],
    [4, 'correction'],
    [5, 'withdrawal'],
  ])
  const times = seen.map((i) => i.date_modified)
  expect(times).toEqual([...new Set(times)].sort())
  expect(new Set(seen.map((i) => i.language))).toEqual(new Set(['zh-CN']))
  for (const [i, note] of [
    ['1', '删去一个字。'],
    ['2', '增发蒙古文。'],
    ['3', '面积核实完毕。'],
  ] as const) {
    const { content_html, summary } = seen[Number(i)] as Item
    expect(content_html.indexOf(note)).toBeGreaterThan(0)
    expect(content_html.indexOf(note)).toBeLessThan(content_html.indexOf('发生草原火灾'))
    expect(summary).toContain(note)
  }
  expect(seen[4]).toMatchObject({ title: expect.stringContaining('撤稿'), content_html: '<p>核实有误，另行发布。</p>' })
  await alertsAddUp(reader.look)
  await nothingElse(reader.look)
}, 60_000)

type Look = ReturnType<typeof editor>['look']

/** What a hub that took in every message still finds: each by its rules, the chain whole. */
async function alertsAddUp(look: Look): Promise<void> {
  const index = (await look('/cap/index.atom')).text
  const paths = [...index.matchAll(/href="[^"]*(\/cap\/ortoo-[^"]+\.xml)"/g)].map((m) => m[1] as string)
  expect(paths).toHaveLength(2)
  for (const path of paths) {
    const { status, text, headers } = await look(path)
    expect([status, headers.get('content-type')]).toEqual([200, 'application/cap+xml; charset=utf-8'])
    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(capProblems(text)).toEqual([])
  }
  const cancel = capFacts((await look(paths[0] as string)).text)
  expect([cancel.msgType, cancel.references.length]).toEqual(['Cancel', 4])
  for (const [, identifier] of cancel.references.map((r) => r.split(','))) {
    const gone = await look(`/cap/${identifier}.xml`)
    expect([gone.status, gone.headers.get('cache-control')]).toEqual([410, 'public, max-age=0, must-revalidate'])
  }
  expect(chainProblems([capFacts((await look(paths[1] as string)).text)])).toEqual([])
}

async function nothingElse(look: Look): Promise<void> {
  for (const list of ['all', 'zh/all', 'topic/fire', 'area/159921', 'agency/qinggele', 'kind/incident-update'])
    for (const format of ['atom', 'rss', 'json']) {
      const { text } = await look(`/feeds/${list}.${format}`)
      expect(text, list).not.toMatch(/演练|EXERCISE|exercise|未到时间|正核实|核实完毕/)
    }
  expect((await look('/exercise/feeds/all.json')).text).toContain('【演练】')
}
