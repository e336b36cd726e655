/** Turns sign-off by telephone on or off: always two administrators, also where there is one so far. */
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { readableZod } from '../lib/shape.ts'
import { admitAgency } from './gate.ts'
import type { Actor } from './member.ts'
import { type Proposal, propose } from './propose.ts'

export const phoneSignOffInput = z.strictObject({ enabled: z.boolean() })

export async function changePhoneSignOff(ctx: Ctx, by: Actor, agencyId: string, sent: unknown): Promise<Proposal> {
  const { enabled } = readableZod(phoneSignOffInput, sent)
  return ctx.store.tx(async (trx) => {
    await admitAgency(trx, by, agencyId, 'staff.manage')
    return propose(ctx, trx, by, agencyId, { kind: 'phone-signoff', enabled }, { always: true })
  })
}
