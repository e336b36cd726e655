/** The second person's word on a change. */
import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { HOUR } from '../lib/clock.ts'
import { notAllowed, notFound, wrongState } from '../lib/errors.ts'
import { readableZod } from '../lib/shape.ts'
import { clearAlarm } from '../store/alarm.ts'
import type { Tables } from '../store/tables.ts'
import { applyChange, type Change, changeIn } from './change.ts'
import { alarmOf, waitsOf } from './change-store.ts'
import { admitAgency } from './gate.ts'
import type { Actor } from './member.ts'
import { factOf, othersOver } from './propose.ts'
import { linkAnew } from './reset-login.ts'
import { changeById, updateChange } from './store.ts'

type Db = Kysely<Tables>
type Row = Tables['change_request']

export const changeDecisionInput = z.strictObject({ verdict: z.enum(['apply', 'refuse']) })

/** `link`: of a login that was closed; whoever agreed hands it to its member. Shown this once. */
export type Decided = { state: 'applied' | 'refused'; link?: string; expiresAt?: string }

/** Whoever proposed a change may take it back (`refuse`), and apply it only where nobody else could and its wait is over. */
export async function decideChange(ctx: Ctx, by: Actor, id: string, sent: unknown): Promise<Decided> {
  const { verdict } = readableZod(changeDecisionInput, sent)
  const decided = await ctx.store.tx(async (trx): Promise<Decided> => {
    const row = await changeById(trx, id)
    if (!row) throw notFound('change')
    await admitAgency(trx, by, row.agency_id, 'change.decide')
    if (row.state !== 'open') throw wrongState('change-decided')
    const change = changeIn(row)
    const alone = verdict === 'apply' && row.proposed_by === by.memberId
    if (verdict === 'apply' && isAbout(change, by.memberId) && !alone) throw notAllowed('change-about-you')
    if (alone) await assertWaited(ctx, trx, by, row.agency_id, id, change)
    await close(ctx, trx, by, row, verdict, alone)
    if (verdict === 'refuse') return { state: 'refused' }
    await applyChange(ctx, trx, row.agency_id, change)
    if (change.kind !== 'login') return { state: 'applied' }
    return { state: 'applied', ...(await linkAnew(ctx, trx, change.memberId)) }
  })
  // Whoever holds keys, here and elsewhere, looks whether one has changed.
  if (decided.state === 'applied') ctx.bell.ring('keys', id)
  return decided
}

/** Whoever holds a session of the login that is to be opened is not the second person: the link would be theirs. */
export const isAbout = (change: Change, memberId: string): boolean =>
  (change.kind === 'login' || change.kind === 'factors') && change.memberId === memberId

/** Where nobody else could agree: the alarm has been told, has stood for the whole wait, and nobody has said no. */
async function assertWaited(ctx: Ctx, trx: Db, by: Actor, agencyId: string, id: string, change: Change): Promise<void> {
  const wait = (await waitsOf(trx, [id])).get(id)
  if (!wait || (await othersOver(trx, agencyId, by.memberId, change)).length > 0) throw notAllowed('own-change')
  if (!wait.until) throw wrongState('change-untold')
  const hours = Math.ceil((Date.parse(wait.until) - ctx.clock.ms()) / HOUR)
  if (wait.until > ctx.clock.now()) throw wrongState('change-waits', { hours })
}

/** Whoever a change of a login is about, or an auditor, stops it. @throws Refusal not-found, change-decided, no-role */
export async function objectToChange(ctx: Ctx, by: Actor, id: string): Promise<void> {
  await ctx.store.tx(async (trx) => {
    const row = await changeById(trx, id)
    if (!row) throw notFound('change')
    await admitAgency(trx, by, row.agency_id, 'change.object')
    if (!mayObject(by, changeIn(row))) throw notAllowed('not-yours-to-stop')
    if (row.state !== 'open') throw wrongState('change-decided')
    await close(ctx, trx, by, row, 'refuse', false)
  })
}

export const mayObject = (by: Pick<Actor, 'memberId' | 'roles'>, change: Change): boolean =>
  (change.kind === 'login' || change.kind === 'factors') &&
  (change.memberId === by.memberId || by.roles.includes('auditor'))

async function close(ctx: Ctx, trx: Db, by: Actor, row: Row, verdict: 'apply' | 'refuse', alone: boolean) {
  const state = verdict === 'apply' ? 'applied' : 'refused'
  // The table knows two people or nobody: what one did alone after the wait has no second name.
  const who = { decided_by: alone ? null : by.memberId, decided_at: ctx.clock.now() }
  if ((await updateChange(trx, row.id, { state, ...who })).numUpdatedRows === 0n) throw wrongState('change-decided')
  const change = changeIn(row)
  await clearAlarm(trx, ctx.clock, 'change-alone', alarmOf(row.id))
  await append(trx, ctx, {
    actor: by.memberId,
    act: `change.${verdict}`,
    subject: `change:${row.id}`,
    fact: { ...factOf(change), proposer: row.proposed_by, ...(alone ? { alone: 'waited' } : {}) },
  })
}
