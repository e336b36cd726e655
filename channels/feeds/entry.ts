/** What a feed says of one release, before any format is chosen. */
import type { ChannelConfig } from '../../src/delivery/channel.ts'
import { wallMinute, withOffset } from '../../src/lib/clock.ts'
import { plainText } from '../../src/lib/html.ts'
import { cleanText, el } from '../../src/lib/xml.ts'
import type { Edition, Language } from '../../src/publication/edition.ts'
import { filePath } from '../../templates/page/article.tsx'
import { changeWordOf } from '../../templates/page/change-word.ts'
import { goneAt, goneWord, linkOnly } from '../../templates/page/display.ts'
import { OWN_NAME } from '../../templates/page/site.ts'
import { t } from '../../templates/words/index.ts'
import { capIdentifier, capPath, entryId, pagePath } from './addresses.ts'
import { capTerms } from './cap-chain.ts'
import { contentHtml } from './content-html.ts'
import { changeNote, languagesIn, nameIn, prefixed, type Spoken, spoken, spokenBy, wordsFor } from './wording.ts'

export type Category = { scheme: 'topic' | 'area' | 'kind' | 'urgency'; term: string; label: string }
export type Enclosure = { url: string; type: string; bytes: number; title: string }

export type Entry = {
  /** Names the release; the same through every edition. */
  id: string
  /** public: full text. withdrawn: the approved reason only. takedown: number and time only. unspoken: no longer in this feed's language. */
  state: 'public' | 'withdrawn' | 'takedown' | 'unspoken'
  url: string
  language: Language
  title: string
  summary: string
  /** The full text, made when it is first asked for: most of what a long list shortens is never made. */
  html(): string
  /** Characters of it, about: what it is made from. */
  weight: number
  /** False where the document had no room for the text: `html` is the summary, what changed first, and the way to the page. */
  whole: boolean
  published: string
  updated: string
  /** Name of the agency, never of a person; '' after a takedown. */
  author: string
  categories: Category[]
  alternates: { language: Language; url: string }[]
  enclosures: Enclosure[]
  /** Address of the CAP message this edition is. */
  cap?: string
  edition: Edition
}

/** Characters of a summary made from the text, where nobody wrote one. */
const SUMMARY = 200

function stateOf(edition: Edition, wanted?: Language): Entry['state'] {
  if (edition.type === 'takedown' || !edition.content) return 'takedown'
  if (edition.type === 'withdrawal') return 'withdrawn'
  const there = wanted ? edition.content.parts[wanted] : spoken(edition)
  return there ? 'public' : wanted ? 'unspoken' : 'takedown'
}

/** The entry of a release in the wanted language and no other, or, where none is wanted, in its first. */
export function entryOf(config: ChannelConfig, edition: Edition, wanted?: Language): Entry {
  const state = stateOf(edition, wanted)
  switch (state) {
    case 'public': {
      const voice = spoken(edition, wanted) as Spoken
      return linkOnly(edition) ? pointed(config, edition, voice) : full(config, edition, voice)
    }
    case 'withdrawn':
      return withdrawn(config, edition, wanted)
    case 'takedown':
      return takenDown(config, edition, spokenBy(wanted ?? 'zh-CN'))
    case 'unspoken':
      return unspoken(config, edition, wanted as Language)
    default:
      return state satisfies never
  }
}

const paragraph = (text: string) => () => el('p', {}, text).markup

function once(make: () => string): () => string {
  let made: string | undefined
  return () => {
    made ??= make()
    return made
  }
}

function bare(config: ChannelConfig, edition: Edition, language: Language) {
  return {
    id: entryId(config, edition),
    url: config.publicUrl + edition.address,
    language,
    summary: '',
    whole: true,
    weight: 0,
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
    html: paragraph(t(words, `feeds.${what}.text`, { number, time })),
  }
}

/**
 * Title by number, text by the reason somebody approved; whatever else the part may still hold is not looked at. A reason
 * that was not given in the feed's language is left to the page. A Mongolian entry has its number for a title: our words
 * for it are Chinese.
 */
function withdrawn(config: ChannelConfig, edition: Edition, wanted?: Language): Entry {
  const voice = spoken(edition, wanted)
  const own = voice && (!wanted || voice.language === wanted) && voice.part.withdrawalReason?.trim() ? voice : null
  const language = own?.language ?? spokenBy(wanted ?? 'zh-CN')
  const words = wordsFor(language)
  const number = edition.releaseNumber
  const title = language === 'mn-Mong-CN' ? number : t(words, 'feeds.withdrawal.title', { number })
  const reason = own?.part.withdrawalReason ?? t(words, 'feeds.withdrawal.elsewhere')
  return {
    ...bare(config, edition, language),
    state: 'withdrawn',
    title: prefixed(edition.mode, language, title),
    html: paragraph(reason),
    author: nameIn(edition.agency.name, language),
  }
}

/** A translation that was taken back: those who have it must see that it no longer stands, and are led to what does. */
function unspoken(config: ChannelConfig, edition: Edition, wanted: Language): Entry {
  const language = spokenBy(wanted)
  const words = wordsFor(language)
  const number = edition.releaseNumber
  return {
    ...bare(config, edition, language),
    state: 'unspoken',
    title: prefixed(edition.mode, language, t(words, 'feeds.unspoken.title', { number })),
    html: paragraph(t(words, 'feeds.unspoken.text', { language: OWN_NAME[wanted] })),
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
    summary: prefixed(edition.mode, language, summaryOf(edition, voice)),
    html: once(() => contentHtml(config, edition, voice)),
    weight: part.body.length + Object.values(part.blocks).reduce((sum, text) => sum + text.length, 0),
    author: nameIn(edition.agency.name, language),
    categories: categoriesOf(edition, language),
    alternates: others.map((l) => ({ language: l, url: config.publicUrl + pagePath(edition, l, first) })),
    enclosures: (edition.content?.attachments ?? []).map((f) => ({
      url: config.publicUrl + filePath(edition, f),
      type: f.type,
      bytes: f.bytes,
      title: f.title || f.name,
    })),
    ...(capTerms(edition) ? { cap: config.publicUrl + capPath(edition.mode, capIdentifier(edition)) } : {}),
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
    html: paragraph(text),
    weight: 0,
    enclosures: [],
  }
}

/** What changed comes first here too: many readers show no more than this. */
function summaryOf(edition: Edition, voice: Spoken): string {
  const note = cleanText(changeNote(edition, voice.part) ?? '').trim()
  const summary = briefly(voice)
  if (!note) return summary
  if (voice.language === 'mn-Mong-CN') return `${note} ${summary}`
  const words = wordsFor(voice.language)
  return t(words, 'feeds.summary.changed', { type: t(words, `feeds.change.${changeWordOf(edition)}`), note, summary })
}

function briefly({ part }: Spoken): string {
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
