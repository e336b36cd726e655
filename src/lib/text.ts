/** Plain text as it may be kept: NFC, LF line ends, and no character that a reader cannot see or that turns what they see around. */
import { type Issue, issue } from './errors.ts'

/** The text in Unicode NFC with LF line ends. Nothing else is touched; what may not stand is named by `textIssues`. */
export const cleanText = (s: string): { text: string } => ({ text: s.replace(/\r\n?/g, '\n').normalize('NFC') })

type TextCode =
  | 'text-surrogate'
  | 'text-replacement'
  | 'text-control'
  | 'text-bidi'
  | 'text-invisible'
  | 'text-private-use'

// Every character that could be refused; the common case is one test that finds none.
const SUSPECT =
  /[\p{Cc}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}\u2028\u2029\uFFF9-\uFFFD\p{Noncharacter_Code_Point}]/u
const MONGOLIAN = /\p{Script=Mongolian}/u
const MONGOLIAN_SHAPERS = /[\u180B-\u180F\u200C\u200D]/u
/** U+202F, the narrow no-break space before a Mongolian suffix. */
const SUFFIX_SPACE = '\u202F'

/**
 * What may not stand in `s`, one issue for each kind of character in `field`.
 * `params`: `char` as U+XXXX, `position` of the first one counted in characters from 1, `count` of all.
 * Free variation selectors, the vowel separator and joiners are part of Mongolian writing and stand beside a
 * Mongolian letter (in a Mongolian part also beside the suffix space), nowhere else.
 */
export function textIssues(field: string, s: string, language?: string): Issue[] {
  if (!SUSPECT.test(s)) return []
  const chars = [...s]
  const found = new Map<string, { code: TextCode; position: number; count: number }>()
  for (const [i, char] of chars.entries()) {
    const code = SUSPECT.test(char) ? refused(char, chars, i, language) : undefined
    if (!code) continue
    const name = unicodeName(char)
    const seen = found.get(name)
    if (seen) seen.count++
    else found.set(name, { code, position: i + 1, count: 1 })
  }
  return [...found].map(([char, { code, position, count }]) => issue(field, code, { char, position, count }))
}

const unicodeName = (char: string) => `U+${char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`

function refused(char: string, chars: string[], at: number, language: string | undefined): TextCode | undefined {
  if (char === '\n' || char === '\t') return undefined
  if (char === '\uFFFD') return 'text-replacement'
  if (/\p{Cs}/u.test(char)) return 'text-surrogate'
  if (/[\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C]/u.test(char)) return 'text-bidi'
  if (/\p{Co}/u.test(char)) return 'text-private-use'
  if (/[\p{Cc}\u2028\u2029\uFFF9-\uFFFB\p{Noncharacter_Code_Point}]/u.test(char)) return 'text-control'
  if (/[\uFFFC]/u.test(char)) return 'text-invisible'
  if (MONGOLIAN_SHAPERS.test(char) && besideMongolian(chars, at, language)) return undefined
  return 'text-invisible'
}

function besideMongolian(chars: string[], at: number, language: string | undefined): boolean {
  return [-1, 1].some((step) => {
    let i = at + step
    while (chars[i] !== undefined && MONGOLIAN_SHAPERS.test(chars[i]!)) i += step
    const next = chars[i]
    if (next === undefined) return false
    return MONGOLIAN.test(next) || (language === 'mn-Mong-CN' && next === SUFFIX_SPACE)
  })
}
