/** Atom 1.0 (RFC 4287) with archives (RFC 5005) and tombstones (RFC 6721). */
import { el, type Xml, xmlDocument } from '../../src/lib/xml.ts'
import { CAP_TYPE, FEED_TYPES } from './addresses.ts'
import type { Category, Entry } from './entry.ts'
import { EXTENSION, extension } from './extension.ts'
import type { Feed } from './feed.ts'
import { deletedEntries, TOMBSTONES } from './tombstone.ts'
import { labelTag } from './wording.ts'

const ATOM = FEED_TYPES.atom.split(';')[0]
const CAP = CAP_TYPE.split(';')[0]
const NAMESPACES = {
  xmlns: 'http://www.w3.org/2005/Atom',
  'xmlns:at': TOMBSTONES,
  'xmlns:fh': 'http://purl.org/syndication/history/1.0',
  'xmlns:ortoo': EXTENSION,
}

export function atom(feed: Feed): string {
  return xmlDocument(
    el(
      'feed',
      { ...NAMESPACES, 'xml:lang': feed.language },
      el('id', {}, feed.id),
      el('title', {}, feed.title),
      el('updated', {}, feed.updated),
      el('author', {}, el('name', {}, feed.author)),
      link('self', feed.address('atom'), ATOM),
      feed.hub && link('hub', feed.hub),
      link('alternate', feed.home, 'text/html'),
      feed.page !== 'current' && [el('fh:archive'), link('current', feed.address('atom', 'current'), ATOM)],
      feed.previous && link('prev-archive', feed.address('atom', feed.previous), ATOM),
      feed.next && link('next-archive', feed.address('atom', feed.next), ATOM),
      feed.entries.map(entryXml),
      deletedEntries(feed.entries),
    ),
  )
}

const link = (rel: string, href: string, type?: string, hreflang?: string): Xml =>
  el('link', { rel, type, hreflang, href })

/** An entry looks the same in every list, so it is written once per publication. */
const written = new WeakMap<Entry, Xml>()
function entryXml(entry: Entry): Xml {
  const known = written.get(entry)
  if (known) return known
  const fresh = living(entry)
  written.set(entry, fresh)
  return fresh
}

function living(entry: Entry): Xml {
  return el(
    'entry',
    { 'xml:lang': entry.language },
    el('id', {}, entry.id),
    el('title', {}, entry.title),
    el('updated', {}, entry.updated),
    el('published', {}, entry.published),
    entry.author && el('author', {}, el('name', {}, entry.author)),
    link('alternate', entry.url, 'text/html', entry.language),
    entry.alternates.map((a) => link('alternate', a.url, 'text/html', a.language)),
    entry.enclosures.map((f) =>
      el('link', { rel: 'enclosure', type: f.type, length: f.bytes, title: f.title, href: f.url }),
    ),
    entry.cap && link('related', entry.cap, CAP),
    entry.categories.map((c) => category(entry, c)),
    entry.summary && el('summary', {}, entry.summary),
    el('content', { type: 'html' }, entry.html()),
    extension(entry),
  )
}

/** A label is read by people, so it says its language where it is not the entry's (RFC 4287 §4.2.2.3). */
const category = ({ language }: Entry, { scheme, term, label }: Category): Xml =>
  el('category', { 'xml:lang': labelTag(language), scheme: `${EXTENSION}:${scheme}`, term, label })
