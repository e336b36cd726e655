/** Names and titles of officials held against a dated list. Everybody in it is invented. */
import { describe, expect, test } from 'vitest'
import type { Content } from '../../src/desk/content.ts'
import { type Official, officialHits, parseOfficials } from '../../src/review/officials.ts'
import { scan } from '../../src/review/scan.ts'

const CSV = `姓名,职务,任职日期,离任日期
巴示例,盟委书记,2024-03-01,
李示例甲,盟长,2025-07-01,
王示例乙,盟长,2021-01-01,2025-06-30
王示例乙,盟委副书记,2025-07-01,
赵示,副盟长,2022-01-01,
钱示,副盟长,2023-01-01,
`
const { officials } = parseOfficials(CSV)
const DAY = '2026-11-23'
const said = (text: string, list: readonly Official[] = officials, day = DAY) =>
  officialHits(text, list, day).map((h) => `${h.rule} ${text.slice(h.start, h.end)} → ${h.suggestion}`)

describe('a list', () => {
  test('is read in its order, with and without a last day', () => {
    expect(officials).toHaveLength(6)
    expect(officials[2]).toEqual({ name: '王示例乙', title: '盟长', from: '2021-01-01', until: '2025-06-30' })
    expect(parseOfficials('').officials).toEqual([])
  })

  test('with wrong rows names each, as people count them', () => {
    const found = parseOfficials(
      '姓名,职务,任职,离任\n甲,盟长,2025-07-01\n李示例,,2025-07-01\n李示例,盟长,去年\n李示例,盟长,2025-02-30\n李示例,盟长,2025-07-01,2024-01-01\n李示例\n',
    )
    expect(found.officials).toEqual([])
    expect(found.issues.map((i) => `${i.field} ${i.code}`)).toEqual([
      'row.2 official-name',
      'row.3 official-title',
      'row.4 official-day',
      'row.5 official-day',
      'row.6 official-days',
      'row.7 official-columns',
    ])
  })
})

describe('a text', () => {
  test('that names everybody as they are has nothing to look at', () => {
    expect(said('盟委书记巴示例、盟长李示例甲到现场指挥。副盟长赵示、钱示参加。李示例甲盟长要求加强值守。')).toEqual([])
    expect(said('盟长要求各旗做好准备。')).toEqual([])
  })

  test('with a title its bearer has left is marked, and who bears it now is said', () => {
    expect(said('盟长王示例乙主持会议。')).toEqual([
      'official-not-in-force 盟长王示例乙 → 盟长李示例甲、盟委副书记王示例乙',
    ])
    expect(said('王示例乙盟长主持会议。', officials, '2024-05-01')).toEqual([])
    expect(said('盟长李示例甲主持会议。', officials, '2024-05-01')).toEqual([
      'official-not-in-force 盟长李示例甲 → 盟长王示例乙',
    ])
  })

  test('with one character wrong in a name beside its title is marked', () => {
    expect(said('盟长李示例申主持会议。')).toEqual(['official-misspelt 盟长李示例申 → 盟长李示例甲'])
    expect(said('巴示列盟委书记指出')).toEqual(['official-misspelt 巴示列盟委书记 → 巴示例盟委书记'])
    // Two characters, and two people who bear the title: as likely another person.
    expect(said('副盟长赵某出席。')).toEqual([])
  })

  test('that lists them out of order says the order', () => {
    expect(said('出席会议的有李示例甲、巴示例和钱示。')).toEqual([
      'official-order 李示例甲、巴示例和钱示 → 巴示例、李示例甲、钱示',
    ])
    expect(said('副盟长钱示、盟长李示例甲出席。')).toEqual(['official-order 副盟长钱示、盟长李示例甲 → 李示例甲、钱示'])
    expect(said('钱示发言。李示例甲总结。')).toEqual([])
  })
})

test('what is found is a hit like others: a person keeps it with a reason or changes the text', () => {
  const content = {
    core: { contacts: [] },
    parts: { 'zh-CN': { title: '盟长王示例乙调研', body: '<p>盟长<b>王示例乙</b>指出。</p>', blocks: {} } },
    attachments: [],
  } as unknown as Content
  const hits = scan(content, [], { list: officials, day: DAY })
  expect(hits.map((h) => [h.scanner, h.rule, h.severity, h.field, h.text])).toEqual([
    ['official', 'official-not-in-force', 'notice', 'parts.zh-CN.title', '盟长王示例乙'],
    ['official', 'official-not-in-force', 'notice', 'parts.zh-CN.body', '盟长王示例乙'],
  ])
  expect(scan(content, [])).toEqual([])
})

test('a list of 2,000 and a text of 20,000 characters take less than a second’s work', () => {
  const list = Array.from(
    { length: 2000 },
    (_, i): Official => ({
      name: `张示${String.fromCodePoint(0x4e00 + i)}`,
      title: `第${i % 50}处处长`,
      from: '2020-01-01',
      until: null,
    }),
  )
  const text = '第7处处长张示丁出席会议，研究饲草储备工作，要求各旗认真落实。'.repeat(650)
  // Work done, not time gone by: other processes do not count.
  const began = process.cpuUsage()
  officialHits(text, list, DAY)
  expect(process.cpuUsage(began).user / 1000).toBeLessThan(1000)
})
