/** The outlet browser notifications (Web Push: RFC 8030, 8188, 8291, 8292). */
import type { Channel, ChannelDeps, Outcome, Target } from '../../src/delivery/channel.ts'
import { HOUR, SECOND } from '../../src/lib/clock.ts'
import type { Edition, Language } from '../../src/publication/edition.ts'
import { BadPushKeys, encrypt } from './encrypt.ts'
import { failureOutcome, isOurFault, outcomeOf } from './outcome.ts'
import { bytesOf, payloadOf, testPayload, topicOf, urgencyOf } from './payload.ts'
import { vapidHeaders } from './vapid.ts'

const NOT_READY =
  'No VAPID keys are configured: run `ortoo keys vapid` and set VAPID_PUBLIC_KEY, VAPID_PRIVATE_KEY and VAPID_SUBJECT.'
/** Requests on the way at once; push services take many over few connections. */
const AT_ONCE = 50
const TIMEOUT_MS = 15_000
const TTL = { flash: 4 * HOUR, routine: 24 * HOUR }

export type PushMessage = { bytes: Buffer; urgency: string; topic: string; ttlMs: number; expiresAt?: string }

export function create(deps: ChannelDeps, limits = { timeoutMs: TIMEOUT_MS }): Channel<PushMessage> {
  const { vapid } = deps.config
  const authorization = vapid && vapidHeaders(vapid, deps.now)
  return {
    name: 'webpush',
    audience: 'subscribers',
    serves: 'webpush',
    ready: (config) => (config.vapid ? null : NOT_READY),
    variants: ({ type, content }) =>
      type === 'erratum' || type === 'takedown' || !content ? [] : Object.keys(content.parts),
    prepare: async (edition, variant) => messageOf(edition, variant as Language, deps),
    send: async (message, targets, signal) => {
      if (!authorization) return targets.map(() => ({ state: 'suppressed', why: 'no outlet' }))
      const outcomes: Outcome[] = targets.map(() => ({ state: 'again', why: 'stopped before it began', after: 0 }))
      const queue = targets.entries()
      const work = async (): Promise<void> => {
        while (!signal.aborted) {
          const { value, done } = queue.next()
          if (done) return
          outcomes[value[0]] = await deliver(deps, message, value[1], authorization, limits.timeoutMs)
        }
      }
      await Promise.all(Array.from({ length: Math.min(AT_ONCE, targets.length) }, work))
      return outcomes
    },
    test: ({ address, keys, language }) => sendTest(deps, { endpoint: address, keys, language }),
  }
}

/** Sends the test notification a reader asked for to their own browser. */
export async function sendTest(
  deps: ChannelDeps,
  to: { endpoint: string; keys: NonNullable<Target['keys']>; language: Language },
): Promise<Outcome> {
  const { vapid } = deps.config
  if (!vapid) return { state: 'suppressed', why: 'no outlet' }
  const bytes = bytesOf(testPayload(to.language, deps.config))
  const message = { bytes, urgency: 'high', topic: 'test', ttlMs: 60 * SECOND }
  const target = { address: to.endpoint, keys: to.keys, attempt: 1 }
  return deliver(deps, message, target, vapidHeaders(vapid, deps.now), TIMEOUT_MS)
}

const messageOf = (edition: Edition, language: Language, deps: ChannelDeps): PushMessage => ({
  bytes: bytesOf(payloadOf(edition, language, deps.config)),
  urgency: urgencyOf(edition),
  topic: topicOf(edition),
  ttlMs: TTL[edition.lane],
  expiresAt: edition.content?.core.expiresAt,
})

async function deliver(
  deps: ChannelDeps,
  message: PushMessage,
  { address, keys, attempt }: Pick<Target, 'address' | 'keys' | 'attempt'>,
  authorization: (endpoint: string) => Promise<string>,
  timeoutMs: number,
): Promise<Outcome> {
  if (!keys || !URL.canParse(address)) return { state: 'never', why: 'no usable subscription' }
  try {
    const body = await encrypt(message.bytes, keys)
    const headers = {
      authorization: await authorization(address),
      'content-type': 'application/octet-stream',
      'content-encoding': 'aes128gcm',
      ttl: String(ttlSeconds(message, deps.now())),
      urgency: message.urgency,
      topic: message.topic,
    }
    const answer = await deps.outsider(address, { method: 'POST', headers, body, timeoutMs, maxBytes: 4096 })
    if (isOurFault(answer.status)) {
      deps.log.error({ outlet: 'webpush', service: new URL(address).host, status: answer.status }, 'VAPID key refused')
    }
    return outcomeOf(answer, attempt, deps.now())
  } catch (error) {
    if (error instanceof BadPushKeys) return { state: 'never', why: error.message }
    return failureOutcome(error, attempt)
  }
}

/** Never longer than the release is valid; 0 means now or not at all (RFC 8030 §5.2). */
function ttlSeconds({ ttlMs, expiresAt }: PushMessage, now: string): number {
  const left = expiresAt ? Date.parse(expiresAt) - Date.parse(now) : ttlMs
  return Math.max(0, Math.floor(Math.min(ttlMs, left) / SECOND))
}
