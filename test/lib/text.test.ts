/** What may stand in plain text. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cleanText, textIssues } from '../../src/lib/text.ts'

const codes = (s: string, language?: string) => textIssues('f', s, language).map((i) => i.code)

describe('plain text', () => {
  test('a drafter who pastes from Windows gets the same text with one kind of line end and composed letters', () => {
    expect(cleanText('a\r\nb\rc\ne\u0301').text).toBe('a\nb\nc\né')
  })

  test('cleaning twice changes nothing more, and takes away no visible character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (s) => {
        const once = cleanText(s).text
        expect(cleanText(once).text).toBe(once)
        expect(once.normalize('NFD').replace(/[\r\n]/g, '')).toBe(s.normalize('NFD').replace(/[\r\n]/g, ''))
      }),
    )
  })

  test.each([
    ['a lone surrogate', 'a\uD800b', 'text-surrogate'],
    ['what broken decoding leaves', '火\uFFFD灾', 'text-replacement'],
    ['NUL', 'a\0b', 'text-control'],
    ['a C1 control', 'a\u0085b', 'text-control'],
    ['a line separator', 'a\u2028b', 'text-control'],
    ['a character XML refuses', 'a\uFFFEb', 'text-control'],
    ['a right-to-left override', 'a\u202Eb', 'text-bidi'],
    ['an isolate', 'a\u2067b', 'text-bidi'],
    ['an Arabic letter mark', 'a\u061Cb', 'text-bidi'],
    ['a zero-width space', '火\u200B灾', 'text-invisible'],
    ['a word joiner', 'a\u2060b', 'text-invisible'],
    ['a byte order mark inside', 'a\uFEFFb', 'text-invisible'],
    ['a joiner in Chinese', '火\u200D灾', 'text-invisible'],
    ['a variation selector', '葛\uFE00', 'text-invisible'],
    ['a supplementary variation selector', '葛\u{E0100}', 'text-invisible'],
    ['a Mongolian selector in Chinese', '火\u180B灾', 'text-invisible'],
    ['a tag character', 'a\u{E0041}', 'text-invisible'],
    ['a soft hyphen', 'a\u00ADb', 'text-invisible'],
    ['a private character', 'a\uE234b', 'text-private-use'],
  ])('%s is refused', (_, s, code) => {
    expect(codes(s)).toEqual([code])
  })

  test('an editor is told which character it is, where the first one stands and how many there are', () => {
    expect(textIssues('parts.zh-CN.title', '𠮷\u200Bab\u200B')).toEqual([
      {
        field: 'parts.zh-CN.title',
        code: 'text-invisible',
        severity: 'error',
        params: { char: 'U+200B', position: 2, count: 2 },
      },
    ])
  })

  test('Mongolian keeps its selectors, separator and joiners, in a Chinese sentence too', () => {
    expect(codes('ᠮᠣᠩᠭᠣᠯ ᠬᠡᠯᠡ ᠪᠠᠷ᠎ᠠ ᠭ᠋ᠠ ᠢ᠌', 'mn-Mong-CN')).toEqual([])
    expect(codes('名称（ᠰᠠᠷ᠎ᠠ）：ᠠ\u200Dᠠ')).toEqual([])
    expect(codes('\u202F\u180Eᠠ', 'mn-Mong-CN')).toEqual([])
  })

  test('a selector away from any Mongolian letter is refused even in a Mongolian text', () => {
    expect(codes('ᠮᠣᠩᠭᠣᠯ abc\u180B', 'mn-Mong-CN')).toEqual(['text-invisible'])
  })

  test('tabs, line ends, rare characters and emoji without selectors may stand', () => {
    expect(codes('一\t二\n𠮷𪚥 😀 “引号” — é')).toEqual([])
  })
})
