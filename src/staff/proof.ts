/** A second factor shown in a session stays good for five minutes, and for one flash signature. */
import type { Kysely } from 'kysely'
import type { Ctx } from '../context.ts'
import { MINUTE, plus } from '../lib/clock.ts'
import { notAllowed } from '../lib/errors.ts'
import type { Tables } from '../store/tables.ts'
import { dropProof, dropProofsBefore, type How, keepProof, proofOf } from './factor-store.ts'
import type { Actor } from './member.ts'

export const PROOF_MS = 5 * MINUTE

export type Proof = { how: How; until: string }

export async function proveBy(ctx: Ctx, by: Pick<Actor, 'memberId' | 'session'>, how: How): Promise<void> {
  if (!by.session) throw notAllowed('session-only')
  const at = ctx.clock.now()
  await dropProofsBefore(ctx.store.db, plus(at, -PROOF_MS))
  await keepProof(ctx.store.db, { session_id: by.session, member_id: by.memberId, how, at })
}

/** What the actor's session has shown and is still good. */
export async function freshProof(db: Kysely<Tables>, by: Actor, now: string): Promise<Proof | null> {
  const row = by.session ? await proofOf(db, by.session) : undefined
  if (row?.member_id !== by.memberId) return null
  const until = plus(row.at, PROOF_MS)
  return until > now ? { how: row.how, until } : null
}

/** Uses it up, in the transaction that does what it was shown for. */
export const spendProof = (trx: Kysely<Tables>, by: Actor): Promise<boolean> =>
  by.session ? dropProof(trx, by.session) : Promise.resolve(false)
