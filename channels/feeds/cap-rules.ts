/** Rules of CAP 1.2 that no schema holds, and those public alert feeds are refused for. For tests and for looking at a file by hand. */
import { XMLParser } from 'fast-xml-parser'

type Node = { [name: string]: Value }
type Value = string | Node | Value[] | undefined

const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/
const NAME = /^[^\s,<&]+$/

const list = (value: Value): Value[] => (value === undefined ? [] : Array.isArray(value) ? value : [value])
const nodes = (value: Value): Node[] => list(value).filter((v): v is Node => typeof v === 'object')
const text = (value: Value): string => (typeof value === 'string' ? value : '')

/** What is wrong with a CAP document, one sentence each; empty when nothing is. Assumes it is valid by the schema. */
export function capProblems(xml: string): string[] {
  const parser = new XMLParser({ parseTagValue: false, ignoreAttributes: true, htmlEntities: true })
  const alert = (parser.parse(xml) as { alert?: Node }).alert
  if (!alert) return ['there is no alert']
  return [...headProblems(alert), ...referenceProblems(alert), ...infosProblems(alert)]
}

const when = (wrong: unknown, sentence: string): string[] => (wrong ? [sentence] : [])

function headProblems(alert: Node): string[] {
  return [
    ...when(!NAME.test(text(alert.identifier)), 'identifier is empty or has a space, comma, < or &'),
    ...when(!NAME.test(text(alert.sender)), 'sender is empty or has a space, comma, < or &'),
    ...when(!DATE.test(text(alert.sent)), 'sent is not YYYY-MM-DDThh:mm:ss+hh:mm'),
    ...when(text(alert.scope) !== 'Public', 'scope of a published alert is not Public'),
    ...when(text(alert.status) !== 'Actual' && text(alert.note) === '', 'an exercise or test has no note saying so'),
  ]
}

function referenceProblems(alert: Node): string[] {
  const references = text(alert.references).split(/\s+/).filter(Boolean)
  const needs = ['Update', 'Cancel', 'Ack', 'Error'].includes(text(alert.msgType))
  return [
    ...when(needs && references.length === 0, `${text(alert.msgType)} names no earlier message`),
    ...when(!needs && references.length > 0, 'an Alert has references'),
    ...when(new Set(references).size < references.length, 'a reference stands twice'),
    ...references.flatMap((r) => tripleProblems(alert, r)),
  ]
}

function tripleProblems(alert: Node, reference: string): string[] {
  const [sender, identifier, sent, ...more] = reference.split(',')
  if (!sender || !identifier || !sent || more.length > 0 || !DATE.test(sent)) return [`not a triple: ${reference}`]
  return [
    ...when(identifier === text(alert.identifier) && sender === text(alert.sender), 'the message names itself'),
    ...when(Date.parse(sent) > Date.parse(text(alert.sent)), `reference is later than the message: ${reference}`),
  ]
}

function infosProblems(alert: Node): string[] {
  const infos = nodes(alert.info)
  const same = (what: string) => new Set(infos.map((i) => JSON.stringify(i[what] ?? null))).size <= 1
  const distinct = (what: string) => new Set(infos.map((i) => text(i[what]))).size === infos.length
  return [
    ...when(text(alert.msgType) !== 'Cancel' && infos.length === 0, 'no info'),
    ...when(!same('category') || !same('eventCode'), 'category or eventCode differs between languages'),
    ...when(!distinct('language'), 'two infos in one language'),
    ...when(!distinct('event'), 'event is the same in two languages'),
    ...infos.flatMap((i) => infoProblems(i)),
  ]
}

function infoProblems(info: Node): string[] {
  const times = (['effective', 'onset', 'expires'] as const).map((name) => text(info[name]))
  const [effective, onset, expires] = times.map((t) => Date.parse(t)) as [number, number, number]
  return [
    ...when(text(info.language) === '', 'language is missing and would be read as en-US'),
    ...when(
      times.some((t) => t !== '' && !DATE.test(t)),
      'a time is not YYYY-MM-DDThh:mm:ss+hh:mm',
    ),
    ...when(!(effective < expires) || onset >= expires, 'expires is missing or not after effective and onset'),
    ...when(text(info.event).trim() === '', 'event is empty'),
    ...when(text(info.description).trim() === '', 'description is empty'),
    ...when(
      text(info.headline) === '' || text(info.headline).length >= 140,
      'headline is empty or 140 characters long',
    ),
    ...when(!URL.canParse(text(info.web)), 'web is no absolute address'),
    ...when(text(info.senderName) === '', 'senderName is missing'),
    ...when(nodes(info.area).length === 0, 'area is missing'),
    ...nodes(info.area).flatMap(areaProblems),
    ...nodes(info.resource).flatMap(resourceProblems),
  ]
}

function areaProblems(area: Node): string[] {
  const place = [area.polygon, area.circle, area.geocode].some((x) => list(x).length > 0)
  return [
    ...when(text(area.areaDesc) === '', 'areaDesc is empty'),
    ...when(!place, 'area has no polygon, circle or geocode'),
    ...when(area.ceiling !== undefined && area.altitude === undefined, 'ceiling without altitude'),
    ...list(area.polygon).flatMap((p) => polygonProblems(text(p))),
    ...list(area.circle).flatMap((c) => when(!(Number(text(c).split(' ')[1]) > 0), 'circle without a radius above 0')),
  ]
}

function polygonProblems(polygon: string): string[] {
  const points = polygon.trim().split(/\s+/)
  const outside = points.some((p) => {
    const [lat = Number.NaN, lon = Number.NaN] = p.split(',').map(Number)
    return !(Math.abs(lat) <= 90 && Math.abs(lon) <= 180)
  })
  return [
    ...when(points.length < 4 || points[0] !== points.at(-1), 'polygon has under four points or is not closed'),
    ...when(outside, 'polygon has a point that is not lat,lon'),
  ]
}

const resourceProblems = (resource: Node): string[] => [
  ...when(text(resource.mimeType) === '', 'resource without mimeType'),
  ...when(!URL.canParse(text(resource.uri)) && !resource.derefUri, 'resource without absolute uri'),
]
