/** One window of digests: claimed under a lease, rendered once for all who read the same, sent, settled. */

import { callDigest } from '../audience/store.ts'
import { suppressSubscriber } from '../audience/suppression.ts'
import type { Ctx } from '../context.ts'
import { plus, SECOND } from '../lib/clock.ts'
import { newId } from '../lib/id.ts'
import type { Edition, Language } from '../publication/edition.ts'
import { raiseAlarm } from '../store/alarm.ts'
import type { Channel, DigestPeriod, Outcome, Target } from './channel.ts'
import { type Judged, judge } from './digest-judge.ts'
import {
  closeDigests,
  type DigestResult,
  type Due,
  dueDigests,
  type Leaving,
  moveWaiting,
  recipients,
  settleDigests,
  takeDigests,
  type Waiting,
  waitingFor,
} from './digest-store.ts'
import { stateAfter } from './send.ts'

const MIN_WINDOW = 20
const MAX_WINDOW = 200
/** Releases in one mail; what is beyond them goes in a second mail at once. */
const MOST_ITEMS = 100
const MAX_ATTEMPTS = 12
const KEPT_RENDERINGS = 50

/** A digest ready to go. */
type Claimed = { due: Due; target: Target; items: Edition[] }

/** What a worker remembers between windows: renderings, and how many digests the last second's rate says one second carries. */
export type Pace = { prepared: Map<string, unknown>; window: number }
export const newPace = (): Pace => ({ prepared: new Map(), window: MIN_WINDOW })

/** Sends or closes one window of what is due. */
export async function sendDigests(ctx: Ctx, pace: Pace): Promise<void> {
  const channel = ctx.channels.find((c) => c.serves === 'email')
  if (!channel?.digest) return
  const lease = newId(ctx.clock.ms())
  const claimed = await ctx.store.tx((trx) => claim(ctx, trx, lease, pace.window))
  if (claimed.length === 0) return
  const began = ctx.clock.ticks()
  const outcomes = await handOver(ctx, channel, pace.prepared, claimed)
  const rate = (claimed.length * SECOND) / Math.max(1, ctx.clock.ticks() - began)
  pace.window = Math.max(MIN_WINDOW, Math.min(MAX_WINDOW, Math.ceil(rate)))
  const now = ctx.clock.now()
  const results = claimed.map((c, i) => resultOf(c, outcomes[i] as Outcome, now))
  const moved = await ctx.store.tx(async (trx) => {
    const runs = await settleDigests(trx, ctx.store.dialect, lease, results, now)
    for (const [i, r] of results.entries())
      if (r.state === 'gone') await suppressSubscriber(ctx, trx, (claimed[i] as Claimed).due.subscriberId, 'bounced')
    if (results.some((r, i) => r.state === 'failed' && outcomes[i]?.state === 'again'))
      await raiseAlarm(trx, ctx.clock, 'attempts-exhausted', 'outlet:email')
    return runs
  })
  for (const dispatchId of moved) ctx.bell.ring('progress', dispatchId)
}

type Trx = Parameters<typeof dueDigests>[0]
type Person = Awaited<ReturnType<typeof recipients>>[number]
/** What a look at the rows decides; carried out at the end of the claim. */
type Decided = {
  claimed: Claimed[]
  taken: { id: number; deliveries: number[] }[]
  /** Why nothing may be sent → whose digests and what waited for them. */
  barred: Map<string, { digests: number[]; rows: number[] }>
  stale: number[]
  empty: number[]
}

/** Looks again at every reader and every text, closes what has nobody or nothing left, and takes the rest under the lease. */
async function claim(ctx: Ctx, trx: Trx, lease: string, size: number): Promise<Claimed[]> {
  const now = ctx.clock.now()
  const due = await dueDigests(trx, ctx.store.dialect, size, now)
  if (due.length === 0) return []
  const ids = due.map((d) => d.subscriberId)
  const people = new Map((await recipients(trx, ids)).map((s) => [Number(s.id), s]))
  const waiting = Map.groupBy(await waitingFor(trx, ctx.store.dialect, ids, MOST_ITEMS + 1), (w) => w.subscriberId)
  const verdicts = await judgeAll(trx, [...waiting.values()].flat())
  const decided: Decided = { claimed: [], taken: [], barred: new Map(), stale: [], empty: [] }
  for (const one of due) {
    const all = waiting.get(one.subscriberId) ?? []
    decide(decided, one, people.get(one.subscriberId), all, verdicts)
    if (all.length > MOST_ITEMS) await callDigest(trx, one.subscriberId, now)
  }
  const leaving: Leaving[] = [{ ids: decided.stale, to: 'superseded', why: null }]
  for (const [why, { digests, rows }] of decided.barred) {
    await closeDigests(trx, digests, 'suppressed', why, now)
    leaving.push({ ids: rows, to: 'suppressed', why })
  }
  await moveWaiting(trx, leaving, now)
  await closeDigests(trx, decided.empty, 'superseded', 'nothing-left', now)
  await takeDigests(trx, ctx.store.dialect, decided.taken, lease, now, plus(now, ctx.config.leaseMs))
  return decided.claimed
}

