/** Addresses and identifiers of feeds, entries and CAP messages. Everything that may never change is made here. */
import type { ChannelConfig } from '../../src/delivery/channel.ts'
import type { Edition, Language, ListKey, Mode } from '../../src/publication/edition.ts'
import { FOLDER, rootOf } from '../../templates/page/site.ts'

export { capIdentifier, capPath } from '../../templates/page/cap-address.ts'

export type FeedFormat = 'atom' | 'rss' | 'json'
export const FEED_TYPES: Record<FeedFormat, string> = {
  atom: 'application/atom+xml; charset=utf-8',
  rss: 'application/rss+xml; charset=utf-8',
  json: 'application/feed+json; charset=utf-8',
}
export const CAP_TYPE = 'application/cap+xml; charset=utf-8'

const segments = (path: string) => path.split('/').map(encodeURIComponent).join('/')

/** A list by the name its feeds have: topic/fire; everything in one language is en/all. */
export const feedName = (list: ListKey): string => {
  const language = languageOf(list)
  return language ? `${FOLDER[language]}all` : list
}

/** The language a list is of, where it is of one. */
export const languageOf = (list: ListKey): Language | undefined =>
  list.startsWith('language/') ? (list.slice('language/'.length) as Language) : undefined

/** Path as a person reads it: /feeds/topic/fire.atom, or with a page number /feeds/topic/fire/archive-3.atom */
export const feedPath = (mode: Mode, list: ListKey, format: FeedFormat, page: number | 'current'): string =>
  `${rootOf(mode)}/feeds/${feedName(list)}${page === 'current' ? '' : `/archive-${page}`}.${format}`

/** The same as an absolute address, percent-encoded as a request line carries it. */
export const feedAddress = (config: ChannelConfig, ...of: Parameters<typeof feedPath>): string =>
  config.publicUrl + segments(feedPath(...of))

export const capIndexPath = (mode: Mode, format: 'atom' | 'rss' = 'atom'): string =>
  `${rootOf(mode)}/cap/index.${format}`

export const capCertificatePath = (mode: Mode): string => `${rootOf(mode)}/cap/certificate.pem`

/** /ninjs/2026-000042/zh.json ; folders as the pages have them. */
export const ninjsPath = (edition: Edition, language: Language): string =>
  `${rootOf(edition.mode)}/ninjs/${edition.releaseNumber}/${FOLDER[language].slice(0, -1)}.json`
export const ninjsAddress = (config: ChannelConfig, edition: Edition, language: Language): string =>
  config.publicUrl + segments(ninjsPath(edition, language))

/** The latest releases, each in its first language or all in one: /ninjs/all.json /ninjs/en.json */
export const ninjsListPath = (mode: Mode, language?: Language): string =>
  `${rootOf(mode)}/ninjs/${language ? FOLDER[language].slice(0, -1) : 'all'}.json`

/** Path of a release's page in one language; the first language has the bare address, which carries its mode's root. */
export const pagePath = (edition: Edition, language: Language, first: Language): string =>
  edition.address + (language === first ? '' : FOLDER[language])

/** Host without port, as RFC 4151 wants its authority. */
const hostOf = (config: ChannelConfig): string => new URL(config.publicUrl).hostname

/** tag:<host>,2026:<what> (RFC 4151). The date is part of the name and stays as it is for ever. */
const tag = (config: ChannelConfig, what: string): string => `tag:${hostOf(config)},2026:${what}`

/** Names the release, never the edition, so that a reader sees one item through every correction (RFC 4287 §4.2.6). */
export const entryId = (config: ChannelConfig, edition: Edition): string =>
  tag(config, `${edition.mode === 'live' ? 'release' : edition.mode}/${edition.releaseNumber}`)

/** Names the list by its `feedName`; the current feed and its archives are one logical feed (RFC 5005 §4). */
export const feedId = (config: ChannelConfig, mode: Mode, name: string): string =>
  tag(config, `${mode === 'live' ? '' : `${mode}-`}feed/${segments(name)}`)

export const capEntryId = (config: ChannelConfig, identifier: string): string => tag(config, `cap/${identifier}`)

export const capSender = (config: ChannelConfig, edition: Edition): string =>
  `${edition.agency.slug.replace(/[^\w.-]/g, '-') || 'agency'}@${hostOf(config)}`
