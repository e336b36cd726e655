/** Changes about second factors that take two administrators: a member's are taken away; flash signatures need one. */
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { notFound } from '../lib/errors.ts'
import { readableZod } from '../lib/shape.ts'
import { admitAgency } from './gate.ts'
import type { Actor } from './member.ts'
import { type Proposal, propose } from './propose.ts'
import { memberById } from './store.ts'

/** For a device that was lost. Roles and password stay; sessions end. One administrator where there is only one. */
export async function resetFactors(ctx: Ctx, by: Actor, memberId: string): Promise<Proposal> {
  return ctx.store.tx(async (trx) => {
    const member = await memberById(trx, memberId)
    if (!member) throw notFound('member')
    await admitAgency(trx, by, member.agency_id, 'staff.manage')
    return propose(ctx, trx, by, member.agency_id, { kind: 'factors', memberId })
  })
}

export const flashFactorInput = z.strictObject({ enabled: z.boolean() })

/** Always two administrators, also where there is one so far: it decides who can sign at night. */
export async function changeFlashFactor(ctx: Ctx, by: Actor, agencyId: string, sent: unknown): Promise<Proposal> {
  const { enabled } = readableZod(flashFactorInput, sent)
  return ctx.store.tx(async (trx) => {
    await admitAgency(trx, by, agencyId, 'staff.manage')
    return propose(ctx, trx, by, agencyId, { kind: 'flash-factor', enabled }, { always: true })
  })
}
