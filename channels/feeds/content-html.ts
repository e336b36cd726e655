/** The full text of an entry as HTML that no reader can be hurt by: note of the change first, then what to do, then the rest. */
import type { ChannelConfig } from '../../src/delivery/channel.ts'
import { wallMinute, withOffset } from '../../src/lib/clock.ts'
import { sanitise } from '../../src/lib/html.ts'
import { restOf } from '../../src/lib/placed.ts'
import { type Child, cleanText, el, fragment, trusted, type Xml } from '../../src/lib/xml.ts'
import type { Attachment, BlockName, Contact, Edition, Language } from '../../src/publication/edition.ts'
import { filePath } from '../../templates/page/article.tsx'
import { changeWordOf } from '../../templates/page/change-word.ts'
import { withPictures } from '../../templates/page/placed.ts'
import { repostLine } from '../../templates/page/repost.tsx'
import { t } from '../../templates/words/index.ts'
import { changeNote, labelTag, nameIn, type Spoken, wordsFor } from './wording.ts'

/** Paragraphs of plain text: a blank line parts them, a single line end is kept. */
const paragraphs = (text: string): Xml[] =>
  cleanText(text)
    .split(/\n\s*\n/)
    .filter((p) => p.trim() !== '')
    .map((p) => el('p', {}, lines(p.trim())))

const lines = (text: string): Child[] => text.split('\n').flatMap((line, i) => (i === 0 ? [line] : [el('br'), line]))

function section(language: Language, key: string, text: string | undefined): Child {
  if (!text?.trim()) return null
  return [el('h3', { lang: labelTag(language) }, t(wordsFor(language), key)), paragraphs(text)]
}

/** 第2版 · 更正, then what changed. A first edition changed nothing. */
function changed(edition: Edition, language: Language, part: Spoken['part']): Child {
  if (edition.type === 'first') return null
  const words = wordsFor(language)
  const type = t(words, `feeds.change.${changeWordOf(edition)}`)
  const heading = t(words, 'feeds.change.heading', { number: edition.number, type })
  return [el('h3', { lang: labelTag(language) }, heading), paragraphs(changeNote(edition, part) ?? '')]
}

/** From whom it is and which edition: what an editor who copies the text needs to name. */
function credit(edition: Edition, language: Language, offset: string): Child {
  const words = { agency: nameIn(edition.agency.name, language), release: edition.releaseNumber }
  const which = { edition: edition.number, time: wallMinute(edition.publishedAt, offset) }
  return el('p', { lang: labelTag(language) }, t(wordsFor(language), 'feeds.credit', { ...words, ...which }))
}

function times(edition: Edition, language: Language, offset: string): Child {
  const { asOf, nextUpdateAt } = edition.content?.core ?? {}
  const one = (key: string, iso: string | undefined) =>
    iso && [
      el('span', { lang: labelTag(language) }, t(wordsFor(language), key)),
      ' ',
      el('time', { datetime: withOffset(iso, offset) }, wallMinute(iso, offset)),
    ]
  const rows = [one('feeds.as-of', asOf), one('feeds.next-update', nextUpdateAt)].filter(Boolean)
  return rows.map((row) => el('p', {}, row as Child[]))
}

/** 来源: whose text this is, where it was first published, and when. */
function carriedFrom(edition: Edition, language: Language, { publicUrl, site }: ChannelConfig): Child {
  const source = edition.content?.core.repostOf
  if (!source) return null
  const line = repostLine(source, wordsFor(language), site.offset)
  return el('p', { lang: labelTag(language) }, el('a', { href: publicUrl + source.address }, line))
}

function contacts(all: Contact[], audience: Contact['audience'], language: Language): Child {
  const own = all.filter((c) => c.audience === audience && (c.phone || c.email))
  if (own.length === 0) return null
  const row = (c: Contact) => el('li', {}, [c.label, c.phone, c.email].filter(Boolean).join(' '))
  const label = t(wordsFor(language), `feeds.contact.${audience}`)
  return [el('h3', { lang: labelTag(language) }, label), el('ul', {}, own.map(row))]
}

function attachments(edition: Edition, { language, part }: Spoken, publicUrl: string): Child {
  const files = restOf(edition.content?.attachments ?? [], part.body)
  if (files.length === 0) return null
  const row = (f: (typeof files)[number]) =>
    el('li', {}, el('a', { href: publicUrl + filePath(edition, f) }, f.title || f.name))
  const label = t(wordsFor(language), 'feeds.attachments')
  return [el('h3', { lang: labelTag(language) }, label), el('ul', {}, files.map(row))]
}

const AFTER_ADVICE: BlockName[] = ['claim', 'whenWhere', 'facts', 'actions', 'cause']

/** The whole entry in one language. The body is sanitised once more: readers keep it and show it without our headers. */
export function contentHtml(config: ChannelConfig, edition: Edition, { language, part }: Spoken): string {
  const people = edition.content?.core.contacts ?? []
  const href = (file: Attachment) => config.publicUrl + filePath(edition, file)
  const files = edition.content?.attachments ?? []
  const body = part.body && trusted(withPictures(sanitise(part.body).html, files, href, false))
  return fragment(
    edition.mode !== 'live' && el('p', {}, el('strong', {}, t(wordsFor(language), `feeds.note.${edition.mode}`))),
    changed(edition, language, part),
    carriedFrom(edition, language, config),
    times(edition, language, config.site.offset),
    section(language, 'feeds.block.advice', part.blocks.advice),
    AFTER_ADVICE.map((name) => section(language, `feeds.block.${name}`, part.blocks[name])),
    part.addressees && el('p', {}, part.addressees),
    body,
    part.signature && el('p', {}, part.signature),
    attachments(edition, { language, part }, config.publicUrl),
    contacts(people, 'public', language),
    contacts(people, 'press', language),
    credit(edition, language, config.site.offset),
  ).markup
}
