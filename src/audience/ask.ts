/** Patience with whoever asks too often. */
import type { Ctx } from '../context.ts'
import { SECOND } from '../lib/clock.ts'
import { unavailable } from '../lib/errors.ts'
import { type Rate, within } from '../store/rate.ts'

/** @throws Refusal `unavailable` too-many-tries with `seconds`, the length of the window */
export async function assertPatience(ctx: Ctx, what: string, who: string, rate: Rate): Promise<void> {
  if (await within(ctx.store.db, ctx.clock, what, who, rate)) return
  throw unavailable('too-many-tries', { seconds: Math.ceil(rate.windowMs / SECOND) })
}
