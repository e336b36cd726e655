/** Changes the chain a release travels in an agency. Releases already under review keep the chain they were submitted with. */
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { invalid } from '../lib/errors.ts'
import { readableZod } from '../lib/shape.ts'
import { type Chains, chainIssues, DUTIES } from './chain.ts'
import { admitAgency } from './gate.ts'
import type { Actor } from './member.ts'
import { type Proposal, propose } from './propose.ts'

const step = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,38}$/, 'slug'),
  role: z.enum(['reviewer', 'confidentiality', 'signer']),
  duties: z.array(z.enum(DUTIES)).max(DUTIES.length),
})
export const chainsInput = z.strictObject({
  routine: z.array(step).min(1, 'filled').max(8),
  flash: z.array(step).min(1, 'filled').max(8),
})

/** @throws Refusal `invalid` chain-* */
export async function changeChains(ctx: Ctx, by: Actor, agencyId: string, sent: unknown): Promise<Proposal> {
  const chains: Chains = readableZod(chainsInput, sent)
  const issues = chainIssues(chains)
  if (issues.length) throw invalid(issues)
  return ctx.store.tx(async (trx) => {
    await admitAgency(trx, by, agencyId, 'staff.manage')
    return propose(ctx, trx, by, agencyId, { kind: 'chains', chains })
  })
}
