/**
 * 勘误: what an erratum may not change. It is not sent to anyone, so nothing a reader acts on may move: no digit, name, time,
 * area, contact or instruction, and no more than slips of the pen. What is refused here is a correction (更正) instead.
 */
import { type Content, languagesOf, type Part } from '../desk/content.ts'
import { partFields } from '../desk/fields.ts'
import { type Issue, issue } from '../lib/errors.ts'
import { datesIn, numeralsIn, timesIn } from '../lib/figures.ts'
import { type Hunk, hunks } from '../lib/hunks.ts'
import { canonicalJson } from '../lib/id.ts'
import { withPlaced } from '../lib/placed.ts'
import { looksLikePerson, namesIn } from './names.ts'

/** Characters (Latin: words) that one slip may touch, and a whole field. */
const LONGEST_SLIP = 8
const MOST_CHANGED = 40
/** Fields that are instructions, places and times, or names as a whole: not one character may change. */
const FROZEN: Record<string, string> = {
  whenWhere: 'erratum-time-changed',
  advice: 'erratum-instruction-changed',
  actions: 'erratum-instruction-changed',
  addressees: 'erratum-name-changed',
  signature: 'erratum-name-changed',
}
const OWN_WORDS = ['changeNote', 'withdrawalReason', 'falseAlarmWrong', 'falseAlarmAdvice']
const INSTRUCTIONS =
  /不|未|无|没|非|勿|莫|禁|停|关闭|封闭|开放|恢复|暂缓|取消|请|须|应当?|必须|可以|撤离|转移|疏散|远离|避免|躲避|留在|进入|拨打|佩戴|煮沸|饮用|\b(?:not|no|never|don't|must|should|may|can(?:not)?|please|do|stay|leave|avoid|evacuate|shelter|call|keep|close[ds]?|open(?:ed|s)?|stop|cancel(?:led)?|boil|drink|wear|until|before|after|unless|only)\b/gi
const TIME_WORDS =
  /今[天日早晚]|明[天日早晚]|昨[天日晚]|后天|前天|当[天日晚]|次日|凌晨|清晨|早上|上午|中午|下午|傍晚|晚上|夜间|周[一二三四五六日天]|星期[一二三四五六日天]|本[周月年]|上[周月]|下[周月]|去年|明年|立即|马上|即日|\b(?:today|tomorrow|yesterday|tonight|morning|noon|afternoon|evening|night|midnight|(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|june|july|august|september|october|november|december|next|last|now|immediately|a\.?m\.?|p\.?m\.?)\b/gi

/** Every change from `previous` to `next` that an erratum may not make, by field, with what stood before and after. */
export function erratumViolations(previous: Content, next: Content): Issue[] {
  return [...coreChanges(previous, next), ...attachmentChanges(previous, next), ...languageChanges(previous, next)]
}

function coreChanges(previous: Content, next: Content): Issue[] {
  const keys = new Set([...Object.keys(previous.core), ...Object.keys(next.core)]) as Set<keyof Content['core']>
  return (
    [...keys]
      // That a document no longer holds changes no word of it, and is told to nobody: the mark stands on its page.
      .filter((key) => key !== 'validity')
      .filter((key) => canonicalJson({ v: previous.core[key] }) !== canonicalJson({ v: next.core[key] }))
      .map((key) => issue(`core.${key}`, 'erratum-core-changed'))
  )
}

/** Files are what they are; of their titles, only what any text may have changed. */
function attachmentChanges(previous: Content, next: Content): Issue[] {
  const files = (c: Content) => canonicalJson(c.attachments.map(({ title: _, ...file }) => file))
  if (files(previous) !== files(next)) return [issue('attachments', 'erratum-attachment-changed')]
  return next.attachments.flatMap((a, i) => wording(`attachments.${i}.title`, previous.attachments[i]!.title, a.title))
}

function languageChanges(previous: Content, next: Content): Issue[] {
  const all = new Set([...languagesOf(previous), ...languagesOf(next)])
  return [...all].flatMap((language) => {
    const [before, after] = [previous.parts[language], next.parts[language]]
    if (!before || !after) return [issue(`parts.${language}`, 'erratum-language-changed')]
    return partChanges(textsOf(language, before), textsOf(language, after))
  })
}

type Texts = Map<string, { name: string; text: string; raw: string }>
const textsOf = (language: Parameters<typeof partFields>[0], part: Part): Texts =>
  new Map(partFields(language, part).map((f) => [f.field, f]))

function partChanges(before: Texts, after: Texts): Issue[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((field) => {
    const [was, is] = [before.get(field), after.get(field)]
    const name = (is ?? was)!.name
    if (OWN_WORDS.includes(name) || was?.raw === is?.raw) return []
    const frozen = FROZEN[name]
    if (frozen) return [issue(field, frozen, shown(was?.text ?? '', is?.text ?? ''))]
    if (!was || !is) return [issue(field, 'erratum-too-much')]
    if (name === 'body' && standing(was.raw) !== standing(is.raw)) return [issue(field, 'erratum-picture-changed')]
    return wording(field, was.text, is.text)
  })
}

/** Which picture stands behind how many blocks: another picture, or the same elsewhere, is no slip of the pen. */
const standing = (body: string): string =>
  withPlaced(body, (p) => `\u0000${p.sha256}\u0000`)
    .split('\u0000')
    .map((piece, i) => (i % 2 ? piece : (piece.match(/<\/(?:p|h[2-4]|li|tr|blockquote)>/g) ?? []).length))
    .slice(0, -1)
    .join()

/** Mail and web addresses; plain text shows where a link leads wherever its words do not. */
const ADDRESSES = /[\w.+-]+@[\w.-]+|(?:[a-z]+:\/\/)?[\w-]+(?:\.[\w-]+)+(?:[/?#][^\s)]*)?/gi

const RULES: { code: string; read: (text: string) => string[] }[] = [
  { code: 'erratum-number-changed', read: numeralsIn },
  { code: 'erratum-time-changed', read: (t) => [...datesIn(t), ...timesIn(t)].map((f) => f.value) },
  { code: 'erratum-time-changed', read: (t) => lowerAll(t.match(TIME_WORDS)) },
  { code: 'erratum-name-changed', read: namesIn },
  { code: 'erratum-link-changed', read: (t) => t.match(ADDRESSES) ?? [] },
  { code: 'erratum-instruction-changed', read: (t) => lowerAll(t.match(INSTRUCTIONS)) },
]
const lowerAll = (found: string[] | null) => (found ?? []).map((s) => s.toLowerCase())

/** Rules for text that may be put right: the same figures, times, names and instructions in the same order, and few slips. */
function wording(field: string, before: string, after: string): Issue[] {
  const found = new Map<string, Issue>()
  for (const { code, read } of RULES) {
    const [was, is] = firstDifference(read(before), read(after))
    if ((was !== undefined || is !== undefined) && !found.has(code))
      found.set(code, issue(field, code, shown(was ?? '', is ?? '')))
  }
  const changed = hunks(before, after)
  if (!changed || changed.some(tooLong) || total(changed) > MOST_CHANGED)
    found.set('much', issue(field, 'erratum-too-much'))
  const person = changed?.find((h) => looksLikePerson(h.before) || looksLikePerson(h.after))
  if (person && !found.has('erratum-name-changed'))
    found.set('erratum-name-changed', issue(field, 'erratum-name-changed', shown(person.before, person.after)))
  return [...found.values()]
}

function firstDifference(before: string[], after: string[]): [string | undefined, string | undefined] {
  const at = before.findIndex((value, i) => value !== after[i])
  if (at >= 0) return [before[at], after[at]]
  return [undefined, after[before.length]]
}

const size = (text: string) => (text.match(/[\p{Script=Latin}]+|\S/gu) ?? []).length
const tooLong = (hunk: Hunk) => Math.max(size(hunk.before), size(hunk.after)) > LONGEST_SLIP
const total = (all: Hunk[]) => all.reduce((sum, h) => sum + Math.max(size(h.before), size(h.after)), 0)
const shown = (before: string, after: string) => ({
  before: before.slice(0, 40) || '—',
  after: after.slice(0, 40) || '—',
})
