/** The one tokeniser for full-text search: the same words for FTS5 and tsvector, so that 火灾 is found in 草原火灾. */

// Scripts searched by character: Chinese has no spaces, and Mongolian suffixes would hide the stem of a word.
const BY_CHARACTER =
  /[\p{Script=Han}\p{Script=Mongolian}\p{Script=Tibetan}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Yi}]/u
const RUNS = new RegExp(`(?:${BY_CHARACTER.source})+|(?:(?!${BY_CHARACTER.source})[\\p{L}\\p{N}\\p{M}])+`, 'gu')

/** What stands together in one script, as the words below are made from: for marking what was found. */
export const runsOf = (text: string): string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    // Variation selectors, joiners and soft hyphens are not part of a word that anyone types.
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .match(RUNS) ?? []

const pairs = (chars: string[]): string[] => chars.slice(1).map((char, i) => chars[i]! + char)

/**
 * The words under which a text is found, in reading order, repeats kept for ranking: for Han and Mongolian each
 * character and each overlapping pair, for other scripts and digits the lower-cased word. NFKC, so that full-width digits match.
 */
export function tokens(text: string): string[] {
  return runsOf(text).flatMap((run) => {
    if (!BY_CHARACTER.test(run)) return [run]
    const chars = [...run]
    return [...chars, ...pairs(chars)]
  })
}

/** The words a text must hold, all of them, to be an answer to what a person typed: pairs where there are pairs. */
export function query(text: string): string[] {
  const terms = runsOf(text).flatMap((run) => {
    const chars = [...run]
    return BY_CHARACTER.test(run) && chars.length > 1 ? pairs(chars) : [run]
  })
  return [...new Set(terms)]
}
