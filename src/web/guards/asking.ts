/** How often one network may ask what costs a look into the database: a courtesy limit shared by every process. */
import { SECOND } from '../../lib/clock.ts'
import { sha256 } from '../../lib/id.ts'
import type { Req } from '../env.ts'
import { BadRequest } from '../errors.ts'
import { networkOf } from './rate.ts'

/** A whole newsroom may stand behind one address: sixty at once, then two a second. */
const RATE = { perSecond: 2, burst: 60 }

/** @throws BadRequest 429 with Retry-After */
export async function assertMayAsk(c: Req, what: 'search' | 'verify'): Promise<void> {
  const who = sha256(networkOf(c)).slice(0, 16)
  const { granted, waitMs } = await c.var.ctx.limits.take(`${what}:${who}`, 1, RATE)
  if (granted >= 1) return
  const seconds = Math.max(1, Math.ceil(waitMs / SECOND))
  throw new BadRequest(429, 'too-many-tries', { seconds }, { 'retry-after': String(seconds) })
}
