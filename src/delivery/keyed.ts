/** What lies in `subscriber.keys`, as an outlet is handed it. Pure. */
import type { Signing, Target } from './channel.ts'

/** Keys of a browser, or what a callback or receiver is signed for. */
export const keyed = (kept: NonNullable<Target['keys']> | Signing): Pick<Target, 'keys' | 'signing'> =>
  'secrets' in kept ? { signing: kept } : { keys: kept }
