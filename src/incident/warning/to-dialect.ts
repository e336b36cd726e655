/** A CAP 1.2 alert as the Chinese alert file. What that form demands and CAP does not know is asked for or said to be added. Pure. */

import { type Issue, issue } from '../../lib/errors.ts'
import { EVENT_CODE, eventCategory, eventName } from '../../lib/event-codes.ts'
import type { CapAlert, CapArea, CapInfo } from './alert.ts'
import { COLOURS, D_MESSAGE, D_STATUS, type Dialect, twelve } from './dialect.ts'
import { D_IDENTIFIER } from './dialect-shape.ts'
import { formedHeadline, isFormed } from './headline.ts'
import {
  AREA_STANDARD,
  CERTAINTY_12379,
  COLOUR,
  EVENT_STANDARD,
  Losses,
  type Mapped,
  METHOD,
  SENDER_DOMAIN,
  SEVERITY_OF,
  shifted,
  typeByEnding,
} from './mapping.ts'
import { shortCode } from './to-cap.ts'

export type ToDialect = {
  senderDomain?: string
  /** Fourteen digits of the issuer, where the CAP sender is no such code. */
  senderCode?: string
  /** Whose name stands as that of the officer who signed; the agency's where nobody is named. */
  officer?: string
  sentOf?: (identifier: string) => string | undefined
}

const dTimeOf = (time: string): string => time.replace('T', ' ').replace(/-00:00$/, '+00:00')
const isOf = <T extends string>(words: readonly T[], word: string): word is T =>
  (words as readonly string[]).includes(word)

export function toDialect(a: CapAlert, how: ToDialect = {}): Mapped<Dialect> {
  const nth = Math.max(
    0,
    a.info.findIndex((i) => i.language.toLowerCase().startsWith('zh')),
  )
  const info = a.info[nth]
  const senderCode = /^(\d{14})@/.exec(a.sender)?.[1] ?? how.senderCode
  const eventType = info?.eventCode.find((c) => c.valueName === EVENT_STANDARD)?.value
  const refused = refusals(a, info, senderCode, eventType)
  if (refused.length > 0 || !info || !senderCode || !eventType) return { to: null, refused }
  const losses = new Losses()
  headLosses(a, how, losses)
  for (const [n, { language }] of a.info.entries()) losses.lost(n !== nth, `alert.info[${n}]`, 'language', { language })
  const to = body(a, info, { ...how, senderCode, eventType }, `alert.info[${nth}]`, losses)
  return { to, losses: losses.list }
}

function refusals(a: CapAlert, info: CapInfo | undefined, senderCode?: string, eventType?: string): Issue[] {
  const codes = info?.area.flatMap((x) => x.geocode).filter((g) => g.valueName === AREA_STANDARD) ?? []
  const no = (wrong: unknown, ...of: Parameters<typeof issue>): Issue[] => (wrong ? [issue(...of)] : [])
  return [
    ...no(a.scope !== 'Public', 'alert.scope', 'cap-not-public', { scope: a.scope }),
    ...no(!isOf(D_STATUS, a.status), 'alert.status', 'cn-status', { found: a.status }),
    ...no(!isOf(D_MESSAGE, a.msgType), 'alert.msgType', 'cn-message', { found: a.msgType }),
    ...no(!info, 'alert.info', 'cn-no-info'),
    ...no(!/^\d{14}$/.test(senderCode ?? ''), 'alert.sender', 'cn-sender-code'),
    ...no(info && !EVENT_CODE.test(eventType ?? ''), 'alert.info.eventCode', 'cn-event-code'),
    ...no(info && codes.length === 0, 'alert.info.area', 'cn-geocode'),
    ...no(a.msgType !== 'Alert' && a.references.length === 0, 'alert.references', 'cap-references-missing', {
      type: a.msgType,
    }),
  ]
}

function headLosses(a: CapAlert, how: ToDialect, losses: Losses): void {
  for (const n of ['source', 'incidents'] as const) losses.lost(a[n], `alert.${n}`)
  losses.lost(a.restriction, 'alert.restriction')
  losses.lost(a.addresses, 'alert.addresses')
  losses.lost(a.code.length, 'alert.code')
  const domain = a.sender.slice(a.sender.indexOf('@') + 1)
  const times = [a.sent, ...a.info.flatMap((i) => [i.effective, i.onset, i.expires])]
  losses.changed(
    times.some((t) => t?.endsWith('+00:00')),
    'alert.sent',
    'utc',
  )
  losses.changed(!/^\d{14}@/.test(a.sender) || domain !== (how.senderDomain ?? SENDER_DOMAIN), 'alert.sender', 'sender')
}

