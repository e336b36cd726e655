/** What the steps of a run are handed, and what they answer. */

import type { ReleaseRow } from '../desk/store.ts'
import { plus, SECOND } from '../lib/clock.ts'
import { updateRun } from './run-store.ts'
import type { SendLeg } from './send.ts'

export type Leg = SendLeg & { release: ReleaseRow }
/** go: call again at once · rest: nothing to do until next_at · over: the run has ended or is held */
export type Step = 'go' | 'rest' | 'over'

/** Look again at latest after so long, where nothing else is known. */
export const SOON = SECOND / 4

/** Nothing to do for so many milliseconds. */
export async function rest({ ctx, run }: Leg, ms: number): Promise<Step> {
  await updateRun(ctx.store.db, run.dispatch_id, { next_at: plus(ctx.clock.now(), ms) })
  return 'rest'
}
