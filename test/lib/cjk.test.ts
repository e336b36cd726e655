/** The search tokeniser. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { query, tokens } from '../../src/lib/cjk.ts'

const finds = (typed: string, text: string) =>
  query(typed).length > 0 && query(typed).every((t) => tokens(text).includes(t))

describe('full-text search', () => {
  test('a reader who types 火灾 finds 草原火灾, and one who types a single character finds it too', () => {
    expect(finds('火灾', '哈日诺尔旗发生草原火灾')).toBe(true)
    expect(finds('灾', '草原火灾')).toBe(true)
    expect(finds('水灾', '草原火灾')).toBe(false)
  })

  test('bigrams overlap and single characters stand beside them', () => {
    expect(tokens('草原火')).toEqual(['草', '原', '火', '草原', '原火'])
    expect(query('草原火')).toEqual(['草原', '原火'])
  })

  test('Latin words and numbers are whole, lower-cased, and full-width digits match', () => {
    expect(tokens('Fire 119 １２３４５')).toEqual(['fire', '119', '12345'])
    expect(finds('FIRE', 'a fire')).toBe(true)
    expect(finds('fir', 'a fire')).toBe(false)
  })

  test('a document number is found by any of its pieces', () => {
    for (const typed of ['内政办发', '2014', '113号', '内政办发〔2014〕113号'])
      expect(finds(typed, '内政办发〔2014〕113号')).toBe(true)
  })

  test('a Mongolian word is found inside a longer one, with or without variation selectors', () => {
    expect(finds('ᠮᠣᠩᠭᠣᠯ', 'ᠮᠣᠩᠭᠣᠯᠴᠤᠳ')).toBe(true)
    expect(finds('ᠭᠠ', 'ᠭ᠋ᠠ')).toBe(true)
  })

  test('rare characters outside the basic plane are one character', () => {
    expect(tokens('𠮷野')).toEqual(['𠮷', '野', '𠮷野'])
  })

  test('punctuation alone asks for nothing', () => {
    expect(query('，。！ -')).toEqual([])
  })

  test('every text is found by any run of words cut out of it', () => {
    const text = fc.string({ unit: fc.constantFrom(...'草原火灾发生ᠮᠣᠩ'), minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(text, fc.nat(19), fc.nat(19), (s, a, b) => {
        const cut = [...s].slice(Math.min(a, b), Math.max(a, b) + 1).join('')
        fc.pre(cut !== '')
        expect(finds(cut, s)).toBe(true)
      }),
    )
  })
})
