/** How long a wrong text stood: from when the error was known to when what puts it right was out. */
import type { Ctx } from '../context.ts'
import { clocksOf, meetClock } from '../incident/clock-store.ts'
import { DAY, plus } from '../lib/clock.ts'
import { correctedAt, errorsOpen, errorsSince } from './put-right-store.ts'

export const ERROR_RULE = 'error-corrected'

/** Error known, and corrected: verified on the public page, or taken by the first far end, whichever came first. */
export type PutRight = { knownAt: string; correctedAt: string | null }

/** Meets the clocks of errors whose correction, withdrawal or takedown has come out meanwhile, at the moment it did. */
export async function noteCorrected(ctx: Ctx): Promise<void> {
  for (const subject of await errorsOpen(ctx.store.db, ERROR_RULE)) {
    const at = await correctedAt(ctx.store.db, subject.replace('edition:', ''))
    if (at) await ctx.store.tx((trx) => meetClock(trx, subject, ERROR_RULE, at))
  }
}

/** By edition id, for those whose error is known. A stop that was let go on again was none. */
export async function putRightOf(ctx: Ctx, editionIds: string[]): Promise<Map<string, PutRight>> {
  const subjects = editionIds.map((id) => `edition:${id}`)
  const rows = (await clocksOf(ctx.store.db, subjects)).filter((c) => c.rule === ERROR_RULE && !c.ended_at)
  return new Map(rows.map((c) => [c.subject.replace('edition:', ''), { knownAt: c.started_at, correctedAt: c.met_at }]))
}

export type ErrorFigure = {
  release: string
  edition: number
  agencyId: string
  knownAt: string
  correctedAt: string | null
  /** From known to corrected; null while it is not. */
  seconds: number | null
}

/** Errors of the last year in these agencies, newest first: ids and times, for auditors. */
export async function errorFigures(ctx: Ctx, agencyIds: string[]): Promise<ErrorFigure[]> {
  const rows = await errorsSince(ctx.store.db, ERROR_RULE, agencyIds, plus(ctx.clock.now(), -365 * DAY))
  return rows.map((r) => ({
    release: r.number,
    edition: r.edition,
    agencyId: r.agency_id,
    knownAt: r.started_at,
    correctedAt: r.met_at,
    seconds: r.met_at ? Math.round((Date.parse(r.met_at) - Date.parse(r.started_at)) / 1000) : null,
  }))
}
