/** One release in one language as an IPTC ninjs 3.1 item: what a newsroom's wire takes in. Keys of 3.x only; it refuses others. */
import type { ChannelConfig } from '../../src/delivery/channel.ts'
import { plainText } from '../../src/lib/html.ts'
import { cleanText } from '../../src/lib/xml.ts'
import type { Contact, Edition, Language, Urgency } from '../../src/publication/edition.ts'
import { OWN_NAME, pathTo } from '../../templates/page/site.ts'
import { t } from '../../templates/words/index.ts'
import { CAP_TYPE, capEntryId, capIdentifier, entryId, ninjsAddress } from './addresses.ts'
import type { Enclosure, Entry } from './entry.ts'
import { changeNote, languagesIn, nameIn, wordsFor } from './wording.ts'

/** Identifier of the schema as it gives it itself. */
export const STANDARD = {
  name: 'ninjs',
  version: '3.1',
  schema: 'http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#',
}

/** 紧急 重要 一般 on the wire's scale of 1 to 9, where 1 interrupts everything and 5 is a day's normal news. */
const URGENCY: Record<Urgency, number> = { critical: 1, important: 3, normal: 5 }
/** "disaster, accident and emergency incident" in IPTC's Media Topics. */
const DISASTER = 'http://cv.iptc.org/newscodes/mediatopic/03000000'
const EMERGENCIES = ['incident-notice', 'incident-update', 'incident-final', 'warning', 'response']

export type NinjsItem = Record<string, unknown> & { uri: string }

/** Names release and language, never the edition: a later version replaces the earlier one. */
export const ninjsUri = (config: ChannelConfig, edition: Edition, language: Language): string =>
  `${entryId(config, edition)}/${language}`

/**
 * @param wanted the language the item is of, also where only a tombstone in another is left of it
 * @param whole false for an item in a list: everything but the text and what hangs on it
 */
export function ninjs(config: ChannelConfig, entry: Entry, wanted: Language, whole: boolean): NinjsItem {
  const item = { ...head(config, entry, wanted, whole), ...body(config, entry, whole) }
  return tidy(item) as NinjsItem
}

function head(config: ChannelConfig, entry: Entry, wanted: Language, whole: boolean): NinjsItem {
  const { edition, state, language } = entry
  const live = state === 'public'
  return {
    uri: ninjsUri(config, edition, wanted),
    standard: STANDARD,
    type: 'text',
    representationType: whole ? 'full' : 'partial',
    profile: 'release',
    version: String(edition.number),
    firstCreated: entry.published,
    versionCreated: entry.updated,
    pubStatus: live ? 'usable' : 'canceled',
    language,
    urgency: live ? URGENCY[edition.content?.core.urgency ?? 'normal'] : URGENCY.critical,
    title: entry.title,
    headlines: [{ role: 'main', contentType: 'text/plain', value: entry.title }],
    edNote: edNote(entry),
    altIds: altIds(config, entry),
    renditions: [
      { name: 'web', href: entry.url, contentType: 'text/html', title: entry.title },
      whole
        ? {
            name: 'receipt',
            href: `${config.publicUrl}${edition.address}receipt.json`,
            contentType: 'application/json',
          }
        : { name: 'full', href: ninjsAddress(config, edition, wanted), contentType: 'application/json' },
    ],
  }
}

/** What must not be missed by whoever takes the item in: that it is no real event, or that the text they have is to go. */
function edNote({ edition, state, language }: Entry): string | undefined {
  const words = wordsFor(language)
  const notes = [
    ...(edition.mode === 'live' ? [] : [t(words, `feeds.note.${edition.mode}`)]),
    ...(state === 'public' ? [] : [t(words, 'feeds.ninjs.kill')]),
  ]
  return notes.length > 0 ? notes.join(' ') : undefined
}

function altIds(config: ChannelConfig, { edition, state }: Entry) {
  const { documentNumber } = (state === 'public' && edition.content?.core) || {}
  return [
    { role: 'release', value: edition.releaseNumber },
    { role: 'guid', value: entryId(config, edition) },
    ...(documentNumber ? [{ role: 'document', value: documentNumber }] : []),
    ...(state === 'public' ? [{ role: 'sha-256', value: edition.hash }] : []),
  ]
}

