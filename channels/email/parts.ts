/** A letter as HTML (MJML slots filled) and as complete plain text. Pure but for the compiled template it is handed. */
import { escapeHtml, sanitise, textToHtml } from '../../src/lib/html.ts'
import { type Lang, t } from '../../templates/words/index.ts'
import { fill } from './compile.ts'
import type { Letter, Section } from './letter.ts'

/** Both links carry the subscriber's token; in a template they carry its placeholder. */
export type Links = { preferences: string; leave: string }

/** Ground and ink of each warning level; every pair is above 4.5 : 1. */
const LEVEL_COLOURS = {
  red: ['#a8231a', '#ffffff'],
  orange: ['#b04a00', '#ffffff'],
  yellow: ['#f2c200', '#1b2420'],
  blue: ['#0b5a7d', '#ffffff'],
} as const

export function htmlPart(compiled: string, letter: Letter, links: Links): string {
  const { lang } = letter
  const note = letter.note ? flowing(textToHtml(letter.note), letter) : ''
  return fill(compiled, {
    text: {
      ...wordSlots(lang, letter),
      lang: letter.language,
      title: letter.title,
      preview: oneLinePreview(letter),
      mark: letter.mark,
      site: letter.site,
      mode: letter.mode,
      band: letter.band,
      link: letter.link,
      number: letter.number,
      edition: letter.edition,
      published: letter.published,
      preferences: links.preferences,
      leave: links.leave,
    },
    html: {
      flow: vertical(letter) ? ' class="mong"' : '',
      level: levelChip(letter),
      facts: factTable(letter),
      change: note,
      reason: note,
      advice: letter.advice ? flowing(section(letter.advice), letter) : '',
      content: contentHtml(letter),
    },
  })
}

const wordSlots = (lang: Lang, letter: Letter): Record<string, string> => ({
  'words.read': t(lang, 'mail.link.read'),
  'words.number': t(lang, 'mail.fact.number'),
  'words.verify': t(lang, 'mail.foot.verify'),
  'words.why': t(lang, 'mail.foot.why', { site: letter.site }),
  'words.preferences': t(lang, 'mail.link.preferences'),
  'words.leave': t(lang, 'mail.link.leave'),
  'words.changed': t(lang, 'mail.section.changed'),
  'words.reason': t(lang, 'mail.section.reason'),
  'words.lead': leadOf(letter),
})

const leadOf = ({ template, lang, number }: Letter): string =>
  template === 'release' ? '' : t(lang, `mail.${template}.lead`, { number })

const vertical = (letter: Pick<Letter, 'language'>): boolean => letter.language === 'mn-Mong-CN'

/** Traditional Mongolian runs in columns where the mail program can; elsewhere it stays readable on its side. */
export const flowing = (html: string, letter: Pick<Letter, 'language'>): string =>
  vertical(letter) ? `<div class="mong">${html}</div>` : html

export const section = ({ heading, text }: Section): string => `<h2>${escapeHtml(heading)}</h2>${textToHtml(text)}`

export function levelChip({ level }: Pick<Letter, 'level'>): string {
  if (!level) return ''
  const [ground, ink] = LEVEL_COLOURS[level.name]
  return `<p style="margin:0 0 8px"><span style="display:inline-block;background-color:${ground};color:${ink};font-weight:700;font-size:15px;border-radius:3px;padding:3px 10px">${escapeHtml(level.word)}</span></p>`
}

const factTable = ({ facts }: Letter): string =>
  `<table class="facts" style="border-collapse:collapse">${facts
    .map(([label, value]) => `<tr><th scope="row">${escapeHtml(label)}</th><td>${escapeHtml(value)}</td></tr>`)
    .join('')}</table>`

function contentHtml(letter: Letter): string {
  const { lang } = letter
  const told = [
    letter.summary ? textToHtml(letter.summary) : '',
    ...letter.sections.map(section),
    sanitise(letter.body).html,
    letter.signature ? textToHtml(letter.signature) : '',
  ].join('')
  return [
    told ? flowing(told, letter) : '',
    list(
      t(lang, 'mail.section.contacts'),
      letter.contacts.map((line) => escapeHtml(line)),
    ),
    list(
      t(lang, 'mail.section.attachments'),
      letter.attachments.map((a) => `<a href="${escapeHtml(a.url)}">${escapeHtml(a.name)}</a>`),
    ),
  ].join('')
}

const list = (heading: string, items: string[]): string =>
  items.length ? `<h2>${escapeHtml(heading)}</h2><ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>` : ''

/** What a mail program shows behind the subject: what to do, before what happened. */
const oneLinePreview = (letter: Letter): string =>
  [...(letter.note || letter.advice?.text || letter.summary || letter.sections[0]?.text || '').replace(/\s+/g, ' ')]
    .slice(0, 110)
    .join('')

export function textPart(letter: Letter, links: Links): string {
  const { lang } = letter
  const heading = (text: string): string => (lang === 'zh' ? `【${text}】` : text.toUpperCase())
  const noteHeading = letter.template === 'withdrawal' ? 'mail.section.reason' : 'mail.section.changed'
  const blocks = [
    letter.mark,
    `驿 ${letter.site}`,
    letter.mode,
    letter.band,
    ...(letter.template === 'correction' ? [heading(t(lang, noteHeading)), letter.note, leadOf(letter)] : []),
    letter.level?.word ?? '',
    letter.title,
    ...(letter.template === 'withdrawal' ? [leadOf(letter), ...noteBlocks(letter, heading(t(lang, noteHeading)))] : []),
    letter.facts.map(([label, value]) => `${label}${lang === 'zh' ? '：' : ': '}${value}`).join('\n'),
    ...(letter.advice ? [heading(letter.advice.heading), letter.advice.text] : []),
    letter.summary,
    ...letter.sections.flatMap((s) => [heading(s.heading), s.text]),
    letter.bodyText,
    letter.signature,
    ...listText(heading(t(lang, 'mail.section.contacts')), letter.contacts),
    ...listText(
      heading(t(lang, 'mail.section.attachments')),
      letter.attachments.map((a) => a.name),
    ),
    `${t(lang, 'mail.link.read')}\n${letter.link}`,
    `-- \n${t(lang, 'mail.fact.number')} ${letter.number} · ${letter.edition} · ${letter.published}`,
    t(lang, 'mail.foot.verify'),
    t(lang, 'mail.foot.why', { site: letter.site }),
    `${t(lang, 'mail.link.preferences')}\n${links.preferences}`,
    `${t(lang, 'mail.link.leave')}\n${links.leave}`,
  ]
  return `${blocks
    .map((block) => block.replace(/\r\n?/g, '\n').trimEnd())
    .filter(Boolean)
    .join('\n\n')}\n`
}

const noteBlocks = (letter: Letter, heading: string): string[] => (letter.note ? [heading, letter.note] : [])
const listText = (heading: string, items: string[]): string[] =>
  items.length ? [heading, items.map((item) => `- ${item}`).join('\n')] : []
