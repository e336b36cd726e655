/** The address a mail comes back to: it names the delivery, and a signature keeps anyone from naming somebody else's. Pure. */
import { createHmac, timingSafeEqual } from 'node:crypto'

/** 80 bits of HMAC-SHA256 in hex, which no mail system garbles by folding capitals. */
const MAC_LETTERS = 20
const ADDRESS = /^<?bounce\+(\d{1,16})\.([0-9a-f]{20})@([^>\s]+)>?$/i

const mac = (key: string, deliveryId: number): string =>
  createHmac('sha256', key).update(`bounce ${deliveryId}`).digest('hex').slice(0, MAC_LETTERS)

/** bounce+<delivery>.<mac>@domain: a local part of at most 44 octets, where 64 are allowed (RFC 5321 §4.5.3.1.1). */
export const bounceAddress = (key: string, deliveryId: number, domain: string): string =>
  `bounce+${deliveryId}.${mac(key, deliveryId)}@${domain}`

/** The delivery an address names, or null: not one of ours, another domain, or a signature that does not fit. */
export function deliveryOfBounce(key: string, address: string, domain: string): number | null {
  const [, id = '', given = '', at = ''] = ADDRESS.exec(address.trim()) ?? []
  const delivery = Number(id)
  if (!id || at.toLowerCase() !== domain.toLowerCase() || !Number.isSafeInteger(delivery)) return null
  return timingSafeEqual(Buffer.from(given.toLowerCase()), Buffer.from(mac(key, delivery))) ? delivery : null
}
