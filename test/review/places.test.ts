/** Places in the text held against the areas chosen, and shapes of an alert that no receiver could read. */
import { describe, expect, test } from 'vitest'
import { mentionsIn, type PlaceName } from '../../src/review/check-places.ts'
import { checkContent } from '../../src/review/checks.ts'
import { context, firstReport, notice, part, warning } from './content.ts'

const place = (code: string, zh: string, parent: string | null, en = ''): PlaceName => ({
  code,
  zh,
  en,
  mn: '',
  parent,
})
const PLACES = [
  place('159900', '青格勒盟', null, 'Qinggele League'),
  place('159921', '哈日诺尔旗', '159900', 'Harinuur Banner'),
  place('159921101', '巴彦苏木', '159921'),
  place('159921101201', '前进嘎查', '159921101'),
  place('159922', '宝日胡硕旗', '159900', 'Bor Banner'),
  place('159922101', '红山镇', '159922'),
  place('159922101201', '前进嘎查', '159922101'),
  place('159923', '红山区', '159900', 'Hongshan'),
]
const hints = (content: Parameters<typeof checkContent>[0]) =>
  checkContent(content, context({ places: PLACES }))
    .filter((i) => i.code.startsWith('place-'))
    .map((i) => `${i.severity} ${i.field} ${i.code} ${i.params?.['name'] ?? i.params?.['names']}`)

describe('names in running text', () => {
  const names = new Map(PLACES.map((p) => [p.zh, [p.code]]))
  test.each([
    ['哈日诺尔旗巴彦苏木前进嘎查起火', ['哈日诺尔旗', '巴彦苏木', '前进嘎查']],
    ['红山区域性大风', []],
    ['红山区有风，红山区域外无风', ['红山区']],
    ['高红山镇静待命', []],
    ['青格勒盟约已签', []],
  ])('of %s', (text, found) => expect(mentionsIn(text, names, 'zh-CN')).toEqual(found))

  test('an English name is a whole word', () =>
    expect(mentionsIn('Hongshan and Hongshaner', new Map([['Hongshan', ['1']]]), 'en')).toEqual(['Hongshan']))
})

test('a place named and not chosen is a hint; one around or inside what is chosen is none', () => {
  const named = (body: string) => hints(notice({ title: '公告', body: `<p>${body}</p>` }, { areas: ['159921'] }))
  expect(named('青格勒盟哈日诺尔旗巴彦苏木道路封闭。')).toEqual([])
  expect(named('哈日诺尔旗、宝日胡硕旗道路封闭。')).toEqual(['hint parts.zh-CN.body place-not-chosen 宝日胡硕旗'])
  expect(named('哈日诺尔旗前进嘎查')).toEqual([])
  expect(hints(notice({ body: '<p>前进嘎查封闭。</p>' }, { areas: ['159923'] }))).toEqual([
    'hint parts.zh-CN.body place-not-chosen 前进嘎查（巴彦苏木、红山镇）',
  ])
  expect(hints(notice({ body: '<p>宝日胡硕旗</p>' }, { areas: [] }))).toEqual([])
})

test('whom it is addressed to and who signs are no places', () =>
  expect(
    hints(
      notice(
        { addressees: '宝日胡硕旗人民政府', signature: '红山区人民政府', body: '<p>x</p>' },
        { areas: ['159921'] },
      ),
    ),
  ).toEqual([]))

test('an incident that never names where it is hints at that; a policy does not, and English is held to English names', () => {
  const silent = { title: '发生火灾', blocks: { whenWhere: '北部草场', facts: 'f', actions: 'a', advice: 'b' } }
  expect(hints(firstReport({ areas: ['159921', '159922'] }, silent))).toEqual([
    'hint core.areas place-unnamed 哈日诺尔旗、宝日胡硕旗',
  ])
  expect(hints(notice({ body: '<p>x</p>' }, { areas: ['159921'] }))).toEqual([])
  const both = firstReport({ areas: ['159921'] })
  both.parts.en = part({ title: 'Fire', body: '<p>In Bor Banner.</p>' })
  expect(hints(both)).toEqual([
    'hint parts.en.body place-not-chosen Bor Banner',
    'hint core.areas place-unnamed Harinuur Banner',
  ])
})

describe('areas drawn', () => {
  const drawn = (polygons: string[], circles: string[] = []) => {
    const content = warning()
    content.core.cap = { ...content.core.cap!, polygons, circles }
    return checkContent(content, context())
      .filter((i) => i.field.startsWith('core.cap.'))
      .map((i) => `${i.field} ${i.code}`)
  }
  test.each([
    ['43.9,116 43.9,116.4 44.2,116.2 43.9,116', []],
    ['43.9,116 43.9,116.4 43.9,116', ['core.cap.polygons.0 polygon-points']],
    ['43.9,116 43.9,116.4 44.2,116.2 44,116', ['core.cap.polygons.0 polygon-open']],
    ['116,43.9 116.4,43.9 116.2,44.2 116,43.9', ['core.cap.polygons.0 polygon-range']],
    ['43,116 44,117 44,116 43,117 43,116', ['core.cap.polygons.0 polygon-crossing']],
    ['43,116 44,117 43,116 44,118 43,116', ['core.cap.polygons.0 polygon-twice']],
    ['43，116 四十四,117', ['core.cap.polygons.0 polygon-points']],
  ])('%s', (ring, found) => expect(drawn([ring])).toEqual(found))

  test.each([
    ['43.9,116 20', []],
    ['43.9,116', ['core.cap.circles.0 circle-shape']],
    ['43.9,116 -3', ['core.cap.circles.0 circle-shape']],
    ['143.9,116 3', ['core.cap.circles.0 circle-shape']],
  ])('%s', (circle, found) => expect(drawn([], [circle])).toEqual(found))
})
