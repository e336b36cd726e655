/** How a release is going out: its editions, the run of each outlet, what went wrong, who has been told again. */
import type { Ctx } from '../context.ts'
import { admit } from '../desk/gate.ts'
import type { ReleaseRow } from '../desk/store.ts'
import { type EditionRow, editionsOf } from '../publication/store.ts'
import type { Actor } from '../staff/member.ts'
import { countSigned } from './acknowledge-store.ts'
import { type Sighting, sightingsOf } from './canary-store.ts'
import { type Causes, causesOf } from './causes.ts'
import { type Told, toldAgain } from './progress-store.ts'
import { type PutRight, putRightOf } from './put-right.ts'
import { type RunRow, runsOfRelease } from './run-store.ts'

export type RunProgress = {
  run: RunRow
  /** Why deliveries did not end well, most frequent first. */
  causes: Causes
  /** One sentence where a stand-in served the outlet. */
  notReady: string | null
  everyone: boolean
  /** What reached readers of our own. */
  sightings: Sighting[]
  /** Named contacts who have signed for it; only of the manual outlet. */
  signed?: { all: number; byHand: number }
}
export type EditionProgress = {
  edition: EditionRow
  runs: RunProgress[]
  /** For a correction or withdrawal: people told by earlier editions, and how many of them have this one. */
  told: Told | null
  /** Its error is known: since when, and when what puts it right was out. */
  error: PutRight | null
}

/** Newest edition first. */
export async function progressOf(ctx: Ctx, by: Actor, ref: string): Promise<EditionProgress[]> {
  const { release } = await admit(ctx.store.db, by, ref, 'dispatch.read')
  return progressOfRelease(ctx, release)
}

/** For those who have been let in. */
export async function progressOfRelease(ctx: Ctx, release: Pick<ReleaseRow, 'id'>): Promise<EditionProgress[]> {
  const { db } = ctx.store
  const [editions, runs] = await Promise.all([editionsOf(db, release.id), runsOfRelease(db, release.id)])
  const errors = await putRightOf(
    ctx,
    editions.map((e) => e.id),
  )
  return Promise.all(
    editions.reverse().map(async (edition) => {
      const own = runs.filter((r) => r.edition_id === edition.id)
      return {
        edition,
        runs: await Promise.all(own.map((r) => runOf(ctx, r))),
        told: await toldBy(ctx, edition, own),
        error: errors.get(edition.id) ?? null,
      }
    }),
  )
}

/** Whether anything is still to be seen: a run under way, or an edition whose runs are not open yet. */
export const isGoing = (release: Pick<ReleaseRow, 'editions'>, runs: RunRow[]): boolean =>
  runs.some((r) => !['done', 'stopped', 'held'].includes(r.state)) ||
  new Set(runs.map((r) => r.edition_id)).size < release.editions

async function runOf(ctx: Ctx, run: RunRow): Promise<RunProgress> {
  return {
    run,
    causes: await causesOf(ctx, run),
    notReady: ctx.notReady[run.outlet] ?? null,
    everyone: isForEveryone(ctx, run.outlet),
    sightings: isForEveryone(ctx, run.outlet) ? [] : await sightingsOf(ctx.store.db, [run.dispatch_id]),
    ...(run.outlet === 'manual'
      ? { signed: (await countSigned(ctx.store.db, run.release_id)).get(run.edition_id) ?? { all: 0, byHand: 0 } }
      : {}),
  }
}

export const isForEveryone = (ctx: Ctx, outlet: string): boolean =>
  ctx.channels.find((c) => c.name === outlet)?.audience === 'everyone'

async function toldBy(ctx: Ctx, edition: EditionRow, runs: RunRow[]): Promise<EditionProgress['told']> {
  if (edition.type !== 'correction' && edition.type !== 'withdrawal') return null
  const told = await Promise.all(runs.filter((r) => r.plan_end > 0).map((r) => toldAgain(ctx.store.db, r)))
  const sum = (what: keyof Told) => told.reduce((n, t) => n + t[what], 0)
  return { all: sum('all'), done: sum('done'), unknown: sum('unknown'), left: sum('left'), failed: sum('failed') }
}
