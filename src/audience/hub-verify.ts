/** Asks callbacks whether they meant it (W3C WebSub §5.3), tells them no (§5.2), and ends leases. Found in rows; safe to run twice, by several, and after any crash. */
import { timingSafeEqual } from 'node:crypto'
import type { Ctx } from '../context.ts'
import { plus, SECOND } from '../lib/clock.ts'
import { Refusal } from '../lib/errors.ts'
import { newId, newToken } from '../lib/id.ts'
import { lock } from '../lib/lock.ts'
import { untaken } from '../store/alarm.ts'
import { isTopic, LEASE } from './hub.ts'
import {
  endFollowing,
  endRequest,
  followersAt,
  type HubRequest,
  hubAddress,
  laterRequest,
  leasesOver,
  putLease,
  putRequest,
  takeRequests,
} from './hub-store.ts'
import { EVERYTHING, insertSubscriber, subscriberByAddress, updateSubscriber } from './store.ts'
import { listed } from './suppression.ts'

/** Asked together, each of them with a deadline of its own. */
const TOGETHER = 50
const DEADLINE = 10 * SECOND
/** Longer than the deadline: who holds a request and lives has an answer before it is over. */
const LEASE_MS = 20 * SECOND
const MOST_ATTEMPTS = 4
const PAUSE = 5 * SECOND
/** Callbacks of one host that may follow something. */
export const MOST_OF_HOST = 1000
const AT_ONCE = 500

type Answer = 'yes' | 'no' | 'later'
type Trx = Parameters<Parameters<Ctx['store']['tx']>[0]>[0]

/** @returns how many requests were looked at */
export async function driveHub(ctx: Ctx): Promise<void> {
  await endLeases(ctx)
  // In a copy that came back from a backup the requests are the other one's to answer, until a person says otherwise.
  if (await untaken(ctx.store.db, 'restored')) return
  for (;;) {
    const now = ctx.clock.now()
    const taken = await ctx.store.tx((trx) => takeRequests(trx, ctx.store.dialect, now, plus(now, LEASE_MS), TOGETHER))
    if (taken.length === 0) return
    await Promise.all(taken.map((request) => carry(ctx, request)))
  }
}

/** Who has not asked again in time follows nothing any more. */
async function endLeases(ctx: Ctx): Promise<void> {
  for (let n = AT_ONCE; n === AT_ONCE; )
    n = await ctx.store.tx(async (trx) => {
      const now = ctx.clock.now()
      const over = await leasesOver(trx, now, AT_ONCE)
      await endFollowing(trx, over, now)
      return over.length
    })
}

async function carry(ctx: Ctx, request: HubRequest): Promise<void> {
  const why = request.mode === 'subscribe' ? await whyNot(ctx, request) : null
  if (why) return deny(ctx, request, why)
  const answer = request.mode === 'denied' ? await tell(ctx, request) : await ask(ctx, request)
  if (answer === 'later' && request.attempts < MOST_ATTEMPTS) {
    await laterRequest(ctx.store.db, request.id, plus(ctx.clock.now(), PAUSE * 4 ** (request.attempts - 1)))
    return
  }
  await ctx.store.tx(async (trx) => {
    // A newer request about the same has taken its place: that one is asked about, and this answer is nobody's.
    if (!(await endRequest(trx, request.id))) return
    if (answer === 'yes' && request.mode === 'subscribe') await follow(ctx, trx, request)
    if (answer === 'yes' && request.mode === 'unsubscribe') await unfollow(ctx, trx, request)
  })
}

/** Why a subscription is refused although the request was in order: said in English, as one machine to another. */
async function whyNot(ctx: Ctx, r: HubRequest): Promise<string | null> {
  const { db } = ctx.store
  if (!(await isTopic(ctx, r.topic))) return 'the topic is no longer published'
  const known = await subscriberByAddress(db, 'websub', hubAddress(r.callback, r.topic), 'live')
  if ((await followersAt(db, r.host, known?.id ?? 0)) >= MOST_OF_HOST) return 'too many subscriptions of this host'
  return (await listed(ctx, db, 'websub', hubAddress(r.callback, r.topic))) ? 'this callback is refused' : null
}

/** The callback is told with the next look; the request has had its answer. */
const deny = (ctx: Ctx, r: HubRequest, reason: string): Promise<void> =>
  ctx.store.tx(async (trx) => {
    if (await endRequest(trx, r.id)) await putRequest(trx, denialOf(ctx, r, reason))
  })

