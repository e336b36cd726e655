/** What runs beside the web: one commented table of jobs, and the drivers that carry dispatches. */
import { setTimeout as sleep } from 'node:timers/promises'
import { dropUnconfirmed } from './audience/store.ts'
import type { Ctx } from './context.ts'
import { driveStep } from './delivery/drive.ts'
import { dropRunLease, expireLeases, leaseRun, openRuns, type RunRow } from './delivery/run-store.ts'
import { type Memory, newMemory } from './delivery/send.ts'
import { adopt, sweepClocks, sweepLeases } from './delivery/sweep.ts'
import { tellAlarm } from './lib/alarm.ts'
import { DAY, HOUR, MINUTE, plus, SECOND } from './lib/clock.ts'
import { newId } from './lib/id.ts'
import { publishDue } from './publication/due.ts'
import { sweepPurged } from './purge/sweep.ts'
import { markTold, untoldAlarms } from './store/alarm.ts'
import { dropOldRates } from './store/rate.ts'
import { sayPresent } from './store/worker-store.ts'

type Job = { name: string; every: number; run: (ctx: Ctx) => Promise<unknown> }

/** The timetable. Every job finds its work in rows and is safe to run twice; bells only make it sooner. */
export const timetable = (ctx: Ctx): Job[] => [
  // Releases whose planned time has come, and signed ones a dead process left unpublished. Never early, by the server's clock.
  { name: 'publish-due', every: ctx.config.sweepMs.flash, run: publishDue },
  // Dispatches of new editions become runs.
  { name: 'adopt', every: ctx.config.sweepMs.flash, run: adopt },
  // Runs another process let go on while its bell could not be heard here.
  {
    name: 'look',
    every: ctx.config.sweepMs.routine,
    run: async (c) => (await openRuns(c.store.db, c.clock.now())).length,
  },
  // Windows whose worker is gone: sending → unknown.
  { name: 'leases', every: ctx.config.sweepMs.flash, run: sweepLeases },
  // Clocks that ran out; telephone sign-offs nobody confirmed.
  { name: 'clocks', every: ctx.config.sweepMs.routine, run: sweepClocks },
  // Alarms leave by their own path.
  { name: 'alarms', every: ctx.config.sweepMs.flash, run: tellAlarms },
  // What a purge could not finish while a page was being built.
  { name: 'purge', every: 2 * SECOND, run: sweepPurged },
  // Addresses of people who never confirmed are not kept.
  { name: 'unconfirmed', every: HOUR, run: (c) => dropUnconfirmed(c.store.db, plus(c.clock.now(), -3 * DAY)) },
  // Work processes see each other, so that the doctor can tell when two of them write to different places.
  { name: 'presence', every: 10 * SECOND, run: sayPresent },
  // Who asked how often yesterday is nobody's business.
  { name: 'rates', every: HOUR, run: (c) => dropOldRates(c.store.db, c.clock) },
]

const DRIVERS = 8

/** Starts the timetable and the drivers. `alone`: no other process works on this database, so leases found at start are dead. */
export async function startWork(ctx: Ctx, { alone = false } = {}): Promise<{ stop(): Promise<void> }> {
  if (alone) await expireLeases(ctx.store.db, ctx.clock.now())
  const stopping = new AbortController()
  const drivers = new Drivers(ctx, stopping.signal)
  const loops = timetable(ctx).map((job) => loop(ctx, job, drivers, stopping.signal))
  const off = ctx.bell.on(
    'dispatch',
    () =>
      void adopt(ctx)
        .then(() => drivers.look())
        .catch((err) => ctx.log.error({ err }, 'adopt')),
  )
  await drivers.look()
  return {
    async stop() {
      off()
      stopping.abort()
      await Promise.allSettled([...loops, drivers.idle()])
    },
  }
}

async function loop(ctx: Ctx, job: Job, drivers: Drivers, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const found = await job.run(ctx)
      if (found) await drivers.look()
    } catch (err) {
      ctx.log.error({ err, job: job.name }, 'job failed')
    }
    await sleep(job.every, undefined, { signal }).catch(() => {})
  }
}

/** Carries up to DRIVERS runs at a time, flash before routine; routine windows wait while a flash run is sending. */
class Drivers {
  readonly #ctx: Ctx
  readonly #signal: AbortSignal
  readonly #lease = newId()
  readonly #carried = new Map<string, Promise<void>>()
  readonly #memories = new Map<string, Memory>()
  #flash = 0
  #timer: NodeJS.Timeout | undefined

  constructor(ctx: Ctx, signal: AbortSignal) {
    this.#ctx = ctx
    this.#signal = signal
  }

  /** Takes up what can be done now and sets a timer for what is next. */
  async look(): Promise<void> {
    if (this.#signal.aborted) return
    const now = this.#ctx.clock.now()
    const runs = await openRuns(this.#ctx.store.db, plus(now, MINUTE))
    for (const run of runs.filter((r) => r.next_at <= now && !this.#carried.has(r.dispatch_id))) {
      if (this.#carried.size >= DRIVERS && run.lane !== 'flash') continue
      this.#carried.set(
        run.dispatch_id,
        this.#carry(run).finally(() => this.#carried.delete(run.dispatch_id)),
      )
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
    if (flash) this.#flash++
    try {
      const memory = this.#memories.get(run.dispatch_id) ?? newMemory()
      this.#memories.set(run.dispatch_id, memory)
      for (let step = 'go'; step === 'go' && !this.#signal.aborted; ) {
        if (!flash && run.state === 'sending') await this.#giveWay()
        if (!(await leaseRun(store.db, run.dispatch_id, this.#lease, clock.now(), plus(clock.now(), config.leaseMs))))
          return
        step = await driveStep(this.#ctx, run.dispatch_id, memory, this.#signal)
        if (step === 'over') this.#memories.delete(run.dispatch_id)
      }
      await dropRunLease(store.db, run.dispatch_id, this.#lease)
    } catch (err) {
      log.error({ err, dispatch: run.dispatch_id }, 'driver failed')
    } finally {
      if (flash) this.#flash--
      setTimeout(() => void this.#safeLook(), 20).unref()
    }
  }

  async #giveWay(): Promise<void> {
    for (let waited = 0; this.#flash > 0 && waited < 60 * SECOND && !this.#signal.aborted; waited += 50) await sleep(50)
  }
}

async function tellAlarms(ctx: Ctx): Promise<void> {
  for (const alarm of await untoldAlarms(ctx.store.db)) {
    const { id, cause, subject, since } = alarm
    ctx.log.warn({ alarm: id, cause, subject }, 'alarm')
    await tellAlarm({ id, cause, subject, since }, ctx.config.alarm, ctx.configured)
    await markTold(ctx.store.db, id, ctx.clock.now())
  }
}
