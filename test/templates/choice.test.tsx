/** Choosing areas: what of the tree a page carries, what is chosen in words, and names somebody types. */
import { describe, expect, test } from 'vitest'
import { placesNamed } from '../../src/audience/place-names.ts'
import { areaTree, type Branch, outermost } from '../../templates/page/area-branches.ts'
import { choiceInWords } from '../../templates/page/choice-summary.ts'

const area = (code: string, zh: string, en: string, parent: string | null) => ({ code, name: { zh, en }, parent })
const AREAS = [
  area('150000', '内蒙古自治区', 'Inner Mongolia', null),
  area('150100', '呼和浩特市', 'Hohhot', '150000'),
  area('150105', '赛罕区', 'Saihan District', '150100'),
  area('150200', '包头市', 'Baotou', '150000'),
  area('150203', '昆都仑区', '', '150200'),
  area('150203001', '友谊大街街道', '', '150203'),
  area('150105001', '友谊大街街道', '', '150105'),
]
const codes = (list: Branch[]): string[] => list.flatMap((b) => [b.code, ...codes(b.children)])

describe('the tree', () => {
  test('is whole where it is small, and says how much lies in each place', () => {
    const { roots, whole } = areaTree(AREAS, [])
    expect(whole).toBe(true)
    expect(codes(roots).sort()).toEqual(AREAS.map((a) => a.code).sort())
    expect(roots[0]).toMatchObject({ code: '150000', below: 2 })
  })
  test('carries whole levels while there is room, and what is ticked wherever it lies', () => {
    const few = areaTree(AREAS, [], 5)
    expect(few.whole).toBe(false)
    expect(codes(few.roots)).toEqual(['150000', '150100', '150105', '150200', '150203'])
    expect(codes(areaTree(AREAS, ['150203001'], 3).roots)).toEqual([
      '150000',
      '150100',
      '150200',
      '150203',
      '150203001',
    ])
  })
  test('loses nobody to a place that lies in itself or in one that is not there', () => {
    const odd = [area('1', 'a', '', '1'), area('2', 'b', '', '99'), area('3', 'c', '', '2')]
    expect(codes(areaTree(odd, []).roots)).toEqual(['1', '2', '3'])
  })
})

describe('in words', () => {
  test('a place inside a chosen one is not named again, and one that holds others says so', () => {
    const chosen = outermost(AREAS, ['150100', '150105', '150203001'])
    expect(chosen.map((a) => [a.code, a.within])).toEqual([
      ['150100', true],
      ['150203001', false],
    ])
    const areas = chosen.map((a) => ({ name: a.name.zh, within: a.within }))
    expect(choiceInWords('zh', { urgency: 'critical', topics: ['火灾'], areas, language: '中文', by: 'standby' })).toBe(
      '您将收到：呼和浩特市（含所辖各地）、友谊大街街道的紧急信息，主题为火灾，语种为中文，发布后立即，用本浏览器的通知；通知失效后改用邮件。',
    )
  })
  test('nothing chosen is everything, and more than five places are counted', () => {
    expect(choiceInWords('en', { topics: [], areas: [], frequency: 'weekly', by: 'mail' })).toBe(
      'You will get: everything about every area, as one mail a week (flashes still at once), by mail.',
    )
    const areas = [...'abcdefg'].map((name) => ({ name, within: false }))
    expect(choiceInWords('en', { topics: [], areas })).toContain('a, b, c, d, e and 2 more')
  })
})

describe('names somebody types', () => {
  test('are places by name in either language or by code', () => {
    expect(placesNamed(AREAS, '赛罕区\n baotou \n150203001\n')).toEqual({
      codes: ['150105', '150200', '150203001'],
      issues: [],
    })
  })
  test('are asked about where there are two, and refused where there is none', () => {
    const { codes: found, issues } = placesNamed(AREAS, '友谊大街街道，不存在')
    expect(found).toEqual([])
    expect(issues.map((i) => i.code)).toEqual(['several-places', 'unknown-place'])
    expect(issues[0]?.params).toMatchObject({ n: 2, places: '150203001 昆都仑区; 150105001 赛罕区' })
  })
})
