/** Finding what is public, and nothing else: the same questions over SQLite and PostgreSQL. */
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createRelease } from '../../src/desk/create.ts'
import type { ContentInput } from '../../src/desk/draft.ts'
import { saveDraft } from '../../src/desk/save.ts'
import { readAsked } from '../../src/publication/asked.ts'
import { beginCorrection } from '../../src/publication/correct.ts'
import { find } from '../../src/publication/find.ts'
import { publishApproved } from '../../src/publication/publish.ts'
import { keepSearch, rebuildSearch, searchIsStale } from '../../src/publication/search-rebuild.ts'
import { takeDown } from '../../src/publication/takedown.ts'
import { withdraw } from '../../src/publication/withdraw.ts'
import { quarantine } from '../../src/purge/quarantine.ts'
import { settleQuarantine } from '../../src/purge/settle.ts'
import { decide } from '../../src/review/decide.ts'
import { currentSubmission } from '../../src/review/store.ts'
import type { Actor } from '../../src/staff/member.ts'
import { needs, type PostgresBackend, startPostgres } from '../support/backends.ts'
import { filesWith } from '../support/on-disk.ts'
import { CLEAR, policyDraft } from '../support/sample.ts'
import { agreeAndPublish, publishNew, type Station, station } from '../support/station.ts'

const backends: ('sqlite' | 'postgres')[] = needs('postgres') ? ['sqlite', 'postgres'] : ['sqlite']

/** A release in Chinese, and in English where `en` is given. */
const draft = (
  title: string,
  body: string,
  core: Partial<ContentInput['core']> = {},
  en?: { title: string; body: string },
): ContentInput => ({
  ...policyDraft({ documentNumber: undefined, ...core }),
  parts: {
    'zh-CN': { title, body: `<p>${body}</p>`, blocks: {}, signature: '青格勒盟（示例）办公室' },
    ...(en ? { en: { title: en.title, body: `<p>${en.body}</p>`, blocks: {} } } : {}),
  },
})

