/**
 * A mail address that stands by for a browser: named by the reader, confirmed by its owner (double opt-in), and silent until the
 * browser cannot be reached any more. Then it takes over what the browser had.
 */
import type { Ctx } from '../context.ts'
import { HOUR, plus } from '../lib/clock.ts'
import { notFound, wrongState } from '../lib/errors.ts'
import { newToken } from '../lib/id.ts'
import { sendLetter } from './letter.ts'
import { mayWrite } from './patience.ts'
import { dropStandby, putStandby, type StandbyRow, standbyByToken, standbyOf, updateStandby } from './standby-store.ts'
import { barred } from './suppression.ts'

/** As the letter says. */
const GOOD_FOR = 48 * HOUR

/**
 * Notes the address and writes it one letter. What the asker hears is the same whoever it belongs to.
 * @returns settles when the letter has left, or at once where none may go
 */
export async function askStandby(
  ctx: Ctx,
  pushId: number,
  address: string,
  language: string,
): Promise<{ letter: Promise<void> }> {
  const none = { letter: Promise.resolve() }
  const known = await standbyOf(ctx.store.db, pushId)
  if (known?.address === address && known.confirmed_at) return none
  const written = await mayWrite(ctx, address)
  const row = await ctx.store.tx(async (trx) => {
    // A letter under way keeps its link: asking again too soon sends no other.
    if (!written && known?.address === address) return null
    const fresh = freshRow(ctx, pushId, address, language)
    await putStandby(trx, fresh)
    return (await barred(ctx, trx, 'email', address)) ? null : fresh
  })
  if (!written || !row) return none
  const confirmUrl = `${pagesOf(ctx.config.publicUrl, row.token).confirm}`
  return { letter: sendLetter(ctx, language, address, { about: 'standby', confirmUrl }) }
}

const freshRow = (ctx: Ctx, push_id: number, address: string, language: string): StandbyRow => ({
  push_id,
  address,
  token: newToken(),
  language,
  asked_at: ctx.clock.now(),
  confirmed_at: null,
  died_at: null,
  email_id: null,
  next_at: null,
})

export const pagesOf = (publicUrl: string, token: string) => ({
  confirm: `${publicUrl}/subscriptions/standby/${token}/confirm`,
  leave: `${publicUrl}/subscriptions/standby/${token}/leave`,
})

export type Confirmable = { address: string; state: 'waiting' | 'done' | 'late' }

/** Looks, and changes nothing. @throws Refusal `not-found` */
export async function confirmableStandby(ctx: Ctx, token: string): Promise<Confirmable> {
  const row = await standbyByToken(ctx.store.db, token)
  if (!row) throw notFound('subscription')
  return { address: row.address, state: standing(ctx, row) }
}

/** A second press is no fault. @throws Refusal `not-found`; `wrong-state` when the 48 hours are over */
export async function confirmStandby(ctx: Ctx, token: string): Promise<{ address: string }> {
  return ctx.store.tx(async (trx) => {
    const row = await standbyByToken(trx, token)
    if (!row) throw notFound('subscription')
    const state = standing(ctx, row)
    if (state === 'late') throw wrongState('confirmation-late')
    if (state === 'waiting') await updateStandby(trx, row.push_id, { confirmed_at: ctx.clock.now() })
    return { address: row.address }
  })
}

/** Whoever is unknown stands by for nobody already: every answer is the same. */
export async function leaveStandby(ctx: Ctx, token: string): Promise<void> {
  await ctx.store.tx(async (trx) => {
    const row = await standbyByToken(trx, token)
    if (row) await dropStandby(trx, row.push_id)
  })
}

const standing = (ctx: Ctx, row: StandbyRow): Confirmable['state'] =>
  row.confirmed_at ? 'done' : plus(row.asked_at, GOOD_FOR) < ctx.clock.now() ? 'late' : 'waiting'
