/** VAPID (RFC 8292): one signed token per push service, used again for as long as it is good. */
import type { ChannelConfig } from '../../src/delivery/channel.ts'
import { HOUR } from '../../src/lib/clock.ts'

/** web-push signs for 12 hours; a service may refuse what is about to end. */
const REUSE_MS = 11 * HOUR

export type Vapid = NonNullable<ChannelConfig['vapid']>

/** Endpoints come from strangers: tokens are kept for so many services and no more. */
const MOST_KEPT = 500

/** Gives the Authorization header for the origin of an endpoint. */
export function vapidHeaders(vapid: Vapid, now: () => string): (origin: string) => Promise<string> {
  const kept = new Map<string, { header: Promise<string>; until: number }>()
  return (origin) => {
    const at = Date.parse(now())
    const known = kept.get(origin)
    if (known && at < known.until) return known.header
    const header = sign(origin, vapid)
    header.catch(() => kept.delete(origin))
    kept.delete(origin)
    kept.set(origin, { header, until: at + REUSE_MS })
    const [oldest] = kept.keys()
    if (kept.size > MOST_KEPT && oldest) kept.delete(oldest)
    return header
  }
}

async function sign(origin: string, { subject, publicKey, privateKey }: Vapid): Promise<string> {
  const { default: webpush } = await import('web-push')
  return webpush.getVapidHeaders(origin, subject, publicKey, privateKey, 'aes128gcm').Authorization
}