function body(
  a: CapAlert,
  i: CapInfo,
  how: ToDialect & { senderCode: string; eventType: string },
  at: string,
  losses: Losses,
): Dialect {
  const sender = i.senderName ?? how.senderCode
  losses.added(!i.senderName, `${at}.senderName`, 'sender-name')
  const severity = colourOf(i, at, losses)
  const said = { sender, msgType: a.msgType as Dialect['msgType'], eventType: how.eventType, severity }
  infoLosses(i, how.eventType, at, losses)
  losses.added(!i.effective, `${at}.effective`, 'effective')
  losses.added(!i.description, `${at}.description`, 'description')
  losses.added(how.officer && how.officer !== sender, `${at}.senderName`, 'officer-named')
  const headline = headlineOf(i, said, at, losses)
  return {
    identifier: identifierOf(a, how.senderCode, losses),
    senderCode: how.senderCode,
    sendTime: dTimeOf(a.sent),
    status: a.status as Dialect['status'],
    ...said,
    method: methods(i, at, losses),
    secClassification: 'None',
    ...(a.note ? { note: a.note } : {}),
    ...firstOf(a, how, losses),
    language: i.language,
    urgency: i.urgency,
    certainty: certaintyOf(i, at, losses),
    effective: dTimeOf(i.effective ?? a.sent),
    ...(i.onset ? { onset: dTimeOf(i.onset) } : {}),
    ...(i.expires ? { expires: dTimeOf(i.expires) } : {}),
    senderName: how.officer ?? sender,
    headline,
    description: i.description ?? headline,
    ...(i.instruction ? { instruction: i.instruction } : {}),
    ...(i.web ? { web: i.web } : {}),
    resource: resources(i, at, losses),
    area: areas(i.area, at, losses),
  }
}

/** Named by issuer and time; an identifier of another making cannot stand. */
function identifierOf(a: CapAlert, senderCode: string, losses: Losses): string {
  if (D_IDENTIFIER.test(a.identifier) && a.identifier.startsWith(`${senderCode}_`)) return a.identifier
  losses.changed(true, 'alert.identifier', 'identifier')
  return madeIdentifier(senderCode, a.sent)
}
const madeIdentifier = (senderCode: string, sent: string): string =>
  `${senderCode}_${sent.slice(0, 19).replace(/\D/g, '')}`

/** All later messages name the first, and only it. */
function firstOf(a: CapAlert, how: ToDialect & { senderCode: string }, losses: Losses): { references?: string } {
  const [first, ...rest] = a.references.toSorted((x, y) => Date.parse(x.sent) - Date.parse(y.sent))
  if (!first) return {}
  const fits = D_IDENTIFIER.test(first.identifier)
  const sender = `${first.identifier.slice(0, 14)}@${how.senderDomain ?? SENDER_DOMAIN}`
  losses.changed(!fits || first.sender !== sender, 'alert.references', 'reference-name')
  losses.lost(fits && how.sentOf?.(first.identifier) !== first.sent, 'alert.references', 'reference-sent')
  losses.lost(rest.length, 'alert.references', 'reference-rest', { n: String(rest.length) })
  return { references: fits ? first.identifier : madeIdentifier(how.senderCode, first.sent) }
}

/** The colour said beside the severity counts; without one, that of the severity. */
function colourOf(i: CapInfo, at: string, losses: Losses): Dialect['severity'] {
  const said = i.parameter.find((p) => p.valueName === COLOUR)?.value ?? ''
  const by = COLOURS.find((c) => SEVERITY_OF[c] === i.severity) ?? 'Unknown'
  if (said === '') {
    losses.added(by !== 'Unknown', `${at}.severity`, 'colour', { colour: by })
    return by
  }
  if (!isOf(COLOURS, said)) {
    losses.changed(true, `${at}.parameter`, 'colour-unknown', { found: said })
    return by
  }
  losses.changed(said !== by || said === 'Unknown', `${at}.severity`, 'severity-colour', {
    severity: i.severity,
    colour: said,
  })
  return said
}

