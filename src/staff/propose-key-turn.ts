/** Proposes another key in the place of one: by an administrator of the topmost agency, agreed to by another. */
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { notAllowed, wrongState } from '../lib/errors.ts'
import { kidOf, TURNING } from '../lib/key-make.ts'
import { readableZod } from '../lib/shape.ts'
import { admitHome } from './gate.ts'
import type { Actor } from './member.ts'
import { type Proposal, propose } from './propose.ts'
import { openChanges } from './store.ts'
import { presentOf } from './turn-key.ts'

export const keyTurnInput = z.strictObject({ name: z.enum(TURNING) })

/** Always two people. The keys are the whole installation's: below the topmost agency nobody changes them. */
export async function proposeKeyTurn(ctx: Ctx, by: Actor, sent: unknown): Promise<Proposal> {
  const { name } = readableZod(keyTurnInput, sent)
  admitHome(by, 'key.turn')
  if (by.ancestors.length > 0) throw notAllowed('key-topmost')
  const kid = kidOf(name, presentOf(ctx, name))
  return ctx.store.tx(async (trx) => {
    const open = (await openChanges(trx, [by.agencyId])).filter((c) => c.kind === 'key')
    if (open.some((c) => (JSON.parse(c.payload) as { name: string }).name === name)) throw wrongState('key-proposed')
    return propose(ctx, trx, by, by.agencyId, { kind: 'key', name, kid }, { always: true })
  })
}
