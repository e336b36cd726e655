/** An outside judge of CAP 1.2: the rules of OASIS CAP-v1.2-os and of public alert feeds that no schema holds. Knows nothing of how ours are made. */
import { XMLParser } from 'fast-xml-parser'

type Node = { [name: string]: Value }
type Value = string | Node | Value[] | undefined

const parser = new XMLParser({
  parseTagValue: false,
  ignoreAttributes: false,
  htmlEntities: true,
  isArray: (name) =>
    ['info', 'area', 'polygon', 'circle', 'geocode', 'resource', 'parameter', 'category'].includes(name),
})

/** §3.3.2: no Z, no fractions. */
const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d[+-]\d\d:\d\d$/
/** §3.2.1: identifier and sender have no space, comma, < or &. */
const NAME = /^[^\s,<&]+$/
const MARKUP = /<\/?[a-z][a-z0-9]*(\s[^<>]*)?\/?>|&(lt|gt|amp|nbsp|quot|#\d+);/i

const list = (value: Value): Value[] => (value === undefined ? [] : Array.isArray(value) ? value : [value])
const nodes = (value: Value): Node[] => list(value).filter((v): v is Node => typeof v === 'object')
const text = (value: Value): string => (typeof value === 'string' ? value : '')
const texts = (value: Value): string[] => list(value).map(text)
const when = (wrong: unknown, sentence: string): string[] => (wrong ? [sentence] : [])

export type CapFacts = {
  identifier: string
  triple: string
  msgType: string
  sent: number
  expires: number
  references: string[]
}

const alertOf = (xml: string): Node | undefined => (parser.parse(xml) as { alert?: Node }).alert

/** What of a message others refer to. */
export function capFacts(xml: string): CapFacts {
  const alert = alertOf(xml) ?? {}
  const ends = nodes(alert.info).map((i) => Date.parse(text(i.expires)))
  return {
    identifier: text(alert.identifier),
    triple: [alert.sender, alert.identifier, alert.sent].map(text).join(),
    msgType: text(alert.msgType),
    sent: Date.parse(text(alert.sent)),
    expires: Math.max(...ends, Number.NEGATIVE_INFINITY),
    references: text(alert.references).split(/\s+/).filter(Boolean),
  }
}

/** What is wrong with one document, one sentence each; empty when nothing is. `odd`: text may hold what looks like markup. */
export function capProblems(xml: string, odd = false): string[] {
  const alert = alertOf(xml)
  if (!alert) return ['there is no alert']
  const infos = nodes(alert.info)
  return [
    ...headProblems(alert),
    ...referenceProblems(alert),
    ...languageProblems(alert, infos),
    ...infos.flatMap((info) => infoProblems(info, odd)),
  ]
}

function headProblems(alert: Node): string[] {
  const status = text(alert.status)
  return [
    ...when(!NAME.test(text(alert.identifier)), 'identifier is empty or has a space, comma, < or &'),
    ...when(!NAME.test(text(alert.sender)), 'sender is empty or has a space, comma, < or &'),
    ...when(!DATE.test(text(alert.sent)), 'sent is not YYYY-MM-DDThh:mm:ss+hh:mm'),
    ...when(text(alert.scope) !== 'Public', 'scope of a published alert is not Public'),
    ...when(alert.restriction !== undefined || alert.addresses !== undefined, 'a public alert is restricted'),
    ...when(status !== 'Actual' && text(alert.note) === '', 'an exercise or test has no note saying so'),
  ]
}

function referenceProblems(alert: Node): string[] {
  const references = text(alert.references).split(/\s+/).filter(Boolean)
  const needs = ['Update', 'Cancel', 'Ack', 'Error'].includes(text(alert.msgType))
  return [
    ...when(needs && references.length === 0, `${text(alert.msgType)} names no earlier message`),
    ...when(!needs && references.length > 0, 'an Alert has references'),
    ...when(new Set(references).size < references.length, 'a reference stands twice'),
    ...references.flatMap((reference) => {
      const [sender = '', identifier = '', sent = '', ...more] = reference.split(',')
      if (!sender || !identifier || more.length > 0 || !DATE.test(sent)) return [`not a triple: ${reference}`]
      return [
        ...when(identifier === text(alert.identifier), 'the message names itself'),
        ...when(Date.parse(sent) > Date.parse(text(alert.sent)), `names a later message: ${reference}`),
      ]
    }),
  ]
}

/** Several infos are one alert in several languages: same category and code, other words. */
function languageProblems(alert: Node, infos: Node[]): string[] {
  const same = (what: string) => new Set(infos.map((i) => JSON.stringify(i[what] ?? null))).size <= 1
  const distinct = (what: string) => new Set(infos.map((i) => text(i[what]))).size === infos.length
  return [
    ...when(text(alert.msgType) !== 'Cancel' && infos.length === 0, 'no info'),
    ...when(!same('category') || !same('eventCode'), 'category or eventCode differs between languages'),
    ...when(!same('urgency') || !same('severity') || !same('certainty'), 'one language is more urgent than another'),
    ...when(!distinct('language'), 'two infos in one language'),
    ...when(!distinct('event'), 'event is the same in two languages'),
  ]
}

function infoProblems(info: Node, odd: boolean): string[] {
  const [effective, onset, expires] = ['effective', 'onset', 'expires'].map((n) => text(info[n])) as [
    string,
    string,
    string,
  ]
  const at = Date.parse
  const words = ['headline', 'description', 'instruction', 'event'].map((n) => text(info[n]))
  return [
    ...when(!/^[a-z]{2,3}(-\w+)*$/.test(text(info.language)), 'language is missing and would be read as en-US'),
    ...[effective, onset, expires].flatMap((t) => when(t !== '' && !DATE.test(t), `time ${t} is not CAP's form`)),
    ...when(expires === '', 'expires is missing'),
    ...when(at(effective) >= at(expires) || at(onset) >= at(expires), 'expires is not after effective and onset'),
    ...when(text(info.event).trim() === '', 'event is empty'),
    ...when(text(info.description).trim() === '', 'description is empty'),
    ...when(text(info.headline).trim() === '', 'headline is empty'),
    ...when(text(info.headline).length >= 140, 'headline is 140 characters long'),
    ...when(!odd && words.some((w) => MARKUP.test(w)), 'text has markup in it'),
    ...when(!/^https?:\/\/[^\s]+$/.test(text(info.web)) || !URL.canParse(text(info.web)), 'web is no absolute address'),
    ...when(text(info.senderName).trim() === '', 'senderName is missing'),
    ...when(nodes(info.area).length === 0, 'area is missing'),
    ...nodes(info.area).flatMap(areaProblems),
    ...nodes(info.resource).flatMap(resourceProblems),
  ]
}

function areaProblems(area: Node): string[] {
  const placed = [area.polygon, area.circle, area.geocode].some((x) => list(x).length > 0)
  const named = nodes(area.geocode).every((g) => text(g.valueName) !== '' && text(g.value) !== '')
  return [
    ...when(text(area.areaDesc).trim() === '', 'areaDesc is empty'),
    ...when(!placed, 'area has no polygon, circle or geocode'),
    ...when(!named, 'geocode without name or value'),
    ...when(area.ceiling !== undefined && area.altitude === undefined, 'ceiling without altitude'),
    ...texts(area.polygon).flatMap(polygonProblems),
    ...texts(area.circle).flatMap((c) =>
      when(!(Number(c.trim().split(/\s+/)[1]) > 0), 'circle without a radius above 0'),
    ),
  ]
}

type Point = [lat: number, lon: number]

/** §3.2.4: WGS 84 "lat,lon", four points or more, closed; a ring that crosses itself has no inside. */
function polygonProblems(polygon: string): string[] {
  const points = polygon
    .trim()
    .split(/\s+/)
    .map((pair) => pair.split(',').map(Number) as Point)
  const outside = points.some(([lat, lon]) => !(Math.abs(lat) <= 90 && Math.abs(lon) <= 180))
  const closed = String(points[0]) === String(points.at(-1))
  const corners = points.slice(0, -1).map(String)
  return [
    ...when(points.length < 4 || !closed, 'polygon has under four points or is not closed'),
    ...when(outside, 'polygon has a point that is not lat,lon'),
    ...when(new Set(corners).size < corners.length, 'polygon has a point twice'),
    ...when(crosses(points), 'polygon crosses itself'),
  ]
}

function crosses(points: Point[]): boolean {
  const edges = points.slice(1).map((to, i) => [points[i] as Point, to] as const)
  const side = ([a, b]: readonly [Point, Point], p: Point) =>
    Math.sign((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]))
  return edges.some((one, i) =>
    edges
      .slice(i + 2)
      .some((two) => side(one, two[0]) * side(one, two[1]) < 0 && side(two, one[0]) * side(two, one[1]) < 0),
  )
}

