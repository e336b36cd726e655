/** The catalogue as Atom (RFC 4287) with archives (RFC 5005) and tombstones (RFC 6721): facts of each release, never its text. */
import { el, type Xml, xmlDocument } from '../../src/lib/xml.ts'
import { FEED_TYPES } from './addresses.ts'
import type { Disclosure, Item } from './disclosure.ts'
import { EXTENSION } from './extension.ts'

const ATOM = FEED_TYPES.atom.split(';')[0]

export function disclosureAtom(d: Disclosure): string {
  return xmlDocument(
    el(
      'feed',
      {
        xmlns: 'http://www.w3.org/2005/Atom',
        'xmlns:at': 'http://purl.org/atompub/tombstones/1.0',
        'xmlns:fh': 'http://purl.org/syndication/history/1.0',
        'xmlns:ortoo': EXTENSION,
        'xml:lang': 'zh-CN',
      },
      el('id', {}, d.address('atom', 'current')),
      el('title', {}, d.title),
      el('updated', {}, d.updated),
      el('author', {}, el('name', {}, d.publisher)),
      link('self', d.address('atom'), ATOM),
      link('alternate', d.home, 'text/html'),
      d.page !== 'current' && [el('fh:archive'), link('current', d.address('atom', 'current'), ATOM)],
      d.previous && link('prev-archive', d.address('atom', d.previous), ATOM),
      d.next && link('next-archive', d.address('atom', d.next), ATOM),
      d.items.map(entry),
    ),
  )
}

const link = (rel: string, href: string, type?: string, hreflang?: string): Xml =>
  el('link', { rel, type, hreflang, href })

function entry({ id, release, updated, url, shown }: Item): Xml {
  if (!shown) return el('at:deleted-entry', { ref: id, when: updated }, el('at:comment', {}, release))
  const fact = (name: string, value: string | number | undefined) =>
    value === undefined ? null : el(`ortoo:${name}`, {}, value)
  return el(
    'entry',
    { 'xml:lang': shown.language },
    el('id', {}, id),
    el('title', {}, shown.title),
    el('updated', {}, updated),
    el('published', {}, shown.published),
    el('author', {}, el('name', {}, shown.agency.name)),
    link('alternate', url, 'text/html', shown.language),
    shown.translations.map((x) => link('alternate', x.url, 'text/html', x.language)),
    shown.topics.map((x) => el('category', { scheme: `${EXTENSION}:topic`, term: x.slug, label: x.name })),
    el('category', { scheme: `${EXTENSION}:kind`, term: shown.kind }),
    el('summary', {}, shown.summary),
    fact('release', release),
    fact('indexNumber', shown.index),
    fact('formedOn', shown.formed),
    fact('documentNumber', shown.document),
    fact('disclosure', '主动公开'),
    shown.validity
      ? el('ortoo:validity', { since: shown.validity.since, by: shown.validity.by }, shown.validity.state)
      : null,
    fact('edition', shown.edition),
  )
}
