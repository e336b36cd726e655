/** How large the words of a poster can be, and how many of them: measured by counting, since a page without script cannot measure itself. */

/** Points of the largest line; every other size is a share of it. */
export const STEPS = [54, 48, 43, 38, 34, 30, 26, 23, 20, 17] as const
export type Step = (typeof STEPS)[number]

/** Share of the step each kind of line is set in. */
export const SCALE = { advice: 1, title: 0.72, call: 0.8, detail: 0.55 } as const
/** Line height, and space after a paragraph, in its own size. */
const LEADING = 1.34
const AFTER = 0.42
/** A line never fills to the last point: words and marks of punctuation are not parted. */
const FILLED = 0.9

/** `along`: length of a line; `across`: room for lines, both in points. */
export type Room = { along: number; across: number }
export type Words = { title: string; advice: string[]; calls: string[]; details: string[] }
export type Fitted = Words & { step: Step; more: boolean }

/** Width of a text in units of its size: Han 1, capital letters and digits 0.62, other letters 0.56, spaces 0.3. */
export function widthOf(text: string): number {
  let units = 0
  for (const c of text) {
    if (
      /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uffef—…“”‘’·]/u.test(
        c,
      )
    )
      units += 1
    else if (/\s/.test(c)) units += 0.3
    else if (/\p{Script=Mongolian}/u.test(c)) units += /\p{M}/u.test(c) ? 0 : 0.62
    else if (/[\p{Lu}\d@%]/u.test(c)) units += 0.66
    else units += /[\p{Emoji_Presentation}]/u.test(c) ? 1.4 : 0.58
  }
  return units
}

/** Points across that a paragraph takes, with what is left free after it. `inset`: a bullet's indent in its own size. */
function depthOf(text: string, size: number, room: Room, inset = 0): number {
  const perLine = Math.max(1, (room.along / size - inset) * FILLED)
  return (Math.max(1, Math.ceil(widthOf(text) / perLine)) * LEADING + AFTER) * size
}

const depth = (texts: string[], size: number, room: Room, inset = 0): number =>
  texts.reduce((sum, text) => sum + depthOf(text, size, room, inset), 0)

/** Title, advice and numbers to call; each at its share of `step`. */
const needed = (w: Words, step: number, room: Room): number =>
  depthOf(w.title, step * SCALE.title, room) +
  depth(w.advice, step * SCALE.advice, room, 1.1) +
  (w.advice.length ? step * SCALE.title * LEADING : 0) +
  depth(w.calls, step * SCALE.call, room)

/**
 * The largest step at which title, advice and numbers stand on one sheet, and as many details as then have room. What does not fit even
 * at the smallest is cut at a sentence, and `more` says that the page has the rest.
 */
export function fitToSheet(words: Words, room: Room): Fitted {
  const whole = { ...words, details: [] }
  const step = STEPS.find((s) => needed(whole, s, room) <= room.across)
  if (step) return withDetails(words, step, room)
  const smallest = STEPS[STEPS.length - 1] as Step
  const title = cut(words.title, (text) => depthOf(text, smallest * SCALE.title, room) <= room.across * 0.3)
  const calls = words.calls.slice(0, 4)
  const short: Words = { title, calls, advice: [], details: [] }
  for (const line of words.advice) {
    const fits = (text: string) => needed({ ...short, advice: [...short.advice, text] }, smallest, room) <= room.across
    const kept = cut(line, fits)
    if (kept) short.advice.push(kept)
    if (kept !== line) break
  }
  return { ...short, step: smallest, more: true }
}

function withDetails(words: Words, step: Step, room: Room): Fitted {
  const size = step * SCALE.detail
  let left = room.across - needed({ ...words, details: [] }, step, room)
  const details: string[] = []
  for (const text of words.details) {
    const kept = cut(text, (t) => depthOf(t, size, room) <= left)
    if (kept) details.push(kept)
    if (kept !== text) return { ...words, details, step, more: true }
    left -= depthOf(kept, size, room)
  }
  return { ...words, details, step, more: false }
}

/** The longest beginning that fits, ended at a sentence where there is one, else with an ellipsis; '' when not even a few words do. */
function cut(text: string, fits: (text: string) => boolean): string {
  if (fits(text)) return text
  const chars = [...text]
  let [low, high] = [0, chars.length]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (fits(`${chars.slice(0, middle).join('')}…`)) low = middle
    else high = middle - 1
  }
  if (low < 8) return ''
  const begin = chars.slice(0, low).join('')
  const sentence = Math.max(...['。', '；', '！', '. ', '; '].map((mark) => begin.lastIndexOf(mark)))
  return sentence > begin.length / 2 ? begin.slice(0, sentence + 1).trim() : `${begin}…`
}
