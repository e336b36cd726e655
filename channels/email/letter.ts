/** What a mail says, before it is HTML or text: one model, so that the two parts cannot differ. Pure. */

import type { ChannelConfig } from '../../src/delivery/channel.ts'
import { wallMinute } from '../../src/lib/clock.ts'
import { plainText, sanitise } from '../../src/lib/html.ts'
import { restOf } from '../../src/lib/placed.ts'
import type { BlockName, Contact, Edition, Language, Part, WarningLevel } from '../../src/publication/edition.ts'
import { changeWordOf, saysCorrection } from '../../templates/page/change-word.ts'
import { linkOnly } from '../../templates/page/display.ts'
import { picturesInWords } from '../../templates/page/placed.ts'
import { type Lang, t } from '../../templates/words/index.ts'

export type Section = { heading: string; text: string }

export type Letter = {
  template: 'release' | 'correction' | 'withdrawal'
  language: Language
  lang: Lang
  subject: string
  title: string
  summary: string
  mark: string
  site: string
  /** 演练 / 测试, or '' when live. */
  mode: string
  band: string
  level?: { name: WarningLevel; word: string }
  facts: [label: string, value: string][]
  /** What has changed (correction) or why it was withdrawn (withdrawal), plain text. */
  note: string
  advice?: Section
  sections: Section[]
  /** Sanitised HTML, pictures in words: a picture fetched from us would tell who opened the mail. */
  body: string
  signature: string
  contacts: string[]
  /** The body as the plain part reads it. */
  bodyText: string
  attachments: { name: string; url: string }[]
  link: string
  number: string
  edition: string
  published: string
}

const AFTER_ADVICE: BlockName[] = ['claim', 'whenWhere', 'facts', 'actions', 'cause']

/** Labels are Chinese or English; a Mongolian letter has Chinese labels round its own text. */
export const langOf = (language: Language): Lang => (language === 'en' ? 'en' : 'zh')

/** One line: no control character may reach a header. */
export const oneLine = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim()

/** The subject of an edition's mail in one language: 演练：更正：… (the title of a withdrawn release is not repeated). */
export function subjectOf(edition: Edition, language: Language, keepTitle = false): string {
  const lang = langOf(language)
  const mode = edition.mode === 'live' ? '' : t(lang, `mail.prefix.${edition.mode}`)
  if (edition.type === 'withdrawal') {
    return `${mode}${t(lang, 'mail.prefix.withdrawal')}${t(lang, 'mail.subject.withdrawal', { number: edition.releaseNumber })}`
  }
  const kind = saysCorrection(edition) ? t(lang, 'mail.prefix.correction') : ''
  if (linkOnly(edition) && !keepTitle) {
    const agency = named(edition.agency.name, lang)
    return oneLine(`${mode}${kind}${t(lang, 'mail.display.subject', { agency, number: edition.releaseNumber })}`)
  }
  // A title of nothing that can be shown would be a mail without a subject.
  const title = oneLine(edition.content?.parts[language]?.title ?? '') || edition.releaseNumber
  return oneLine(`${mode}${kind}${title}`)
}

/** The letter for one language of an edition. Throws where the edition has no such language or shows nothing any more. */
export function letterOf(edition: Edition, language: Language, config: ChannelConfig): Letter {
  const part = edition.content?.parts[language]
  if (!edition.content || !part) throw new Error(`edition ${edition.id} has no part in ${language}`)
  const lang = langOf(language)
  if (linkOnly(edition)) return displayLetter(edition, language, config)
  const gone = edition.type === 'withdrawal'
  const template = gone ? 'withdrawal' : edition.type === 'correction' ? 'correction' : 'release'
  const { core, attachments } = edition.content
  return {
    template,
    language,
    lang,
    subject: subjectOf(edition, language),
    title: gone ? t(lang, 'mail.withdrawal.title', { number: edition.releaseNumber }) : oneLine(part.title),
    summary: gone ? '' : (part.summary ?? ''),
    mark: config.site.mark,
    site: lang === 'zh' ? config.site.nameZh : config.site.nameEn,
    mode: edition.mode === 'live' ? '' : t(lang, `mail.band.${edition.mode}`),
    band: bandOf(edition, template, lang),
    ...(core.warningLevel && !gone
      ? { level: { name: core.warningLevel, word: t(lang, `mail.level.${core.warningLevel}`) } }
      : {}),
    facts: gone ? goneFacts(edition, lang) : factsOf(config, edition, lang),
    note: (gone ? part.withdrawalReason : part.changeNote) ?? '',
    ...(gone || !part.blocks.advice
      ? {}
      : { advice: { heading: t(lang, 'mail.block.advice'), text: part.blocks.advice } }),
    sections: gone ? [] : sectionsOf(part, lang),
    body: gone ? '' : picturesInWords(sanitise(part.body).html, `${config.publicUrl}${edition.address}`),
    bodyText: gone ? '' : plainText(sanitise(part.body).html),
    signature: gone ? '' : (part.signature ?? ''),
    contacts: gone ? [] : core.contacts.map((contact) => contactLine(contact, lang)),
    attachments: gone
      ? []
      : restOf(attachments, part.body).map((a) => ({
          name: a.title || a.name,
          url: `${config.publicUrl}${edition.address}`,
        })),
    link: `${config.publicUrl}${edition.address}`,
    number: edition.releaseNumber,
    edition: t(lang, 'mail.edition', { n: edition.number }),
    published: wallMinute(edition.publishedAt, config.site.offset),
  }
}