/** What tells a callback that it follows a topic no longer, or never did. */
export function denialOf(
  ctx: Ctx,
  of: Pick<HubRequest, 'callback' | 'topic' | 'topic_url' | 'host'>,
  reason: string,
): HubRequest {
  const now = ctx.clock.now()
  const { callback, topic, topic_url, host } = of
  return {
    ...{ callback, topic, topic_url, host, reason },
    id: newId(ctx.clock.ms()),
    mode: 'denied',
    lease_seconds: 0,
    secret: null,
    asked_at: now,
    attempts: 0,
    next_at: now,
    lease_until: null,
  }
}

/** Only 2xx with exactly the challenge is a yes; the challenge is new each time and kept nowhere. */
async function ask(ctx: Ctx, r: HubRequest): Promise<Answer> {
  const challenge = newToken()
  const answer = await get(ctx, r, {
    'hub.mode': r.mode,
    'hub.topic': r.topic_url,
    'hub.challenge': challenge,
    ...(r.mode === 'subscribe' ? { 'hub.lease_seconds': String(r.lease_seconds) } : {}),
  })
  if (typeof answer === 'string') return answer
  if (answer.status >= 500 || answer.status === 429) return 'later'
  return answer.status >= 200 && answer.status < 300 && same(answer.body, Buffer.from(challenge)) ? 'yes' : 'no'
}

/**
 * One request of our own probe, asked at once and by nobody else, over the way our own address is called. Whatever is answered, it is
 * over then: nothing of it waits. A subscription lasts the shortest lease there is, should the process end before it is given up.
 */
export async function askNow(
  ctx: Ctx,
  of: {
    mode: 'subscribe' | 'unsubscribe'
    callback: string
    host: string
    topic: string
    topicUrl: string
    secret: string | null
  },
): Promise<void> {
  const now = ctx.clock.now()
  const request: HubRequest = {
    id: newId(ctx.clock.ms()),
    mode: of.mode,
    callback: of.callback,
    topic: of.topic,
    topic_url: of.topicUrl,
    host: of.host,
    lease_seconds: LEASE.least / SECOND,
    secret: of.secret === null ? null : lock(ctx.keys.secret, of.secret),
    reason: '',
    asked_at: now,
    // The last there is: what is not answered now is not asked again.
    attempts: MOST_ATTEMPTS,
    next_at: now,
    lease_until: plus(now, LEASE_MS),
  }
  await putRequest(ctx.store.db, request)
  await carry({ ...ctx, outsider: ctx.configured }, request)
}

const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && timingSafeEqual(a, b)

/** Whatever is answered to a no, it has been heard. */
async function tell(ctx: Ctx, r: HubRequest): Promise<Answer> {
  const answer = await get(ctx, r, { 'hub.mode': 'denied', 'hub.topic': r.topic_url, 'hub.reason': r.reason })
  return typeof answer === 'string' ? answer : answer.status >= 500 ? 'later' : 'yes'
}

/** The callback's own query stays as it is. A redirect is an answer and is never followed; an address that may not be called is a no. */
async function get(ctx: Ctx, r: HubRequest, params: Record<string, string>) {
  const join = r.callback.includes('?') ? '&' : '?'
  try {
    const url = `${r.callback}${join}${new URLSearchParams(params)}`
    return await ctx.outsider(url, { timeoutMs: DEADLINE, maxBytes: 1024, headers: { 'user-agent': 'ortoo-hub' } })
  } catch (err) {
    if (err instanceof Refusal) return err.kind === 'invalid' ? ('no' as const) : ('later' as const)
    throw err
  }
}

/** Replaces what the callback had asked for before about the same topic (§5.1): one subscription, one notification. */
async function follow(ctx: Ctx, trx: Trx, r: HubRequest): Promise<void> {
  const now = ctx.clock.now()
  const address = hubAddress(r.callback, r.topic)
  const expires = plus(now, r.lease_seconds * SECOND)
  const known = await subscriberByAddress(trx, 'websub', address, 'live')
  const signing = { secrets: r.secret ? [{ locked: r.secret }] : [], until: expires }
  const set = { state: 'active', keys: JSON.stringify(signing), confirmed_at: now, left_at: null }
  const id = known
    ? known.id
    : await insertSubscriber(trx, {
        ...set,
        kind: 'websub',
        address,
        token: newToken(),
        mode: 'live',
        ...EVERYTHING,
        created_at: now,
      })
  if (known) await updateSubscriber(trx, id, set)
  await putLease(trx, { subscriber_id: id, topic: r.topic, host: r.host, expires_at: expires })
}

async function unfollow(ctx: Ctx, trx: Trx, r: HubRequest): Promise<void> {
  const known = await subscriberByAddress(trx, 'websub', hubAddress(r.callback, r.topic), 'live')
  if (known?.state === 'active') await endFollowing(trx, [known.id], ctx.clock.now())
}
