/**
 * How a release is going out, watched: one look at the rows for all who watch it, at most every 250 ms. Bells say when to look;
 * a look every two seconds finds what no bell told.
 */
import type { Ctx } from '../context.ts'
import { type ReleaseRow, releaseById } from '../desk/store.ts'
import { SECOND } from '../lib/clock.ts'
import { handled, Pace, secondsLeft } from './pace.ts'
import { type EditionProgress, isGoing, progressOfRelease } from './progress.ts'
import { type RunRow, runsOfRelease } from './run-store.ts'

/** Looks at the rows of one release stand so far apart, however many watch. */
export const LEAST_APART = SECOND / 4
const AT_LATEST = 2 * SECOND
const ENDED = ['done', 'stopped', 'held']

export type LiveRun = { run: RunRow; rate: number | null; secondsLeft: number | null }
/** What is seen at one moment. `seq` rises with every change. */
export type Glance = { seq: number; at: string; release: ReleaseRow; runs: LiveRun[]; going: boolean }

export type Watch = {
  /** The latest glance; null before the first look. */
  latest(): Glance | null
  /** Resolves at the next change or at the end of the service: true; or after so many milliseconds: false. */
  changed(ms: number): Promise<boolean>
  /** Everything the page shows, causes with it: read at most every two seconds for all who watch. */
  whole(): Promise<EditionProgress[]>
  /** The service is ending. */
  over(): boolean
  close(): void
}

export type Live = { watch(release: ReleaseRow): Watch; close(): void; watched(): number }

const hubs = new WeakMap<Ctx, Live>()
/** The one of this process. */
export function liveOf(ctx: Ctx): Live {
  const found = hubs.get(ctx)
  if (found) return found
  const made = openLive(ctx)
  hubs.set(ctx, made)
  return made
}
/** Ends every watch of this process, so that streams end before the service does. */
export const endLive = (ctx: Ctx): void => hubs.get(ctx)?.close()

/** One release with those who watch it. */
type Subject = {
  id: string
  wakers: Set<() => void>
  watches: number
  paces: Map<string, Pace>
  glance: Glance | null
  key: string
  looked: number
  busy: boolean
  again: boolean
  timer: NodeJS.Timeout | undefined
  poll: NodeJS.Timeout
  whole: { at: number; seq: number; what: Promise<EditionProgress[]> } | null
}

function openLive(ctx: Ctx): Live {
  const subjects = new Map<string, Subject>()
  let ears: (() => void)[] = []
  let over = false

  const listen = () => {
    const heard = (id: string) => {
      for (const s of subjects.values()) if (s.glance?.runs.some((r) => r.run.dispatch_id === id)) soon(s)
    }
    const all = () => {
      for (const s of subjects.values()) soon(s)
    }
    ears = [ctx.bell.on('progress', heard), ctx.bell.on('dispatch', all)]
  }
  const deaf = () => {
    for (const off of ears) off()
    ears = []
  }

  const soon = (s: Subject): void => {
    if (s.busy) s.again = true
    if (s.busy || s.timer || over || s.watches === 0) return
    const wait = Math.max(0, s.looked + LEAST_APART - ctx.clock.ticks())
    s.timer = setTimeout(() => {
      s.timer = undefined
      void look(s)
    }, wait).unref()
  }

  const look = async (s: Subject): Promise<void> => {
    Object.assign(s, { looked: ctx.clock.ticks(), busy: true })
    try {
      const [release, runs] = await Promise.all([releaseById(ctx.store.db, s.id), runsOfRelease(ctx.store.db, s.id)])
      if (release) take(s, release, runs)
    } catch (err) {
      ctx.log.warn({ err, release: s.id }, 'looking at a release that is watched')
    }
    const again = s.again
    Object.assign(s, { busy: false, again: false })
    if (again) soon(s)
  }

  const take = (s: Subject, release: ReleaseRow, runs: RunRow[]): void => {
    const seen = runs.map((run) => liveRun(s, run, ctx.clock.ticks()))
    const key = JSON.stringify([release.version, release.state, seen.map(visible)])
    if (key === s.key) return
    s.key = key
    s.glance = {
      seq: (s.glance?.seq ?? 0) + 1,
      at: ctx.clock.now(),
      release,
      runs: seen,
      going: isGoing(release, runs),
    }
    for (const wake of s.wakers) wake()
  }

  const open = (release: ReleaseRow): Subject => {
    const s: Subject = {
      id: release.id,
      wakers: new Set(),
      watches: 0,
      paces: new Map(),
      glance: null,
      key: '',
      looked: Number.NEGATIVE_INFINITY,
      busy: false,
      again: false,
      timer: undefined,
      poll: setInterval(() => soon(s), AT_LATEST).unref(),
      whole: null,
    }
    if (subjects.size === 0) listen()
    subjects.set(release.id, s)
    return s
  }

  const leave = (s: Subject): void => {
    if (--s.watches > 0) return
    clearInterval(s.poll)
    clearTimeout(s.timer)
    subjects.delete(s.id)
    if (subjects.size === 0) deaf()
  }

  return {
    watched: () => subjects.size,
    watch(release) {
      const s = subjects.get(release.id) ?? open(release)
      s.watches++
      soon(s)
      let closed = false
      return {
        latest: () => s.glance,
        over: () => over,
        changed: (ms) => waitFor(s.wakers, over ? 0 : ms),
        whole: () => wholeOf(ctx, s),
        close() {
          if (closed) return
          closed = true
          leave(s)
        },
      }
    },
    close() {
      over = true
      for (const s of subjects.values()) for (const wake of s.wakers) wake()
    },
  }
}

/** Leases and cursors move without anything to see. */
const visible = ({ run: { lease, lease_until, next_at, plan_cursor, ...shown }, rate }: LiveRun) => [
  shown,
  rate && Math.round(rate),
]

function liveRun(s: Subject, run: RunRow, ticks: number): LiveRun {
  if (ENDED.includes(run.state)) {
    s.paces.delete(run.dispatch_id)
    return { run, rate: null, secondsLeft: null }
  }
  const pace = s.paces.get(run.dispatch_id) ?? new Pace()
  s.paces.set(run.dispatch_id, pace)
  const { rate } = pace.see(ticks, handled(run))
  return { run, rate, secondsLeft: secondsLeft(run, rate) }
}

/** Shared by all who watch: the heavier questions are asked no oftener than the slow look. */
function wholeOf(ctx: Ctx, s: Subject): Promise<EditionProgress[]> {
  const now = ctx.clock.ticks()
  const { glance } = s
  if (!glance) return Promise.resolve([])
  const settled = !glance.going && s.whole?.seq !== glance.seq
  if (s.whole && !settled && now - s.whole.at < AT_LATEST) return s.whole.what
  s.whole = { at: now, seq: glance.seq, what: progressOfRelease(ctx, glance.release) }
  return s.whole.what
}

function waitFor(wakers: Set<() => void>, ms: number): Promise<boolean> {
  return new Promise((done) => {
    const settle = (woken: boolean) => {
      clearTimeout(timer)
      wakers.delete(wake)
      done(woken)
    }
    const wake = () => settle(true)
    const timer = setTimeout(() => settle(false), ms)
    wakers.add(wake)
  })
}
