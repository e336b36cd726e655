/** Plans a run: one row per recipient, in ranges that are transactions of their own, restartable after a crash. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { RawBuilder } from 'kysely'
import { follows, topicsFollowed } from '../audience/hub-store.ts'
import { both, type Criteria, concernedAreas, matches, type Range, rangeEnd } from '../audience/match-store.ts'
import { hashRange } from '../audience/suppression.ts'
import { receives } from '../audience/webhook-store.ts'
import type { Ctx } from '../context.ts'
import { languagesOf } from '../desk/content.ts'
import { catalogueAt } from '../publication/catalogue.ts'
import type { Edition } from '../publication/edition.ts'
import type { Channel } from './channel.ts'
import { digestInHand } from './digest-store.ts'
import { highestSubscriber, planEveryone, planRange } from './plan-store.ts'
import { warnOfRetired } from './retire.ts'
import { reachOf } from './run.ts'
import { type RunRow, runById, runsOfRelease, updateRun } from './run-store.ts'
import type { Memory } from './send.ts'

/**
 * Subscribers a range looks at: few, so that a flash is not kept waiting by the plan of a routine release; more where few of
 * them match, and never so many that they could be more rows than one transaction should hold.
 */
const RANGE = { least: 1_000, most: 10_000 }
/** Rows a range should give. */
const ENOUGH = 250
/** Between two looks at a digest that is on the wire with the text this run puts right. */
const LOOK_AGAIN = 100

/** Plans the next range. @returns true when the plan is complete */
export async function planNext(
  ctx: Ctx,
  run: RunRow,
  edition: Edition,
  channel: Channel,
  memory: Pick<Memory, 'stride'>,
): Promise<boolean> {
  const now = ctx.clock.now()
  if (channel.audience === 'everyone') {
    if (run.audience === 0) await ctx.store.tx((trx) => planEveryone(trx, run.dispatch_id, 'zh-CN', now))
    return true
  }
  const kind = channel.serves as string
  if (run.plan_end < 0) {
    const end = await highestSubscriber(ctx.store.db, kind)
    if (reachOf(edition, [], []).told && !channel.hub) await warnOfRetired(ctx, run)
    await updateRun(ctx.store.db, run.dispatch_id, { plan_end: end, planned_at: now })
    return end === 0
  }
  const stride = memory.stride ?? RANGE.least
  const to = await rangeEnd(ctx.store.db, kind, edition.mode, run.plan_cursor, run.plan_end, stride)
  if (to === null) return true
  const range = await rangeOf(ctx, run, edition, channel, { from: run.plan_cursor, to })
  // Who is being handed the earlier text in a digest this moment is known as told within one lease.
  if (range.told.length > 0 && (await digestInHand(ctx.store.db, range.told))) {
    await sleep(LOOK_AGAIN)
    return false
  }
  await ctx.store.tx(async (trx) => {
    const fresh = await runById(trx, run.dispatch_id)
    if (fresh?.plan_cursor !== run.plan_cursor) return
    await hashRange(ctx, trx, kind, run.plan_cursor, to)
    const rows = await planRange(trx, range, now)
    memory.stride = rows < ENOUGH ? Math.min(RANGE.most, stride * 2) : RANGE.least
  })
  return false
}

async function rangeOf(ctx: Ctx, run: RunRow, edition: Edition, channel: Channel, range: Range) {
  const kind = channel.serves as string
  const content = edition.content
  const languages = content ? languagesOf(content) : ['zh-CN']
  const before = (
    await catalogueAt(ctx.store.db, ctx.blobs, edition.sequence - 1, edition.mode).latest(edition.releaseId)
  )?.content
  const reach = reachOf(edition, languages, before ? languagesOf(before) : [])
  const criteria = {
    topics: content?.core.topics ?? [],
    areas: await concernedAreas(ctx.store.db, content?.core.areas ?? []),
    urgency: content?.core.urgency ?? 'normal',
    ...(reach.onlyLanguages ? { languages: reach.onlyLanguages } : {}),
  }
  const earlier = reach.told && !channel.hub ? await runsOfRelease(ctx.store.db, run.release_id) : []
  return {
    ...range,
    dispatchId: run.dispatch_id,
    kind,
    mode: edition.mode,
    matches: channel.hub
      ? await followers(ctx, edition, range)
      : reach.matching
        ? matching(criteria, range, kind, edition)
        : null,
    told: earlier
      .filter((r) => r.outlet === run.outlet && r.sequence < edition.sequence && r.audience > 0)
      .map((r) => r.dispatch_id),
    digests: run.lane === 'routine' && kind === 'email',
    languages,
    fallback: languages[0] as string,
  }
}

/** A receiver of webhooks may also choose kinds and lane. */
const matching = (criteria: Criteria, range: Range, kind: string, edition: Edition): RawBuilder<boolean> =>
  kind === 'webhook' ? both(matches(criteria, range), receives(edition.kind, edition.lane)) : matches(criteria, range)

/**
 * Who follows a public file that this edition wrote. One that a later edition has written since counts too: a repeat beats a
 * silence. null: nobody, as with every exercise, which the live site knows nothing of.
 */
async function followers(ctx: Ctx, edition: Edition, range: Range): Promise<RawBuilder<boolean> | null> {
  if (edition.mode !== 'live') return null
  const written: string[] = []
  for (const topic of await topicsFollowed(ctx.store.db, range)) {
    const hit = await ctx.site.entry(topic)
    if (hit && !hit.exercise && hit.sequence >= edition.sequence) written.push(topic)
  }
  return written.length ? follows(written, ctx.clock.now()) : null
}
