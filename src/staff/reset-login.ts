/** A member who lost their password: the login is closed, by two administrators, and a one-time link lets them set a new one. */
import type { Kysely } from 'kysely'
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { DAY, HOUR, plus } from '../lib/clock.ts'
import { invalid, issue, notFound } from '../lib/errors.ts'
import { clearAlarm, raiseAlarm } from '../store/alarm.ts'
import type { Tables } from '../store/tables.ts'
import { closeLogin } from './change.ts'
import { beginWaits, takenBefore } from './change-store.ts'
import { dropFactors } from './factor-store.ts'
import { admitAgency } from './gate.ts'
import { makeLink } from './link.ts'
import type { Actor } from './member.ts'
import { type Proposal, propose } from './propose.ts'
import { memberById } from './store.ts'

type Db = Kysely<Tables>
const GOOD_FOR = 24 * HOUR
export type Link = { link: string; expiresAt: string }

/** Until a second administrator agrees, or the wait of a single one is over, the old password goes on being good. */
export async function proposeReset(ctx: Ctx, by: Actor, memberId: string): Promise<Proposal> {
  return ctx.store.tx(async (trx) => {
    const member = await memberById(trx, memberId)
    if (!member?.active) throw notFound('member')
    await admitAgency(trx, by, member.agency_id, 'staff.manage')
    return propose(ctx, trx, by, member.agency_id, { kind: 'login', memberId })
  })
}

/** The way back in of a login that was closed. */
export async function linkAnew(ctx: Ctx, trx: Db, memberId: string): Promise<Link> {
  const { token, expiresAt } = await makeLink(trx, ctx, 'invitation', memberId, GOOD_FOR)
  return { link: `${ctx.config.publicUrl}/invitations/${token}`, expiresAt }
}

/** Why a way in is opened at the machine. Kinds and no words of one's own: the ledger holds them. */
export const MACHINE_REASONS = ['lost-password', 'lost-device', 'locked-out'] as const

/**
 * In an emergency, by whoever runs the machine: at once, with a reason, and with an alarm that everybody sees. `factors`: second
 * factors are gone too. @throws Refusal not-found; `invalid` reason: not-one-of
 */
export async function resetAtMachine(
  ctx: Ctx,
  memberId: string,
  { reason, factors }: { reason: string; factors: boolean },
): Promise<Link> {
  const why = MACHINE_REASONS.find((r) => r === reason.trim())
  if (!why) throw invalid([issue('reason', 'not-one-of', { values: MACHINE_REASONS.join(', ') })])
  return ctx.store.tx(async (trx) => {
    const member = await memberById(trx, memberId)
    if (!member?.active) throw notFound('member')
    await closeLogin(trx, member.agency_id, member.id, ctx.clock.now())
    if (factors && member.user_id) await dropFactors(trx, member.user_id)
    await append(trx, ctx, {
      actor: 'system',
      act: 'member.reset-login',
      subject: `member:${member.id}`,
      fact: { at: 'machine', reason: why, factors: factors ? 'dropped' : 'kept' },
    })
    await raiseAlarm(trx, ctx.clock, 'login-reset-machine', `member:${member.id}`)
    return linkAnew(ctx, trx, member.id)
  })
}

/** Begins the wait of changes whose alarm was told. What was done at the machine stands until somebody has had it in hand for a day: what was done cannot be undone, only known. */
export async function tendLoginAlarms(ctx: Ctx): Promise<void> {
  const { db } = ctx.store
  await beginWaits(db)
  for (const { subject } of await takenBefore(db, 'login-reset-machine', plus(ctx.clock.now(), -DAY)))
    await clearAlarm(db, ctx.clock, 'login-reset-machine', subject)
}
