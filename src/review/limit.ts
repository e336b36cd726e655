/** How long a step of the chain may wait: each agency's own, minutes in the flash lane, working days in the routine lane. */
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { readableZod } from '../lib/shape.ts'
import type { StepRole } from '../staff/chain.ts'
import { admitAgency } from '../staff/gate.ts'
import type { Actor } from '../staff/member.ts'
import { limitsOf, setLimit } from './ask-store.ts'

export const STEP_ROLES = ['reviewer', 'confidentiality', 'signer'] as const satisfies readonly StepRole[]
export type LimitLane = 'flash' | 'routine'
export type Limits = Record<LimitLane, Record<StepRole, number>>

const same = (n: number): Record<StepRole, number> => ({ reviewer: n, confidentiality: n, signer: n })
/** 10 minutes until the next person is called; one working day. */
export const USUAL: Limits = { flash: same(10), routine: same(1) }

const minutes = z.number().int().min(1).max(240)
const days = z.number().int().min(1).max(30)
const ofRoles = <S extends z.ZodType>(n: S) => z.strictObject({ reviewer: n, confidentiality: n, signer: n })
export const limitsInput = z.strictObject({ flash: ofRoles(minutes), routine: ofRoles(days) })

export async function limitsFor(db: Parameters<typeof limitsOf>[0], agencyId: string): Promise<Limits> {
  const found: Limits = { flash: { ...USUAL.flash }, routine: { ...USUAL.routine } }
  for (const row of await limitsOf(db, agencyId)) found[row.lane][row.role as StepRole] = row.amount
  return found
}

/** Holds for steps that begin to wait from now on. */
export async function changeLimits(ctx: Ctx, by: Actor, agencyId: string, sent: unknown): Promise<void> {
  const input = readableZod(limitsInput, sent)
  await ctx.store.tx(async (trx) => {
    await admitAgency(trx, by, agencyId, 'staff.manage')
    for (const lane of ['flash', 'routine'] as const)
      for (const role of STEP_ROLES) await setLimit(trx, { agency_id: agencyId, lane, role, amount: input[lane][role] })
    const told = (lane: LimitLane) => STEP_ROLES.map((role) => input[lane][role]).join(' ')
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'review.limits',
      subject: `agency:${agencyId}`,
      fact: { flash: told('flash'), routine: told('routine') },
    })
  })
}
