/** Two alerts for one place: what cannot both be right is found, and what can is left alone. */
import { describe, expect, test } from 'vitest'
import type { Content, Core } from '../../src/desk/content.ts'
import { contradictionHits, contradictions, type Running } from '../../src/review/alerts.ts'
import { changed, firstReport, warning } from './content.ts'

const running = (content: Content, over: Partial<Running> = {}): Running => ({
  releaseId: 'other',
  number: '2026-000009',
  edition: 1,
  publishedAt: '2026-11-23T05:00:00.000Z',
  agency: { id: 'station', zh: '青格勒盟气象台（示例）', en: 'Station (sample)' },
  content,
  ...over,
})
const advice = (content: Content, text: string): Content =>
  changed(content, (c) => {
    c.parts['zh-CN']!.blocks.advice = text
  })
const rules = (mine: Content, ...others: Running[]) => contradictions(mine, others).map((c) => c.rule)
const term = (content: Content, responseType: 'Evacuate' | 'Shelter'): Content =>
  changed(content, (c) => {
    c.core.cap = { ...c.core.cap!, responseType }
  })

describe('a herder who reads both', () => {
  test('is told of another level for the same hazard where they live, and a signer has to say why', () => {
    const red = warning({ warningLevel: 'red', areas: ['159900'] })
    expect(rules(warning(), running(red))).toEqual(['level-differs'])
    expect(rules(warning(), running(warning({ warningLevel: 'red', areas: ['159800'] })))).toEqual([])
    expect(rules(warning(), running(warning()))).toEqual([])
    const gale = changed(red, (c) => {
      c.core.cap = { ...c.core.cap!, eventCode: '11B06' }
    })
    expect(rules(warning(), running(gale))).toEqual([])
  })

  test.each([
    ['请立即撤离到镇中学。', '请就地避险，关闭门窗。', true],
    ['请东部牧民转移。', '请留在家中，不要外出。', true],
    ['请东部牧民转移，其余居民留在家中。', '请留在家中，不要外出。', false],
    ['不要撤离，原地等待。', '请留在室内。', false],
    ['请不要饮用自来水。', '自来水可以正常饮用。', true],
    ['群众可以返回家园。', '请勿返回火场周边。', true],
    ['请减少外出。', '请检查棚圈。', false],
  ])('told “%s” and “%s”: %s', (mine, theirs, opposite) => {
    const found = rules(advice(firstReport(), mine), running(advice(warning(), theirs)))
    expect(found.includes('instructions-opposite')).toBe(opposite)
  })

  test('is told to leave by one alert’s terms and to shelter by another’s', () => {
    const one = term(advice(warning(), '听从安排。'), 'Evacuate')
    const other = term(advice(warning(), '听从安排。'), 'Shelter')
    expect(rules(one, running(other))).toEqual(['instructions-opposite'])
  })

  test('is told of other places by two alerts about one event, but not by an update that goes on from the first', () => {
    const cap = { ...warning().core.cap!, category: 'Fire' as const, eventCode: '11G05' }
    const wide: Partial<Core> = { cap, areas: ['159900'] }
    const first = running(firstReport({ cap, areas: ['159921'] }))
    expect(rules(firstReport(wide), first)).toEqual(['area-differs'])
    const update = firstReport({ ...wide, relatesTo: [{ releaseId: 'other', as: 'follows' }] })
    expect(rules(update, first)).toEqual([])
  })

  test('is told that it is over while another alert about the event runs, and the other way round', () => {
    const cap = { ...warning().core.cap!, category: 'Fire' as const, eventCode: '11G05' }
    const alert = firstReport({ cap })
    const clear = firstReport({ kind: 'all-clear' }, { blocks: { facts: '火已扑灭。', advice: '请注意余火。' } })
    expect(rules(clear, running(alert))).toEqual(['over-while-running'])
    expect(rules(alert, running(clear))).toEqual(['running-after-over'])
    const elsewhere = changed(alert, (c) => {
      c.core.incidentId = 'incident-2'
    })
    expect(rules(clear, running(elsewhere))).toEqual([])
  })

  test('reads a false alarm put right, which contradicts nothing', () => {
    const put = changed(warning({ warningLevel: 'red' }), (c) => {
      c.core.falseAlarmOf = 1
    })
    expect(rules(warning(), running(put))).toEqual([])
    expect(rules(put, running(warning()))).toEqual([])
  })
})

test('an answer stands while neither text changes: a new edition of the other asks again', () => {
  const red = warning({ warningLevel: 'red' })
  const key = (edition: number) =>
    contradictionHits(contradictions(warning(), [running(red, { edition })])).map((h) => h.key)
  expect(key(1)).toEqual(key(1))
  expect(key(1)).not.toEqual(key(2))
})
