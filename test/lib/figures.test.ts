/** Numbers, dates, times and phones in Chinese and English. */
import { describe, expect, test } from 'vitest'
import { areaCovers, areaStem, isAreaCode } from '../../src/lib/area-code.ts'
import { datesIn, hanNumber, numbersIn, numeralsIn, phonesIn, timesIn } from '../../src/lib/figures.ts'
import { hunks } from '../../src/lib/hunks.ts'

const values = (found: { value: string }[]) => found.map((f) => f.value)

describe('figures in running text', () => {
  test.each([
    ['2026年11月3日', ['11-03']],
    ['11月23日', ['11-23']],
    ['2026-11-23', ['11-23']],
    ['23 November 2026', ['11-23']],
    ['November 3, 2026', ['11-03']],
    ['3rd Nov', ['11-03']],
    ['2026年11月', []],
    ['13月40日', []],
  ])('days: %s', (text, expected) => expect(values(datesIn(text))).toEqual(expected))

  test.each([
    ['凌晨3时07分', ['03:07']],
    ['下午2时', ['14:00']],
    ['15:30', ['15:30']],
    ['15：30', ['15:30']],
    ['3:07 a.m.', ['03:07']],
    ['2 pm', ['14:00']],
    ['12 am', ['00:00']],
    ['3点', ['03:00']],
  ])('times of day: %s', (text, expected) => expect(values(timesIn(text))).toEqual(expected))

  test.each([
    ['1.2万人', ['12000']],
    ['12,000 people', ['12000']],
    ['12 thousand', ['12000']],
    ['3.5亿元', ['350000000']],
    ['350 million', ['350000000']],
    ['28.3 per cent', ['28.3']],
    ['２８.3%', ['28.3']],
    ['11月23日15时，3人', ['3']],
    ['4月份', []],
    ['电话0471-1234567，5人', ['5']],
  ])('numbers: %s', (text, expected) => expect(values(numbersIn(text))).toEqual(expected))

  test.each([
    ['拨打0471-1234567', ['04711234567']],
    ['+86 138-0013-8000', ['13800138000']],
    ['热线12345', ['12345']],
    ['拨打119报警', ['119']],
    ['119人', []],
    ['400-123-4567', ['4001234567']],
  ])('phones: %s', (text, expected) => expect(values(phonesIn(text))).toEqual(expected))

  test.each([
    ['十二', 12],
    ['三千零五', 3005],
    ['二〇〇九', 2009],
    ['一万二千', 12000],
    ['一百', 100],
    ['二十', 20],
  ])('numeral %s', (text, expected) => expect(hanNumber(text)).toBe(expected))

  test('numerals are listed in the order they stand, in any script', () => {
    expect(numeralsIn('三人，12%，᠑᠒，two')).toEqual(['三', '12%', '12', 'two'])
  })
})

describe('area codes', () => {
  test('a league covers its banners and villages, not its neighbour', () => {
    expect(areaStem('150000')).toBe('15')
    expect(areaStem('159921000000')).toBe('159921')
    expect(areaCovers('159900', '159921')).toBe(true)
    expect(areaCovers('159921', '159921101003')).toBe(true)
    expect(areaCovers('159921000000', '159921')).toBe(true)
    expect(areaCovers('159900', '152500')).toBe(false)
    expect(areaCovers('159921', '159900')).toBe(false)
  })

  test('codes have 6, 9 or 12 digits', () => {
    expect(['159900', '159921101', '159921101003'].every(isAreaCode)).toBe(true)
    expect(['1599', '059900', '15992110', '15992a'].some(isAreaCode)).toBe(false)
  })
})

describe('changed pieces', () => {
  test('only what changed is named', () => {
    expect(hunks('各单位布署工作', '各单位部署工作')).toEqual([{ before: '布', after: '部' }])
    expect(
      hunks('a the cat', 'a cat')!
        .map((h) => h.before.trim())
        .join(''),
    ).toBe('the')
    expect(hunks('同', '同')).toEqual([])
    expect(hunks('', '新')).toEqual([{ before: '', after: '新' }])
  })

  test('texts that have nothing in common are not compared piece by piece', () => {
    expect(hunks('一'.repeat(300), '二'.repeat(300), 50)).toBeUndefined()
  })
})
