/** One mail per edition and language as finished bytes with tokens of fixed length; per recipient they are only replaced. Pure. */
import { randomBytes, randomInt } from 'node:crypto'
import MailComposer from 'nodemailer/lib/mail-composer'
import type { ChannelConfig, PreviewDocument } from '../../src/delivery/channel.ts'
import { newToken } from '../../src/lib/id.ts'
import type { Edition, Language } from '../../src/publication/edition.ts'
import { mailHost } from './address.ts'
import { template } from './compile.ts'
import { letterOf } from './letter.ts'
import { crlf, dotted, encodedWords, isolate, offsets } from './mime-text.ts'
import { htmlPart, type Links, textPart } from './parts.ts'
import { type About, DELIVERY_DIGITS, HEAD, type MailTemplate, type Tail } from './splice.ts'

/** Stand-ins for what differs per recipient, as long as the real thing and not to be guessed by who writes the text. */
const TOKEN = newToken()
/** Stands for the reader in a preview; as long as a token and none. */
const NOBODY = '-'.repeat(32)
const DELIVERY = Array.from({ length: DELIVERY_DIGITS }, () => randomInt(10)).join('')
const RECIPIENT = `to-${randomBytes(12).toString('hex')}@recipient.invalid`

/**
 * The message of one edition in one language (RFC 5322, text part first, both parts quoted-printable). Its bytes depend on
 * edition, language and configuration alone, so that a mail sent again after a crash is the same mail.
 */
export const render = async (edition: Edition, language: Language, config: ChannelConfig): Promise<MailTemplate> =>
  finish(config, await draftOf(edition, language, config))

/** The same mail before anything is spliced or encoded. */
async function draftOf(edition: Edition, language: Language, config: ChannelConfig): Promise<Draft> {
  const letter = letterOf(edition, language, config)
  const compiled = await template(letter.template)
  const host = mailHost(config.publicUrl)
  return {
    about: { editionId: edition.id, releaseId: edition.releaseId, flash: edition.lane === 'flash' },
    language,
    subject: letter.subject,
    text: (links) => textPart(letter, links),
    html: (links) => htmlPart(compiled, letter, links),
    date: edition.publishedAt,
    name: edition.id,
    threading: threading(edition, config),
    feedback: `${edition.releaseNumber}:${edition.kind}:${edition.lane}`,
    headers: [
      ready('X-Ortoo-Release', edition.releaseNumber),
      ready('X-Ortoo-Edition', `${edition.id} ${edition.number} ${edition.type}`),
    ],
    host,
  }
}

/** What the mail of an edition not yet published would say: both parts, with links that lead nowhere. */
export async function previewMail(
  edition: Edition,
  language: Language,
  config: ChannelConfig,
): Promise<PreviewDocument[]> {
  const draft = await draftOf(edition, language, config)
  const links = linksOf(config.publicUrl, NOBODY)
  return [
    { name: 'mail', shape: 'mail', subject: draft.subject, body: draft.html(links) },
    { name: 'mail-text', shape: 'text', subject: draft.subject, body: draft.text(links) },
  ]
}

/** A mail before its recipients are known. `name` makes its Message-ID, with the number of the delivery. */
export type Draft = {
  about: About
  language: Language
  subject: string
  text(links: Links): string
  html(links: Links): string
  date: string
  name: string
  threading?: object
  feedback: string
  headers: Header[]
  host: string
}

/** Composes a draft with stand-ins for what differs per recipient, and finds where they stand. */
export async function finish(config: ChannelConfig, draft: Draft): Promise<MailTemplate> {
  const links = linksOf(config.publicUrl, TOKEN)
  const message = new MailComposer({
    from: config.smtp?.from ?? `no-reply@${draft.host}`,
    to: RECIPIENT,
    ...subjectOption(draft.subject),
    text: crlf(draft.text(links)),
    html: crlf(draft.html(links)),
    encoding: 'quoted-printable',
    date: new Date(draft.date),
    baseBoundary: `${draft.name}-${draft.language}`,
    messageId: `<d${DELIVERY}.${draft.name}@${draft.host}>`,
    ...draft.threading,
    headers: [...headersOf(draft, links), ...draft.headers],
    disableFileAccess: true,
    disableUrlAccess: true,
  } as ConstructorParameters<typeof MailComposer>[0]).compile()
  return cut(await message.build(), draft.about)
}

/**
 * What looks like an encoded word would be read as one, and a mail program would show what nobody signed; what has no blank
 * to fold at would be a line too long (RFC 5322 §2.1.1). The composer encodes everything else well by itself.
 */
const subjectOption = (subject: string) =>
  /=\?|\S{70}/.test(subject) ? { subject: { prepared: true, value: encodedWords(subject) } } : { subject }

const linksOf = (publicUrl: string, token: string) => ({
  preferences: `${publicUrl}/subscriptions/${token}/`,
  leave: `${publicUrl}/subscriptions/${token}/leave`,
})

/** All mails of a release hang on one root that never changes, so that a correction stands beside what it corrects. */
function threading(edition: Edition, config: ChannelConfig) {
  const root = `<${edition.releaseNumber}@${mailHost(config.publicUrl)}>`
  return { references: root, ...(edition.type === 'first' ? {} : { inReplyTo: root }) }
}

type Header = { key: string; value: { prepared: true; value: string } }
export const ready = (key: string, value: string): Header => ({ key, value: { prepared: true, value } })

/** RFC 8058 one-click leave, RFC 2919 List-Id, RFC 3834 Auto-Submitted, Gmail's Feedback-ID (last field: the stable sender). */
function headersOf({ host, language, feedback }: Draft, links: Links): Header[] {
  return [
    ready('List-Id', `<releases.${host}>`),
    ready('List-Unsubscribe', `<${links.leave}>`),
    ready('List-Unsubscribe-Post', 'List-Unsubscribe=One-Click'),
    ready('Auto-Submitted', 'auto-generated'),
    ready('Content-Language', language),
    ready('Feedback-ID', `${feedback}:${host.replace(/[^A-Za-z0-9]/g, '-')}`),
  ]
}

/** The To field is moved to the top (RFC 5322 §3.6 leaves the order open), so that nothing else depends on its length. */
function cut(message: Buffer, about: About): MailTemplate {
  const bytes = isolate(message.toString('latin1'), TOKEN)
  const to = `${HEAD}${RECIPIENT}\r\n`
  const [before, after, ...more] = bytes.split(to)
  if (after === undefined || more.length) throw new Error('the recipient must stand in exactly one header')
  const tail = `\r\n${before}${after}`
  return {
    ...about,
    written: tailOf(tail),
    stuffed: tailOf(dotted(tail)),
  }
}

const tailOf = (text: string): Tail => ({
  bytes: Buffer.from(text, 'latin1'),
  tokens: offsets(text, TOKEN),
  deliveries: offsets(text, DELIVERY),
})
