/** Which Internet addresses are public, and which ways of writing one are honest. */
import { BlockList, isIP, isIPv4 } from 'node:net'

/** Not for outsiders' calls: IANA special-purpose registries (RFC 6890 and its updates), and clouds' inner services. */
const CLOSED_V4 = [
  '0.0.0.0/8', // this network
  '10.0.0.0/8', // private, RFC 1918
  '100.64.0.0/10', // carrier NAT, RFC 6598; some clouds keep their metadata here
  '127.0.0.0/8', // loopback
  '168.63.129.16/32', // a cloud's inner service on a public number
  '169.254.0.0/16', // link-local and metadata, RFC 3927
  '172.16.0.0/12', // private
  '192.0.0.0/24', // protocol assignments
  '192.0.2.0/24', // documentation
  '192.88.99.0/24', // 6to4 relays, RFC 7526
  '192.168.0.0/16', // private
  '198.18.0.0/15', // benchmarks, RFC 2544
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved and broadcast
]
/** Global unicast (RFC 4291 §2.4); mapped, NAT64, unique local, link-local and multicast all stand outside of it. */
const OPEN_V6 = ['2000::/3']
const CLOSED_V6 = [
  '2001::/23', // protocol assignments with Teredo and ORCHID, RFC 2928
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4: carries any IPv4 address inside
  '3fff::/20', // documentation, RFC 9637
]

const closedV4 = ranges(CLOSED_V4, 'ipv4')
const openV6 = ranges(OPEN_V6, 'ipv6')
const closedV6 = ranges(CLOSED_V6, 'ipv6')

/** True only for an address anyone on the Internet could reach. `address` is one as the resolver prints it. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !closedV4.check(address, 'ipv4')
    case 6:
      return !address.includes('%') && openV6.check(address, 'ipv6') && !closedV6.check(address, 'ipv6')
    default:
      return false
  }
}

/** The address a URL's host names (brackets taken off), or null when it is a name. */
export function literalAddress(url: URL): string | null {
  const bare = url.hostname.replace(/^\[(.*)\]$/, '$1')
  return isIP(bare) ? bare : null
}

/**
 * True when a URL writes its host in a way only a parser would call an address: octal, hexadecimal or decimal, short,
 * with a dot at its end, percent-encoded or in full-width digits (WHATWG URL §3.5 reads them all as one IPv4 address).
 */
export function isOddlyWritten(text: string, url: URL): boolean {
  const written = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#]*@)?([^/?#]*?)(?::\d*)?(?:[/?#]|$)/i.exec(text)?.[1] ?? ''
  if (/%/.test(written)) return true
  return isIPv4(url.hostname) && written !== url.hostname
}

/** Names that only exist inside a network (RFC 6761, RFC 6762, RFC 8375, ICANN's `internal`). */
const INNER = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|invalid|test|home\.arpa)$/
export const isInnerName = (host: string): boolean => INNER.test(host)

function ranges(list: string[], family: 'ipv4' | 'ipv6'): BlockList {
  const block = new BlockList()
  for (const range of list) {
    const [net, bits] = range.split('/') as [string, string]
    block.addSubnet(net, Number(bits), family)
  }
  return block
}
