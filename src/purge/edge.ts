/** The last place of a purge: the edge keeps no byte of what is gone here, and says so. */
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { setSweepDue, sweepDue } from './store.ts'

/**
 * Once the service's own files are swept. A purge is not over before the edge has acknowledged it: what throws is tried again
 * and raises an alarm. @returns whether it ran
 */
export async function sweepEdge(ctx: Ctx): Promise<boolean> {
  const { edge, store } = ctx
  if (!edge || !(await sweepDue(store.db, 'purge-edge')) || (await sweepDue(store.db))) return false
  await edge.push()
  const deleted = await edge.deleteUnreferenced()
  await store.tx(async (trx) => {
    await setSweepDue(trx, false, 'purge-edge')
    await append(trx, ctx, { actor: 'system', act: 'purge.edge', subject: 'edge', fact: { deleted } })
  })
  return true
}
