/** What a forwarding kit is made of: one edition in one language, and the few words every text of it begins and ends with. */
import { wallMinute } from '../../src/lib/clock.ts'
import type { Contact, Edition, Language, Named, Part, RepostOf } from '../../src/publication/edition.ts'
import { saysCorrection } from '../page/change-word.ts'
import { type Conference, hoursOf } from '../page/conference.tsx'
import { dayName } from '../page/site.ts'
import { type Lang, t } from '../words/index.ts'

/** The slice of the configuration a kit needs. */
export type KitSite = { publicUrl: string; site: { nameZh: string; nameEn: string; offset: string; mark: string } }

export type KitSource = {
  config: KitSite
  edition: Edition
  language: Language
  lang: Lang
  part: Part
  /** Without the word EXERCISE that `marks` says already. */
  title: string
  /** shown: the text; withdrawn: the reason alone; gone: number and time alone. */
  state: 'shown' | 'withdrawn' | 'gone'
  agency: string
  /** Where the text stands, whole. */
  url: string
  /** 【演练】 and the mark of a demonstration, ready to stand before a title; '' on a live site. */
  marks: string
  /** Labels have one language; in English those of another are given a plain one, which also keeps an SMS in the cheap alphabet. */
  hotlines: Contact[]
  repost: RepostOf | undefined
  /** A press conference: its hours, place, or that it is off. */
  conference: Conference | undefined
}

export const named = (name: Named, lang: Lang): string => name[lang] || name.zh

const FOLDER: Record<Language, string> = { 'zh-CN': 'zh/', 'mn-Mong-CN': 'mn/', en: 'en/' }
const ORDER: readonly Language[] = ['zh-CN', 'mn-Mong-CN', 'en']
const EMPTY: Part = { title: '', blocks: {}, body: '' }

export const kitLanguages = (edition: Edition): Language[] => {
  const found = ORDER.filter((l) => edition.content?.parts[l])
  return found.length ? found : ['zh-CN']
}

export function sourceOf(config: KitSite, edition: Edition, language: Language): KitSource {
  const lang: Lang = language === 'en' ? 'en' : 'zh'
  const part = edition.content?.parts[language]
  const first = kitLanguages(edition)[0]
  const state = stateOf(edition)
  const own = language === first || state !== 'shown' ? '' : FOLDER[language]
  const mode = edition.mode === 'live' ? '' : t(lang, `public.mode.${edition.mode}.prefix`)
  return {
    config,
    edition,
    language,
    lang,
    part: part ?? EMPTY,
    title: (part?.title ?? '').replace(new RegExp(`^${mode.trim()}\\s*`), ''),
    state,
    agency: named(edition.agency.name, lang),
    url: config.publicUrl + edition.address + own,
    marks: mode + (config.site.mark ? t(lang, 'kit.mark', { mark: config.site.mark }) : ''),
    hotlines: (edition.content?.core.contacts ?? [])
      .filter((c) => c.audience === 'public' && c.phone)
      .map((c) => (lang === 'en' && /[^\x20-\x7e]/.test(c.label) ? { ...c, label: t(lang, 'kit.call') } : c)),
    repost: edition.content?.core.repostOf,
    conference: state === 'shown' ? edition.content?.core.conference : undefined,
  }
}

const stateOf = (e: Edition): KitSource['state'] =>
  e.type === 'takedown' || e.content === null ? 'gone' : e.type === 'withdrawal' ? 'withdrawn' : 'shown'

/** 2026年11月24日14:30, or 2026-11-24 14:30. */
export function moment(iso: string, { lang, config }: Pick<KitSource, 'lang' | 'config'>): string {
  const wall = wallMinute(iso, config.site.offset)
  if (lang === 'en') return wall
  const [y, m, d] = wall.slice(0, 10).split('-').map(Number)
  return `${y}年${m}月${d}日${wall.slice(11)}`
}

/** 2026年11月25日 14:00–15:30 and the place as lines to read, or one line that it is off; none where there is no conference. */
export function conferenceLines({ conference, lang, config }: KitSource): string[] {
  if (!conference) return []
  if (conference.cancelled) return [t(lang, 'kit.conference.cancelled')]
  const { offset } = config.site
  const at = `${dayName(conference.startsAt, offset, lang)} ${hoursOf(conference, offset, lang)}`
  return [
    t(lang, 'kit.conference.held', { at }),
    ...(conference.place ? [t(lang, 'kit.conference.place', { place: conference.place })] : []),
  ]
}

/** 更正：, where this edition puts an earlier one right. */
export const changeWord = ({ edition, lang }: KitSource): string =>
  saysCorrection(edition) || edition.type === 'erratum' ? t(lang, 'kit.corrected') : ''

/** What is said in place of a text that is no longer public. */
export const takenBack = ({ edition, lang, state }: KitSource): string =>
  t(lang, state === 'withdrawn' ? 'kit.withdrawn' : 'kit.gone', { number: edition.releaseNumber })

/** 。 or . or ᠃ */
export const stopOf = (language: Language): string => (language === 'en' ? '.' : language === 'mn-Mong-CN' ? '᠃' : '。')
