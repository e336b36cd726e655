/** What runs beside the web: one commented table of jobs, and the drivers that carry dispatches. */
import { setTimeout as sleep } from 'node:timers/promises'
import { freeRequests } from './audience/hub-store.ts'
import { driveHub } from './audience/hub-verify.ts'
import { dropMediaEntries } from './audience/journalist-store.ts'
import { readMailbox } from './audience/mailbox.ts'
import { dropUnasked } from './audience/unasked.ts'
import type { Ctx } from './context.ts'
import { watchCanaries } from './delivery/canary.ts'
import { readCanaryMail } from './delivery/canary-mail.ts'
import { driveDigests } from './delivery/digest.ts'
import { driveStep } from './delivery/drive.ts'
import { followEdge } from './delivery/edge.ts'
import { buildIssues } from './delivery/gazette.ts'
import type { Step } from './delivery/leg.ts'
import { weeklyTests } from './delivery/outlet-test.ts'
import { patrol } from './delivery/patrol.ts'
import { noteCorrected } from './delivery/put-right.ts'
import { retire } from './delivery/retire.ts'
import { dropRunLease, expireLeases, leaseRun, openRuns, type RunRow } from './delivery/run-store.ts'
import { type Memory, newMemory, type Worker } from './delivery/send.ts'
import { standIn } from './delivery/stand-in.ts'
import { adopt, impossible, leaseSweep, sweepClocks } from './delivery/sweep.ts'
import { tellAlarms } from './delivery/tell-alarms.ts'
import { carryTurns } from './delivery/turns.ts'
import { sweepBlobs } from './desk/sweep-blobs.ts'
import { tendFaults } from './desk/tend-faults.ts'
import { DAY, HOUR, MINUTE, plus, SECOND } from './lib/clock.ts'
import { newId } from './lib/id.ts'
import { publishDue, untilDue } from './publication/due.ts'
import { watchExpiry } from './publication/expiry.ts'
import { keepSearch } from './publication/search-rebuild.ts'
import { takeUpKeys } from './publication/take-up-keys.ts'
import { untilTurn } from './publication/turn.ts'
import { sweepEdge } from './purge/edge.ts'
import { sweepPurged } from './purge/sweep.ts'
import { tendLoginAlarms } from './staff/reset-login.ts'
import { watchRoster } from './staff/watch-roster.ts'
import { type Distress, distress } from './store/distress.ts'
import { BEAT_EVERY, beat } from './store/health.ts'
import { dropOldRates } from './store/rate.ts'
import { freeTurns } from './store/turn.ts'
import { sayPresent } from './store/worker-store.ts'

type Job = {
  name: string
  every: number
  run: (ctx: Ctx) => Promise<unknown>
  /** Milliseconds until it is worth running again, where that may be sooner than its period. */
  due?: (ctx: Ctx) => Promise<number>
}

