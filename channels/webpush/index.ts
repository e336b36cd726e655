/** The outlet browser notifications (Web Push: RFC 8030, 8188, 8291, 8292). */
import type { Channel, ChannelDeps, Outcome, Target } from '../../src/delivery/channel.ts'
import { HOUR, SECOND } from '../../src/lib/clock.ts'
import type { Edition, Language } from '../../src/publication/edition.ts'
import { Lanes } from './lanes.ts'
import { bytesOf, payloadOf, testPayload, topicOf, urgencyOf } from './payload.ts'
import { Sealer } from './sealer.ts'
import { type Post, type PushMessage, sendAll } from './send.ts'
import { vapidHeaders } from './vapid.ts'

const NOT_READY = 'No contact for push services is configured: set VAPID_SUBJECT (mailto: or https:).'
const TIMEOUT_MS = 15_000
const TTL = { flash: 4 * HOUR, routine: 24 * HOUR }

/** `limits` shortens the time-out for tests. */
export function create(deps: ChannelDeps, limits = { timeoutMs: TIMEOUT_MS }): Channel<PushMessage> {
  const post = postOf(deps, limits.timeoutMs)
  return {
    name: 'webpush',
    audience: 'subscribers',
    serves: 'webpush',
    ready: (config) => (config.vapid ? null : NOT_READY),
    variants: variantsOf,
    preview: async (edition, language) =>
      variantsOf(edition).includes(language)
        ? [{ name: 'push', shape: 'notification', body: JSON.stringify(payloadOf(edition, language, deps.config)) }]
        : [],
    prepare: async (edition, variant) => messageOf(edition, variant as Language, deps),
    send: async (message, targets, signal, told) =>
      post ? sendAll(post, message, targets, signal, told) : targets.map(() => NO_OUTLET),
    test: (to) => (post && to.keys ? sendTest(post, { ...to, keys: to.keys }) : Promise.resolve(NO_OUTLET)),
    close: async () => post?.sealer.close(),
  }
}

const variantsOf = ({ type, content }: Edition): string[] =>
  type === 'erratum' || type === 'takedown' || !content ? [] : Object.keys(content.parts)

const NO_OUTLET: Outcome = { state: 'suppressed', why: 'no outlet' }

function postOf(deps: ChannelDeps, timeoutMs: number): Post | undefined {
  const { vapid } = deps.config
  if (!vapid) return undefined
  const sealer = new Sealer((err) => deps.log.error({ err, outlet: 'webpush' }, 'the sealing thread ended'))
  return { deps, authorization: vapidHeaders(vapid, deps.now), sealer, lanes: new Lanes(), timeoutMs }
}

/** The test notification a reader asked for, to their own browser: ahead of whatever is under way. */
async function sendTest(
  post: Post,
  { address, keys, language }: Pick<Target, 'address' | 'language'> & { keys: NonNullable<Target['keys']> },
): Promise<Outcome> {
  const bytes = bytesOf(testPayload(language, post.deps.config))
  const message = { bytes, flash: true, urgency: 'high', topic: 'test', ttlMs: 60 * SECOND }
  const [outcome] = await sendAll(post, message, [{ address, keys, attempt: 1 }], new AbortController().signal)
  return outcome as Outcome
}

const messageOf = (edition: Edition, language: Language, deps: ChannelDeps): PushMessage => ({
  bytes: bytesOf(payloadOf(edition, language, deps.config)),
  flash: edition.lane === 'flash',
  urgency: urgencyOf(edition),
  topic: topicOf(edition),
  ttlMs: TTL[edition.lane],
  expiresAt: edition.content?.core.expiresAt,
})
