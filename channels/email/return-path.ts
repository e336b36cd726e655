/** Where a mail comes back to when it cannot be delivered. Pure. */
import { bounceAddress } from '../../src/lib/verp.ts'
import { bareAddress } from './address.ts'

export type MailSender = { from: string; bounceDomain?: string; bounceKey?: string }

/**
 * An address that names the delivery and is signed (VERP); without a bounce domain, or without a key to sign with, the
 * sender's own. Costs about two microseconds.
 */
export const returnPath = ({ from, bounceDomain, bounceKey }: MailSender, deliveryId: number): string =>
  bounceDomain && bounceKey ? bounceAddress(bounceKey, deliveryId, bounceDomain) : bareAddress(from)
