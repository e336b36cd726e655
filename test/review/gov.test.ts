/** What the government profile asks of a content: a 公示 that ends, a document whose validity is said of the right kind at the right time. */
import { expect, test } from 'vitest'
import type { Content } from '../../src/desk/content.ts'
import { type CheckContext, checkContent } from '../../src/review/checks.ts'
import { erratumViolations } from '../../src/review/erratum.ts'
import { changed, context, notice } from './content.ts'

const found = (content: Content, change: Partial<CheckContext> = {}) =>
  checkContent(content, context(change))
    .filter((i) => /^core\.(display|validity|relatesTo)/.test(i.field))
    .map((i) => `${i.code} ${i.severity}`)
const shown = (title: string, body: string, core: Partial<Content['core']> = {}) => notice({ title, body }, core)

test('a public list that tells of persons may not go out without an end', () => {
  const list = shown('关于补助名单的公示', '<p>张某，身份证号 150429198001011238，电话 13800138000。</p>')
  expect(found(list)).toEqual(['display-missing error'])
  expect(found(shown('关于工程的公示', '<p>工程位于旗北部。</p>'))).toEqual(['display-missing hint'])
  expect(found(shown('关于道路施工的公告', '<p>电话 13800138000。</p>'))).toEqual([])
  expect(found(changed(list, (c) => Object.assign(c.core, { displayUntil: '2026-12-01T10:00:00.000Z' })))).toEqual([])
})

test('its end lies ahead when it is published, and only a notice has one', () => {
  const past = { displayUntil: '2026-11-23T05:59:00.000Z' }
  expect(found(shown('公示', '<p>文</p>', past))).toEqual(['display-past error'])
  expect(found(shown('公示', '<p>文</p>', past), { editionType: 'erratum' })).toEqual([])
  expect(found(shown('公示', '<p>文</p>', { displayUntil: 'soon' }))).toEqual(['time-shape error'])
  expect(found(shown('公示', '<p>文</p>', { kind: 'policy', displayUntil: '2026-12-01T10:00:00.000Z' }))).toEqual([
    'display-not-for-kind error',
  ])
})

test('a document is said to have ended on a day that has come, and other kinds never', () => {
  const marked = (since: string, kind: Content['core']['kind'] = 'policy') =>
    shown('关于供暖的通知', '<p>文</p>', { kind, validity: { state: 'repealed', since } })
  expect(found(marked('2026-11-23'), { editionType: 'correction' })).toEqual([])
  expect(found(marked('2026-11-24'), { editionType: 'correction' })).toEqual(['validity-in-future error'])
  expect(found(marked('2026-02-30'), { editionType: 'correction' })).toContain('date-shape error')
  expect(found(marked('2026-11-23'))).toEqual(['validity-at-first warning'])
  expect(found(marked('2026-11-23', 'clarification'), { editionType: 'correction' })).toContain(
    'validity-not-for-kind error',
  )
})

test('only a document ends another', () => {
  const ending = (kind: Content['core']['kind']) =>
    found(shown('关于供暖的通知', '<p>文</p>', { kind, relatesTo: [{ releaseId: 'r1', as: 'repeals' }] }))
  expect(ending('policy')).toEqual([])
  expect(ending('press-conference')).toEqual(['repeals-not-for-kind error'])
})

test('an erratum may mark that a document no longer holds, and may not lengthen a display', () => {
  const before = shown('关于供暖的通知', '<p>文</p>', { kind: 'policy' })
  const ended = changed(before, (c) => Object.assign(c.core, { validity: { state: 'expired', since: '2026-11-23' } }))
  expect(erratumViolations(before, ended)).toEqual([])
  const longer = changed(before, (c) => Object.assign(c.core, { displayUntil: '2026-12-01T10:00:00.000Z' }))
  expect(erratumViolations(before, longer).map((i) => i.field)).toEqual(['core.displayUntil'])
})
