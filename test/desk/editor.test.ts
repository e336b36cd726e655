/** Words not saved yet: who gets the key to them, and when nobody does any more. Who is there, which language lags, which link is dead. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { languagesBehind } from '../../src/desk/behind.ts'
import { bringFile } from '../../src/desk/bring-file.ts'
import { checkLinks } from '../../src/desk/check-links.ts'
import { createRelease } from '../../src/desk/create.ts'
import { beginKeep, discardKeep, keepWords, newKeeps, openKeep, settleKeep } from '../../src/desk/keep.ts'
import { sayClosed, sayOpen, whoElse } from '../../src/desk/opened.ts'
import { saveDraft } from '../../src/desk/save.ts'
import type { ReleaseRow } from '../../src/desk/store.ts'
import { DAY, MINUTE, SECOND } from '../../src/lib/clock.ts'
import { Refusal, unavailable } from '../../src/lib/errors.ts'
import { unlock } from '../../src/lib/lock.ts'
import { quarantine } from '../../src/purge/quarantine.ts'
import { settleQuarantine } from '../../src/purge/settle.ts'
import { submit } from '../../src/review/submit.ts'
import { createApp } from '../../src/web/app.ts'
import { DeskPerson } from '../support/desk-person.ts'
import { type Office, office, type Workplace, workplace } from '../support/office.ts'
import { policyDraft } from '../support/sample.ts'

let at: Workplace
let people: Office
let release: ReleaseRow
let drafter: DeskPerson

const draft = (body?: string) => policyDraft({ topics: ['farming'], documentNumber: undefined }, body)
const code = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (err: unknown) => (err instanceof Refusal ? err.code : String(err)),
  )
const keys = () => at.ctx.store.db.selectFrom('draft_keep').selectAll().execute()
const LOCKED = { kept: 'A'.repeat(40) }

beforeAll(async () => {
  at = await workplace()
  people = await office(at.ctx, { logins: ['league-drafter', 'league-reviewer'] })
  drafter = await new DeskPerson(await createApp(at.ctx)).signIn('league-drafter')
})
afterAll(() => at.close())
beforeEach(async () => {
  at.logged.splice(0)
  release = await createRelease(at.ctx, people.own.drafter, draft())
})

describe('the key to unsaved words', () => {
  test('is a writer’s own, the same for one draft, and lies locked', async () => {
    const mine = await openKeep(at.ctx, people.own.drafter, release.id)
    const again = await openKeep(at.ctx, people.own.drafter, release.number)
    const theirs = await openKeep(at.ctx, people.own.drafter2, release.id)
    expect(again.key).toBe(mine.key)
    expect(theirs.key).not.toBe(mine.key)
    expect(Buffer.from(mine.key, 'base64url')).toHaveLength(32)
    const row = (await keys()).find((k) => k.id === mine.id)
    expect(JSON.stringify(row)).not.toContain(mine.key)
    expect(unlock(at.ctx.keys.secret, row?.locked_key ?? '')).toBe(mine.key)
  })

  test('is given to nobody who may not edit the draft, and another’s copy does not exist', async () => {
    const { id } = await openKeep(at.ctx, people.own.drafter, release.id)
    expect(await code(openKeep(at.ctx, people.own.reviewer, release.id))).toBe('no-role')
    expect(await code(openKeep(at.ctx, people.actors.other.drafter, release.id))).toBe('release')
    expect(await code(keepWords(at.ctx, people.own.drafter2, id, LOCKED))).toBe('draft-keep')
    expect(await code(discardKeep(at.ctx, people.own.drafter2, id))).toBe('draft-keep')
    expect(await code(keepWords(at.ctx, people.own.drafter, id, { kept: '明文' }))).toBe('invalid')
    await submit(at.ctx, people.own.drafter, release.id, null)
    expect(await code(openKeep(at.ctx, people.own.drafter, release.id))).toBe('wrong-state')
  })

  test('is dropped with the copies when the draft is sealed, and never comes back', async () => {
    const mine = await openKeep(at.ctx, people.own.drafter, release.id)
    await keepWords(at.ctx, people.own.drafter, mine.id, LOCKED)
    await sayOpen(at.ctx, people.own.drafter, release.id)
    await quarantine(at.ctx, people.own.reviewer, release.id)
    expect((await keys()).filter((k) => k.release_id === release.id)).toEqual([])
    expect(await code(openKeep(at.ctx, people.own.drafter, release.id))).toBe('release')
    expect(await code(sayOpen(at.ctx, people.own.drafter, release.id))).toBe('release')
    expect(await code(keepWords(at.ctx, people.own.drafter, mine.id, LOCKED))).toBe('draft-keep')
    const order = { outcome: 'lifted', instruction: '示保〔2026〕1号' }
    await settleQuarantine(at.ctx, people.own.confidentiality, release.id, order)
    expect((await openKeep(at.ctx, people.own.drafter, release.id)).key).not.toBe(mine.key)
  })

  test('of a form without a number goes when the form gets its number, and after a month unused', async () => {
    const form = await beginKeep(at.ctx, people.own.drafter, { kind: 'notice' })
    await keepWords(at.ctx, people.own.drafter, form.id, LOCKED)
    expect((await newKeeps(at.ctx, people.own.drafter)).map((k) => k.kept)).toEqual([LOCKED.kept])
    expect(await newKeeps(at.ctx, people.own.drafter2)).toEqual([])
    await settleKeep(at.ctx, people.own.drafter2, release.id, form.id)
    expect(await newKeeps(at.ctx, people.own.drafter)).toHaveLength(1)
    await settleKeep(at.ctx, people.own.drafter, release.id, form.id)
    expect(await newKeeps(at.ctx, people.own.drafter)).toEqual([])
    const old = await beginKeep(at.ctx, people.own.drafter, { kind: 'policy' })
    at.clock.advance(31 * DAY)
    expect(await newKeeps(at.ctx, people.own.drafter)).toEqual([])
    await beginKeep(at.ctx, people.own.drafter, { kind: 'notice' })
    expect((await keys()).some((k) => k.id === old.id)).toBe(false)
  })

  test('stays when words are discarded, and goes when they are saved', async () => {
    const mine = await openKeep(at.ctx, people.own.drafter, release.id)
    await keepWords(at.ctx, people.own.drafter, mine.id, LOCKED)
    await discardKeep(at.ctx, people.own.drafter, mine.id)
    expect(await openKeep(at.ctx, people.own.drafter, release.id)).toMatchObject({
      id: mine.id,
      key: mine.key,
      kept: null,
    })
    await keepWords(at.ctx, people.own.drafter, mine.id, LOCKED)
    const page = await drafter.get(`/desk/releases/${release.number}/edit`)
    await drafter.submit(page, /edit$/, {}, { name: 'do', value: 'save' })
    expect(await code(keepWords(at.ctx, people.own.drafter, mine.id, LOCKED))).toBe('draft-keep')
    expect((await openKeep(at.ctx, people.own.drafter, release.id)).key).not.toBe(mine.key)
  })
})

test('words brought back are shown in the form unsaved, and beside a colleague’s where one saved meanwhile', async () => {
  const page = await drafter.get(`/desk/releases/${release.number}/edit?lang=zh`)
  expect(page.html).not.toContain('data-unsaved')
  const words = { 'parts.zh-CN.body': '<p>夜里写的<strong>一句</strong>。</p>' }
  const back = await drafter.submit(page, /edit$/, words, { name: 'do', value: 'restore' })
  expect(back.status).toBe(200)
  expect(back.html).toContain('data-unsaved')
  expect(back.text).not.toContain('已保存第')
  const row = () =>
    at.ctx.store.db.selectFrom('release').select('revision').where('id', '=', release.id).executeTakeFirst()
  expect((await row())?.revision).toBe(1)
  await saveDraft(at.ctx, people.own.drafter2, release.id, draft('<p>同事的一句。</p>'), null)
  const both = await drafter.submit(page, /edit$/, words, { name: 'do', value: 'restore' })
  expect(both.text).toContain('league drafter2已保存第2稿')
  expect(both.html).toMatch(/<del>[\s\S]*同事[\s\S]*<ins>[\s\S]*夜里写的/)
  expect(both.html).not.toMatch(/<ins>[^<]*&lt;/)
})

test('a save that comes after a colleague sent the draft on shows every word that was typed', async () => {
  const page = await drafter.get(`/desk/releases/${release.number}/edit?lang=zh`)
  await submit(at.ctx, people.own.drafter2, release.id, null)
  const late = await drafter.submit(
    page,
    /edit$/,
    { 'parts.zh-CN.body': '<p>晚到的一句。</p>' },
    { name: 'do', value: 'save' },
  )
  expect(late.status).toBe(409)
  for (const said of ['没有保存', '晚到的一句。', '关于']) expect(late.text).toContain(said)
})

test('who else has a draft open is seen at load, for three quarters of a minute after their last sign', async () => {
  const { drafter: a, drafter2: b } = people.own
  expect(await sayOpen(at.ctx, b, release.id)).toEqual({ others: [], revision: 1 })
  at.clock.advance(15 * SECOND)
  expect((await sayOpen(at.ctx, a, release.id)).others.map((o) => o.name)).toEqual(['league drafter2'])
  expect((await drafter.get(`/desk/releases/${release.number}/edit?lang=zh`)).text).toMatch(
    /league drafter2 正在编辑（\d\d:\d\d起）/,
  )
  at.clock.advance(31 * SECOND)
  expect(await whoElse(at.ctx, a, release.id)).toEqual([])
  await sayOpen(at.ctx, b, release.id)
  await sayClosed(at.ctx, b, release.id)
  expect(await whoElse(at.ctx, a, release.id)).toEqual([])
  expect(await code(sayOpen(at.ctx, people.actors.other.drafter, release.id))).toBe('release')
})

test('a language is marked while the Chinese has gone on without it', async () => {
  const en = { title: 'Fodder', blocks: {}, body: '<p>Store fodder.</p>' }
  const withEnglish = (body: string, english = en) => ({ ...draft(body), parts: { ...draft(body).parts, en: english } })
  await saveDraft(at.ctx, people.own.drafter, release.id, withEnglish('<p>储备饲草。</p>'), null)
  await saveDraft(at.ctx, people.own.drafter, release.id, withEnglish('<p>储备饲草三万吨。</p>'), null)
  const lagging = await drafter.get(`/desk/releases/${release.number}/edit?lang=zh`)
  expect(lagging.text).toContain('中文在第3稿改过，本语种还是第2稿的')
  expect(lagging.html).toMatch(/d-behind[\s\S]*<ins>[\s\S]*三万吨/)
  await saveDraft(
    at.ctx,
    people.own.drafter,
    release.id,
    withEnglish('<p>储备饲草三万吨。</p>', { ...en, body: '<p>Store 30,000 tons.</p>' }),
    null,
  )
  expect((await drafter.get(`/desk/releases/${release.number}/edit?lang=zh`)).text).not.toContain('本语种还是')
  const hashes = (zh: string, mn: string) => ({ 'zh-CN': zh, 'mn-Mong-CN': mn })
  const saved = [hashes('a', 'x'), hashes('b', 'y')].map((h, i) => ({ ordinal: i + 1, hashes: h }))
  expect(languagesBehind(saved)).toEqual({})
})

test('links are looked at without a call, and with one only when asked', async () => {
  const calls: string[] = []
  const answer = (status: number, headers: Record<string, string> = {}) => ({ status, headers, body: new Uint8Array() })
  const ctx = {
    ...at.ctx,
    outsider: async (url: string) => {
      calls.push(url)
      if (url.includes('dead')) return answer(404)
      if (url.includes('moved')) return answer(301, { location: 'https://new.example/' })
      if (url.includes('silent')) throw unavailable('far-end-timeout')
      return answer(200)
    },
  }
  const a = (href: string) => `<a href="${href}">x</a>`
  const body = `<p>${['http://plain.example/', 'https://dead.example/', 'https://moved.example/', 'https://silent.example/', 'https://fine.example/', `${at.ctx.config.publicUrl}/releases/2026-999999/`, 'www.typed.example'].map(a).join('')}</p>`
  const odd = `<p><a href="${ctx.config.publicUrl}/%E0%A4">odd</a></p>`
  expect((await checkLinks(ctx, 'parts.zh-CN.body', odd, false)).map((i) => i.code)).toEqual(['link-own-missing'])
  const still = await checkLinks(ctx, 'parts.zh-CN.body', body, false)
  expect(still.map((i) => [i.code, i.severity])).toEqual([
    ['link-malformed', 'hint'],
    ['link-own-missing', 'hint'],
    ['link-http', 'hint'],
  ])
  expect(calls).toEqual([])
  const asked = await checkLinks(ctx, 'parts.zh-CN.body', body, true)
  expect(
    asked
      .map((i) => i.code)
      .slice(3)
      .sort(),
  ).toEqual(['link-gone', 'link-moved', 'link-silent'])
  expect(calls).toHaveLength(4)
  const page = await drafter.get(`/desk/releases/${release.number}/edit?lang=zh`)
  const typed = { 'parts.zh-CN.body': `<p>看${a('https://127.0.0.1/')}</p>` }
  const looked = await drafter.submit(page, /edit$/, typed, { name: 'do', value: 'links' })
  expect(looked.text).toContain('没有检查这个地址（不是公网地址）：https://127.0.0.1/')
  expect(looked.html).toContain('data-unsaved')
})

test('a colleague takes a draft as a Word file, and that it left the desk is written down', async () => {
  const app = await createApp(at.ctx)
  const reviewer = await new DeskPerson(app).signIn('league-reviewer')
  const headers = { cookie: reviewer.cookie, host: 'press.example' }
  const answer = await app.request(`/desk/releases/${release.number}/draft.docx`, { headers })
  expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${release.number}-zh-CN.docx"`)
  const read = await bringFile('a.docx', new Uint8Array(await answer.arrayBuffer()))
  expect(read.part.title).toBe(draft().parts['zh-CN']?.title)
  const acts = await at.ctx.store.db.selectFrom('ledger').selectAll().where('act', '=', 'draft.export').execute()
  expect(acts.map((x) => [x.subject, x.actor])).toEqual([[`release:${release.id}`, 'league-reviewer']])
  expect((await app.request(`/desk/releases/${release.number}/draft.docx?part=en`, { headers })).status).toBe(404)
  const upload = await drafter.get('/desk/releases/new')
  const bytes = new Uint8Array(
    await (await app.request(`/desk/releases/${release.number}/draft.docx`, { headers })).arrayBuffer(),
  )
  const brought = await drafter.submit(upload, /import$/, { file: new File([bytes], '稿件.docx') })
  expect(brought.text).toContain('已读取')
  const bad = await drafter.submit(upload, /import$/, { file: new File([bytes.slice(0, 500)], '坏.docx') })
  expect([bad.status, bad.text.includes('不是完好的 Word 文件')]).toEqual([422, true])
})

test('a purge leaves neither a key, nor a locked copy, nor who had it open', async () => {
  const { id } = await openKeep(at.ctx, people.own.drafter, release.id)
  await keepWords(at.ctx, people.own.drafter, id, { kept: 'Q'.repeat(64) })
  await quarantine(at.ctx, people.own.reviewer, release.id)
  // As one written in the very moment of the sealing would lie there.
  const row = {
    id,
    release_id: release.id,
    member_id: 'league-drafter',
    kind: 'notice',
    locked_key: 'x',
    kept: 'x',
    kept_at: null,
  }
  await at.ctx.store.db
    .insertInto('draft_keep')
    .values({ ...row, used_at: at.clock.now() })
    .execute()
  const open = { release_id: release.id, member_id: 'league-drafter', since: at.clock.now(), seen_at: at.clock.now() }
  await at.ctx.store.db.insertInto('draft_open').values(open).execute()
  const order = { outcome: 'purged', instruction: '示保〔2026〕1号' }
  await settleQuarantine(at.ctx, people.own.confidentiality, release.id, order)
  for (const table of ['draft_keep', 'draft_open'] as const)
    expect(await at.ctx.store.db.selectFrom(table).selectAll().where('release_id', '=', release.id).execute()).toEqual(
      [],
    )
})

test('nothing of all that breaks a sealed release’s silence', async () => {
  await quarantine(at.ctx, people.own.reviewer, release.id)
  for (const path of ['edit', 'draft.docx'])
    expect((await drafter.get(`/desk/releases/${release.number}/${path}`)).status, path).not.toBe(200)
  at.clock.advance(MINUTE)
  expect(at.logged).toEqual([])
})
