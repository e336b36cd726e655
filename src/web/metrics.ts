/** Figures for Prometheus: from rows when they are asked for, and the time requests took. No text of a release, no address, no id. */
import type { Gauge, Histogram, Registry } from 'prom-client'
import type { Ctx } from '../context.ts'
import { Figures } from '../delivery/figures.ts'
import { deadRows, oldestOpen, openByCause } from '../delivery/figures-store.ts'
import { RUN_STATES } from '../delivery/run.ts'
import { COUNTERS } from '../delivery/store.ts'
import { SECOND, systemClock } from '../lib/clock.ts'
import { answers, lastBeat } from '../store/health.ts'
import { streamsOpen } from './live-stream.ts'

const MOST_DEAD = 10_000
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

export type Metrics = {
  /** Counts a request that was answered. `route` is the pattern, never the path. */
  observe(method: string, route: string, status: number, seconds: number): void
  /** The text of a scrape and its media type. */
  read(): Promise<{ text: string; type: string }>
}

/** Loads prom-client; until it is there requests are not counted. */
export function openMetrics(ctx: Ctx): Metrics {
  const opened = open(ctx)
  let here: Opened | null = null
  opened.then(
    (o) => {
      here = o
    },
    (err) => ctx.log.error({ err }, 'metrics'),
  )
  return {
    observe(method, route, status, seconds) {
      here?.requests.observe({ method, route, status: `${Math.floor(status / 100)}xx` }, seconds)
    },
    async read() {
      const { registry, fill } = await opened
      await fill()
      return { text: await registry.metrics(), type: registry.contentType }
    },
  }
}

type Opened = { registry: Registry; requests: Histogram; fill(): Promise<void> }

async function open(ctx: Ctx): Promise<Opened> {
  const prom = await import('prom-client')
  const registry = new prom.Registry()
  prom.collectDefaultMetrics({ register: registry })
  const gauge = (name: string, help: string, labelNames: string[] = []): Gauge =>
    new prom.Gauge({ name: `ortoo_${name}`, help, labelNames, registers: [registry] })
  const requests = new prom.Histogram({
    name: 'ortoo_http_request_seconds',
    help: 'Time until an answer began, by route; public files are not among them',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS,
    registers: [registry],
  })
  const fills = [deliveries(ctx, gauge), runs(ctx, gauge), troubles(ctx, gauge), machinery(ctx, gauge)]
  return {
    registry,
    requests,
    async fill() {
      for (const fill of fills) await fill()
    },
  }
}

type MakeGauge = (name: string, help: string, labelNames?: string[]) => Gauge
type Fill = () => Promise<void>

function deliveries(ctx: Ctx, gauge: MakeGauge): Fill {
  const figures = new Figures(ctx)
  const all = gauge('deliveries', 'Deliveries by outlet and state, over all runs', ['outlet', 'state'])
  const byState = gauge('runs', 'Runs that have not ended, by state and lane', ['state', 'lane'])
  return async () => {
    const { sums, moving } = await figures.sums()
    all.reset()
    for (const [outlet, counts] of sums ?? [])
      for (const state of COUNTERS) all.set({ outlet, state: state.replace('_', '-') }, counts[state])
    for (const lane of ['flash', 'routine'])
      for (const state of RUN_STATES)
        if (state !== 'done')
          byState.set({ state, lane }, moving.filter((r) => r.state === state && r.lane === lane).length)
  }
}

function runs(ctx: Ctx, gauge: MakeGauge): Fill {
  const oldest = gauge('oldest_open_run_seconds', 'Since the edition of the longest open run was published; 0: none', [
    'lane',
  ])
  return async () => {
    const found = new Map((await oldestOpen(ctx.store.db)).map((r) => [r.lane, r.at]))
    for (const lane of ['flash', 'routine']) oldest.set({ lane }, ago(ctx, found.get(lane)))
  }
}

function troubles(ctx: Ctx, gauge: MakeGauge): Fill {
  const alarms = gauge('alarms_open', 'Open alarms by cause, and whether somebody has them in hand', ['cause', 'taken'])
  const dead = gauge('dead_rows', 'Deliveries in the hands of a worker that is gone, not yet swept')
  return async () => {
    alarms.reset()
    for (const { cause, n, taken } of await openByCause(ctx.store.db)) {
      alarms.set({ cause, taken: 'yes' }, taken)
      alarms.set({ cause, taken: 'no' }, n - taken)
    }
    dead.set(await deadRows(ctx.store.db, ctx.clock.now(), MOST_DEAD))
  }
}

function machinery(ctx: Ctx, gauge: MakeGauge): Fill {
  const latency = gauge('database_seconds', 'Time of one round trip to the database')
  const bell = gauge('bell_up', '1 while rings reach the other processes')
  const beat = gauge('work_beat_age_seconds', 'Since the work last said that it lives; -1: never')
  const streams = gauge('streams_open', 'Progress pages that are being watched in this process')
  return async () => {
    const began = systemClock.ticks()
    await answers(ctx.store.db)
    latency.set((systemClock.ticks() - began) / SECOND)
    bell.set(ctx.bell.ready() ? 1 : 0)
    const at = await lastBeat(ctx.store.db, 'work')
    beat.set(at ? ago(ctx, at) : -1)
    streams.set(streamsOpen(ctx))
  }
}

const ago = (ctx: Ctx, at: string | undefined): number =>
  at ? Math.max(0, (ctx.clock.ms() - Date.parse(at)) / SECOND) : 0
