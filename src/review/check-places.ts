/** Names of places in the text held against the areas chosen: one that was not chosen, and one chosen that is never named. Hints only. Pure. */
import { kinds } from '../../templates/draft/index.ts'
import type { KnownPlace } from '../audience/known-places.ts'
import { type Content, type Language, languagesOf, type Part } from '../desk/content.ts'
import { partFields, type TextField } from '../desk/fields.ts'
import { type Issue, issue } from '../lib/errors.ts'

export type PlaceName = KnownPlace

/** Whom it is addressed to and who signs are bodies, not places where something happens. */
const NOT_LOOKED_AT = ['addressees', 'signature', 'changeNote', 'withdrawalReason']
const MOST_NAMED = 8
/** A name of two characters is a name only where nothing that could belong to it stands before. */
const HAN = /\p{Script=Han}/u
/** After 区, 市, 县, 旗, 镇, 乡, 村 these make another word of it: 红山区域, 赤峰市场, 乡亲. */
const OTHER_WORD: Record<string, string> = {
  区: '域别分间',
  市: '场',
  县: '级',
  旗: '下帜舰',
  盟: '友约',
  镇: '静痛',
  乡: '亲愁',
  村: '民',
}
const LEAST_LATIN = 4

export function placeIssues(content: Content, places: readonly PlaceName[]): Issue[] {
  if (places.length === 0 || content.core.areas.length === 0) return []
  const { byCode, names: namesIn } = indexOf(places)
  return languagesOf(content).flatMap((language) => {
    const names = namesIn(language)
    const fields = partFields(language, content.parts[language] as Part).filter((f) => !NOT_LOOKED_AT.includes(f.name))
    const found = fields.flatMap((field) => mentionsIn(field.text, names, language).map((name) => ({ field, name })))
    return [
      ...notChosen(content.core.areas, found, names, byCode),
      ...neverNamed(content, found, names, byCode, language),
    ]
  })
}

/** Name → the places that bear it, in the language of the text. */
type Names = ReadonlyMap<string, string[]>

type Index = { byCode: ReadonlyMap<string, PlaceName>; names: (language: Language) => Names }
const indexes = new WeakMap<readonly PlaceName[], Index>()

/** Made once for each list: the same one is asked for every draft. */
function indexOf(places: readonly PlaceName[]): Index {
  const there = indexes.get(places)
  if (there) return there
  const named = new Map<Language, Names>()
  const names = (language: Language) => {
    const found = named.get(language) ?? namesFor(places, language)
    named.set(language, found)
    return found
  }
  const made = { byCode: new Map(places.map((p) => [p.code, p])), names }
  indexes.set(places, made)
  return made
}

function namesFor(places: readonly PlaceName[], language: Language): Names {
  const names = new Map<string, string[]>()
  for (const p of places) {
    const name = language === 'en' ? p.en : language === 'mn-Mong-CN' ? p.mn : p.zh
    if ([...name].length < 2 || (language === 'en' && name.length < LEAST_LATIN)) continue
    names.set(name, [...(names.get(name) ?? []), p.code])
  }
  return names
}

/** Names as they stand, the longest where one holds another, each once. */
export function mentionsIn(text: string, names: Names, language: Language): string[] {
  const byStart = startsOf(names)
  const found = new Set<string>()
  for (let at = 0; at < text.length - 1; at++) {
    const name = byStart
      .get(text.slice(at, at + 2))
      ?.find((n) => text.startsWith(n, at) && stands(text, at, n, language))
    if (!name) continue
    found.add(name)
    at += name.length - 1
  }
  return [...found]
}

const starts = new WeakMap<Names, ReadonlyMap<string, string[]>>()
/** Names by their first two characters, the longest first. */
function startsOf(names: Names): ReadonlyMap<string, string[]> {
  const there = starts.get(names)
  if (there) return there
  const made = Map.groupBy(names.keys(), (name) => name.slice(0, 2))
  for (const list of made.values()) list.sort((a, b) => b.length - a.length)
  starts.set(names, made)
  return made
}

function stands(text: string, at: number, name: string, language: Language): boolean {
  const before = text[at - 1] ?? ''
  const after = text[at + name.length] ?? ''
  if (language !== 'zh-CN') return !/[\p{L}\p{N}]/u.test(before) && !/[\p{L}\p{N}]/u.test(after)
  if (OTHER_WORD[name.at(-1) as string]?.includes(after) && after !== '') return false
  return name.length > 2 || !HAN.test(before)
}

/** Whether one lies in the other, by the tree. */
function within(code: string, outer: string, byCode: ReadonlyMap<string, PlaceName>): boolean {
  let at: string | null | undefined = code
  for (let seen = 0; at && seen < 8; seen++) {
    if (at === outer) return true
    at = byCode.get(at)?.parent
  }
  return false
}

function notChosen(
  chosen: readonly string[],
  found: { field: TextField; name: string }[],
  names: Names,
  byCode: ReadonlyMap<string, PlaceName>,
): Issue[] {
  const said = new Set<string>()
  return found.flatMap(({ field, name }) => {
    const codes = names.get(name) as string[]
    // Around what was chosen, or in it: nothing is left out by naming it.
    const covered = codes.some((code) => chosen.some((c) => within(code, c, byCode) || within(c, code, byCode)))
    if (covered || said.has(name)) return []
    said.add(name)
    const around = codes.map((code) => byCode.get(byCode.get(code)?.parent ?? '')?.zh ?? '').filter(Boolean)
    const places = codes.length > 1 ? `${name}（${around.join('、')}）` : name
    return [issue(field.field, 'place-not-chosen', { name: places }, 'hint')]
  })
}

/** Only where somebody has to act by place: a policy for the whole league need not say so in every line. */
function neverNamed(
  { core }: Content,
  found: { name: string }[],
  names: Names,
  byCode: ReadonlyMap<string, PlaceName>,
  language: Language,
): Issue[] {
  if (!kinds[core.kind]?.capAllowed || language === 'mn-Mong-CN') return []
  const named = new Set(found.flatMap((f) => names.get(f.name) ?? []))
  const missing = core.areas.filter((code) => {
    const place = byCode.get(code)
    const name = language === 'en' ? place?.en : place?.zh
    return name && ![...named].some((n) => within(n, code, byCode))
  })
  if (missing.length === 0) return []
  const list = missing.slice(0, MOST_NAMED).map((code) => {
    const place = byCode.get(code)
    return (language === 'en' ? place?.en : place?.zh) ?? code
  })
  return [issue('core.areas', 'place-unnamed', { names: list.join(language === 'en' ? ', ' : '、'), language }, 'hint')]
}
