/** The address under which one named contact reads one edition and signs for it: names the delivery, signed so that nobody can guess one. Pure. */
import { createHmac, timingSafeEqual } from 'node:crypto'

/** 144 bits of HMAC-SHA256. */
const MAC = 24
const TOKEN = /^([0-9a-z]{1,11})-([\w-]{24})$/

const mac = (secret: string, deliveryId: number): string =>
  createHmac('sha256', secret).update(`acknowledge ${deliveryId}`).digest('base64url').slice(0, MAC)

export const acknowledgeToken = (secret: string, deliveryId: number): string =>
  `${deliveryId.toString(36)}-${mac(secret, deliveryId)}`

export const acknowledgePath = (secret: string, deliveryId: number): string =>
  `/acknowledge/${acknowledgeToken(secret, deliveryId)}`

/** The delivery a token names; null for one we did not make. */
export function deliveryOfToken(secret: string, token: string): number | null {
  const [, id = '', given = ''] = TOKEN.exec(token) ?? []
  const delivery = Number.parseInt(id, 36)
  if (!id || !Number.isSafeInteger(delivery)) return null
  return timingSafeEqual(Buffer.from(given), Buffer.from(mac(secret, delivery))) ? delivery : null
}
