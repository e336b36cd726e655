/** Reads Atom, RSS and CAP. Document types and entities beyond the five of XML are refused. */
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import type { Found, FoundItem } from './read-back.ts'
import { flowOf, flowOfPlain } from './read-text.ts'

type Node = { [name: string]: Value }
type Value = string | Node | (string | Node)[] | undefined

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
})

function parse(xml: string, root: string): Node {
  if (/<!(DOCTYPE|ENTITY)/i.test(xml)) throw new Error('the document has a document type')
  const valid = XMLValidator.validate(xml)
  if (valid !== true) throw new Error(`not well-formed: ${valid.err.msg}`)
  const node = (parser.parse(xml) as Node)[root]
  if (node === undefined || typeof node === 'string' || Array.isArray(node)) throw new Error(`the root is no <${root}>`)
  return node
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const decode = (text: string): string =>
  text.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    const known = name ? NAMED[name] : String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal))
    if (known === undefined) throw new Error(`unknown entity ${whole}`)
    return known
  })

const all = (value: Value): (string | Node)[] => (value === undefined ? [] : Array.isArray(value) ? value : [value])
const nodes = (value: Value): Node[] => all(value).filter((v): v is Node => typeof v !== 'string')
function text(value: Value): string {
  const [first] = all(value)
  if (first === undefined) return ''
  return typeof first === 'string' ? decode(first) : text(first['#text'])
}
const attribute = (node: Node, name: string): string => text(node[`@${name}`])
const maybe = (value: Value): string | undefined => (value === undefined ? undefined : text(value))

/** What stands in our own namespace, the same in Atom and RSS. */
const own = (node: Node) => ({
  release: maybe(node.release),
  editionNumber: node.edition === undefined ? undefined : Number(text(node.edition)),
  type: maybe(node.type),
  hash: maybe(node.hash),
})
const written = (...values: Value[]): string[] => values.map(text).filter((t) => t !== '')

export function readAtom(xml: string): Partial<Found> {
  const feed = parse(xml, 'feed')
  const self = nodes(feed.link).find((l) => attribute(l, 'rel') === 'self')
  return {
    ...(self ? { self: attribute(self, 'href') } : {}),
    items: nodes(feed.entry).map(atomItem),
    gone: nodes(feed['deleted-entry']).map((d) => ({
      id: attribute(d, 'ref'),
      when: attribute(d, 'when'),
      whole: text(d.comment),
    })),
  }
}

function atomItem(entry: Node): FoundItem {
  const flow = flowOf(text(entry.content))
  return {
    ...own(entry),
    id: text(entry.id),
    title: text(entry.title),
    text: flow,
    whole: [text(entry.title), text(entry.summary), flow].join('\n'),
    published: text(entry.published),
    updated: text(entry.updated),
    times: written(entry.updated, entry.asOf, entry.nextUpdate),
    areas: nodes(entry.category)
      .filter((c) => attribute(c, 'scheme').endsWith(':area'))
      .map((c) => attribute(c, 'term')),
    language: attribute(entry, 'lang'),
  }
}

export function readRss(xml: string): Partial<Found> {
  const [channel] = nodes(parse(xml, 'rss').channel)
  if (!channel) return { problems: ['no channel'] }
  const self = nodes(channel.link).find((l) => attribute(l, 'rel') === 'self')
  return { ...(self ? { self: attribute(self, 'href') } : {}), items: nodes(channel.item).map(rssItem) }
}

function rssItem(item: Node): FoundItem {
  const flow = flowOf(text(item.encoded ?? item.description))
  const area = /:area:([^:]+)$/
  return {
    ...own(item),
    id: text(item.guid),
    title: text(item.title),
    text: flow,
    whole: [text(item.title), flowOf(text(item.description)), flow].join('\n'),
    published: text(item.issued),
    updated: text(item.pubDate),
    times: written(item.pubDate, item.asOf, item.nextUpdate),
    areas: nodes(item.category).flatMap((c) => area.exec(attribute(c, 'domain'))?.[1] ?? []),
    language: text(item.language),
  }
}

/** One item per language; a Cancel has one without words. */
export function readCap(xml: string): Partial<Found> {
  const alert = parse(xml, 'alert')
  const head = { id: text(alert.identifier), times: written(alert.sent), updated: text(alert.sent) }
  const bare = { ...head, title: '', text: '', whole: text(alert.note), areas: [] }
  const infos = nodes(alert.info)
  return { message: text(alert.msgType), items: infos.length > 0 ? infos.map((i) => capItem(head, i)) : [bare] }
}

function capItem(head: Pick<FoundItem, 'id' | 'times' | 'updated'>, info: Node): FoundItem {
  const parameter = (name: string) => text(nodes(info.parameter).find((p) => text(p.valueName) === name)?.value)
  const plain = `${text(info.description)}\n${text(info.instruction)}`
  return {
    ...head,
    title: text(info.headline),
    text: flowOfPlain(plain),
    whole: [text(info.headline), plain].join('\n'),
    areas: nodes(info.area).flatMap((a) => nodes(a.geocode).map((g) => text(g.value))),
    editionNumber: Number(parameter('urn:ortoo:edition')),
    hash: parameter('urn:ortoo:hash'),
    language: text(info.language),
  }
}
