/** A mail as finished bytes with places of fixed length, and one recipient's put into them. Pure. */
import type { Target } from '../../src/delivery/channel.ts'

/** What a mail is of. `also`: further releases it speaks of. */
export type About = { editionId: string; releaseId: string; also?: string[]; flash: boolean }

/** Bytes with the places, from their start, where the recipient's token and the number of the delivery stand. */
export type Tail = { bytes: Buffer; tokens: number[]; deliveries: number[] }

/** A mail is HEAD + the recipient's address + a tail: as it is written, and as it goes over the wire. */
export type MailTemplate = About & {
  written: Tail
  /** Dots doubled at the beginning of lines (RFC 5321 §4.5.2): done once, since no token begins with a dot. */
  stuffed: Tail
}

export const HEAD = 'To: '
/** Digits of a delivery id in a Message-ID: enough for any safe integer. */
export const DELIVERY_DIGITS = 16

/**
 * One recipient's mail. `to` is an address from `wireAddress`. Costs one copy of the bytes and a few short writes.
 * Throws where the token is not 32 letters of base64url: it would move everything after it.
 */
export function splice(tail: Tail, target: Pick<Target, 'deliveryId' | 'token'>, to: string): Buffer {
  if (!/^[\w-]{32}$/.test(target.token)) throw new Error(`delivery ${target.deliveryId}: token must be 32 letters`)
  const { bytes, tokens, deliveries } = tail
  const start = HEAD.length + to.length
  const mail = Buffer.allocUnsafe(start + bytes.length)
  mail.write(HEAD + to, 'latin1')
  bytes.copy(mail, start)
  for (const at of tokens) mail.write(target.token, start + at, 'latin1')
  const delivery = String(target.deliveryId).padStart(DELIVERY_DIGITS, '0')
  for (const at of deliveries) mail.write(delivery, start + at, 'latin1')
  return mail
}
