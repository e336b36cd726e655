/** Checks of the core: numbers, areas, times, contacts, CAP terms. */

import { kinds } from '../../templates/draft/index.ts'
import type { Contact, Content } from '../desk/content.ts'
import { textFields } from '../desk/fields.ts'
import { circleFault, ringFault } from '../incident/warning/geometry.ts'
import { areaCovers, isAreaCode } from '../lib/area-code.ts'
import { DAY } from '../lib/clock.ts'
import { type Issue, issue } from '../lib/errors.ts'
import { PHONE } from '../lib/phone.ts'
import type { CheckContext } from './checks.ts'
import { personalData } from './personal.ts'

export function coreIssues(content: Content, context: CheckContext): Issue[] {
  return [
    ...numberIssues(content, context),
    ...areaIssues(content, context),
    ...timeIssues(content, context),
    ...displayIssues(content),
    ...validityIssues(content, context),
    ...embargoIssues(content),
    ...content.core.contacts.flatMap((contact, i) => contactIssues(`core.contacts.${i}`, contact)),
    ...capIssues(content, context),
    ...shapeIssues(content),
    ...conferenceIssues(content, context),
    ...conferenceNamed(content, context),
  ]
}

/** 发文字号 as in GB/T 9704-2012 §7.2.5; 索引号 as seen on government sites. */
const DOCUMENT_NUMBER = /^\p{Script=Han}{1,20}〔\d{4}〕[1-9]\d*号$/u
const INDEX_NUMBER = /^[0-9A-Z-]{9,20}\/\d{4}(\d{2})?-\d{5}$/

function numberIssues({ core }: Content, context: CheckContext): Issue[] {
  const { documentNumber, indexNumber } = core
  return [
    ...(documentNumber && !DOCUMENT_NUMBER.test(documentNumber)
      ? [issue('core.documentNumber', 'document-number-shape')]
      : []),
    ...(documentNumber && context.documentNumberTaken ? [issue('core.documentNumber', 'document-number-taken')] : []),
    ...(indexNumber && !INDEX_NUMBER.test(indexNumber) ? [issue('core.indexNumber', 'index-number-shape')] : []),
  ]
}

function areaIssues({ core }: Content, { agencyAreas }: CheckContext): Issue[] {
  return core.areas.flatMap((code, i) => {
    const field = `core.areas.${i}`
    if (!isAreaCode(code)) return [issue(field, 'area-shape', { code })]
    if (core.areas.indexOf(code) !== i) return [issue(field, 'area-repeated', { code })]
    return agencyAreas.some((own) => areaCovers(own, code)) ? [] : [issue(field, 'area-outside', { code })]
  })
}

const TIMES = ['knownAt', 'asOf', 'nextUpdateAt', 'expiresAt', 'displayUntil'] as const
const isTime = (s: string) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/.test(s) && !Number.isNaN(Date.parse(s))
const isDay = (s: string) => /^\d{4}-\d\d-\d\d$/.test(s) && new Date(`${s}T00:00:00Z`).toJSON()?.startsWith(s) === true
/** True where both are given and `a` is after `b`; times are compared as instants. */
const after = (a: string | undefined, b: string | undefined) =>
  a !== undefined && b !== undefined && Date.parse(a) > Date.parse(b)

function timeIssues({ core }: Content, { now, editionType }: CheckContext): Issue[] {
  const shapes = TIMES.filter((name) => core[name] !== undefined && !isTime(core[name]!)).map((name) =>
    issue(`core.${name}`, 'time-shape'),
  )
  const cap = (['onset', 'expires'] as const)
    .filter((name) => core.cap?.[name] !== undefined && !isTime(core.cap[name]!))
    .map((name) => issue(`core.cap.${name}`, 'time-shape'))
  if (shapes.length + cap.length > 0) return [...shapes, ...cap]
  // An erratum or a new language repeats the times of the edition before it; they may have passed.
  const repeats = editionType === 'erratum' || editionType === 'addition'
  const expires = core.expiresAt ?? core.cap?.expires
  const expiresField = core.expiresAt ? 'core.expiresAt' : 'core.cap.expires'
  return [
    ...formedIssues(core.formedOn, now),
    ...(after(core.knownAt, now) ? [issue('core.knownAt', 'known-in-future')] : []),
    ...(after(core.asOf, now) ? [issue('core.asOf', 'as-of-in-future')] : []),
    ...(after(core.knownAt, core.asOf) ? [issue('core.asOf', 'as-of-before-known', undefined, 'warning')] : []),
    ...(core.nextUpdateAt && !repeats && !core.repostOf && !after(core.nextUpdateAt, now)
      ? [issue('core.nextUpdateAt', 'next-update-past')]
      : []),
    ...(expires && !repeats && !after(expires, now) ? [issue(expiresField, 'expires-past')] : []),
    ...(core.displayUntil && !repeats && !after(core.displayUntil, now)
      ? [issue('core.displayUntil', 'display-past')]
      : []),
    ...(expires && core.cap?.onset && !after(expires, core.cap.onset)
      ? [issue(expiresField, 'expires-before-onset')]
      : []),
    ...(core.expiresAt && core.cap?.expires && Date.parse(core.expiresAt) !== Date.parse(core.cap.expires)
      ? [issue('core.cap.expires', 'expires-differ')]
      : []),
  ]
}

