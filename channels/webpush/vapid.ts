/** VAPID (RFC 8292): one signed token per push service, used again for as long as it is good. */
import type { ChannelConfig } from '../../src/delivery/channel.ts'
import { HOUR } from '../../src/lib/clock.ts'

/** web-push signs for 12 hours; a service may refuse what is about to end. */
const REUSE_MS = 11 * HOUR

export type Vapid = NonNullable<ChannelConfig['vapid']>

/** Gives the Authorization header for an endpoint's origin. */
export function vapidHeaders(vapid: Vapid, now: () => string): (endpoint: string) => Promise<string> {
  const kept = new Map<string, { header: string; until: number }>()
  return async (endpoint) => {
    const { origin } = new URL(endpoint)
    const at = Date.parse(now())
    const known = kept.get(origin)
    if (known && at < known.until) return known.header
    const { default: webpush } = await import('web-push')
    const { Authorization } = webpush.getVapidHeaders(
      origin,
      vapid.subject,
      vapid.publicKey,
      vapid.privateKey,
      'aes128gcm',
    )
    kept.set(origin, { header: Authorization, until: at + REUSE_MS })
    return Authorization
  }
}
