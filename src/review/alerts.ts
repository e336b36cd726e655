/** Alerts that are running for one place, held against each other: what cannot both be right has to be answered. Pure. */
import { OPPOSITES, type Opposite } from '../../templates/draft/opposites.ts'
import { type CapTerms, type Content, type Core, type Language, languagesOf } from '../desk/content.ts'
import type { PartName } from '../desk/fields.ts'
import { areaCovers } from '../lib/area-code.ts'
import { sha256 } from '../lib/id.ts'
import type { Hit } from './scan.ts'

/** One release that is public and speaks of a danger, as its newest edition has it. */
export type Running = {
  releaseId: string
  number: string
  edition: number
  publishedAt: string
  agency: { id: string; zh: string; en: string }
  content: Content
}

export const CONTRADICTIONS = [
  /** The same hazard in the same place at another level. */
  'level-differs',
  /** Told to leave there and to stay here, and what is like it. */
  'instructions-opposite',
  /** One incident, other places. */
  'area-differs',
  /** This says that it is over, that one still runs. */
  'over-while-running',
  /** That one says that it is over, this one says that it runs. */
  'running-after-over',
] as const
export type Contradiction = { rule: (typeof CONTRADICTIONS)[number]; with: Running; part: PartName; field: string }

const overlaps = (a: readonly string[], b: readonly string[]): boolean =>
  a.some((x) => b.some((y) => areaCovers(x, y) || areaCovers(y, x)))

const isOver = (core: Core): boolean =>
  core.kind === 'all-clear' || core.over !== undefined || core.relayOf?.msgType === 'Cancel'
/** What says nothing of a danger that runs: a false alarm put right. */
const isNone = (core: Core): boolean => core.falseAlarmOf !== undefined

/** The code where both name one, else the category; what names neither is not known to be the same. */
function sameHazard(a: Core, b: Core): boolean {
  if (a.incidentId && a.incidentId === b.incidentId) return true
  const [x, y] = [a.cap, b.cap]
  if (!x || !y) return false
  return x.eventCode && y.eventCode ? x.eventCode === y.eventCode : x.category === y.category && x.category !== 'Other'
}

/** Those that speak of a place this one speaks of, or of its incident. */
export const besides = (core: Core, all: Running[]): Running[] =>
  all.filter(
    ({ content: { core: other } }) =>
      !isNone(other) &&
      (overlaps(core.areas, other.areas) || (core.incidentId !== undefined && core.incidentId === other.incidentId)),
  )

/** `all` are the others that run; the release's own earlier editions are not among them. */
export function contradictions(content: Content, all: Running[]): Contradiction[] {
  const { core } = content
  if (isNone(core)) return []
  // Who goes on from an alert, or carries it, has it before them and means to differ.
  const known = [...(core.relatesTo ?? []).filter((r) => r.as === 'follows').map((r) => r.releaseId)]
  if (core.repostOf) known.push(core.repostOf.releaseId)
  return besides(core, all)
    .filter((r) => !known.includes(r.releaseId) && r.content.core.repostOf === undefined)
    .flatMap((other) => [
      ...overOrNot(core, other),
      ...(isOver(core) || isOver(other.content.core) ? [] : [...levels(core, other), ...places(core, other)]),
      ...instructions(content, other),
    ])
}

function overOrNot(core: Core, other: Running): Contradiction[] {
  const that = other.content.core
  if (isOver(core) === isOver(that) || !sameHazard(core, that)) return []
  const rule = isOver(core) ? 'over-while-running' : 'running-after-over'
  return [{ rule, with: other, part: 'core', field: 'core.areas' }]
}

function levels(core: Core, other: Running): Contradiction[] {
  const that = other.content.core
  const differ = core.warningLevel && that.warningLevel && core.warningLevel !== that.warningLevel
  if (!differ || !sameHazard(core, that) || !overlaps(core.areas, that.areas)) return []
  return [{ rule: 'level-differs', with: other, part: 'core', field: 'core.warningLevel' }]
}

/** Two alerts about one event; a report that only goes on from another may well name more places. */
function places(core: Core, other: Running): Contradiction[] {
  const that = other.content.core
  if (!core.incidentId || core.incidentId !== that.incidentId || !alerts(core) || !alerts(that)) return []
  const same = core.areas.length === that.areas.length && core.areas.every((code) => that.areas.includes(code))
  return same ? [] : [{ rule: 'area-differs', with: other, part: 'core', field: 'core.areas' }]
}

const alerts = (core: Core): boolean => core.kind === 'warning' || core.cap?.actNow === true

function instructions(content: Content, other: Running): Contradiction[] {
  if (!overlaps(content.core.areas, other.content.core.areas)) return []
  const found = OPPOSITES.find((pair) => opposed(pair, content, other.content))
  if (!found) return []
  const language = languagesOf(content)[0] as Language
  return [{ rule: 'instructions-opposite', with: other, part: language, field: `parts.${language}.blocks.advice` }]
}

/** Only where each says one of the two and not the other: “转移，其余居民留在家中” says both and means both. */
function opposed({ one, other }: Opposite, mine: Content, theirs: Content): boolean {
  const [a, b] = [says(one, mine), says(other, mine)]
  const [x, y] = [says(one, theirs), says(other, theirs)]
  return (a && !b && y && !x) || (b && !a && x && !y)
}

function says(side: Opposite['one'], { core, parts }: Content): boolean {
  const term = core.cap?.responseType
  if (term && side.cap?.includes(term as NonNullable<CapTerms['responseType']>)) return true
  return (Object.entries(side.words) as [Language, RegExp][]).some(([language, words]) =>
    words.test(parts[language]?.blocks.advice ?? ''),
  )
}

/** As hits that wait for an answer: good while neither this part nor the other's edition changes. */
export const contradictionHits = (found: Contradiction[]): Hit[] =>
  found.map(({ rule, with: other, part, field }) => {
    const title = other.content.parts['zh-CN']?.title ?? ''
    return {
      key: sha256([rule, part, field, other.releaseId, other.edition].join('\u0000')),
      scanner: 'alerts',
      rule,
      severity: 'notice',
      part,
      field,
      start: 0,
      end: 0,
      text: other.number,
      excerpt: `${other.number} ${other.agency.zh}《${title}》`,
    }
  })
