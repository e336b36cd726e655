/** A digest as finished bytes with tokens of fixed length: the same mail for all who read the same releases in one language. Pure. */
import type { ChannelConfig, DigestPeriod } from '../../src/delivery/channel.ts'
import { escapeHtml, textToHtml } from '../../src/lib/html.ts'
import { sha256 } from '../../src/lib/id.ts'
import type { Edition, Language } from '../../src/publication/edition.ts'
import { t } from '../../templates/words/index.ts'
import { mailHost } from './address.ts'
import { fill, template } from './compile.ts'
import { type DigestItem, type DigestLetter, digestLetterOf } from './digest-letter.ts'
import { flowing, type Links, levelChip, section } from './parts.ts'
import { finish, ready } from './render.ts'
import type { MailTemplate } from './splice.ts'

/** Rejects where none of the editions shows anything any more. */
export async function digest(
  editions: Edition[],
  language: Language,
  period: DigestPeriod,
  config: ChannelConfig,
): Promise<MailTemplate> {
  const letter = digestLetterOf(editions, language, period, config)
  const compiled = await template('digest')
  // Names the mail by what is in it, so that one sent again after a refusal is the same mail.
  const name = `digest-${sha256([period.every, period.until, ...editions.map((e) => e.id)].join(' ')).slice(0, 24)}`
  const releases = editions.map((e) => e.releaseId)
  return finish(config, {
    about: { editionId: '', releaseId: releases[0] as string, also: releases.slice(1), flash: false },
    language,
    subject: letter.subject,
    text: (links) => digestText(letter, links),
    html: (links) => digestHtml(compiled, letter, links),
    date: period.until,
    name,
    feedback: `${period.date}:digest-${period.every}:routine`,
    headers: [ready('X-Ortoo-Digest', `${period.every} ${period.date} ${letter.items.length}`)],
    host: mailHost(config.publicUrl),
  })
}

function digestHtml(compiled: string, letter: DigestLetter, links: Links): string {
  const { lang } = letter
  return fill(compiled, {
    text: {
      lang: letter.language,
      title: letter.title,
      lead: letter.lead,
      preview: letter.items
        .map((i) => i.title)
        .join(' · ')
        .slice(0, 140),
      mark: letter.mark,
      site: letter.site,
      mode: letter.mode,
      'words.verify': t(lang, 'mail.digest.verify'),
      'words.why': t(lang, 'mail.digest.why', { site: letter.site }),
      'words.preferences': t(lang, 'mail.link.preferences'),
      'words.leave': t(lang, 'mail.link.leave'),
      preferences: links.preferences,
      leave: links.leave,
    },
    html: { items: letter.items.map((item) => itemHtml(item, letter)).join('') },
  })
}

function itemHtml(item: DigestItem, { lang }: DigestLetter): string {
  const link = escapeHtml(item.link)
  const tag = ` lang="${item.language}"`
  const title = `<h2 class="headline"${tag} style="font-size:19px;line-height:1.4;margin:0 0 4px"><a href="${link}" style="text-decoration:none">${escapeHtml(item.title)}</a></h2>`
  const advice = item.advice
    ? `<div class="tinted first" style="background-color:#fdf1e2;border-radius:4px;padding:12px 16px 4px;margin:0 0 10px"${tag}>${flowing(section(item.advice), item)}</div>`
    : ''
  return [
    '<div class="item" style="border-top:1px solid #dcdad2;padding:18px 0 10px">',
    item.band
      ? `<p class="said" style="color:#a8231a;font-weight:700;font-size:14px;margin:0 0 4px">${escapeHtml(item.band)}</p>`
      : '',
    item.level ? levelChip({ level: item.level }) : '',
    flowing(title, item),
    `<p class="when" style="font-size:14px;color:#55605a;margin:0 0 8px">${item.facts.map(escapeHtml).join(' · ')}</p>`,
    advice,
    item.summary ? `<div${tag}>${flowing(textToHtml(item.summary), item)}</div>` : '',
    `<p style="font-size:15px;margin:0 0 8px"><a href="${link}">${escapeHtml(t(lang, 'mail.digest.read'))}</a> <span class="when" style="color:#55605a;font-size:14px">${escapeHtml(item.number)}</span></p>`,
    '</div>',
  ].join('')
}

function digestText(letter: DigestLetter, links: Links): string {
  const { lang } = letter
  const blocks = [
    letter.mark,
    `驿 ${letter.site}`,
    letter.mode,
    letter.title,
    letter.lead,
    ...letter.items.flatMap((item, i) => itemText(item, i + 1, letter)),
    `-- \n${t(lang, 'mail.digest.verify')}`,
    t(lang, 'mail.digest.why', { site: letter.site }),
    `${t(lang, 'mail.link.preferences')}\n${links.preferences}`,
    `${t(lang, 'mail.link.leave')}\n${links.leave}`,
  ]
  return `${blocks
    .map((block) => block.replace(/\r\n?/g, '\n').trimEnd())
    .filter(Boolean)
    .join('\n\n')}\n`
}

function itemText(item: DigestItem, n: number, { lang }: DigestLetter): string[] {
  const said = [item.band, item.level?.word ?? ''].filter(Boolean).join(' · ')
  const heading = (text: string) => (lang === 'zh' ? `【${text}】` : text.toUpperCase())
  return [
    `${'─'.repeat(20)}\n${n}. ${item.title}`,
    said,
    item.facts.join(' · '),
    ...(item.advice ? [heading(item.advice.heading), item.advice.text] : []),
    item.summary,
    `${t(lang, 'mail.digest.read')} ${item.number}\n${item.link}`,
  ]
}
