/**
 * A worker's window on one run: at most so many rows `sending` at once, written so before the wire and settled as outcomes come
 * in. One transaction writes the outcomes of the last moment and takes as many rows anew, so the wire is never idle and a
 * crash leaves no more in doubt than one window.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { markUnreachable } from '../audience/standby-store.ts'
import { suppressSubscriber } from '../audience/suppression.ts'
import { plus } from '../lib/clock.ts'
import { newId } from '../lib/id.ts'
import { raiseAlarm } from '../store/alarm.ts'
import { allowance, doorsOf } from './allowance.ts'
import type { Outcome } from './channel.ts'
import { renew } from './lease-store.ts'
import { outletAlarms } from './outlet-alarms.ts'
import { standingOf } from './run-store.ts'
import { handOver, mustStop, resultOf, type SendLeg } from './send.ts'
import {
  acceptedTimes,
  addCounts,
  type Claimed,
  claim,
  NOTHING_TAKEN,
  type Result,
  settle,
  type Taking,
  takeBack,
} from './store.ts'

export const MAX_WINDOW = 200
const MIN_WINDOW = 10
/** Outcomes are written when half a window has come in, or so long after the first of them. */
const LINGER_MS = 10
/** So many outcomes are written together, where the outlet does not ask for fewer: each transaction has its price. */
const TOGETHER = 100
/** While the database does not take outcomes they are kept and offered again. */
const PATIENCE_MS = 500
const PROGRESS_MS = 250
/** Who must wait for a rate limit is looked at again after so long, and no sooner. */
const HELD_MS = 1000

type Trx = Parameters<typeof claim>[0]

/** idle: nothing left to take now · stop: the text must not go on, or a person stopped the run · aborted: the process ends */
export type Sent = 'idle' | 'stop' | 'aborted'

/** Sends what there is to send of one run, until nothing is left that may be taken now. */
export async function sendRun(leg: SendLeg): Promise<Sent> {
  const window = new Window(leg)
  const keeping = setInterval(() => window.keep(), leg.ctx.config.leaseMs / 3)
  try {
    return await window.run()
  } finally {
    clearInterval(keeping)
  }
}

/** Subscribers this release will not reach: their end is gone, or has been tried for the last time. */
const lost = (results: Result[]): number[] =>
  results.filter((r) => r.state === 'gone' || r.state === 'failed').map((r) => r.subscriberId)

class Window {
  readonly #leg: SendLeg
  readonly #lease: string
  readonly #onWire = new Set<Claimed>()
  #settled: Result[] = []
  #ripe: (() => void) | undefined
  #linger: NodeJS.Timeout | undefined
  /** The last transaction failed: it may have been written all the same, without our hearing of it. */
  #inDoubt = false

  constructor(leg: SendLeg) {
    this.#leg = leg
    this.#lease = newId(leg.ctx.clock.ms())
  }

