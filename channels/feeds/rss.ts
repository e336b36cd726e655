/** RSS 2.0 by the board's best practices: full text in content:encoded, one enclosure, a guid that is no address. */
import { el, type Xml, xmlDocument } from '../../src/lib/xml.ts'
import { FEED_TYPES } from './addresses.ts'
import type { Entry } from './entry.ts'
import { EXTENSION, extension } from './extension.ts'
import type { Feed } from './feed.ts'
import { deletedEntries, TOMBSTONES } from './tombstone.ts'

const NAMESPACES = {
  version: '2.0',
  'xmlns:at': TOMBSTONES,
  'xmlns:atom': 'http://www.w3.org/2005/Atom',
  'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
  'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
  'xmlns:dcterms': 'http://purl.org/dc/terms/',
  'xmlns:fh': 'http://purl.org/syndication/history/1.0',
  'xmlns:ortoo': EXTENSION,
}

const RSS = FEED_TYPES.rss.split(';')[0]

/** RFC 822 with a four-digit year: Mon, 23 Nov 2026 06:12:03 GMT */
export const rfc822 = (iso: string): string => new Date(iso).toUTCString()

export function rss(feed: Feed): string {
  return xmlDocument(
    el(
      'rss',
      NAMESPACES,
      el(
        'channel',
        {},
        el('title', {}, feed.title),
        el('link', {}, feed.home),
        el('description', {}, feed.title),
        el('language', {}, feed.language),
        el('lastBuildDate', {}, rfc822(feed.updated)),
        link('self', feed.address('rss')),
        feed.hub && el('atom:link', { rel: 'hub', href: feed.hub }),
        feed.page !== 'current' && [el('fh:archive'), link('current', feed.address('rss', 'current'))],
        feed.previous && link('prev-archive', feed.address('rss', feed.previous)),
        feed.next && link('next-archive', feed.address('rss', feed.next)),
        feed.entries.map(item),
        deletedEntries(feed.entries),
      ),
    ),
  )
}

/** Links that RSS has no element for are Atom's (RSS best practices; RFC 5005 §1 names RSS too). */
const link = (rel: string, href: string): Xml => el('atom:link', { rel, type: RSS, href })

const written = new WeakMap<Entry, Xml>()
function item(entry: Entry): Xml {
  const known = written.get(entry)
  if (known) return known
  const fresh = itemXml(entry)
  written.set(entry, fresh)
  return fresh
}

/** pubDate is the latest edition's: it is the only time most readers look at, and a correction has to be seen. */
function itemXml(entry: Entry): Xml {
  const file = entry.enclosures[0]
  return el(
    'item',
    {},
    el('title', {}, entry.title),
    el('link', {}, entry.url),
    el('guid', { isPermaLink: 'false' }, entry.id),
    el('pubDate', {}, rfc822(entry.updated)),
    entry.author && el('dc:creator', {}, entry.author),
    el('dc:language', {}, entry.language),
    entry.categories.map((c) => el('category', { domain: `${EXTENSION}:${c.scheme}:${c.term}` }, c.label)),
    el('description', {}, entry.summary ? el('p', {}, entry.summary).markup : entry.html()),
    entry.summary && el('content:encoded', {}, entry.html()),
    file && el('enclosure', { url: file.url, length: file.bytes, type: file.type }),
    el('dcterms:issued', {}, entry.published),
    el('dcterms:modified', {}, entry.updated),
    extension(entry),
  )
}