describe.each(backends)('searching over %s', (backend) => {
  let cluster: PostgresBackend | null = null
  let s: Station
  const who = (name: string) => s.people[name] as Actor

  beforeAll(async () => {
    if (backend === 'postgres') cluster = await startPostgres()
  })
  afterAll(async () => cluster?.stop())
  beforeEach(async () => {
    s = await station(cluster ? { DATABASE_URL: await cluster.fresh() } : {})
  })
  afterEach(async () => {
    await s.close()
    expect(s.errors).toEqual([])
  })

  async function ask(q: string, more: Record<string, string> = {}, language: 'zh-CN' | 'en' = 'zh-CN') {
    const asked = readAsked({ q, ...more })
    if (typeof asked === 'string') throw new Error(asked)
    return find(s.ctx.store, asked, { language, offset: '+08:00' })
  }
  const titles = async (q: string, more: Record<string, string> = {}) =>
    (await ask(q, more)).hits.map((h) => h.title.map((p) => p.text).join(''))
  async function agree(id: string): Promise<void> {
    const revisionHash = (await currentSubmission(s.ctx.store.db, id))?.revision_hash as string
    const yes = { revisionHash, verdict: 'approve' as const }
    await decide(s.ctx, who('reviewer'), id, yes)
    await decide(s.ctx, who('confidentiality'), id, { ...yes, confidentiality: CLEAR })
    await decide(s.ctx, who('signer'), id, yes)
    await publishApproved(s.ctx, id, 'signer')
  }

  test('a reader finds 火灾 in 草原火灾, in the title before the text, by either language, with the words marked', async () => {
    await publishNew(s, draft('哈日诺尔旗草原火灾扑灭', '明火已全部扑灭。'))
    await publishNew(
      s,
      draft(
        '关于防火期的通知',
        '防火期内严防草原火灾，违者处罚。',
        {},
        { title: 'Fire season', body: 'No open fire on the steppe.' },
      ),
    )
    await publishNew(s, draft('关于供暖的通知', '供暖期自十月起。'))
    expect(await titles('火灾')).toEqual(['哈日诺尔旗草原火灾扑灭', '关于防火期的通知'])
    expect(await titles('火灾', { order: 'newest' })).toEqual(['关于防火期的通知', '哈日诺尔旗草原火灾扑灭'])
    expect(await titles('灾')).toHaveLength(2)
    expect(await titles('火灾 供暖')).toEqual([])
    const { hits } = await ask('火灾')
    expect(hits[0]?.title).toContainEqual({ text: '火灾', hit: true })
    expect(hits[1]?.excerpt).toContainEqual({ text: '火灾', hit: true })
    const [english] = (await ask('STEPPE', {}, 'en')).hits
    expect(english).toMatchObject({ language: 'en', languages: ['zh-CN', 'en'] })
    expect(english?.excerpt).toContainEqual({ text: 'steppe', hit: true })
    expect((await ask('step')).total).toBe(0)
  }, 30_000)

  test('a number is found exactly, whatever its brackets, and only by the whole of it', async () => {
    const id = await publishNew(s, draft('饲草补助', '通知如下。', { documentNumber: '示政办字〔2026〕41号' }))
    await publishNew(
      s,
      draft('饲草补助二', '根据示政办字〔2026〕41号文件。', { documentNumber: '示政办字〔2026〕4号' }),
    )
    for (const typed of [
      '示政办字〔2026〕41号',
      '示政办字[2026]41号',
      '示政办字（２０２６） 41 号',
      '示政办字【2026】41号',
    ]) {
      expect([typed, await titles(typed)]).toEqual([typed, ['饲草补助']])
      expect((await ask(typed)).exact).toBe(true)
    }
    expect(await titles('示政办字〔2026〕4号')).toEqual(['饲草补助二'])
    const { rows } = await sql<{ number: string }>`select number from release where id = ${id}`.execute(s.ctx.store.db)
    expect(await titles(String(rows[0]?.number))).toEqual(['饲草补助'])
  }, 30_000)

  test('a league finds what was published for its banners, and filters, days and pages narrow', async () => {
    await publishNew(s, draft('旗里的通知', '甲。', { areas: ['159921'], topics: ['fire'] }))
    await publishNew(s, draft('盟里的通知', '乙。', { areas: ['159900'], topics: ['policy'] }))
    expect(await titles('', { area: '159900' })).toEqual(['盟里的通知', '旗里的通知'])
    expect(await titles('通知', { area: '159921' })).toEqual(['旗里的通知'])
    expect(await titles('通知', { topic: 'policy', kind: 'policy', agency: 'qinggele' })).toEqual(['盟里的通知'])
    expect(await titles('通知', { kind: 'warning' })).toEqual([])
    expect(await titles('通知', { topic: "fire' or '1'='1" })).toEqual([])
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
    expect(await titles('通知', { from: today, to: today })).toHaveLength(2)
    expect(await titles('通知', { from: '2031-01-01' })).toEqual([])
    expect(await titles('通知', { to: '2001-01-01' })).toEqual([])
    expect(await titles('通知', { page: '2' })).toEqual([])
  }, 30_000)

  test('drafts, exercises and what is embargoed are found by nobody; a correction takes the place of what it corrects', async () => {
    const d = await createRelease(s.ctx, who('drafter'), draft('未发布的苜蓿', '苜蓿。'))
    await publishNew(s, draft('演练：苜蓿', '苜蓿。', { mode: 'exercise' }))
    expect(await titles('苜蓿')).toEqual([])
    expect(await titles(d.number)).toEqual([])
    await agreeAndPublish(s, d.id)
    expect(await titles('苜蓿')).toEqual(['未发布的苜蓿'])
    await beginCorrection(s.ctx, who('drafter'), d.id, { type: 'correction' })
    const corrected = draft('燕麦补助', '燕麦。')
    const zh = { ...corrected.parts['zh-CN'], changeNote: '名称有误。' }
    await saveDraft(s.ctx, who('drafter'), d.id, { ...corrected, parts: { 'zh-CN': zh } }, null)
    expect(await titles('苜蓿')).toEqual(['未发布的苜蓿'])
    expect(await titles('燕麦')).toEqual([])
    await agreeAndPublish(s, d.id)
    expect(await titles('苜蓿')).toEqual([])
    expect((await ask('燕麦')).hits[0]).toMatchObject({ edition: 2, type: 'correction' })
  }, 30_000)

  test('what is withdrawn, taken down or sealed is found no more from that moment, by word or by number', async () => {
    const ids = []
    for (const n of '甲乙丙丁') ids.push(await publishNew(s, draft(`苜蓿通知${n}`, '补助标准。')))
    const [withdrawnId, takenDown, sealed] = ids as [string, string, string, string]
    expect(await titles('苜蓿')).toHaveLength(4)
    await withdraw(s.ctx, who('drafter'), withdrawnId, { reasons: { 'zh-CN': '该通知已由苜蓿新文件代替。' } })
    expect(await titles('苜蓿')).toHaveLength(4)
    await agree(withdrawnId)
    expect(await titles('苜蓿')).toEqual(['苜蓿通知丁', '苜蓿通知丙', '苜蓿通知乙'])
    await takeDown(s.ctx, who('signer'), takenDown, { ground: 'privacy' })
    await quarantine(s.ctx, who('reviewer'), sealed)
    expect(await titles('苜蓿')).toEqual(['苜蓿通知丁'])
    expect((await ask('苜蓿')).total).toBe(1)
  }, 30_000)

  test('an index that is lost or old is made anew, with what is live and nothing else', async () => {
    await publishNew(s, draft('苜蓿补助', '甲。'))
    const gone = await publishNew(s, draft('苜蓿名单', '乙。'))
    await takeDown(s.ctx, who('signer'), gone, { ground: 'privacy' })
    await keepSearch(s.ctx)
    expect(await searchIsStale(s.ctx)).toBe(false)
    for (const table of ['search_doc', 'search_index'])
      await sql`delete from ${sql.table(table)}`.execute(s.ctx.store.db)
    expect(await titles('苜蓿')).toEqual([])
    expect(await searchIsStale(s.ctx)).toBe(true)
    await keepSearch(s.ctx)
    expect(await titles('苜蓿')).toEqual(['苜蓿补助'])
    await sql`delete from search_doc`.execute(s.ctx.store.db)
    expect(await rebuildSearch(s.ctx, () => {})).toBe(2)
    expect(await titles('苜蓿')).toEqual(['苜蓿补助'])
  }, 30_000)

  test('no question, however it is written, is anything but a question', async () => {
    await publishNew(s, draft('苜蓿补助', '甲。'))
    const odd = [
      '"',
      "'",
      '*',
      '苜蓿*',
      'NEAR(苜蓿 补助)',
      'title : 苜蓿',
      '苜蓿 AND NOT 补助',
      '(((((',
      '^苜蓿',
      "苜蓿' | 'x",
      '\\',
      '%',
      '_',
      'a\0b',
      '\ud800',
      ':A',
      "';drop table search_doc;--",
    ]
    for (const q of [...odd, '苜蓿'.repeat(90), Array(100).fill('a').join(' ')]) await ask(q)
    expect(readAsked({ q: '苜'.repeat(10_000) })).toBe('search-too-long')
    expect(readAsked({ from: '2026-02-31' })).toBe('search-day')
    expect(readAsked({ page: '51' })).toBe('search-page')
    expect(readAsked({ page: '1e1' })).not.toBe('search-page')
    expect(readAsked({ order: 'x' })).toBe('search-order')
    expect(await titles('苜蓿')).toEqual(['苜蓿补助'])
  }, 30_000)

  test('a very long release is published and found all the same', async () => {
    const random = Array.from({ length: 99_000 }, (_, i) =>
      String.fromCodePoint(0x4e00 + ((i * 7919 + (i >> 7) * 31) % 20_000)),
    ).join('')
    await publishNew(s, draft('长文', `苜蓿${random}`))
    expect(await titles('苜蓿')).toEqual(['长文'])
  }, 30_000)

  test.runIf(backend === 'sqlite')(
    'after a purge no character of the text is left in the index, not even as a single token',
    async () => {
      const rare = '龘靐齉爩'
      const id = await publishNew(s, draft(`关于${rare}的通知`, `${rare}补助。`))
      await publishNew(s, draft('另一份通知', '补助。'))
      expect(await titles(rare)).toHaveLength(1)
      await quarantine(s.ctx, who('reviewer'), id)
      await settleQuarantine(s.ctx, who('confidentiality'), id, { outcome: 'purged', instruction: '示保〔2026〕1号' })
      const work = await s.work()
      for (let i = 0; i < 100 && filesWith(s.dir, [...rare]).length; i++) await new Promise((r) => setTimeout(r, 100))
      await work.stop()
      expect(filesWith(s.dir, [...rare])).toEqual([])
      expect(await titles('补助')).toEqual(['另一份通知'])
    },
    30_000,
  )
})