const resourceProblems = (resource: Node): string[] => [
  ...when(text(resource.resourceDesc).trim() === '', 'resource without description'),
  ...when(!/^[\w.+-]+\/[\w.+-]+$/.test(text(resource.mimeType)), 'resource without mimeType'),
  ...when(!URL.canParse(text(resource.uri)) && !resource.derefUri, 'resource without absolute uri'),
  ...when(resource.digest !== undefined && !/^[0-9a-f]{40}$/i.test(text(resource.digest)), 'digest is no SHA-1'),
]

/**
 * Messages of one event in order of publication: each Update and Cancel names, by the triple that stands in it, every
 * earlier one that had neither expired nor been cancelled when it was sent. A Cancel may also name one that had expired.
 */
export function chainProblems(messages: CapFacts[]): string[] {
  const problems: string[] = []
  let standing: CapFacts[] = []
  const ids = messages.map((m) => m.identifier)
  if (new Set(ids).size < ids.length) problems.push('an identifier stands twice')
  for (const m of messages) {
    const due = standing.filter((earlier) => earlier.expires > m.sent).map((earlier) => earlier.triple)
    const known = new Set(standing.map((earlier) => earlier.triple))
    const named = new Set(m.references)
    for (const triple of due) if (!named.has(triple)) problems.push(`${m.identifier} does not name ${triple}`)
    for (const triple of named)
      if (!known.has(triple)) problems.push(`${m.identifier} names ${triple}, which never stood`)
    if (m.msgType === 'Alert' && due.length > 0) problems.push(`${m.identifier} begins anew while others stand`)
    standing = m.msgType === 'Cancel' ? [] : [...standing, m]
  }
  return problems
}
