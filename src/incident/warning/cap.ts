/** Between a CAP document and its values. Reading expects a tree of the right shape; writing puts elements in the schema's order. */
import { el, type Xml } from '../../lib/xml.ts'
import type { Tree } from '../../lib/xml-tree.ts'
import { CAP_NAMESPACE, type CapAlert, type CapArea, type CapInfo, type Pair, type Reference } from './alert.ts'
import { allOf, textOf, textsOf } from './shape.ts'

const OPTIONAL_HEAD = ['source', 'restriction', 'addresses', 'note', 'incidents'] as const
const WORDS = ['audience', 'senderName', 'headline', 'description', 'instruction', 'web', 'contact'] as const
const TIMES = ['effective', 'onset', 'expires'] as const

/** Those of the names that are there. */
const some = <K extends string>(tree: Tree, names: readonly K[]): Partial<Record<K, string>> =>
  Object.fromEntries(names.flatMap((n) => (textOf(tree, n) === undefined ? [] : [[n, textOf(tree, n)]]))) as never
const must = (tree: Tree, name: string): never => (textOf(tree, name) ?? '') as never
const pairs = (tree: Tree, name: string): Pair[] =>
  allOf(tree, name).map((p) => ({ valueName: must(p, 'valueName'), value: must(p, 'value') }))

export const capFrom = (tree: Tree): CapAlert => ({
  identifier: must(tree, 'identifier'),
  sender: must(tree, 'sender'),
  sent: must(tree, 'sent'),
  status: must(tree, 'status'),
  msgType: must(tree, 'msgType'),
  scope: must(tree, 'scope'),
  ...some(tree, OPTIONAL_HEAD),
  code: textsOf(tree, 'code'),
  references: referencesIn(textOf(tree, 'references') ?? ''),
  info: allOf(tree, 'info').map(infoFrom),
})

/** What is no triple has an empty time; the rules say so. */
const referencesIn = (text: string): Reference[] =>
  text
    .split(/\s+/)
    .filter(Boolean)
    .map((triple) => {
      const [sender = '', identifier = '', sent = ''] = triple.split(',')
      return { sender, identifier, sent }
    })

const infoFrom = (tree: Tree): CapInfo => ({
  // §3.2.2: absent means en-US.
  language: textOf(tree, 'language') ?? 'en-US',
  category: textsOf(tree, 'category') as CapInfo['category'],
  event: must(tree, 'event'),
  responseType: textsOf(tree, 'responseType') as CapInfo['responseType'],
  urgency: must(tree, 'urgency'),
  severity: must(tree, 'severity'),
  certainty: must(tree, 'certainty'),
  ...some(tree, [...WORDS, ...TIMES]),
  eventCode: pairs(tree, 'eventCode'),
  parameter: pairs(tree, 'parameter'),
  resource: allOf(tree, 'resource').map((r) => ({
    resourceDesc: must(r, 'resourceDesc'),
    mimeType: must(r, 'mimeType'),
    ...some(r, ['size', 'uri', 'derefUri', 'digest']),
  })),
  area: allOf(tree, 'area').map(
    (a): CapArea => ({
      areaDesc: must(a, 'areaDesc'),
      polygon: textsOf(a, 'polygon').map((p) => p.replace(/\s+/g, ' ')),
      circle: textsOf(a, 'circle').map((c) => c.replace(/\s+/g, ' ')),
      geocode: pairs(a, 'geocode'),
      ...some(a, ['altitude', 'ceiling']),
    }),
  ),
})

const may = (name: string, text: string | undefined): Xml | false => text !== undefined && el(name, {}, text)
const each = (name: string, texts: readonly string[]): Xml[] => texts.map((x) => el(name, {}, x))
const eachPair = (name: string, list: Pair[]): Xml[] =>
  list.map((p) => el(name, {}, el('valueName', {}, p.valueName), el('value', {}, p.value)))

/** The root element; what is done with it, signing or not, is the caller's. */
export const capElement = (a: CapAlert): Xml =>
  el(
    'alert',
    { xmlns: CAP_NAMESPACE },
    el('identifier', {}, a.identifier),
    el('sender', {}, a.sender),
    el('sent', {}, a.sent),
    el('status', {}, a.status),
    el('msgType', {}, a.msgType),
    may('source', a.source),
    el('scope', {}, a.scope),
    may('restriction', a.restriction),
    may('addresses', a.addresses),
    each('code', a.code),
    may('note', a.note),
    a.references.length > 0 &&
      el('references', {}, a.references.map((r) => `${r.sender},${r.identifier},${r.sent}`).join(' ')),
    may('incidents', a.incidents),
    a.info.map(infoElement),
  )

const infoElement = (i: CapInfo): Xml =>
  el(
    'info',
    {},
    el('language', {}, i.language),
    each('category', i.category),
    el('event', {}, i.event),
    each('responseType', i.responseType),
    el('urgency', {}, i.urgency),
    el('severity', {}, i.severity),
    el('certainty', {}, i.certainty),
    may('audience', i.audience),
    eachPair('eventCode', i.eventCode),
    TIMES.map((n) => may(n, i[n])),
    WORDS.slice(1).map((n) => may(n, i[n])),
    eachPair('parameter', i.parameter),
    i.resource.map((r) =>
      el(
        'resource',
        {},
        (['resourceDesc', 'mimeType', 'size', 'uri', 'derefUri', 'digest'] as const).map((n) => may(n, r[n])),
      ),
    ),
    i.area.map((a) =>
      el(
        'area',
        {},
        el('areaDesc', {}, a.areaDesc),
        each('polygon', a.polygon),
        each('circle', a.circle),
        eachPair('geocode', a.geocode),
        may('altitude', a.altitude),
        may('ceiling', a.ceiling),
      ),
    ),
  )
