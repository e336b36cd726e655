/** Hands the files of one edition to the site's writer, which swaps its pointer last. The only I/O of this outlet. */
import type { Outcome, SiteWriter, Target } from '../../src/delivery/channel.ts'
import type { Prepared } from './render.ts'

/** Milliseconds before a failed commit is tried again. */
const PAUSE = 1000

/** One commit answers for every target; a writer that refuses (a newer edition is out) is not asked twice. */
export async function commit(
  site: SiteWriter,
  { mode, sequence, files }: Prepared,
  targets: Target[],
  signal: AbortSignal,
): Promise<Outcome[]> {
  const outcome = signal.aborted ? stopped : await attempt(() => site.commit('feeds', mode, sequence, files))
  return targets.map(() => outcome)
}

const stopped: Outcome = { state: 'again', why: 'stopped before the files were handed over', after: PAUSE }

async function attempt(write: () => Promise<{ root: string }>): Promise<Outcome> {
  try {
    return { state: 'accepted', remoteId: (await write()).root }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    const refused = error instanceof Error && 'kind' in error && error.kind === 'wrong-state'
    return refused ? { state: 'never', why } : { state: 'again', why, after: PAUSE }
  }
}
