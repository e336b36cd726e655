/** The Chinese alert file as CAP 1.2. The officer's name and whom it is sent to stay behind, always. Pure. */

import { type Issue, issue } from '../../lib/errors.ts'
import { eventCategory, eventName } from '../../lib/event-codes.ts'
import type { CapAlert, CapArea, CapInfo, Pair } from './alert.ts'
import type { Dialect } from './dialect.ts'
import { circleFault, pointsOf, ringFault } from './geometry.ts'
import {
  AREA_STANDARD,
  CERTAINTY_12379,
  COLOUR,
  EVENT_STANDARD,
  inChina,
  Losses,
  type Mapped,
  METHOD,
  SENDER_DOMAIN,
  SEVERITY_OF,
  shifted,
  typeByEnding,
} from './mapping.ts'

export type ToCap = {
  senderDomain?: string
  /** When an earlier message was sent, where it is known. The Chinese form names it without. */
  sentOf?: (identifier: string) => string | undefined
}

export const capTimeOf = (time: string): string => time.replace(' ', 'T').replace(/\+00:00$/, '-00:00')

export function toCap(d: Dialect, how: ToCap = {}): Mapped<CapAlert> {
  const refused = refusals(d)
  if (refused.length > 0) return { to: null, refused }
  const losses = new Losses()
  const domain = how.senderDomain ?? SENDER_DOMAIN
  const to: CapAlert = {
    identifier: d.identifier,
    sender: `${d.senderCode}@${domain}`,
    sent: capTimeOf(d.sendTime),
    status: d.status,
    msgType: d.msgType,
    scope: 'Public',
    code: [],
    ...(d.note ? { note: d.note } : {}),
    references: d.references ? [reference(d.references, how, domain, losses)] : [],
    info: [info(d, losses)],
  }
  return { to, losses: losses.list }
}

/** What is for internal use does not leave by being written in another form. */
function refusals(d: Dialect): Issue[] {
  return [
    ...(d.secClassification === 'Inner' ? [issue('alert.secClassification', 'cn-inner')] : []),
    ...(d.msgType !== 'Alert' && !d.references
      ? [issue('alert.references', 'cn-references-missing', { type: d.msgType })]
      : []),
  ]
}

/** CAP names a message by sender, identifier and time; unknown, the time is taken from the name, which holds that of its entry. */
function reference(identifier: string, how: ToCap, domain: string, losses: Losses): CapAlert['references'][number] {
  const known = how.sentOf?.(identifier)
  losses.changed(!known, 'alert.references', 'reference-time', { identifier })
  const digits = identifier.split('_')[1] ?? ''
  const read = digits.replace(/^(....)(..)(..)(..)(..)(..)$/, '$1-$2-$3T$4:$5:$6+08:00')
  return { sender: `${identifier.slice(0, 14)}@${domain}`, identifier, sent: known ?? read }
}

function info(d: Dialect, losses: Losses): CapInfo {
  losses.lost(d.senderName !== d.sender, 'alert.info.senderName', 'officer')
  const times = (['onset', 'expires'] as const).flatMap((n) => (d[n] ? [[n, capTimeOf(d[n])]] : []))
  return {
    language: d.language,
    category: [eventCategory(d.eventType) as CapInfo['category'][number]],
    event: eventName(d.eventType).zh,
    responseType: [],
    urgency: d.urgency,
    severity: SEVERITY_OF[d.severity],
    certainty: d.certainty === 'VeryLikely' ? 'Likely' : d.certainty,
    eventCode: [{ valueName: EVENT_STANDARD, value: d.eventType }],
    effective: capTimeOf(d.effective),
    ...Object.fromEntries(times),
    senderName: d.sender,
    headline: d.headline,
    description: d.description,
    ...(d.instruction ? { instruction: d.instruction } : {}),
    ...(d.web ? { web: d.web } : {}),
    parameter: parameters(d, losses),
    resource: d.resource.map((r) => ({ ...r, mimeType: typeByEnding(r.resourceDesc) })),
    area: d.area.map((a, i) => area(a, `alert.info.area[${i}]`, losses)),
  }
}

function parameters(d: Dialect, losses: Losses): Pair[] {
  d.method.forEach((m, i) => {
    losses.lost(m.message, `alert.code.method[${i}].message`, 'method-message', { method: m.methodName })
    losses.lost(m.audienceGrp.length, `alert.code.method[${i}].audienceGrp`, 'audience')
    losses.lost(m.audenceprt.length, `alert.code.method[${i}].audenceprt`, 'audience')
  })
  return [
    ...(d.severity === 'Unknown' ? [] : [{ valueName: COLOUR, value: d.severity }]),
    ...(d.certainty === 'VeryLikely' ? [{ valueName: CERTAINTY_12379, value: d.certainty }] : []),
    ...d.method.map((m) => ({ valueName: METHOD, value: m.methodName })),
  ]
}

function area(a: Dialect['area'][number], at: string, losses: Losses): CapArea {
  const ring = a.polygon && ringOf(a.polygon, `${at}.polygon`, losses)
  const circle = a.circle && circleOf(a.circle, `${at}.circle`, losses)
  return {
    areaDesc: a.areaDesc,
    polygon: ring ? [ring] : [],
    circle: circle ? [circle] : [],
    geocode: a.geocode.map((code) => ({ valueName: AREA_STANDARD, value: shortCode(code) })),
  }
}

/** 150000000000 is 150000, 152921101000 is 152921101: zeros at the end name no place. */
export const shortCode = (code: string): string => code.replace(/^(\d{6})0{6}$/, '$1').replace(/^(\d{9})0{3}$/, '$1')

/** Which of a pair comes first is not settled; within China the two cannot be mistaken. What is no closed ring CAP cannot say. */
function ringOf(text: string, at: string, losses: Losses): string | null {
  const points = pointsOf(text)
  const swapped = points.every(([a, b]) => inChina([b, a]))
  const pairs = text.trim().split(/\s+/)
  const ring = (swapped ? pairs.map((p) => p.split(',').reverse().join()) : pairs).join(' ')
  const fault = ringFault(ring)
  losses.lost(fault, at, 'ring', { fault: fault ?? '' })
  if (fault) return null
  losses.changed(swapped, at, 'swapped')
  losses.changed(!swapped && !points.every(inChina), at, 'outside-china')
  return ring
}

/** Metres there, kilometres here; a point, radius 0, CAP cannot say. */
function circleOf(text: string, at: string, losses: Losses): string | null {
  const [centre = '', metres = ''] = text.trim().split(/\s+/)
  const [point] = pointsOf(centre)
  const swapped = point !== undefined && inChina([point[1], point[0]])
  const placed = swapped ? centre.split(',').reverse().join() : centre
  const circle = `${placed} ${/^\d+(\.\d+)?$/.test(metres) ? shifted(metres, -3) : '0'}`
  const fault = circleFault(circle)
  losses.lost(fault, at, 'circle')
  if (fault) return null
  losses.changed(swapped, at, 'swapped')
  return circle
}