/** A 公示 that tells of persons must end; one that tells of none may stand. */
function displayIssues(content: Content): Issue[] {
  const { core } = content
  if (core.displayUntil) return core.kind === 'notice' ? [] : [issue('core.displayUntil', 'display-not-for-kind')]
  if (core.kind !== 'notice') return []
  const fields = textFields(content)
  if (!fields.some((f) => f.name === 'title' && /公示|公开名单|名单公布/.test(f.text))) return []
  const phones = core.contacts.flatMap((c) => (c.phone ? [c.phone.replace(/\D/g, '').slice(-11)] : []))
  const personal = fields.some((f) => personalData(f.text, phones).length > 0)
  return [issue('core.displayUntil', 'display-missing', undefined, personal ? 'error' : 'hint')]
}

/** 有效性 belongs to documents; what is said to have ended has ended already. */
function validityIssues({ core }: Content, { now, editionType }: CheckContext): Issue[] {
  const documents = ['policy', 'notice', 'response']
  const acts = (core.relatesTo ?? []).flatMap((r, i) =>
    (r.as === 'amends' || r.as === 'repeals') && !documents.includes(core.kind)
      ? [issue(`core.relatesTo.${i}`, 'repeals-not-for-kind')]
      : [],
  )
  if (!core.validity) return acts
  const { since } = core.validity
  const today = new Date(Date.parse(now) + 8 * 3_600_000).toISOString().slice(0, 10)
  return [
    ...acts,
    ...(documents.includes(core.kind) ? [] : [issue('core.validity', 'validity-not-for-kind')]),
    ...(editionType === 'first' ? [issue('core.validity', 'validity-at-first', undefined, 'warning')] : []),
    ...(isDay(since) ? [] : [issue('core.validity.since', 'date-shape')]),
    ...(isDay(since) && since > today ? [issue('core.validity.since', 'validity-in-future')] : []),
  ]
}

/** Before its hour only what has one, and never what the public must hear at once: emergency information, or an exercise. */
function embargoIssues({ core }: Content): Issue[] {
  if (!core.embargo) return []
  const at = 'core.embargo'
  const urgent = core.lane === 'flash' || core.kind === 'warning' || core.cap?.actNow === true
  return [
    ...(core.notBefore ? [] : [issue(at, 'embargo-needs-time')]),
    ...(urgent ? [issue(at, 'embargo-not-urgent')] : []),
    ...(core.mode === 'live' ? [] : [issue(at, 'embargo-only-live')]),
  ]
}

/** A conference belongs to its kind, ends after it begins, and when first announced lies ahead. */
function conferenceIssues({ core }: Content, { now, editionType }: CheckContext): Issue[] {
  const { conference } = core
  const at = 'core.conference'
  const record = core.relatesTo?.some((r) => r.as === 'transcript-of')
  if (!conference)
    return core.kind === 'press-conference' && editionType !== 'withdrawal' && !record
      ? [issue(`${at}.startsAt`, 'conference-missing', undefined, 'warning')]
      : []
  if (record) return [issue(at, 'transcript-no-hours')]
  if (core.kind !== 'press-conference') return [issue(at, 'conference-not-for-kind')]
  const shapes = (['startsAt', 'endsAt'] as const).filter((name) => conference[name] && !isTime(conference[name]))
  if (shapes.length) return shapes.map((name) => issue(`${at}.${name}`, 'time-shape'))
  const { startsAt, endsAt, place, cancelled } = conference
  const past = editionType === 'first' && !after(startsAt, now)
  return [
    ...(endsAt && !after(endsAt, startsAt) ? [issue(`${at}.endsAt`, 'conference-ends-before')] : []),
    ...(endsAt && Date.parse(endsAt) - Date.parse(startsAt) > DAY
      ? [issue(`${at}.endsAt`, 'conference-too-long')]
      : []),
    ...(past ? [issue(`${at}.startsAt`, 'conference-past', undefined, 'warning')] : []),
    ...(place?.trim() || cancelled ? [] : [issue(`${at}.place`, 'conference-place', undefined, 'hint')]),
  ]
}

