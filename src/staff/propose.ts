/** One administrator alone applies a change at once; as soon as there are two, another of them must. */
import type { Kysely } from 'kysely'
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { hashOf, newId } from '../lib/id.ts'
import type { Tables } from '../store/tables.ts'
import { applyChange, type Change, payloadOf } from './change.ts'
import type { Actor } from './member.ts'
import { adminsOver, insertChange } from './store.ts'

/** `applied`, or `open` with the change that waits for its second person. */
export type Proposal = { state: 'applied'; changeId: null } | { state: 'open'; changeId: string }

/**
 * Administrators of the agencies above count as well: they may decide here too (DESIGN §8.1).
 * @param always two people even where there is one administrator so far: it waits until there is a second
 */
export async function propose(
  ctx: Ctx,
  trx: Kysely<Tables>,
  by: Actor,
  agencyId: string,
  change: Change,
  { always = false } = {},
): Promise<Proposal> {
  const others = (await adminsOver(trx, agencyId)).filter((m) => m.id !== by.memberId)
  if (others.length === 0 && !always) {
    await applyChange(trx, agencyId, change, ctx.clock.now())
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'change.apply',
      subject: `agency:${agencyId}`,
      fact: factOf(change),
    })
    return { state: 'applied', changeId: null }
  }
  const id = newId(ctx.clock.ms())
  await insertChange(trx, {
    id,
    agency_id: agencyId,
    kind: change.kind,
    payload: payloadOf(change),
    proposed_by: by.memberId,
    proposed_at: ctx.clock.now(),
    decided_by: null,
    decided_at: null,
    state: 'open',
  })
  await append(trx, ctx, { actor: by.memberId, act: 'change.propose', subject: `change:${id}`, fact: factOf(change) })
  return { state: 'open', changeId: id }
}

/** What the ledger says of a change: its kind, whom it is about, and the hash of the rest. */
export const factOf = (change: Change): Record<string, string> => ({
  kind: change.kind,
  hash: hashOf(change),
  ...(change.kind === 'member' || change.kind === 'factors' ? { member: change.memberId } : {}),
})
