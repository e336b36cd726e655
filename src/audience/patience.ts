/** How often mail addresses may be asked about and written to. Counted the same whoever an address belongs to, and by keyed hash alone. */
import type { Ctx } from '../context.ts'
import { DAY, HOUR, MINUTE } from '../lib/clock.ts'
import { type Rate, within } from '../store/rate.ts'
import { assertPatience } from './ask.ts'
import { addressHash } from './suppression.ts'

/** Per network address; a whole office may stand behind one. */
const ASKINGS: Rate = { max: 30, windowMs: HOUR }
/** About one mail address, from wherever. */
const ABOUT: Rate = { max: 20, windowMs: HOUR }
/** Letters to one address: nobody's mailbox is filled by somebody else typing it. */
const LETTERS: Rate[] = [
  { max: 1, windowMs: 2 * MINUTE },
  { max: 4, windowMs: DAY },
]

/** @param ip who asks @throws Refusal `unavailable` too-many-tries */
export async function assertMayAsk(ctx: Ctx, what: string, ip: string, address: string | null): Promise<void> {
  await assertPatience(ctx, what, ip, ASKINGS)
  if (address !== null) await assertPatience(ctx, 'subscribe-about', addressHash(ctx, 'email', address), ABOUT)
}

/** Counts a letter to an address. @returns whether it may go */
export async function mayWrite(ctx: Ctx, address: string): Promise<boolean> {
  const who = addressHash(ctx, 'email', address)
  for (const [i, rate] of LETTERS.entries())
    if (!(await within(ctx.store.db, ctx.clock, `letter-${i}`, who, rate))) return false
  return true
}