/** Papers and a record belong to a press conference; what was said there is published once it has begun. */
function conferenceNamed({ core }: Content, { conferences, now }: CheckContext): Issue[] {
  return (core.relatesTo ?? []).flatMap((r, i) => {
    const named = conferences?.get(r.releaseId)
    if ((r.as !== 'paper-of' && r.as !== 'transcript-of') || !conferences) return []
    const at = `core.relatesTo.${i}`
    if (!named?.isConference) return [issue(at, 'conference-unknown')]
    if (r.as === 'paper-of') return []
    const { conference } = named
    if (core.kind !== 'press-conference') return [issue(at, 'transcript-kind')]
    return conference && (conference.cancelled || after(conference.startsAt, now))
      ? [issue(at, 'transcript-early')]
      : []
  })
}

/** 成文日期: an existing day, and not after today in China. */
function formedIssues(formedOn: string | undefined, now: string): Issue[] {
  if (formedOn === undefined) return []
  if (!isDay(formedOn)) return [issue('core.formedOn', 'date-shape')]
  const today = new Date(Date.parse(now) + 8 * 3_600_000).toISOString().slice(0, 10)
  return formedOn > today ? [issue('core.formedOn', 'formed-in-future')] : []
}

const EMAIL = /^[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>().]+$/

function contactIssues(field: string, { label, phone, email }: Contact): Issue[] {
  return [
    ...(label.trim() === '' ? [issue(`${field}.label`, 'contact-label-missing')] : []),
    ...(!phone && !email ? [issue(field, 'contact-empty')] : []),
    ...(phone && !PHONE.test(phone) ? [issue(`${field}.phone`, 'phone-shape')] : []),
    ...(email && !EMAIL.test(email) ? [issue(`${field}.email`, 'email-shape')] : []),
  ]
}

/** Rings and circles of an alert (CAP 1.2 §3.2.4): closed, in range, never crossing themselves. */
function shapeIssues({ core }: Content): Issue[] {
  return [
    ...(core.cap?.polygons ?? []).flatMap((ring, i) => {
      const fault = ringFault(ring)
      return fault ? [issue(`core.cap.polygons.${i}`, POLYGON_FAULTS[fault], { n: i + 1 })] : []
    }),
    ...(core.cap?.circles ?? []).flatMap((circle, i) =>
      circleFault(circle) ? [issue(`core.cap.circles.${i}`, 'circle-shape', { n: i + 1 })] : [],
    ),
  ]
}
const POLYGON_FAULTS = {
  points: 'polygon-points',
  range: 'polygon-range',
  open: 'polygon-open',
  twice: 'polygon-twice',
  crossing: 'polygon-crossing',
} as const

/** CAP 1.2 §3.2.2: a published alert says urgency, severity and certainty, and here never Unknown; and when it ends. */
function capIssues({ core }: Content, context: CheckContext): Issue[] {
  const kind = kinds[core.kind]
  const { cap } = core
  if (!kind || !cap) return []
  if (cap.actNow && !kind.capAllowed) return [issue('core.cap.actNow', 'cap-not-allowed')]
  const code = cap.eventCode !== undefined && !/^1[1-49][0-9A-Z]\d{2}$/.test(cap.eventCode)
  const codeIssue = code ? [issue('core.cap.eventCode', 'event-code-shape')] : []
  // What the origin left Unknown is not ours to say, and no alert of ours goes out beside its own.
  if (!cap.actNow && (!kind.capRequired || core.relayOf)) return codeIssue
  return [
    ...codeIssue,
    ...(['urgency', 'severity', 'certainty'] as const)
      .filter((term) => !cap[term] || cap[term] === 'Unknown')
      .map((term) => issue(`core.cap.${term}`, 'cap-incomplete')),
    ...(core.expiresAt || cap.expires ? [] : [issue('core.expiresAt', 'cap-expires-missing')]),
    ...(core.areas.length > 0 ? [] : [issue('core.areas', 'cap-area-missing')]),
    ...(context.editionType === 'first' && cap.responseType === 'AllClear' && cap.urgency === 'Immediate'
      ? [issue('core.cap.responseType', 'cap-all-clear', undefined, 'warning')]
      : []),
  ]
}
