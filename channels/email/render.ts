/** One mail per edition and language as finished bytes with tokens of fixed length; per recipient they are only replaced. Pure. */
import { randomBytes, randomInt } from 'node:crypto'
import MailComposer from 'nodemailer/lib/mail-composer'
import type { ChannelConfig, Target } from '../../src/delivery/channel.ts'
import { newToken } from '../../src/lib/id.ts'
import type { Edition, Language } from '../../src/publication/edition.ts'
import { mailHost } from './address.ts'
import { template } from './compile.ts'
import { letterOf } from './letter.ts'
import { crlf, dotted, encodedWords, isolate, offsets } from './mime-text.ts'
import { htmlPart, textPart } from './parts.ts'

/** Bytes with the places, from their start, where the recipient's token and the number of the delivery stand. */
type Tail = { bytes: Buffer; tokens: number[]; deliveries: number[] }

/** A mail is HEAD + the recipient's address + a tail: as it is written, and as it goes over the wire. */
export type MailTemplate = {
  editionId: string
  releaseId: string
  flash: boolean
  written: Tail
  /** Dots doubled at the beginning of lines (RFC 5321 §4.5.2): done once, since no token begins with a dot. */
  stuffed: Tail
}

const HEAD = 'To: '
/** Digits of a delivery id in a Message-ID: enough for any safe integer. */
const DELIVERY_DIGITS = 16
/** Stand-ins for what differs per recipient, as long as the real thing and not to be guessed by who writes the text. */
const TOKEN = newToken()
const DELIVERY = Array.from({ length: DELIVERY_DIGITS }, () => randomInt(10)).join('')
const RECIPIENT = `to-${randomBytes(12).toString('hex')}@recipient.invalid`

/**
 * The message of one edition in one language (RFC 5322, text part first, both parts quoted-printable). Its bytes depend on
 * edition, language and configuration alone, so that a mail sent again after a crash is the same mail.
 */
export async function render(edition: Edition, language: Language, config: ChannelConfig): Promise<MailTemplate> {
  const letter = letterOf(edition, language, config)
  const links = linksOf(config.publicUrl, TOKEN)
  const message = new MailComposer({
    from: config.smtp?.from ?? `no-reply@${mailHost(config.publicUrl)}`,
    to: RECIPIENT,
    ...subjectOption(letter.subject),
    text: crlf(textPart(letter, links)),
    html: crlf(htmlPart(await template(letter.template), letter, links)),
    encoding: 'quoted-printable',
    date: new Date(edition.publishedAt),
    baseBoundary: `${edition.id}-${language}`,
    ...threading(edition, config),
    headers: headersOf(edition, language, config),
    disableFileAccess: true,
    disableUrlAccess: true,
  } as ConstructorParameters<typeof MailComposer>[0]).compile()
  return cut(await message.build(), edition)
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
  const host = mailHost(config.publicUrl)
  const root = `<${edition.releaseNumber}@${host}>`
  return {
    messageId: `<d${DELIVERY}.${edition.id}@${host}>`,
    references: root,
    ...(edition.type === 'first' ? {} : { inReplyTo: root }),
  }
}

/** RFC 8058 one-click leave, RFC 2919 List-Id, RFC 3834 Auto-Submitted, Gmail's Feedback-ID (last field: the stable sender). */
function headersOf(edition: Edition, language: Language, config: ChannelConfig) {
  const host = mailHost(config.publicUrl)
  const ready = (key: string, value: string) => ({ key, value: { prepared: true, value } })
  return [
    ready('List-Id', `<releases.${host}>`),
    ready('List-Unsubscribe', `<${linksOf(config.publicUrl, TOKEN).leave}>`),
    ready('List-Unsubscribe-Post', 'List-Unsubscribe=One-Click'),
    ready('Auto-Submitted', 'auto-generated'),
    ready('Content-Language', language),
    ready(
      'Feedback-ID',
      `${edition.releaseNumber}:${edition.kind}:${edition.lane}:${host.replace(/[^A-Za-z0-9]/g, '-')}`,
    ),
    ready('X-Ortoo-Release', edition.releaseNumber),
    ready('X-Ortoo-Edition', `${edition.id} ${edition.number} ${edition.type}`),
  ]
}

/** The To field is moved to the top (RFC 5322 §3.6 leaves the order open), so that nothing else depends on its length. */
function cut(message: Buffer, edition: Edition): MailTemplate {
  const bytes = isolate(message.toString('latin1'), TOKEN)
  const to = `${HEAD}${RECIPIENT}\r\n`
  const [before, after, ...more] = bytes.split(to)
  if (after === undefined || more.length) throw new Error('the recipient must stand in exactly one header')
  const tail = `\r\n${before}${after}`
  return {
    editionId: edition.id,
    releaseId: edition.releaseId,
    flash: edition.lane === 'flash',
    written: tailOf(tail),
    stuffed: tailOf(dotted(tail)),
  }
}

const tailOf = (text: string): Tail => ({
  bytes: Buffer.from(text, 'latin1'),
  tokens: offsets(text, TOKEN),
  deliveries: offsets(text, DELIVERY),
})

/**
 * One recipient's mail. `to` is an address from `wireAddress`. Costs one copy of the bytes and a few short writes.
 * Throws where the token is not 32 letters of base64url: it would move everything after it.
 */
export function splice(
  template: MailTemplate,
  target: Pick<Target, 'deliveryId' | 'token'>,
  to: string,
  form: 'written' | 'stuffed' = 'written',
): Buffer {
  if (!/^[\w-]{32}$/.test(target.token)) throw new Error(`delivery ${target.deliveryId}: token must be 32 letters`)
  const { bytes, tokens, deliveries } = template[form]
  const start = HEAD.length + to.length
  const mail = Buffer.allocUnsafe(start + bytes.length)
  mail.write(HEAD + to, 'latin1')
  bytes.copy(mail, start)
  for (const at of tokens) mail.write(target.token, start + at, 'latin1')
  const delivery = String(target.deliveryId).padStart(DELIVERY_DIGITS, '0')
  for (const at of deliveries) mail.write(delivery, start + at, 'latin1')
  return mail
}
