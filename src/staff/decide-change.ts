/** The second person's word on a change. */
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { notAllowed, notFound, wrongState } from '../lib/errors.ts'
import { readableZod } from '../lib/shape.ts'
import { applyChange, changeIn } from './change.ts'
import { admitAgency } from './gate.ts'
import type { Actor } from './member.ts'
import { factOf } from './propose.ts'
import { changeById, updateChange } from './store.ts'

export const changeDecisionInput = z.strictObject({ verdict: z.enum(['apply', 'refuse']) })

/** Whoever proposed a change may take it back (`refuse`), never apply it. @throws Refusal own-change, change-decided */
export async function decideChange(ctx: Ctx, by: Actor, id: string, sent: unknown): Promise<'applied' | 'refused'> {
  const { verdict } = readableZod(changeDecisionInput, sent)
  return ctx.store.tx(async (trx) => {
    const row = await changeById(trx, id)
    if (!row) throw notFound('change')
    await admitAgency(trx, by, row.agency_id, 'change.decide')
    if (row.state !== 'open') throw wrongState('change-decided')
    if (verdict === 'apply' && row.proposed_by === by.memberId) throw notAllowed('own-change')
    const change = changeIn(row)
    const state = verdict === 'apply' ? 'applied' : 'refused'
    const done = await updateChange(trx, id, { state, decided_by: by.memberId, decided_at: ctx.clock.now() })
    if (done.numUpdatedRows === 0n) throw wrongState('change-decided')
    if (verdict === 'apply') await applyChange(trx, row.agency_id, change, ctx.clock.now())
    await append(trx, ctx, {
      actor: by.memberId,
      act: `change.${verdict}`,
      subject: `change:${id}`,
      fact: { ...factOf(change), proposer: row.proposed_by },
    })
    return state
  })
}
