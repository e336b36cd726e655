/** A release watched over server-sent events: who may come in is asked again while the stream is open, and it ends when there is nothing more to see. */
import { type SSEMessage, type SSEStreamingApi, streamSSE } from 'hono/streaming'
import type { Ctx } from '../context.ts'
import { type Glance, LEAST_APART, liveOf, type Watch } from '../delivery/live.ts'
import { admit, type Standing } from '../desk/gate.ts'
import { MINUTE, SECOND } from '../lib/clock.ts'
import type { Actor } from '../staff/member.ts'
import type { Req } from './env.ts'
import { BadRequest } from './errors.ts'
import { whoIs } from './guards/auth.ts'
import { actorIn } from './guards/route.ts'

/** What a change is told as; called once per change and stream. */
export type Teller = (glance: Glance, at: Standing, watch: Watch) => Promise<SSEMessage[]>

/** Streams open at once: per member, and in all of this process. */
export const LIMITS = { member: 6, all: 300 }
const RETRY = 3 * SECOND
/** Proxies close what is silent for a minute. */
const HEARTBEAT = 15 * SECOND
/** A session that ended or a role that was taken away closes the stream after at most so long. */
const ASK_AGAIN = 5 * SECOND
/** Things that change with time alone are looked for so often. */
const TICK = SECOND
/** Who takes nothing off the wire for so long has gone. */
const STUCK = 30 * SECOND
/** Then the reader comes again by itself. */
const LONGEST = 30 * MINUTE

const open = new WeakMap<Ctx, Map<string, number>>()

/** @throws what `dispatch.read` refuses; BadRequest 429 where too many are open */
export async function streamRelease(c: Req, ref: string, teller: () => Teller): Promise<Response> {
  const { ctx } = c.var
  const by = actorIn(c)
  const at = await admit(ctx.store.db, by, ref, 'dispatch.read')
  const leave = enter(ctx, by)
  c.header('x-accel-buffering', 'no')
  if (c.req.method === 'HEAD') {
    leave()
    return c.body(null, 200, { 'content-type': 'text/event-stream' })
  }
  const headers = new Headers(c.req.raw.headers)
  const watch = liveOf(ctx).watch(at.release)
  return streamSSE(c, async (stream) => {
    try {
      await tell(stream, watch, teller(), new Door(ctx, headers, at))
    } catch (err) {
      ctx.log.error({ err, release: at.release.id }, 'a stream broke off')
    } finally {
      watch.close()
      leave()
    }
  })
}

function enter(ctx: Ctx, by: Actor): () => void {
  const counts = open.get(ctx) ?? new Map<string, number>()
  open.set(ctx, counts)
  const mine = counts.get(by.memberId) ?? 0
  const all = [...counts.values()].reduce((sum, n) => sum + n, 0)
  if (mine >= LIMITS.member || all >= LIMITS.all)
    throw new BadRequest(429, 'too-many-streams', {}, { 'retry-after': '30' })
  counts.set(by.memberId, mine + 1)
  let left = false
  return () => {
    if (left) return
    left = true
    const n = (counts.get(by.memberId) ?? 1) - 1
    if (n > 0) counts.set(by.memberId, n)
    else counts.delete(by.memberId)
  }
}

/** How many streams this process has open. */
export const streamsOpen = (ctx: Ctx): number => [...(open.get(ctx)?.values() ?? [])].reduce((sum, n) => sum + n, 0)

/** Whether this reader may still look: asked again every few seconds, and at once when the release has changed. */
class Door {
  at: Standing
  readonly #ctx: Ctx
  readonly #headers: Headers
  #asked = 0
  constructor(ctx: Ctx, headers: Headers, at: Standing) {
    this.#ctx = ctx
    this.#headers = headers
    this.at = at
  }

  /** `lived` is how long the stream has been open. */
  async isOpen(glance: Glance | null, lived: number): Promise<boolean> {
    const changed = glance !== null && glance.release.version !== this.at.release.version
    if (!changed && lived - this.#asked < ASK_AGAIN) return true
    this.#asked = lived
    try {
      const { actor } = await whoIs(this.#ctx, this.#headers)
      if (!actor) return false
      this.at = await admit(this.#ctx.store.db, actor, this.at.release.id, 'dispatch.read')
      return true
    } catch {
      // Refused, or nobody could say: either way nothing more is shown.
      return false
    }
  }
}

async function tell(stream: SSEStreamingApi, watch: Watch, teller: Teller, door: Door): Promise<void> {
  let gone = false
  stream.onAbort(() => {
    gone = true
  })
  await put(stream, `retry: ${RETRY}\n\n`)
  // Counted in ticks of our own, which no clock can hold up.
  let [silent, lived, seen] = [0, 0, 0]
  while (!gone && !watch.over() && lived < LONGEST) {
    const fresh = (watch.latest()?.seq ?? seen) !== seen
    const spent = fresh || (await watch.changed(TICK)) ? LEAST_APART : TICK
    silent += spent
    lived += spent
    if (gone || watch.over()) return
    const glance = watch.latest()
    if (!(await door.isOpen(glance, lived))) return end(stream, 'refused')
    const events = glance ? await teller(glance, door.at, watch) : []
    for (const event of events) await put(stream, wire(event))
    seen = glance?.seq ?? 0
    if (glance && !glance.going) return end(stream, 'over')
    if (events.length) silent = 0
    if (silent < HEARTBEAT) continue
    await put(stream, ': still here\n\n')
    silent = 0
  }
}

const end = (stream: SSEStreamingApi, why: 'over' | 'refused') =>
  put(stream, wire({ event: 'end', data: JSON.stringify({ why }) }))

const wire = ({ event, data, id }: SSEMessage): string =>
  `${event ? `event: ${event}\n` : ''}${id ? `id: ${id}\n` : ''}${String(data)
    .split(/\r\n|\r|\n/)
    .map((line) => `data: ${line}\n`)
    .join('')}\n`

async function put(stream: SSEStreamingApi, text: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const stuck = new Promise<void>((done) => {
    timer = setTimeout(() => {
      stream.abort()
      done()
    }, STUCK)
  })
  await Promise.race([stream.write(text), stuck])
  clearTimeout(timer)
}
