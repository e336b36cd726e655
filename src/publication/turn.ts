/** When a release's pages change by themselves: the times an edition names, and the turns the clock makes of them. */
import type { Kysely } from 'kysely'
import type { Ctx } from '../context.ts'
import type { Content } from '../desk/content.ts'
import { releaseById } from '../desk/store.ts'
import { DAY, plus } from '../lib/clock.ts'
import { holdCount } from '../store/counter.ts'
import type { Tables } from '../store/tables.ts'
import { dropDue, insertDue, insertTurn, nextDue, releasesDue, type TurnWhy, takeDue } from '../store/turn.ts'
import { forgetSearch } from './search.ts'

type Trx = Kysely<Tables>
type Due = { why: TurnWhy; at: string }

/** Set anew by every edition. The end of an alert is not: what cancels it stays in the index until it would have ended. */
const OF_THE_TEXT: TurnWhy[] = ['display-ended', 'expired', 'top-ended']

/** Times at which this text is shown differently from before. Pure. */
export function duesOf(content: Content | null, publishedAt: string): Due[] {
  if (!content) return []
  const { core } = content
  const until = core.expiresAt ?? core.cap?.expires
  const ended = core.falseAlarmOf !== undefined || core.over !== undefined
  const warned = !ended && (core.kind === 'warning' || core.cap !== undefined)
  return [
    ...(until ? [{ why: 'expired' as const, at: until }] : []),
    // The same as the CAP message says, which has an end also where nobody named one.
    ...(warned ? [{ why: 'alert-ended' as const, at: core.cap?.expires ?? until ?? plus(publishedAt, DAY) }] : []),
    ...(core.displayUntil ? [{ why: 'display-ended' as const, at: core.displayUntil }] : []),
    ...(core.lane === 'flash' && !core.incidentId ? [{ why: 'top-ended' as const, at: plus(publishedAt, DAY) }] : []),
  ]
}

/** Notes them beside a new edition, in its transaction. A withdrawal or takedown has none of its own. */
export async function planTurns(
  trx: Trx,
  edition: Pick<Tables['edition'], 'release_id' | 'type' | 'published_at'>,
  content: Content | null,
): Promise<void> {
  await dropDue(trx, edition.release_id, OF_THE_TEXT)
  if (edition.type === 'withdrawal' || edition.type === 'takedown') return
  const dues = duesOf(content, edition.published_at).filter((due) => due.at > edition.published_at)
  await insertDue(
    trx,
    dues.map((due) => ({ release_id: edition.release_id, why: due.why, due_at: due.at })),
  )
}

/** Makes turns of releases whose time has come, at most so many. @returns how many */
export async function turnDue(ctx: Ctx, most: number): Promise<number> {
  let turned = 0
  for (const releaseId of await releasesDue(ctx.store.db, ctx.clock.now(), most))
    if (await turnOne(ctx, releaseId)) turned++
  return turned
}

/** Milliseconds until the next time that is noted; Infinity when there is none. A time that is past is due already. */
export async function untilTurn(ctx: Ctx): Promise<number> {
  const next = await nextDue(ctx.store.db, ctx.clock.now())
  return next ? Date.parse(next) - ctx.clock.ms() : Number.POSITIVE_INFINITY
}

/** An edition published this moment comes wholly before, and then its times count, or wholly after, and then its text does. */
const turnOne = (ctx: Ctx, releaseId: string): Promise<boolean> =>
  ctx.store.tx(async (trx) => {
    await holdCount(trx, 'sequence')
    const now = ctx.clock.now()
    const whys = await takeDue(trx, releaseId, now)
    const release = await releaseById(trx, releaseId)
    if (!release || whys.length === 0) return false
    const why = OF_THE_TEXT.find((w) => whys.includes(w)) ?? (whys[0] as TurnWhy)
    if (whys.includes('display-ended')) await forgetSearch(trx, ctx.store.dialect, releaseId)
    await insertTurn(trx, now, why, release.mode, { release_id: releaseId })
    return true
  })
