/** Search at the desk: each finds what they may see and nothing else, by number or by word, and a purge has no index to reach. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createRelease } from '../../src/desk/create.ts'
import type { ContentInput } from '../../src/desk/draft.ts'
import { standing } from '../../src/desk/gate.ts'
import { changeRelease, type ReleaseRow } from '../../src/desk/store.ts'
import { openIncident } from '../../src/incident/open.ts'
import { DAY, plus } from '../../src/lib/clock.ts'
import { LONGEST_QUERY, searchInside } from '../../src/publication/search-inside.ts'
import { quarantine } from '../../src/purge/quarantine.ts'
import { settleQuarantine } from '../../src/purge/settle.ts'
import type { Actor } from '../../src/staff/member.ts'
import { may, RELEASE_STATES } from '../../src/staff/policy.ts'
import { createApp } from '../../src/web/app.ts'
import type { App } from '../../src/web/env.ts'
import { AGENCIES, type Office, office, type Workplace, workplace } from '../support/office.ts'

let place: Workplace
let people: Office
let app: App
const tokens = new Map<string, string>()

beforeAll(async () => {
  place = await workplace()
  people = await office(place.ctx)
  app = await createApp(place.ctx)
})
afterAll(() => place.close())
afterEach(() => expect(place.logged.splice(0)).toEqual([]))

const draft = (title: string, body: string, over: Partial<ContentInput['core']> = {}): ContentInput => ({
  core: { kind: 'notice', areas: [], topics: [], ...over },
  parts: { 'zh-CN': { title, body, blocks: {} } },
  attachments: [],
})
const write = (by: Actor, title: string, body = '<p>正文。</p>', over = {}) =>
  createRelease(place.ctx, by, draft(title, body, over))
const numbers = async (by: Actor, q: string): Promise<string[]> =>
  (await searchInside(place.ctx, by, q, 'zh')).hits.map((h) => h.release.number)

async function see(who: string, q: string) {
  const token = tokens.get(who) ?? (await people.token(who))
  tokens.set(who, token)
  const answer = await app.request(`/desk/search?q=${encodeURIComponent(q)}&lang=zh`, {
    headers: { authorization: `Bearer ${token}`, accept: 'text/html' },
  })
  return { status: answer.status, headers: answer.headers, text: await answer.text() }
}

describe('a drafter looks for their own', () => {
  test('by a word in the text, a title, a document number, and the last figures of a number', async () => {
    const { own } = people
    const fire = await write(own.drafter, '关于草原防火的公告（示例）', '<p>近日发生草原火灾，请注意。</p>')
    const split = await write(own.drafter, '关于供水的公告（示例）', '<p>自来<strong>水厂</strong>检修。</p>')
    const numbered = await write(own.drafter, '关于饲草的通知（示例）', '<p>通知。</p>', {
      kind: 'policy',
      documentNumber: '示政办字〔2026〕77号',
    })
    expect(await numbers(own.drafter, '火灾')).toEqual([fire.number])
    expect(await numbers(own.drafter, '草原 火灾')).toEqual([fire.number])
    expect(await numbers(own.drafter, '来水')).toEqual([split.number])
    expect(await numbers(own.drafter, '防火')).toEqual([fire.number])
    expect(await numbers(own.drafter, '示政办字[2026]77号')).toContain(numbered.number)
    expect(await numbers(own.drafter, fire.number)).toEqual([fire.number])
    expect(await numbers(own.drafter, String(Number(fire.number.slice(5))))).toContain(fire.number)
    expect(await numbers(own.drafter, '２０２６－０００００1')).toContain('2026-000001')
    expect(await numbers(own.drafter, '没有这个词')).toEqual([])
    expect(await numbers(own.drafter, '，。')).toEqual([])
  })

  test('and titles come before texts, with the words marked', async () => {
    const { own } = people
    const text = await write(own.drafter, '关于甲事的公告（示例）', '<p>说到沙尘暴。</p>')
    place.clock.advance(1000)
    const title = await write(own.drafter, '沙尘暴来临的公告（示例）')
    place.clock.advance(1000)
    const later = await write(own.drafter, '关于乙事的公告（示例）', '<p>又说到沙尘暴。</p>')
    expect(await numbers(own.drafter, '沙尘暴')).toEqual([title.number, later.number, text.number])
    const page = await see('league-drafter', '沙尘暴')
    expect(page.text).toContain('<mark>沙尘暴</mark>来临的公告')
    expect(page.text).toContain('又说到<mark>沙尘暴</mark>')
    expect(page.headers.get('cache-control')).toBe('no-store')
  })

  test('and for incidents by number and name; markup typed into the box stays text', async () => {
    const incident = await openIncident(place.ctx, people.own.drafter, {
      titleZh: '白音河决口（示例）',
      class: 'natural',
      grade: 'major',
      areas: ['159921'],
      knownAt: place.clock.now(),
    })
    for (const q of ['决口', incident.number]) expect((await see('other-drafter', q)).text).toContain(incident.number)
    const page = await see('league-drafter', '<img src=x onerror=alert(1)>"')
    expect(page.status).toBe(200)
    expect(page.text).not.toContain('<img')
    const long = await see('league-drafter', '长'.repeat(LONGEST_QUERY + 1))
    expect(long.status).toBe(422)
    expect(long.text).toContain(`${LONGEST_QUERY}字以内`)
    expect((await see('league-drafter', '')).status).toBe(200)
  })
})

describe('what one may not see', () => {
  /** One release of each office in each state, with a word and a number of its own. */
  const made: { release: ReleaseRow; word: string }[] = []
  const LETTERS = '甲乙丙丁戊己庚辛壬癸'
  beforeAll(async () => {
    for (const [i, agency] of AGENCIES.entries())
      for (const [j, state] of RELEASE_STATES.entries()) {
        const word = `暗${LETTERS[i]}语${LETTERS[j]}号`
        const release = await write(people.actors[agency].drafter, `标题${word}`, `<p>各有一篇，${word}。</p>`)
        await changeRelease(place.ctx.store.db, release.id, place.clock.now(), { state })
        made.push({ release: { ...release, state }, word })
      }
  })

  test('is not found, by word or by number, by anybody of any office in any state of it', async () => {
    const wrong: string[] = []
    for (const agency of AGENCIES)
      for (const role of ['drafter', 'reviewer', 'confidentiality', 'signer', 'admin', 'auditor'] as const) {
        const by = people.actors[agency][role]
        const found = await numbers(by, '各有一篇')
        for (const { release, word } of made) {
          const at = await standing(place.ctx.store.db, by, release.id)
          const question = { roles: by.roles, relation: at.relation, scopes: by.scopes, state: at.state }
          const knows = may('release.read', question).ok
          const reads = may('release.inspect', question).ok || (at.state === 'published' && knows)
          const who = `${agency} ${role} of ${release.agency_id} ${release.state}`
          if (found.includes(release.number) !== reads) wrong.push(`${who}: by word`)
          if (role !== 'signer' && role !== 'admin') continue
          const byNumber = (await searchInside(place.ctx, by, release.number, 'zh')).hits
          if ((byNumber.length === 1) !== knows) wrong.push(`${who}: ${byNumber.length} by number`)
          if (byNumber.some((h) => h.title.length > 0 !== reads)) wrong.push(`${who}: title`)
          if (JSON.stringify(byNumber).includes(word) && !reads) wrong.push(`${who}: words`)
        }
      }
    expect(wrong).toEqual([])
  })

  test('answers exactly like what does not exist', async () => {
    const hidden = made.find((m) => m.release.agency_id === 'league' && m.release.state === 'draft')!
    const sealed = made.find((m) => m.release.agency_id === 'league' && m.release.state === 'quarantined')!
    for (const [who, word] of [
      ['other-drafter', hidden.word],
      ['region-auditor', hidden.word],
      ['league-drafter', sealed.word],
    ] as const) {
      const bare = async (q: string) =>
        (await see(who, q)).text.replaceAll(q, 'X').replaceAll(encodeURIComponent(q), 'X')
      const page = await bare(word)
      expect(page).toBe(await bare('暗无语无号'))
      expect(page).not.toMatch(/2026-0000/)
    }
  })

  test('the names on a list whose display is over are no longer found outside its office', async () => {
    const { own, actors } = people
    const list = await write(own.drafter, '补助名单公示（示例）', '<p>乌日娜其其格。</p>', {
      displayUntil: plus(place.clock.now(), DAY),
    })
    await changeRelease(place.ctx.store.db, list.id, place.clock.now(), { state: 'published' })
    expect(await numbers(actors.other.drafter, '乌日娜')).toEqual([list.number])
    place.clock.advance(2 * DAY)
    expect(await numbers(actors.other.drafter, '乌日娜')).toEqual([])
    expect(await numbers(own.drafter, '乌日娜')).toEqual([list.number])
  })
})

test('what was purged is found by nobody, for its words lie in no index', async () => {
  const { own } = people
  const secret = await write(own.drafter, '误入的文稿（示例）', '<p>金丝猴计划。</p>')
  expect(await numbers(own.drafter, '金丝猴')).toEqual([secret.number])
  await quarantine(place.ctx, own.reviewer, secret.id)
  expect(await numbers(own.drafter, '金丝猴')).toEqual([])
  await settleQuarantine(place.ctx, own.confidentiality, secret.id, {
    outcome: 'purged',
    instruction: '示令〔2026〕1号',
  })
  for (const by of Object.values(own)) expect(await numbers(by, '金丝猴')).toEqual([])
})
