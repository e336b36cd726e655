/** How a release is going out: its editions, the run of each outlet, what went wrong, who has been told again. */
import type { Ctx } from '../context.ts'
import { admit } from '../desk/gate.ts'
import { type EditionRow, editionsOf } from '../publication/store.ts'
import type { Actor } from '../staff/member.ts'
import { toldAgain } from './progress-store.ts'
import { type RunRow, runsOfRelease } from './run-store.ts'
import { causes } from './store.ts'

export type RunProgress = {
  run: RunRow
  /** Why deliveries did not end well, most frequent first. */
  causes: { state: string; why: string; n: number }[]
  /** One sentence where a stand-in served the outlet. */
  notReady: string | null
  everyone: boolean
}
export type EditionProgress = {
  edition: EditionRow
  runs: RunProgress[]
  /** For a correction or withdrawal: people told by earlier editions, and how many of them have this one. */
  told: { all: number; done: number } | null
}

/** Newest edition first. */
export async function progressOf(ctx: Ctx, by: Actor, ref: string): Promise<EditionProgress[]> {
  const { db } = ctx.store
  const { release } = await admit(db, by, ref, 'dispatch.read')
  const [editions, runs] = await Promise.all([editionsOf(db, release.id), runsOfRelease(db, release.id)])
  return Promise.all(
    editions.reverse().map(async (edition) => {
      const own = runs.filter((r) => r.edition_id === edition.id)
      return { edition, runs: await Promise.all(own.map((r) => runOf(ctx, r))), told: await toldBy(ctx, edition, own) }
    }),
  )
}

async function runOf(ctx: Ctx, run: RunRow): Promise<RunProgress> {
  const channel = ctx.channels.find((c) => c.name === run.outlet)
  const trouble = run.failed + run.gone + run.deferred + run.unknown + run.suppressed
  const found = trouble ? await causes(ctx.store.db, run.dispatch_id) : []
  return {
    run,
    causes: found.map((c) => ({ state: c.state, why: c.why ?? '', n: Number(c.n) })),
    notReady: ctx.notReady[run.outlet] ?? null,
    everyone: channel?.audience === 'everyone',
  }
}

async function toldBy(ctx: Ctx, edition: EditionRow, runs: RunRow[]): Promise<EditionProgress['told']> {
  if (edition.type !== 'correction' && edition.type !== 'withdrawal') return null
  const told = await Promise.all(runs.filter((r) => r.plan_end > 0).map((r) => toldAgain(ctx.store.db, r)))
  return { all: told.reduce((n, t) => n + t.all, 0), done: told.reduce((n, t) => n + t.done, 0) }
}
