/** An outside judge of feeds: RFC 4287, RSS 2.0 with the board's best practices, JSON Feed 1.1, RFC 5005 and 6721. Knows nothing of how ours are made. */
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith'
import { Parser } from 'htmlparser2'

type Node = Record<string, unknown>
const parser = new XMLParser({
  ignoreAttributes: false,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: { maxTotalExpansions: 10_000_000, maxExpandedLength: 100_000_000 },
  isArray: (name) =>
    ['entry', 'item', 'link', 'atom:link', 'at:deleted-entry', 'category', 'enclosure', 'guid'].includes(name),
})

const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const RFC822 =
  /^(Sun|Mon|Tue|Wed|Thu|Fri|Sat), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$/
const TAG = /^(zh-CN|mn-Mong-CN|en)$/

const when = (wrong: unknown, sentence: string): string[] => (wrong ? [sentence] : [])
const nodes = (value: unknown): Node[] => (Array.isArray(value) ? (value as Node[]) : [])
const text = (value: unknown): string =>
  typeof value === 'string' ? value : String((value as Node | undefined)?.['#text'] ?? '')
const isDate = (t: string) => RFC3339.test(t) && !Number.isNaN(Date.parse(t))
const isAbsolute = (t: unknown) =>
  typeof t === 'string' && /^(https?:\/\/[^/\s]|mailto:|tel:)\S*$/.test(t) && URL.canParse(t)
const twice = (ids: unknown[]) => new Set(ids).size < ids.length

/** What is wrong with a feed served at an address; empty when nothing is. */
export function feedProblems(address: string, body: string): string[] {
  if (!body.isWellFormed()) return ['half a character is in it']
  if (address.endsWith('.json')) return jsonProblems(address, body)
  const valid = XMLValidator.validate(body)
  if (valid !== true) return [`not well-formed: ${valid.err.msg}`]
  return address.endsWith('.rss') ? rssProblems(address, body) : atomProblems(address, body)
}

function atomProblems(address: string, xml: string): string[] {
  const { feed } = parser.parse(xml) as { feed: Node }
  const entries = nodes(feed.entry)
  const self = nodes(feed.link).filter((l) => l['@_rel'] === 'self')
  const seen = parseAtomFeed(xml)
  return [
    ...when(!text(feed.id) || !text(feed.title), 'feed without id or title'),
    ...when(!isDate(text(feed.updated)), 'updated of the feed is no RFC 3339 date'),
    ...when(self.length !== 1 || self[0]?.['@_href'] !== address, `self is ${self.map((s) => s['@_href'])}`),
    ...when(!TAG.test(text(feed['@_xml:lang'])), 'feed without language'),
    ...when(twice(entries.map((e) => text(e.id))), 'an id stands twice'),
    ...when(
      entries.some((e) => text(e.updated) > text(feed.updated)),
      'an entry is newer than its feed',
    ),
    ...when((seen.entries?.length ?? 0) !== entries.length, 'feedsmith reads another number of entries'),
    ...nodes(feed['at:deleted-entry']).flatMap((d) =>
      when(!d['@_ref'] || !isDate(text(d['@_when'])), 'a tombstone without ref or when'),
    ),
    ...entries.flatMap((e) => atomEntryProblems(feed, e)),
  ]
}

function atomEntryProblems(feed: Node, entry: Node): string[] {
  const links = nodes(entry.link)
  const content = entry.content as Node | undefined
  return [
    ...when(!/^[a-z]+:\S+$/.test(text(entry.id)), 'entry id is no URI'),
    ...when(entry.title === undefined, 'entry without title'),
    ...when(!isDate(text(entry.updated)) || !isDate(text(entry.published)), 'entry with a wrong date'),
    ...when(text(entry.published) > text(entry.updated), 'entry updated before it was published'),
    ...when(!entry.author && !feed.author, 'nobody is the author'),
    ...when(!content && !links.some((l) => l['@_rel'] === 'alternate'), 'neither content nor alternate'),
    ...when(!TAG.test(text(entry['@_xml:lang'])), 'entry without language'),
    ...when(
      links.some((l) => !isAbsolute(l['@_href'])),
      'entry with a relative link',
    ),
    ...links
      .filter((l) => l['@_rel'] === 'enclosure')
      .flatMap((l) => when(!/^\d+$/.test(text(l['@_length'])) || !l['@_type'], 'enclosure without length or type')),
    ...(content ? htmlProblems(text(content)) : []),
  ]
}

