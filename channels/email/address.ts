/** Mail addresses as they may stand in a header and in an SMTP command: ASCII only, nothing that ends a line or a bracket. */
import { isIP } from 'node:net'
import { domainToASCII } from 'node:url'

const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
const DOMAIN =
  /^(?=.{1,253}$)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$/

/**
 * The address as it goes on the wire, its domain in ASCII (RFC 5321 §4.1.2 dot-string, RFC 5890), or null where it cannot:
 * quoted and UTF-8 local parts (RFC 6531) and address literals are not sent to.
 */
export function wireAddress(address: string): string | null {
  const at = address.lastIndexOf('@')
  const local = address.slice(0, at)
  if (at < 1 || local.length > 64 || !LOCAL.test(local)) return null
  const domain = domainToASCII(address.slice(at + 1))
  if (!DOMAIN.test(domain) || local.length + domain.length + 1 > 254) return null
  return `${local}@${domain}`
}

/** The bare address of a From value: `Name <a@b>` or `a@b`. */
export const bareAddress = (from: string): string => (/<([^<>]+)>\s*$/.exec(from)?.[1] ?? from).trim()

/** Host of the site as it may stand in Message-ID and List-Id. */
export const mailHost = (publicUrl: string): string =>
  new URL(publicUrl).hostname.replace(/[^A-Za-z0-9.-]+/g, '-').replace(/^[-.]+|[-.]+$/g, '') || 'localhost'

/** What we call ourselves in EHLO: a name, or an address literal (RFC 5321 §4.1.3). */
export function helloName(publicUrl: string): string {
  const host = new URL(publicUrl).hostname
  if (isIP(host) === 4) return `[${host}]`
  return host.startsWith('[') ? `[IPv6:${host.slice(1, -1)}]` : mailHost(publicUrl)
}
