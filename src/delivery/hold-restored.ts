/** A restored copy does nothing by itself: whatever was planned or under way is held, and a person is asked. */
import type { Ctx } from '../context.ts'
import { changeRelease, note } from '../desk/store.ts'
import { append } from '../ledger/append.ts'
import { raiseAlarm } from '../store/alarm.ts'
import type { Transaction } from '../store/open.ts'
import type { Tables } from '../store/tables.ts'
import { aboutToBePublished, holdOpenRuns } from './hold-store.ts'
import { adoptDispatches } from './run-store.ts'

/** What the copy was made from: the backup's id and the head of the ledger it holds. */
export type Origin = { backup: string; entries: number; head: string }
export type Held = { releases: number; runs: number }

/**
 * Inside the transaction that loaded the rows, so that no process ever sees them otherwise. Both copies may be alive: who
 * lets something go on here must know that the other one does not.
 */
export async function holdRestored(
  ctx: Pick<Ctx, 'clock' | 'store'>,
  trx: Transaction<Tables>,
  from: Origin,
): Promise<Held> {
  const now = ctx.clock.now()
  await append(trx, ctx, {
    actor: 'system',
    act: 'backup.restore',
    subject: `backup:${from.backup}`,
    fact: { entries: from.entries, head: from.head },
  })
  const releases = await aboutToBePublished(trx)
  for (const release of releases) {
    await changeRelease(trx, release.id, now, { state: 'held' })
    const act = { release_id: release.id, at: now, member_id: null, act: 'held:restored' }
    await note(trx, { ...act, revision: release.revision, edition: null })
    await append(trx, ctx, {
      actor: 'system',
      act: 'release.hold',
      subject: `release:${release.id}`,
      fact: { why: 'restored' },
    })
    await raiseAlarm(trx, ctx.clock, 'release-held', `release:${release.id}`)
  }
  // Dispatches nobody had adopted yet would become runs at the first start.
  while ((await adoptDispatches(trx, now)) > 0);
  const runs = await holdOpenRuns(trx, 'restored', now)
  for (const id of runs) {
    await append(trx, ctx, {
      actor: 'system',
      act: 'dispatch.hold',
      subject: `dispatch:${id}`,
      fact: { why: 'restored' },
    })
    await raiseAlarm(trx, ctx.clock, 'dispatch-held', `dispatch:${id}`)
  }
  await raiseAlarm(trx, ctx.clock, 'restored', `backup:${from.backup}`)
  return { releases: releases.length, runs: runs.length }
}