/** The timetable. Every job finds its work in rows and is safe to run twice; bells only make it sooner. */
export const timetable = (ctx: Ctx): Job[] => [
  // Releases whose planned time has come, and signed ones a dead process left unpublished. Never early, by the server's clock.
  { name: 'publish-due', every: ctx.config.sweepMs.flash, run: publishDue, due: untilDue },
  // Dispatches of new editions become runs.
  { name: 'adopt', every: ctx.config.sweepMs.flash, run: adopt },
  // Runs another process let go on while its bell could not be heard here.
  {
    name: 'look',
    every: ctx.config.sweepMs.routine,
    run: async (c) => (await openRuns(c.store.db, c.clock.now())).length,
  },
  // Pages that change by the clock alone: what has expired, what is no longer displayed, incidents that were closed.
  { name: 'turns', every: ctx.config.sweepMs.flash, run: carryTurns, due: untilTurn },
  // Issues of the gazette that were compiled and do not stand on the site yet.
  { name: 'gazette', every: ctx.config.sweepMs.routine, run: async (c) => void (await buildIssues(c)) },
  // Windows whose worker is gone: sending → unknown.
  { name: 'leases', every: ctx.config.sweepMs.flash, run: leaseSweep(ctx) },
  // Daily and weekly mails, by each subscriber's own clock; also what became of those a dead worker had in hand.
  { name: 'digests', every: ctx.config.sweepMs.flash, run: driveDigests },
  // Browsers that cannot be reached any more: mail takes over where an address stands by.
  { name: 'stand-in', every: ctx.config.sweepMs.flash, run: standIn },
  // What the hub has to ask callbacks, and leases that are over.
  { name: 'hub', every: ctx.config.sweepMs.flash, run: driveHub },
  // Clocks that ran out; telephone sign-offs nobody confirmed.
  { name: 'clocks', every: ctx.config.sweepMs.routine, run: sweepClocks },
  // Warnings that are about to expire: somebody on duty is asked.
  { name: 'expiry', every: ctx.config.sweepMs.routine, run: watchExpiry },
  // Errors that were known: when what puts them right was out.
  { name: 'put-right', every: ctx.config.sweepMs.flash, run: noteCorrected },
  // Mail that came back, where the mail system delivers it into a folder.
  { name: 'mailbox', every: ctx.config.sweepMs.routine, run: async (c) => void (await readMailbox(c)) },
  // What reached our own mailbox, and whether our own readers heard in time.
  { name: 'canary-mail', every: ctx.config.sweepMs.routine, run: async (c) => void (await readCanaryMail(c)) },
  { name: 'canaries', every: ctx.config.sweepMs.routine, run: watchCanaries },
  // Once a week each outlet that has a reader of our own is tested, whether or not anything was published.
  { name: 'outlet-tests', every: HOUR, run: weeklyTests },
  // Nights ahead without a signer, where an office keeps a roster.
  { name: 'roster', every: 10 * MINUTE, run: watchRoster },
  // Changes of somebody's login that hold back begin to wait; what was done at the machine is known by now.
  { name: 'login-alarms', every: MINUTE, run: tendLoginAlarms },
  // The last releases, read again by their public addresses: pages and feeds.
  { name: 'patrol', every: ctx.config.patrolMs, run: async (c) => void (await patrol(c)) },
  // Says that work lives; the web process looks for it (web/health).
  { name: 'beat', every: BEAT_EVERY, run: (c) => beat(c.store.db, 'work', c.clock.now()) },
  // Alarms leave by their own path, and again while nobody has them in hand.
  { name: 'alarms', every: ctx.config.sweepMs.flash, run: tellAlarms },
  // Faults readers wrote of: due days that could not be reckoned before, and addresses whose answer is long given.
  { name: 'faults', every: 10 * MINUTE, run: tendFaults },
  // Files that were masked and whose own bytes are still here.
  { name: 'blobs', every: MINUTE, run: sweepBlobs },
  // What a purge could not finish while a page was being built.
  { name: 'purge', every: 2 * SECOND, run: sweepPurged },
  // The edge has what is public here; where it was away it catches up in one go.
  { name: 'edge', every: 10 * SECOND, run: followEdge },
  // What a purge took away is gone from the edge too.
  { name: 'purge-edge', every: 2 * SECOND, run: sweepEdge },
  // Addresses of people who never confirmed are not kept.
  { name: 'unconfirmed', every: HOUR, run: dropUnasked },
  // Links and sessions of journalists that are long over.
  { name: 'media', every: HOUR, run: (c) => dropMediaEntries(c.store.db, plus(c.clock.now(), -DAY)) },
  // What the retention says is too old: rows of deliveries, former subscribers, kept letters, answers, alarms that are over.
  { name: 'retire', every: 5 * MINUTE, run: retire },
  // The search index, made anew after an upgrade that changed it or where a backup came back without it.
  { name: 'search', every: 10 * MINUTE, run: keepSearch },
  // Work processes see each other, so that the doctor can tell when two of them write to different places.
  { name: 'presence', every: 10 * SECOND, run: async (c) => takeUpKeys(c).then(() => sayPresent(c)) },
  // Who asked how often yesterday is nobody's business.
  { name: 'rates', every: HOUR, run: (c) => dropOldRates(c.store.db, c.clock) },
]

const DRIVERS = 8
/** Milliseconds after a run was carried as far as it goes, before one looks again. */
const SOON = 20
/** The same for a run that another worker leads. */
const LATER = 200

/** Runs looked at together; with so many there may be more. */
const MOST_OPEN = 100
/** Runs of which prepared texts and rates are kept. */
const MOST_REMEMBERED = 100

/** Starts the timetable and the drivers. `alone`: no other process works on this database, so leases found at start are dead. */
export async function startWork(ctx: Ctx, { alone = false } = {}): Promise<{ stop(): Promise<void> }> {
  if (alone) {
    await expireLeases(ctx.store.db, ctx.clock.now())
    await freeTurns(ctx.store.db, ctx.clock.now())
    await freeRequests(ctx.store.db)
  }
  const stopping = new AbortController()
  const trouble = distress(ctx)
  const drivers = new Drivers(ctx, trouble, stopping.signal)
  const loops = timetable(ctx).map((job) => loop(ctx, job, drivers, trouble, stopping.signal))
  const off = ctx.bell.on(
    'dispatch',
    () =>
      void adopt(ctx)
        .then(() => drivers.look())
        .catch((err) => ctx.log.error({ err }, 'adopt')),
  )
  await drivers.look()
  void warm(ctx)
  return {
    async stop() {
      off()
      stopping.abort()
      await Promise.allSettled([...loops, drivers.idle()])
    },
  }
}

/** What the first word of an emergency would otherwise wait for is loaded now, when nobody does. */
async function warm(ctx: Ctx): Promise<void> {
  for (const channel of ctx.channels)
    await channel.warm?.().catch((err) => ctx.log.error({ err, outlet: channel.name }, 'could not be made ready'))
}

async function loop(ctx: Ctx, job: Job, drivers: Drivers, trouble: Distress, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const found = await job.run(ctx)
      if (found) await drivers.look()
      await trouble.recovered(job.name)
    } catch (err) {
      ctx.log.error({ err, job: job.name }, 'job failed')
      await trouble.failed(job.name)
    }
    const soon = (await job.due?.(ctx).catch(() => job.every)) ?? job.every
    await sleep(Math.max(1, Math.min(job.every, soon)), undefined, { signal }).catch(() => {})
  }
}