  async run(): Promise<Sent> {
    const { signal, worker } = this.#leg
    let over: 'stop' | undefined
    for (;;) {
      const busy = this.#onWire.size + this.#settled.length > 0
      const room = over || signal.aborted || !(await worker.mayClaim(busy)) ? 0 : this.#size() - this.#onWire.size
      const got = await this.#exchange(room)
      if (got === 'stop') over = 'stop'
      else if (got.targets.length) await this.#send(got.targets, got.fresh)
      if (this.#onWire.size > 0) await this.#outcomes()
      else if (this.#settled.length === 0 && !this.#inDoubt) return signal.aborted ? 'aborted' : (over ?? 'idle')
    }
  }

  /** What the last second's rate says one second carries. */
  #size(): number {
    const { channel, memory, ctx } = this.#leg
    if (channel.audience === 'everyone') return 1
    return Math.max(MIN_WINDOW, Math.min(MAX_WINDOW, Math.ceil(memory.rate.perSecond(ctx.clock.ticks()))))
  }

  /** Writes what came in and takes new rows, in one transaction. What could not be written is offered again. */
  async #exchange(room: number): Promise<Taking | 'stop'> {
    const results = this.#settled
    if (results.length === 0 && room <= 0 && !this.#inDoubt) return NOTHING_TAKEN
    this.#settled = []
    try {
      const got = await this.#leg.ctx.store.tx((trx) => this.#within(trx, results, room))
      this.#leg.memory.rate.note(this.#leg.ctx.clock.ticks(), results.filter((r) => !r.heldBack).length)
      this.#tellProgress()
      this.#inDoubt = false
      return got
    } catch (err) {
      this.#inDoubt = true
      this.#leg.ctx.log.error({ err, dispatch: this.#leg.run.dispatch_id }, 'could not be written yet')
      if (this.#leg.signal.aborted) throw err
      await this.#leg.worker.failed()
      this.#settled.unshift(...results)
      await sleep(PATIENCE_MS)
      return NOTHING_TAKEN
    }
  }

  /** Whoever watches is told a few times a second. */
  #tellProgress(): void {
    const { ctx, run, memory } = this.#leg
    const at = ctx.clock.ticks()
    if (at - (memory.told ?? 0) < PROGRESS_MS) return
    memory.told = at
    ctx.bell.ring('progress', run.dispatch_id)
  }

  async #within(trx: Trx, results: Result[], room: number): Promise<Taking | 'stop'> {
    const { ctx, run, channel } = this.#leg
    const { dialect } = ctx.store
    const now = ctx.clock.now()
    if (this.#inDoubt) {
      // Outcomes that came in meanwhile are known as well.
      const known = [...this.#onWire, ...results, ...this.#settled].map((r) => r.deliveryId)
      await takeBack(trx, dialect, run.dispatch_id, this.#lease, known, now)
    }
    const settled = await settle(trx, dialect, this.#lease, results, now)
    // A mailbox that is not there stays on the list, also when its owner has the rest of their data deleted.
    if (channel.serves === 'email')
      for (const r of results) if (r.state === 'gone') await suppressSubscriber(ctx, trx, r.subscriberId, 'bounced')
    // Who named an address for that day gets it by mail instead (stand-in.ts).
    if (channel.serves === 'webpush') await markUnreachable(trx, lost(results), now)
    await this.#alarms(trx, results)
    const taking = room > 0 ? await this.#take(trx, room, now) : NOTHING_TAKEN
    await this.#count(trx, settled, taking === 'stop' ? {} : taking.counts, now)
    return taking
  }

  /** Rows for the wire. Authority is looked at again at the moment of sending. */
  async #take(trx: Trx, room: number, now: string): Promise<Taking | 'stop'> {
    const { ctx, run, edition, channel } = this.#leg
    const at = await standingOf(trx, ctx.store.dialect, run)
    if (!at || !['planning', 'sending'].includes(at.run_state)) return 'stop'
    if (mustStop(edition, at, Number(at.replaced) > 0, channel.audience)) return 'stop'
    const until = plus(now, ctx.config.leaseMs)
    // What this very transaction has deferred need not be asked for: nothing is due at once.
    const deferred = Number(at.deferred) > 0
    return claim(trx, ctx.store.dialect, {
      dispatchId: run.dispatch_id,
      room,
      deferred,
      lease: this.#lease,
      now,
      until,
    })
  }

  /** Counters move with the rows, both moves in one statement. */
  async #count(trx: Trx, settled: Record<string, number>, taken: Record<string, number>, now: string): Promise<void> {
    const counts = { ...settled }
    for (const [state, n] of Object.entries(taken)) counts[state] = (counts[state] ?? 0) + n
    if (Object.values(counts).every((n) => n === 0)) return
    const times = (counts['accepted'] ?? 0) > 0 ? acceptedTimes(now) : {}
    await addCounts(trx, this.#leg.run.dispatch_id, 0, counts, times)
  }

  async #alarms(trx: Trx, results: Result[]): Promise<void> {
    const { ctx, run, edition, channel } = this.#leg
    if (channel.hub) return
    if (results.some((r) => r.state === 'failed' && r.outcome.state === 'again'))
      await raiseAlarm(trx, ctx.clock, 'attempts-exhausted', `dispatch:${run.dispatch_id}`)
    // The site tries for ever, and what is behind it waits: not in silence. Verified, this clears itself.
    if (channel.audience === 'everyone' && results.some((r) => r.state === 'deferred' && r.attempt >= 3))
      await raiseAlarm(trx, ctx.clock, 'not-verified', `edition:${edition.id}`)
    if (channel.audience === 'subscribers') await outletAlarms(trx, this.#leg, results)
  }

  async #send(claimed: Claimed[], fresh: number): Promise<void> {
    const { ctx, run, channel } = this.#leg
    for (const target of claimed) this.#onWire.add(target)
    const doors = doorsOf(channel.serves, ctx.config.rates)
    const waits = doors ? await allowance(ctx.limits, claimed, doors) : []
    for (const [i, target] of claimed.entries()) if (waits[i]) this.#holdBack(target, waits[i])
    const go = claimed.filter((_, i) => !waits[i])
    void handOver(this.#leg, go, (target, outcome: Outcome) => {
      this.#onWire.delete(target)
      this.#settled.push(resultOf(run, target, outcome, ctx.clock.now()))
      this.#ripen()
    })
    // Where nobody is left but those a limit holds up, they are not taken up again at once.
    if (fresh === 0 && go.length * 2 <= claimed.length) await sleep(Math.min(HELD_MS, ...waits.filter(Boolean)))
  }

  /** Put back untried. */
  #holdBack(target: Claimed, ms: number): void {
    const outcome: Outcome = { state: 'again', why: 'rate limit', after: ms }
    const nextAt = plus(this.#leg.ctx.clock.now(), Math.max(HELD_MS, ms))
    this.#onWire.delete(target)
    this.#settled.push({
      deliveryId: target.deliveryId,
      subscriberId: target.subscriberId,
      attempt: target.attempt,
      outcome,
      nextAt,
      state: 'deferred',
      heldBack: true,
    })
  }

  /** Wakes the loop when half of what is under way has come in, or shortly after the first of it. */
  #ripen(): void {
    if (this.#isRipe()) this.#wake()
    else this.#linger ??= setTimeout(() => this.#wake(), LINGER_MS)
  }

  #isRipe(): boolean {
    const n = this.#settled.length
    return n > 0 && (n >= (this.#leg.channel.recordTogether ?? TOGETHER) || n >= this.#onWire.size)
  }

  #wake(): void {
    clearTimeout(this.#linger)
    this.#linger = undefined
    this.#ripe?.()
  }

  async #outcomes(): Promise<void> {
    if (this.#isRipe()) return
    await new Promise<void>((resolve) => {
      this.#ripe = resolve
      if (this.#settled.length) this.#linger ??= setTimeout(() => this.#wake(), LINGER_MS)
    })
    this.#ripe = undefined
  }

  /** A far end that takes its time keeps its rows: their lease is lengthened before it dies. */
  keep(): void {
    const { ctx } = this.#leg
    const ids = [...this.#onWire].map((t) => t.deliveryId)
    if (ids.length === 0) return
    const until = plus(ctx.clock.now(), ctx.config.leaseMs)
    renew(ctx.store.db, ctx.store.dialect, this.#lease, ids, until).catch((err) =>
      ctx.log.warn({ err, dispatch: this.#leg.run.dispatch_id }, 'lease not lengthened'),
    )
  }
}