function certaintyOf(i: CapInfo, at: string, losses: Losses): Dialect['certainty'] {
  const more = i.parameter.find((p) => p.valueName === CERTAINTY_12379)?.value
  const very = more === 'VeryLikely' && i.certainty === 'Likely'
  losses.lost(more !== undefined && !very, `${at}.parameter`, 'no-place')
  if (very) return 'VeryLikely'
  losses.changed(i.certainty === 'Possible', `${at}.certainty`, 'possible')
  return i.certainty === 'Possible' ? 'Likely' : i.certainty
}

function headlineOf(i: CapInfo, said: Parameters<typeof isFormed>[1], at: string, losses: Losses): string {
  if (i.headline && isFormed(i.headline, said)) return i.headline
  const formed = formedHeadline(said)
  losses.added(!i.headline, `${at}.headline`, 'headline-formed', { headline: formed })
  losses.changed(i.headline, `${at}.headline`, 'headline', { was: i.headline ?? '', headline: formed })
  return formed
}

function methods(i: CapInfo, at: string, losses: Losses): Dialect['method'] {
  const named = i.parameter.filter((p) => p.valueName === METHOD).map((p) => p.value)
  losses.added(named.length === 0, `${at}.parameter`, 'method-web')
  return (named.length > 0 ? named : ['WEB']).map((methodName) => ({ methodName, audienceGrp: [], audenceprt: [] }))
}

const KEPT = [COLOUR, METHOD, CERTAINTY_12379]
function infoLosses(i: CapInfo, eventType: string, at: string, losses: Losses): void {
  const category = eventCategory(eventType)
  losses.lost(i.event !== eventName(eventType).zh, `${at}.event`, 'event', { event: i.event })
  losses.lost(i.category.join() !== category, `${at}.category`, 'category', { category: i.category.join(' ') })
  losses.lost(i.responseType.length, `${at}.responseType`)
  for (const n of ['audience', 'contact'] as const) losses.lost(i[n], `${at}.${n}`)
  losses.lost(i.eventCode.length > 1, `${at}.eventCode`)
  for (const p of i.parameter)
    losses.lost(!KEPT.includes(p.valueName), `${at}.parameter`, 'parameter', { name: p.valueName })
  for (const name of [COLOUR, CERTAINTY_12379])
    losses.lost(i.parameter.filter((p) => p.valueName === name).length > 1, `${at}.parameter`, 'parameter', { name })
}

function resources(i: CapInfo, at: string, losses: Losses): Dialect['resource'] {
  return i.resource.map(({ resourceDesc, mimeType, uri, derefUri, ...kept }, n) => {
    losses.lost(uri ?? derefUri, `${at}.resource[${n}].uri`)
    losses.lost(mimeType !== typeByEnding(resourceDesc), `${at}.resource[${n}].mimeType`)
    return { resourceDesc, ...kept }
  })
}

/** An area without a code of GB/T 2260 has no place there. */
function areas(list: CapArea[], at: string, losses: Losses): Dialect['area'] {
  return list.flatMap((a, n) => {
    const where = `${at}.area[${n}]`
    const codes = a.geocode.filter((g) => g.valueName === AREA_STANDARD).map((g) => g.value)
    losses.lost(codes.length === 0, where, 'area-uncoded', { area: a.areaDesc })
    if (codes.length === 0) return []
    losses.lost(codes.length < a.geocode.length, `${where}.geocode`)
    losses.changed(
      codes.some((c) => shortCode(twelve(c)) !== c),
      `${where}.geocode`,
      'geocode',
    )
    losses.lost(new Set(codes.map(twelve)).size < codes.length, `${where}.geocode`, 'geocode')
    losses.lost(a.polygon.length > 1, `${where}.polygon`, 'one-only')
    losses.lost(a.circle.length > 1, `${where}.circle`, 'one-only')
    losses.lost(a.altitude ?? a.ceiling, `${where}.altitude`)
    const [polygon] = a.polygon
    const [centre, radius] = a.circle[0]?.split(/\s+/) ?? []
    losses.changed(radius && shifted(shifted(radius, 3), -3) !== radius, `${where}.circle`, 'number')
    return [
      {
        areaDesc: a.areaDesc,
        ...(polygon ? { polygon } : {}),
        ...(centre && radius ? { circle: `${centre} ${shifted(radius, 3)}` } : {}),
        geocode: [...new Set(codes.map(twelve))],
      },
    ]
  })
}