/** Carries up to DRIVERS runs at a time, flash before routine; routine windows wait while a flash run is sending. */
class Drivers {
  readonly #ctx: Ctx
  readonly #signal: AbortSignal
  readonly #lease = newId()
  readonly #carried = new Map<string, Promise<void>>()
  readonly #memories = new Map<string, Memory>()
  /** Runs whose last step failed: the alarm is over when none is left, or one that works would clear that of one that does not. */
  readonly #failing = new Set<string>()
  #flash = 0
  #timer: NodeJS.Timeout | undefined

  readonly #trouble: Distress

  constructor(ctx: Ctx, trouble: Distress, signal: AbortSignal) {
    this.#ctx = ctx
    this.#trouble = trouble
    this.#signal = signal
  }

  /** Takes up what can be done now and sets a timer for what is next. */
  async look(): Promise<void> {
    if (this.#signal.aborted) return
    const now = this.#ctx.clock.now()
    const runs = await openRuns(this.#ctx.store.db, plus(now, MINUTE))
    // Very many that rest, as with a relay that is down, must not hide those that are due.
    const due = runs.length < MOST_OPEN ? runs.filter((r) => r.next_at <= now) : await openRuns(this.#ctx.store.db, now)
    for (const run of due.filter((r) => !this.#carried.has(r.dispatch_id))) {
      if (this.#carried.size >= DRIVERS && run.lane !== 'flash') continue
      this.#carried.set(
        run.dispatch_id,
        this.#carry(run).finally(() => this.#carried.delete(run.dispatch_id)),
      )
    }
    if (runs.length < MOST_OPEN) {
      const open = new Set(runs.map((r) => r.dispatch_id))
      for (const id of this.#failing) if (!open.has(id)) this.#failing.delete(id)
    }
    const next = runs
      .filter((r) => !this.#carried.has(r.dispatch_id))
      .map((r) => Date.parse(r.next_at) - Date.parse(now))
    clearTimeout(this.#timer)
    if (next.length) this.#timer = setTimeout(() => void this.#safeLook(), Math.max(20, Math.min(...next))).unref()
  }

  async idle(): Promise<void> {
    clearTimeout(this.#timer)
    await Promise.allSettled(this.#carried.values())
  }

  async #safeLook(): Promise<void> {
    await this.look().catch((err) => this.#ctx.log.error({ err }, 'looking for runs'))
  }

  async #carry(run: RunRow): Promise<void> {
    const { store, clock, log, config } = this.#ctx
    const flash = run.lane === 'flash'
    let again = SOON
    const worker: Worker = {
      lead: async () => {
        const until = plus(clock.now(), config.leaseMs)
        const mine = await leaseRun(store.db, run.dispatch_id, this.#lease, clock.now(), until, impossible(this.#ctx))
        again = mine ? SOON : LATER
        return mine
      },
      mayClaim: (busy) => (flash ? Promise.resolve(true) : this.#giveWay(busy)),
      failed: () => this.#failed(run),
    }
    if (flash) this.#flash++
    try {
      const memory = this.#memories.get(run.dispatch_id) ?? newMemory()
      this.#memories.set(run.dispatch_id, memory)
      this.#forgetOldest()
      let step: Step = 'go'
      while (step === 'go' && !this.#signal.aborted)
        step = await driveStep(this.#ctx, run.dispatch_id, memory, this.#signal, worker)
      await memory.sending
      if (step === 'over') this.#memories.delete(run.dispatch_id)
      await dropRunLease(store.db, run.dispatch_id, this.#lease)
      this.#failing.delete(run.dispatch_id)
      if (this.#failing.size === 0) await this.#trouble.recovered('dispatch')
    } catch (err) {
      // A database that is away or full is tried again, not hammered.
      again = SECOND
      log.error({ err, dispatch: run.dispatch_id }, 'driver failed')
      await this.#failed(run)
    } finally {
      if (flash) this.#flash--
      setTimeout(() => void this.#safeLook(), again).unref()
    }
  }

  #failed(run: RunRow): Promise<void> {
    this.#failing.add(run.dispatch_id)
    return this.#trouble.failed('dispatch')
  }

  /** Runs that another worker ended, or that somebody holds, leave what was remembered of them behind. */
  #forgetOldest(): void {
    for (const id of this.#memories.keys()) {
      if (this.#memories.size <= MOST_REMEMBERED) return
      if (!this.#carried.has(id)) this.#memories.delete(id)
    }
  }

  /** Routine takes nothing while flash is at work; what it has on the wire it lets come in. */
  async #giveWay(busy: boolean): Promise<boolean> {
    if (busy) return this.#flash === 0
    for (let waited = 0; this.#flash > 0 && waited < 60 * SECOND && !this.#signal.aborted; waited += 50) await sleep(50)
    return !this.#signal.aborted
  }
}