function rssProblems(address: string, xml: string): string[] {
  const { channel } = (parser.parse(xml) as { rss: { channel: Node } }).rss
  const items = nodes(channel.item)
  const self = nodes(channel['atom:link']).filter((l) => l['@_rel'] === 'self')
  return [
    ...when(!text(channel.title) || text(channel.description) === '', 'channel without title or description'),
    ...when(!nodes(channel.link).length && !isAbsolute(channel.link), 'channel without link'),
    ...when(self.length !== 1 || self[0]?.['@_href'] !== address, `self is ${self.map((s) => s['@_href'])}`),
    ...dateProblems(text(channel.lastBuildDate)),
    ...when(twice(items.map((i) => text(nodes(i.guid)[0]))), 'a guid stands twice'),
    ...when((parseRssFeed(xml).items?.length ?? 0) !== items.length, 'feedsmith reads another number of items'),
    ...items.flatMap(rssItemProblems),
  ]
}

function rssItemProblems(item: Node): string[] {
  const guid = nodes(item.guid)[0]
  const enclosures = nodes(item.enclosure)
  return [
    ...when(item.title === undefined && item.description === undefined, 'item with neither title nor description'),
    ...when(guid?.['@_isPermaLink'] !== 'false' && !isAbsolute(text(guid)), 'guid claims to be an address'),
    ...when(!TAG.test(text(item['dc:language'])), 'item without language'),
    ...when(enclosures.length > 1, 'more than one enclosure'),
    ...enclosures.flatMap((e) =>
      when(!isAbsolute(e['@_url']) || !/^\d+$/.test(text(e['@_length'])) || !e['@_type'], 'a faulty enclosure'),
    ),
    ...dateProblems(text(item.pubDate)),
    ...htmlProblems(text(item.description)),
    ...htmlProblems(text(item['content:encoded'])),
  ]
}

const dateProblems = (date: string): string[] =>
  when(!RFC822.test(date) || DAYS[new Date(date).getUTCDay()] !== date.slice(0, 3), `${date} is no RFC 822 date`)

const FEED_KEYS =
  'version title home_page_url feed_url description next_url icon favicon authors language expired hubs items'
const ITEM_KEYS =
  'id url external_url title content_html content_text summary image banner_image date_published date_modified authors tags language attachments'

const unknownKeys = (object: object, known: string): string[] =>
  Object.keys(object).filter((key) => !known.split(' ').includes(key) && !/^_[a-z]/.test(key))

function jsonProblems(address: string, body: string): string[] {
  const feed = JSON.parse(body) as Node
  const items = nodes(feed.items)
  return [
    ...when(feed.version !== 'https://jsonfeed.org/version/1.1', 'wrong version'),
    ...when(typeof feed.title !== 'string' || !Array.isArray(feed.items), 'no title or no items'),
    ...when(feed.feed_url !== address, `feed_url is ${feed.feed_url}`),
    ...when(feed.next_url === address, 'next_url leads to itself'),
    ...when(twice(items.map((i) => i.id)), 'an id stands twice'),
    ...unknownKeys(feed, FEED_KEYS).map((key) => `unknown key ${key}`),
    ...nodes(feed.hubs).flatMap((h) => when(!h.type || !isAbsolute(h.url), 'a faulty hub')),
    ...when((parseJsonFeed(feed).items?.length ?? 0) !== items.length, 'feedsmith reads another number of items'),
    ...items.flatMap((item) => [
      ...when(typeof item.id !== 'string' || item.id === '', 'item without id'),
      ...when(typeof item.content_html !== 'string' && typeof item.content_text !== 'string', 'item without content'),
      ...when(!isDate(text(item.date_published)) || !isDate(text(item.date_modified)), 'item with a wrong date'),
      ...when(!TAG.test(text(item.language)), 'item without language'),
      ...when(!isAbsolute(item.url), 'item with a relative url'),
      ...unknownKeys(item, ITEM_KEYS).map((key) => `unknown key ${key}`),
      ...nodes(item.attachments).flatMap((a) => when(!isAbsolute(a.url) || !a.mime_type, 'a faulty attachment')),
      ...htmlProblems(text(item.content_html)),
    ]),
  ]
}

const HARMLESS =
  'p h2 h3 h4 ul ol li blockquote br hr a strong em b i u s sub sup table thead tbody tr th td figure figcaption span time'.split(
    ' ',
  )
const ATTRIBUTES = 'href rel lang datetime colspan rowspan scope'.split(' ')

/** Markup a reader shows without our headers: nothing that runs, loads or leads anywhere but to an absolute address. */
export function htmlProblems(html: string): string[] {
  const problems: string[] = []
  const reading = new Parser({
    onopentag(name, attributes) {
      if (!HARMLESS.includes(name)) problems.push(`<${name}> in a feed`)
      for (const [key, value] of Object.entries(attributes)) {
        if (!ATTRIBUTES.includes(key)) problems.push(`${name}[${key}] in a feed`)
        if (key === 'href' && !isAbsolute(value)) problems.push(`a link to ${value}`)
      }
    },
    oncomment: () => void problems.push('a comment in a feed'),
    onprocessinginstruction: () => void problems.push('an instruction in a feed'),
  })
  reading.end(html)
  return problems
}
