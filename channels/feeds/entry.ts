/** What a feed says of one release, before any format is chosen. */
import type { ChannelConfig } from '../../src/delivery/channel.ts'
import { wallMinute, withOffset } from '../../src/lib/clock.ts'
import { plainText } from '../../src/lib/html.ts'
import { cleanText, el } from '../../src/lib/xml.ts'
import type { Edition, Language } from '../../src/publication/edition.ts'
import { filePath } from '../../templates/page/article.tsx'
import { goneAt, goneWord, linkOnly } from '../../templates/page/display.ts'
import { t } from '../../templates/words/index.ts'
import { entryId, pagePath } from './addresses.ts'
import { contentHtml } from './content-html.ts'
import { languagesIn, nameIn, prefixed, type Spoken, spoken, wordsFor } from './wording.ts'

export type Category = { scheme: 'topic' | 'area' | 'kind' | 'urgency'; term: string; label: string }
export type Enclosure = { url: string; type: string; bytes: number; title: string }

export type Entry = {
  /** Names the release; the same through every edition. */
  id: string
  /** public: full text. withdrawn: the approved reason only. takedown: number and time only. */
  state: 'public' | 'withdrawn' | 'takedown'
  url: string
  language: Language
  title: string
  summary: string
  html: string
  published: string
  updated: string
  /** Name of the agency, never of a person; '' after a takedown. */
  author: string
  categories: Category[]
  alternates: { language: Language; url: string }[]
  enclosures: Enclosure[]
  edition: Edition
}

/** Characters of a summary made from the text, where nobody wrote one. */
const SUMMARY = 200

const stateOf = (edition: Edition): Entry['state'] =>
  edition.type === 'withdrawal' && edition.content ? 'withdrawn' : publicOr(edition)
const publicOr = (edition: Edition): Entry['state'] =>
  edition.type === 'takedown' || edition.type === 'withdrawal' || !edition.content ? 'takedown' : 'public'

/** The entry of a release in the wanted language, else in its first. */
export function entryOf(config: ChannelConfig, edition: Edition, wanted?: Language): Entry {
  const state = stateOf(edition)
  const voice = spoken(edition, wanted)
  if (state === 'takedown' || !voice) return takenDown(config, edition, wanted ?? 'zh-CN')
  if (state === 'withdrawn') return withdrawn(config, edition, voice)
  return linkOnly(edition) ? pointed(config, edition, voice) : full(config, edition, voice)
}

function bare(config: ChannelConfig, edition: Edition, language: Language) {
  return {
    id: entryId(config, edition),
    url: config.publicUrl + pagePath(edition, language, language),
    language,
    summary: '',
    published: edition.firstPublishedAt,
    updated: goneAt(edition),
    author: '',
    categories: [],
    alternates: [],
    enclosures: [],
    edition,
  }
}

function takenDown(config: ChannelConfig, edition: Edition, language: Language): Entry {
  const words = wordsFor(language)
  const what = goneWord(edition) === 'ended' ? 'ended' : 'takedown'
  const kept = edition.ended?.titles[language] ?? edition.ended?.titles['zh-CN']
  const number = kept ? `${edition.releaseNumber} · ${kept}` : edition.releaseNumber
  const at = goneAt(edition)
  const time = `${wallMinute(at, config.site.offset)} (${withOffset(at, config.site.offset).slice(19)})`
  return {
    ...bare(config, edition, language),
    state: 'takedown',
    title: prefixed(edition.mode, language, t(words, `feeds.${what}.title`, { number })),
    html: el('p', {}, t(words, `feeds.${what}.text`, { number, time })).markup,
  }
}

/** Title by number, text by the reason somebody approved; whatever else the part may still hold is not looked at. */
function withdrawn(config: ChannelConfig, edition: Edition, { language, part }: Spoken): Entry {
  const title = t(wordsFor(language), 'feeds.withdrawal.title', { number: edition.releaseNumber })
  return {
    ...bare(config, edition, language),
    state: 'withdrawn',
    title: prefixed(edition.mode, language, title),
    html: el('p', {}, part.withdrawalReason ?? '').markup,
    author: nameIn(edition.agency.name, language),
  }
}

function full(config: ChannelConfig, edition: Edition, voice: Spoken): Entry {
  const { language, part } = voice
  const first = spoken(edition)?.language ?? language
  const others = languagesIn(edition).filter((l) => l !== language)
  return {
    ...bare(config, edition, language),
    state: 'public',
    url: config.publicUrl + pagePath(edition, language, first),
    title: prefixed(edition.mode, language, cleanText(part.title)),
    summary: prefixed(edition.mode, language, summaryOf(voice)),
    html: contentHtml(config, edition, voice),
    author: nameIn(edition.agency.name, language),
    categories: categoriesOf(edition, language),
    alternates: others.map((l) => ({ language: l, url: config.publicUrl + pagePath(edition, l, first) })),
    enclosures: (edition.content?.attachments ?? []).map((f) => ({
      url: config.publicUrl + filePath(edition, f),
      type: f.type,
      bytes: f.bytes,
      title: f.title || f.name,
    })),
  }
}

/** Of what ends by itself a feed says where and until when it is on display: what readers have copied cannot be called back. */
function pointed(config: ChannelConfig, edition: Edition, voice: Spoken): Entry {
  const { language, part } = voice
  const words = wordsFor(language)
  const until = wallMinute(edition.content?.core.displayUntil as string, config.site.offset)
  const said = { agency: nameIn(edition.agency.name, language), number: edition.releaseNumber, until }
  const text = t(words, 'feeds.display.text', said)
  const title = config.site.gov?.endedTitle === 'keep' ? cleanText(part.title) : t(words, 'feeds.display.title', said)
  return {
    ...full(config, edition, voice),
    title: prefixed(edition.mode, language, title),
    summary: prefixed(edition.mode, language, text),
    html: el('p', {}, text).markup,
    enclosures: [],
  }
}

function summaryOf({ part }: Spoken): string {
  if (part.summary?.trim()) return cleanText(part.summary.trim())
  const text = cleanText(part.blocks.advice || part.blocks.facts || plainText(part.body) || part.title)
  const points = [...text.replace(/\s+/g, ' ').trim()]
  return points.length > SUMMARY ? `${points.slice(0, SUMMARY - 1).join('')}…` : points.join('')
}

function categoriesOf(edition: Edition, language: Language): Category[] {
  const words = wordsFor(language)
  const urgency = edition.content?.core.urgency ?? 'normal'
  return [
    { scheme: 'kind', term: edition.kind, label: t(words, `feeds.kind.${edition.kind}`) },
    { scheme: 'urgency', term: urgency, label: t(words, `feeds.urgency.${urgency}`) },
    ...edition.topics.map((x) => ({ scheme: 'topic' as const, term: x.slug, label: nameIn(x.name, language) })),
    ...edition.areas.map((x) => ({ scheme: 'area' as const, term: x.code, label: nameIn(x.name, language) })),
  ]
}
