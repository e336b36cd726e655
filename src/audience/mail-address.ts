/** E-mail addresses as subscribers give them. */
import { domainToASCII } from 'node:url'

const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
const DOMAIN = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/

/**
 * The one form an address is kept in: small letters, its domain in ASCII (RFC 5890); null where no mail could be sent to it.
 * Mailboxes that differ only in capitals do not exist in practice, and two subscriptions for one person are two mails.
 */
export function mailAddress(text: string): string | null {
  const written = text.trim().toLowerCase()
  const at = written.lastIndexOf('@')
  const local = written.slice(0, at)
  const domain = at < 1 ? '' : domainToASCII(written.slice(at + 1))
  if (local.length > 64 || !LOCAL.test(local) || !DOMAIN.test(domain)) return null
  const address = `${local}@${domain}`
  return address.length > 254 ? null : address
}
