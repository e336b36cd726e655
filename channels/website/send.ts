/** Hands the rendered files to the site writer: the only act of this outlet. */
import type { Outcome, SiteFile, SiteWriter, Target } from '../../src/delivery/channel.ts'
import type { Mode } from '../../src/publication/edition.ts'

export type PreparedSite = { mode: Mode; sequence: number; files: SiteFile[] }

/** Commits are safe to repeat: the same files of the same sequence give the same root. */
export async function sendSite(
  site: SiteWriter,
  prepared: PreparedSite,
  targets: Target[],
  signal: AbortSignal,
): Promise<Outcome[]> {
  const all = (outcome: Outcome): Outcome[] => targets.map(() => outcome)
  if (signal.aborted) return all({ state: 'again', why: 'stopped', after: 0 })
  try {
    const { root } = await site.commit('website', prepared.mode, prepared.sequence, prepared.files)
    return all({ state: 'accepted', remoteId: root })
  } catch (error) {
    return all({ state: 'again', why: error instanceof Error ? error.message : String(error), after: 1000 })
  }
}