/** A 公示 in a mailbox would stay for ever: the letter says who shows what number until when, and where (story 5). */
function displayLetter(edition: Edition, language: Language, config: ChannelConfig): Letter {
  const lang = langOf(language)
  const keepTitle = config.site.gov?.endedTitle === 'keep'
  const agency = named(edition.agency.name, lang)
  const said = { agency, number: edition.releaseNumber }
  const until = wallMinute(edition.content?.core.displayUntil as string, config.site.offset)
  const template = edition.type === 'correction' ? 'correction' : 'release'
  return {
    template,
    language,
    lang,
    subject: subjectOf(edition, language, keepTitle),
    title: keepTitle ? oneLine(edition.content?.parts[language]?.title ?? '') : t(lang, 'mail.display.subject', said),
    summary: t(lang, 'mail.display.lead', { until }),
    mark: config.site.mark,
    site: lang === 'zh' ? config.site.nameZh : config.site.nameEn,
    mode: edition.mode === 'live' ? '' : t(lang, `mail.band.${edition.mode}`),
    band: bandOf(edition, template, lang),
    facts: [
      [t(lang, 'mail.fact.agency'), agency],
      [t(lang, 'mail.display.until'), until],
    ],
    note: template === 'correction' ? t(lang, 'mail.display.changed') : '',
    sections: [],
    body: '',
    bodyText: '',
    signature: '',
    contacts: [],
    attachments: [],
    link: `${config.publicUrl}${edition.address}`,
    number: edition.releaseNumber,
    edition: t(lang, 'mail.edition', { n: edition.number }),
    published: wallMinute(edition.publishedAt, config.site.offset),
  }
}

function bandOf(edition: Edition, template: Letter['template'], lang: Lang): string {
  const word =
    template === 'release' ? '' : t(lang, `mail.band.${template === 'correction' ? changeWordOf(edition) : template}`)
  const flash = edition.lane === 'flash' ? t(lang, 'mail.band.flash') : ''
  return [flash, word].filter(Boolean).join(' · ')
}

const named = (name: { zh: string; en: string }, lang: Lang): string => (lang === 'zh' ? name.zh : name.en)

function factsOf({ publicUrl, site }: ChannelConfig, edition: Edition, lang: Lang): Letter['facts'] {
  const core = edition.content!.core
  const { offset } = site
  const source = core.repostOf
  const time = (iso: string | undefined): string => (iso ? wallMinute(iso, offset) : '')
  const rows: [string, string][] = [
    ['agency', named(edition.agency.name, lang)],
    [
      'source',
      source ? `${named(source.agencyName, lang)} ${time(source.publishedAt)} ${publicUrl}${source.address}` : '',
    ],
    ['kind', t(lang, `mail.kind.${edition.kind}`)],
    ['asOf', time(core.asOf)],
    ['published', time(edition.publishedAt)],
    ['nextUpdate', time(core.nextUpdateAt)],
    ['expires', time(core.expiresAt)],
    ['areas', edition.areas.map((area) => named(area.name, lang)).join(lang === 'zh' ? '、' : ', ')],
    ['document', core.documentNumber ?? ''],
  ]
  return rows.filter(([, value]) => value !== '').map(([key, value]) => [t(lang, `mail.fact.${key}`), value])
}

const goneFacts = (edition: Edition, lang: Lang): Letter['facts'] => [
  [t(lang, 'mail.fact.agency'), named(edition.agency.name, lang)],
]

const sectionsOf = (part: Part, lang: Lang): Section[] =>
  AFTER_ADVICE.flatMap((name) => {
    const text = part.blocks[name]
    return text ? [{ heading: t(lang, `mail.block.${name}`), text }] : []
  })

function contactLine(contact: Contact, lang: Lang): string {
  const who = contact.audience === 'press' ? `${t(lang, 'mail.contact.press')} · ${contact.label}` : contact.label
  return oneLine([who, contact.phone, contact.email].filter(Boolean).join('  '))
}
