/** Letters to one person at their own request: the double opt-in, and the answer to who asks twice. No list, no tracking. */
import MailComposer from 'nodemailer/lib/mail-composer'
import type { ChannelConfig, ChannelDeps, Outcome, Welcome } from '../../src/delivery/channel.ts'
import { newId } from '../../src/lib/id.ts'
import type { Language } from '../../src/publication/edition.ts'
import { t } from '../../templates/words/index.ts'
import { bareAddress, helloName, mailHost, wireAddress } from './address.ts'
import { fill, template } from './compile.ts'
import { langOf, oneLine } from './letter.ts'
import { crlf, dotted } from './mime-text.ts'
import { noConnection, outcomeOf } from './outcome.ts'
import { badAddress } from './send.ts'
import { type SmtpLimits, SmtpSession } from './smtp.ts'

export type Confirmation = { subject: string; html: string; text: string }

/** The words of the mail that asks whether the subscription is wanted. `confirmUrl` holds the token. */
export async function confirmation(
  config: ChannelConfig,
  { language, email, confirmUrl }: { language: Language; email: string; confirmUrl: string },
): Promise<Confirmation> {
  return personal(config, 'confirm', { language, email, link: confirmUrl })
}

/** Of the mail to somebody who asked again although they are subscribed: where their choices are, and how to leave. */
export async function reminder(
  config: ChannelConfig,
  { language, email, ...links }: { language: Language; email: string; preferencesUrl: string; leaveUrl: string },
): Promise<Confirmation> {
  return personal(config, 'known', { language, email, link: links.preferencesUrl, leave: links.leaveUrl })
}

async function personal(
  config: ChannelConfig,
  about: Welcome['about'],
  {
    language,
    email,
    link,
    ...more
  }: { language: Language; email: string; link: string; leave?: string; number?: string },
): Promise<Confirmation> {
  const lang = langOf(language)
  const site = lang === 'zh' ? config.site.nameZh : config.site.nameEn
  const filled = { site, email: oneLine(email), leave: more.leave ?? '', number: more.number ?? '' }
  const said = (part: string) => t(lang, `mail.${about}.${part}`, filled)
  const words = {
    'words.lead': said('lead'),
    'words.button': said('button'),
    'words.copy': t(lang, 'mail.confirm.copy'),
    'words.otherwise': said('otherwise'),
  }
  const title = said('title')
  const { mark } = config.site
  const html = fill(await template('confirm'), {
    text: { ...words, title, preview: words['words.lead'], lang: language, mark, site, mode: '', link },
  })
  const text = [mark, `驿 ${site}`, title, words['words.lead'], link, words['words.otherwise']]
  return { subject: oneLine(said('subject')), html, text: `${text.filter(Boolean).join('\n\n')}\n` }
}

/** `id` names the message: the same id sent twice is the same Message-ID. */
export type OneMail = Confirmation & { to: string; language: Language; id?: string }

/**
 * Sends one mail over a session of its own, so that it never waits behind a run. Without a relay it is kept through
 * `deps.outbox` and the outcome is `suppressed`. Never throws for the recipient's or the relay's sake.
 */
export async function sendOne(deps: ChannelDeps, message: OneMail, limits?: SmtpLimits): Promise<Outcome> {
  const { smtp, publicUrl } = deps.config
  const to = wireAddress(message.to)
  if (!to) return badAddress
  const id = message.id ?? newId()
  const bytes = await compose(deps, { ...message, to, id })
  if (!smtp) {
    await deps.outbox(`${id}.eml`, bytes, '')
    return { state: 'suppressed', why: 'no outlet' }
  }
  try {
    const session = await SmtpSession.open(smtp.url, helloName(publicUrl), limits)
    const handed = await session.hand({
      from: bareAddress(smtp.from),
      to,
      bytes: Buffer.from(dotted(bytes.toString('latin1')), 'latin1'),
    })
    session.quit()
    return outcomeOf(handed, { attempt: 1 })
  } catch (error) {
    return noConnection((error as Error).message, 1)
  }
}

async function compose({ config, now }: ChannelDeps, mail: Required<OneMail>): Promise<Buffer> {
  const host = mailHost(config.publicUrl)
  const composer = new MailComposer({
    from: config.smtp?.from ?? `no-reply@${host}`,
    to: mail.to,
    subject: mail.subject,
    text: crlf(mail.text),
    html: crlf(mail.html),
    encoding: 'quoted-printable',
    date: new Date(now()),
    messageId: `<${mail.id}@${host}>`,
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': mail.language },
    disableFileAccess: true,
    disableUrlAccess: true,
  } as ConstructorParameters<typeof MailComposer>[0])
  return composer.compile().build()
}

function letterFor(config: ChannelConfig, message: Welcome): Promise<Confirmation> {
  const { to: email, language } = message
  switch (message.about) {
    case 'confirm':
      return confirmation(config, { ...message, email })
    case 'known':
      return reminder(config, { ...message, email })
    case 'standby':
      return personal(config, 'standby', { language, email, link: message.confirmUrl })
    case 'outlet-test':
      return personal(config, 'outlet-test', { language, email, link: message.deskUrl })
    case 'taken-over':
      return personal(config, 'taken-over', { language, email, link: message.preferencesUrl, leave: message.leaveUrl })
    case 'answered':
      return personal(config, 'answered', { language, email, link: message.answerUrl, number: message.number })
    case 'media-invited':
    case 'media-sign-in':
      return personal(config, message.about, { language, email, link: message.enterUrl })
    default:
      return message satisfies never
  }
}

/** The letter a subscription begins with, or the word that there is an answer, sent. */
export async function welcome(deps: ChannelDeps, message: Welcome, limits?: SmtpLimits): Promise<Outcome> {
  const { to, language } = message
  const letter = await letterFor(deps.config, message)
  return sendOne(deps, { ...letter, to, language }, limits)
}
