/** Addresses of people who never confirmed are not kept: neither as a subscription nor as one that stands by. */
import type { Ctx } from '../context.ts'
import { DAY, plus } from '../lib/clock.ts'
import { dropUnconfirmedStandbys } from './standby-store.ts'
import { dropUnconfirmed } from './store.ts'

const KEPT = 3 * DAY

export async function dropUnasked(ctx: Ctx): Promise<void> {
  const before = plus(ctx.clock.now(), -KEPT)
  await dropUnconfirmed(ctx.store.db, before)
  await dropUnconfirmedStandbys(ctx.store.db, before)
}
