/** The last place of a purge: the edge keeps no byte of what is gone here, and says so. */
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { endSweep, sweepDue } from './store.ts'

/**
 * Once the service's own files are swept. A purge is not over before the edge has acknowledged it: what throws is tried again
 * and raises an alarm. @returns whether it ran
 */
export async function sweepEdge(ctx: Ctx): Promise<boolean> {
  const { edge, store } = ctx
  const seen = edge ? await sweepDue(store.db, 'purge-edge') : 0
  if (!edge || seen === 0 || (await sweepDue(store.db)) > 0) return false
  await edge.push()
  const deleted = await edge.deleteUnreferenced()
  await store.tx(async (trx) => {
    await endSweep(trx, seen, 'purge-edge')
    await append(trx, ctx, { actor: 'system', act: 'purge.edge', subject: 'edge', fact: { deleted } })
  })
  return true
}
