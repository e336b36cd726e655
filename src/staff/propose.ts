/** One administrator alone applies a change at once; as soon as there are two, another of them must. */
import type { Kysely } from 'kysely'
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { HOUR } from '../lib/clock.ts'
import { hashOf, newId } from '../lib/id.ts'
import { raiseAlarm } from '../store/alarm.ts'
import type { Tables } from '../store/tables.ts'
import { applyChange, type Change, payloadOf } from './change.ts'
import { alarmOf, insertWait } from './change-store.ts'
import type { Actor } from './member.ts'
import { adminsOver, insertChange } from './store.ts'

/** So long a change that lets somebody in holds back where nobody else could agree to it: whoever sleeps finds the alarm. */
const WAIT_ALONE = 24 * HOUR

/** Changes that open somebody else's way in: never at once, not even by the only administrator. */
const aboutLogin = (change: Change): change is Extract<Change, { kind: 'login' | 'factors' }> =>
  change.kind === 'login' || change.kind === 'factors'

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
  const others = await othersOver(trx, agencyId, by.memberId, change)
  if (others.length === 0 && !always && !aboutLogin(change)) {
    await applyChange(ctx, trx, agencyId, change)
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
  if (others.length === 0 && aboutLogin(change)) {
    await insertWait(trx, id, WAIT_ALONE)
    await raiseAlarm(trx, ctx.clock, 'change-alone', alarmOf(id))
  }
  await append(trx, ctx, { actor: by.memberId, act: 'change.propose', subject: `change:${id}`, fact: factOf(change) })
  return { state: 'open', changeId: id }
}

/** Who else could agree. Whoever it is about cannot: where it is a login that is lost, they are not there. */
export async function othersOver(trx: Kysely<Tables>, agencyId: string, byId: string, change: Change) {
  const about = aboutLogin(change) ? change.memberId : null
  return (await adminsOver(trx, agencyId)).filter((m) => m.id !== byId && m.id !== about)
}

/** What the ledger says of a change: its kind, whom it is about, and the hash of the rest. */
export const factOf = (change: Change): Record<string, string> => ({
  kind: change.kind,
  hash: hashOf(change),
  ...('memberId' in change ? { member: change.memberId } : {}),
})
