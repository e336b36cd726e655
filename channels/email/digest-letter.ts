/** What a digest says, before it is HTML or text: one model, so that the two parts cannot differ. Pure. */
import type { ChannelConfig, DigestPeriod } from '../../src/delivery/channel.ts'
import { wallMinute } from '../../src/lib/clock.ts'
import { plainText, sanitise } from '../../src/lib/html.ts'
import type { Edition, Language, Part } from '../../src/publication/edition.ts'
import { linkOnly } from '../../templates/page/display.ts'
import { type Lang, t } from '../../templates/words/index.ts'
import { type Letter, langOf, oneLine, type Section } from './letter.ts'

export type DigestItem = {
  /** The language its text is in, which may not be the digest's. */
  language: Language
  title: string
  /** 更正, 已过有效期 …; '' where there is nothing to be said first. */
  band: string
  level?: Letter['level']
  /** Agency, kind, time, areas. */
  facts: string[]
  advice?: Section
  summary: string
  link: string
  number: string
}

export type DigestLetter = {
  language: Language
  lang: Lang
  subject: string
  title: string
  lead: string
  mark: string
  site: string
  mode: string
  items: DigestItem[]
}

const FALL_BACK: Language[] = ['zh-CN', 'mn-Mong-CN', 'en']
/** Letters of a text without a summary that are shown of it, and of a title in the subject. */
const EXTRACT = 220
const TITLE = 80

export function digestLetterOf(
  editions: Edition[],
  language: Language,
  period: DigestPeriod,
  config: ChannelConfig,
): DigestLetter {
  const lang = langOf(language)
  const items = editions.flatMap((edition) => itemOf(edition, language, period, config) ?? [])
  const [first] = items
  const mode = editions[0]?.mode ?? 'live'
  if (!first) throw new Error('a digest of nothing')
  const site = lang === 'zh' ? config.site.nameZh : config.site.nameEn
  const what = t(lang, `mail.digest.${period.every}`)
  const subject = t(lang, `mail.digest.subject.${items.length === 1 ? 'one' : 'more'}`, {
    what,
    date: period.date,
    title: shortened(first.title, TITLE),
    n: items.length,
    more: items.length - 1,
  })
  return {
    language,
    lang,
    subject: oneLine(`${mode === 'live' ? '' : t(lang, `mail.prefix.${mode}`)}${subject}`),
    title: `${what} · ${period.date}`,
    lead: t(lang, 'mail.digest.lead', { site, n: items.length }),
    mark: config.site.mark,
    site,
    mode: mode === 'live' ? '' : t(lang, `mail.band.${mode}`),
    items,
  }
}

function itemOf(edition: Edition, wanted: Language, period: DigestPeriod, config: ChannelConfig): DigestItem | null {
  const lang = langOf(wanted)
  const language = [wanted, ...FALL_BACK].find((l) => edition.content?.parts[l])
  const part = language && edition.content?.parts[language]
  if (!edition.content || !language || !part) return null
  const { core } = edition.content
  const over = core.expiresAt !== undefined && core.expiresAt <= period.until
  const name = (named: { zh: string; en: string }) => (lang === 'zh' ? named.zh : named.en || named.zh)
  const bare = linkOnly(edition)
  const keepTitle = config.site.gov?.endedTitle === 'keep'
  const until = core.displayUntil ? wallMinute(core.displayUntil, config.site.offset) : ''
  const neutral = { agency: name(edition.agency.name), number: edition.releaseNumber }
  return {
    language,
    title: bare && !keepTitle ? t(lang, 'mail.display.subject', neutral) : oneLine(part.title),
    band: [
      edition.type === 'correction' ? t(lang, 'mail.band.correction') : '',
      over ? t(lang, 'mail.digest.expired') : '',
    ]
      .filter(Boolean)
      .join(' · '),
    ...(core.warningLevel
      ? { level: { name: core.warningLevel, word: t(lang, `mail.level.${core.warningLevel}`) } }
      : {}),
    facts: [
      name(edition.agency.name),
      t(lang, `mail.kind.${edition.kind}`),
      wallMinute(edition.publishedAt, config.site.offset),
      edition.areas.map((area) => name(area.name)).join(lang === 'zh' ? '、' : ', '),
    ].filter(Boolean),
    // What is over asks nobody to do anything.
    ...(part.blocks.advice && !over && !bare
      ? { advice: { heading: t(lang, 'mail.block.advice'), text: part.blocks.advice } }
      : {}),
    summary: bare ? t(lang, 'mail.display.lead', { until }) : summaryOf(part),
    link: `${config.publicUrl}${edition.address}`,
    number: edition.releaseNumber,
  }
}

function summaryOf(part: Part): string {
  if (part.summary?.trim()) return part.summary.trim()
  const said = [part.blocks.whenWhere, part.blocks.facts].filter(Boolean).join('\n\n')
  return shortened((said || plainText(sanitise(part.body).html)).trim(), EXTRACT)
}

const shortened = (text: string, most: number): string => {
  const letters = [...text]
  return letters.length <= most ? text : `${letters.slice(0, most).join('').trimEnd()}…`
}