function body(config: ChannelConfig, entry: Entry, whole: boolean) {
  const { edition, state, language } = entry
  const bodies = [
    { role: 'main', contentType: 'text/html', value: entry.html() },
    { role: 'plain', contentType: 'text/plain', value: plainText(entry.html()) },
  ]
  if (state !== 'public') return { bodies }
  const agency = nameIn(edition.agency.name, language)
  return {
    ...(whole ? { bodies, associations: associations(config, entry) } : {}),
    descriptions: descriptions(entry),
    by: agency,
    copyrightHolder: agency,
    usageTerms: t(wordsFor(language), 'feeds.ninjs.usage', { agency }),
    located: edition.areas[0] && nameIn(edition.areas[0].name, language),
    expires: edition.content?.core.expiresAt,
    organisations: [publisher(config, entry, agency)],
    infoSources: [{ name: agency, role: 'originator', uri: listUri(config, entry, `agencies/${edition.agency.slug}`) }],
    genres: [{ name: t(wordsFor(language), `feeds.kind.${edition.kind}`), literal: edition.kind }],
    subjects: subjects(config, entry),
    places: edition.areas.map((a) => ({
      name: nameIn(a.name, language),
      rel: 'affects',
      uri: listUri(config, entry, `areas/${a.code}`),
      literal: a.code,
    })),
  }
}

const listUri = (config: ChannelConfig, { edition, language }: Entry, list: string): string =>
  config.publicUrl +
  pathTo({ mode: edition.mode }, wordsFor(language), `/${list.split('/').map(encodeURIComponent).join('/')}/`)

function descriptions({ edition, language, summary }: Entry) {
  const part = edition.content?.parts[language]
  const note = part && changeNote(edition, part)?.trim()
  return [
    ...(note ? [{ role: 'change', contentType: 'text/plain', value: note }] : []),
    { role: 'summary', contentType: 'text/plain', value: summary },
  ]
}

function publisher(config: ChannelConfig, entry: Entry, name: string) {
  const ways = (c: Contact) => [
    ...(c.phone ? [{ type: 'phone', value: c.phone }] : []),
    ...(c.email ? [{ type: 'email', value: c.email }] : []),
  ]
  const all = entry.edition.content?.core.contacts ?? []
  return {
    name,
    rel: 'publisher',
    uri: listUri(config, entry, `agencies/${entry.edition.agency.slug}`),
    contactInfo: all.flatMap((c) => ways(c).map((way) => ({ ...way, role: c.audience, name: c.label }))),
  }
}

function subjects(config: ChannelConfig, entry: Entry) {
  const { edition, language } = entry
  const label = t(wordsFor(language), 'feeds.ninjs.disaster')
  return [
    ...(EMERGENCIES.includes(edition.kind) ? [{ name: label, rel: 'about', uri: DISASTER }] : []),
    ...edition.topics.map((topic) => ({
      name: nameIn(topic.name, language),
      rel: 'about',
      uri: listUri(config, entry, `topics/${topic.slug}`),
      literal: topic.slug,
    })),
  ]
}

/** Attachments, the release's other languages, and the alert. */
function associations(config: ChannelConfig, entry: Entry): NinjsItem[] {
  const { edition, language } = entry
  const others = languagesIn(edition).filter((l) => l !== language)
  return [
    ...entry.enclosures.map(attached),
    ...others.map((l) => ({
      uri: ninjsUri(config, edition, l),
      name: OWN_NAME[l],
      rel: 'translation',
      type: 'text',
      language: l,
      renditions: [{ name: 'full', href: ninjsAddress(config, edition, l), contentType: 'application/json' }],
    })),
    ...(entry.cap ? [alert(config, entry, entry.cap)] : []),
  ]
}

const NATURE: Record<string, string> = { image: 'picture', audio: 'audio', video: 'video' }

const attached = (file: Enclosure): NinjsItem => ({
  uri: file.url,
  name: file.title,
  rel: 'attachment',
  type: NATURE[file.type.split('/')[0] ?? ''] ?? 'text',
  renditions: [
    { name: 'original', href: file.url, contentType: file.type, title: file.title, sizeInBytes: file.bytes },
  ],
})

const alert = (config: ChannelConfig, { edition }: Entry, href: string): NinjsItem => ({
  uri: capEntryId(config, capIdentifier(edition)),
  name: 'CAP 1.2',
  rel: 'alert',
  type: 'component',
  renditions: [{ name: 'cap', href, contentType: CAP_TYPE.split(';')[0] }],
})

/** Without what is undefined, and with text a strict reader takes: no half characters, no controls. */
function tidy(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value)
  if (Array.isArray(value)) return value.map(tidy)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([, v]) => v !== undefined && !(Array.isArray(v) && v.length === 0))
  return Object.fromEntries(kept.map(([key, v]) => [key, tidy(v)]))
}
