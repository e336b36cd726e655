/** JSON Feed 1.1; next_url walks back through the archive, never to the document itself. */
import { cleanText } from '../../src/lib/xml.ts'
import type { Entry } from './entry.ts'
import { facts } from './extension.ts'
import type { Feed } from './feed.ts'

export function jsonFeed(feed: Feed): string {
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: cleanText(feed.title),
    home_page_url: feed.home,
    feed_url: feed.address('json'),
    ...(feed.previous ? { next_url: feed.address('json', feed.previous) } : {}),
    language: feed.language,
    authors: [{ name: cleanText(feed.author) }],
    ...(feed.hub ? { hubs: [{ type: 'WebSub', url: feed.hub }] } : {}),
    _ortoo: {
      id: feed.id,
      updated: feed.updated,
      ...(feed.page === 'current' ? {} : { archive: feed.page, current: feed.address('json', 'current') }),
    },
    items: feed.entries.map(item),
  })
}

function item(entry: Entry) {
  const head = { id: entry.id, url: entry.url, title: cleanText(entry.title), language: entry.language }
  const times = { date_published: entry.published, date_modified: entry.updated }
  // JSON Feed has no tombstones: the item stays under its id, without text, and `deleted` says when that went.
  if (entry.state === 'takedown') return { ...head, content_html: entry.html(), ...times, _ortoo: facts(entry) }
  return {
    ...head,
    ...(entry.summary ? { summary: entry.summary } : {}),
    content_html: cleanText(entry.html()),
    ...times,
    authors: [{ name: cleanText(entry.author) }],
    tags: entry.categories.map((c) => cleanText(c.label)),
    ...(entry.enclosures.length > 0 ? { attachments: entry.enclosures.map(attachment) } : {}),
    _ortoo: { ...facts(entry), ...places(entry), ...(entry.cap ? { cap: entry.cap } : {}) },
  }
}

const attachment = (f: Entry['enclosures'][number]) => ({
  url: f.url,
  mime_type: f.type,
  title: cleanText(f.title),
  size_in_bytes: f.bytes,
})

function places(entry: Entry) {
  const of = (scheme: string) => entry.categories.filter((c) => c.scheme === scheme)
  const named = (c: Entry['categories'][number]) => ({ code: c.term, name: cleanText(c.label) })
  return {
    kind: of('kind')[0]?.term,
    urgency: of('urgency')[0]?.term,
    topics: of('topic').map(named),
    areas: of('area').map(named),
    translations: entry.alternates,
  }
}