function decide(
  decided: Decided,
  due: Due,
  person: Person | undefined,
  waiting: Waiting[],
  verdicts: Map<string, Judged>,
): void {
  const why = barredBy(person)
  if (!person || why) {
    const group = decided.barred.get(why) ?? { digests: [], rows: [] }
    decided.barred.set(why, group)
    group.digests.push(due.id)
    group.rows.push(...waiting.map((w) => w.id))
    return
  }
  const judged = (w: Waiting) => verdicts.get(w.dispatchId)
  decided.stale.push(...waiting.filter((w) => judged(w)?.verdict === 'superseded').map((w) => w.id))
  const going = waiting.filter((w) => judged(w)?.verdict === 'go').slice(0, MOST_ITEMS)
  const [first] = going
  if (!first) {
    decided.empty.push(due.id)
    return
  }
  decided.taken.push({ id: due.id, deliveries: going.map((w) => w.id) })
  decided.claimed.push({
    due,
    items: newestOfEach(going.flatMap((w) => judged(w)?.edition ?? [])),
    target: {
      deliveryId: first.id,
      subscriberId: due.subscriberId,
      address: person.address,
      token: person.token,
      language: person.language as Language,
      attempt: due.attempt + 1,
    },
  })
}

/** A language added while the first edition still waited: one release is told once, in its newest form. */
const newestOfEach = (editions: Edition[]): Edition[] => [...new Map(editions.map((e) => [e.releaseId, e])).values()]

/** Why nothing may go to them, or ''. */
function barredBy(person: Person | undefined): string {
  if (!person) return 'deleted'
  if (person.state !== 'active') return person.state
  return person.listed ? 'suppression-list' : ''
}

async function judgeAll(trx: Trx, waiting: Waiting[]): Promise<Map<string, Judged>> {
  const found = new Map<string, Judged>()
  for (const dispatchId of new Set(waiting.map((w) => w.dispatchId))) {
    const judged = await judge(trx, dispatchId)
    if (judged) found.set(dispatchId, judged)
  }
  return found
}

/** One rendering for all who get the same releases in the same language for the same period. */
async function handOver(
  ctx: Ctx,
  channel: Channel,
  prepared: Pace['prepared'],
  claimed: Claimed[],
): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  const keyOf = (c: Claimed) =>
    [c.target.language, c.due.frequency, c.due.dueAt, c.due.period, ...c.items.map((e) => e.id)].join(' ')
  const groups = Map.groupBy(claimed.keys(), (i) => keyOf(claimed[i] as Claimed))
  // One time for all of them, however many different mails they are: what has not begun by then is tried again, and what has
  // keeps the other half of the lease for its answer. Nothing leaves once the lease may be dead and the text put right.
  const signal = AbortSignal.timeout(ctx.config.leaseMs / 2)
  await Promise.all(
    [...groups].map(async ([key, at]) => {
      const same = at.map((i) => claimed[i] as Claimed)
      const got = await attempt(ctx, channel, prepared, key, same, signal)
      for (const [k, i] of at.entries()) outcomes[i] = got[k] ?? { state: 'unknown', why: 'the outlet gave no outcome' }
    }),
  )
  return outcomes
}

async function attempt(
  ctx: Ctx,
  channel: Channel,
  prepared: Pace['prepared'],
  key: string,
  same: Claimed[],
  signal: AbortSignal,
): Promise<Outcome[]> {
  const { due, items, target } = same[0] as Claimed
  let rendered: unknown
  try {
    rendered = prepared.get(key) ?? (await channel.digest?.(items, target.language, periodOf(due)))
    if (prepared.size >= KEPT_RENDERINGS) prepared.clear()
    prepared.set(key, rendered)
  } catch (err) {
    ctx.log.error({ err, outlet: channel.name, digest: due.id }, 'rendering failed')
    return same.map(() => ({ state: 'again', why: 'rendering failed', after: 60 * SECOND }))
  }
  try {
    return await channel.send(
      rendered,
      same.map((c) => c.target),
      signal,
    )
  } catch (err) {
    ctx.log.error({ err, outlet: channel.name, digest: due.id }, 'outlet failed')
    return same.map(() => ({ state: 'unknown', why: 'outlet failed' }))
  }
}

const periodOf = (due: Due): DigestPeriod => ({
  every: due.frequency as DigestPeriod['every'],
  date: due.period.slice(due.period.indexOf(':') + 1, due.period.indexOf(':') + 11),
  until: due.dueAt,
})

function resultOf({ due }: Claimed, outcome: Outcome, now: string): DigestResult {
  const state = stateAfter(outcome, due.attempt + 1 >= MAX_ATTEMPTS)
  const wait = outcome.state === 'again' && state === 'deferred' ? backOff(due.attempt, outcome.after) : null
  return {
    id: due.id,
    state,
    nextAt: wait === null ? null : plus(now, wait),
    why: 'why' in outcome ? outcome.why.slice(0, 300) : null,
    remote: 'remoteId' in outcome ? (outcome.remoteId ?? null) : null,
  }
}

/** Doubling from the far end's own wish, up to half an hour: nobody waits for a digest by the minute. */
const backOff = (attempt: number, after: number): number =>
  Math.min(30 * 60 * SECOND, Math.max(after, 5 * SECOND * 2 ** Math.min(attempt, 9)))
