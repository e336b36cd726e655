/** Browser notifications: a browser hands over its endpoint and keys, may ask for a test, and may take them back. */
import { createPublicKey } from 'node:crypto'
import { isIP } from 'node:net'
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { isInnerName } from '../lib/address.ts'
import { MINUTE } from '../lib/clock.ts'
import { type Issue, invalid, issue, notAllowed, notFound, Refusal, unavailable } from '../lib/errors.ts'
import { assertOutside } from '../lib/http.ts'
import { newToken } from '../lib/id.ts'
import { readableZod } from '../lib/shape.ts'
import type { Rate } from '../store/rate.ts'
import { assertPatience } from './ask.ts'
import { assertOffered, type Choices, choiceFields, columnsOf, keepInterests } from './choices.ts'
import { mailAddress } from './mail-address.ts'
import { assertMayAsk } from './patience.ts'
import { askStandby } from './standby.ts'
import { dropStandby, markUnreachable } from './standby-store.ts'
import {
  insertSubscriber,
  type NewSubscriber,
  type SubscriberRow,
  subscriberByAddress,
  updateSubscriber,
} from './store.ts'
import { addressHash, listed } from './suppression.ts'

/** `PushSubscription.toJSON()` of a browser, with what was chosen. */
export const pushInput = z.strictObject({
  endpoint: z.string().max(2048),
  expirationTime: z.number().nullish(),
  keys: z.strictObject({ p256dh: z.string().max(200), auth: z.string().max(100) }),
  /** The endpoint the browser had before (`pushsubscriptionchange`): its choices are kept, whatever else is sent. */
  replaces: z.string().max(2048).optional(),
  /** A mail address that takes over when the browser cannot be reached any more, once its owner has confirmed; '' takes it back. */
  standby: z.string().max(320).optional(),
  ...choiceFields,
})
export const endpointInput = z.strictObject({ endpoint: z.string().max(2048) })

const TESTS: Rate = { max: 1, windowMs: MINUTE }

/** Keeps a browser's subscription; the same endpoint again replaces keys and choices. @throws Refusal `invalid`, `unavailable` */
export async function subscribePush(ctx: Ctx, ip: string, sent: unknown): Promise<void> {
  const { endpoint, keys, replaces, standby, expirationTime: _, ...choices } = readableZod(pushInput, sent)
  const address = standby ? mailAddress(standby) : null
  const found = [
    ...endpointIssues(endpoint, ctx.config.outsiders),
    ...keyIssues(keys),
    ...(standby && !address ? [issue('standby', 'email-address')] : []),
  ]
  if (found.length) throw invalid(found)
  await assertOffered(ctx.store.db, choices, 'webpush')
  await assertMayAsk(ctx, 'push', ip, address)
  const now = ctx.clock.now()
  const pushId = await ctx.store.tx(async (trx) => {
    if (await listed(ctx, trx, 'webpush', endpoint)) throw notAllowed('address-suppressed')
    const known = await subscriberByAddress(trx, 'webpush', endpoint, 'live')
    const before = replaces && !known ? await subscriberByAddress(trx, 'webpush', replaces, 'live') : undefined
    const hash = addressHash(ctx, 'webpush', endpoint)
    if (before) return moveTo(trx, before, endpoint, hash, keys, now)
    const row = activeRow(endpoint, hash, keys, choices, now, known)
    const id = known ? known.id : await insertSubscriber(trx, row)
    if (known) await updateSubscriber(trx, id, row)
    await keepInterests(trx, id, choices)
    if (standby === '') await dropStandby(trx, id)
    return id
  })
  if (address && pushId !== null) await askStandby(ctx, pushId, address, choices.language)
}

type Trx = Parameters<typeof updateSubscriber>[0]
type Keys = { p256dh: string; auth: string }
const keysText = ({ p256dh, auth }: Keys): string => JSON.stringify({ p256dh, auth })

async function moveTo(
  trx: Trx,
  before: SubscriberRow,
  endpoint: string,
  hash: string,
  keys: Keys,
  now: string,
): Promise<number | null> {
  if (before.state === 'left') return null
  const set = {
    address: endpoint,
    address_hash: hash,
    keys: keysText(keys),
    state: 'active',
    confirmed_at: now,
    left_at: null,
  }
  await updateSubscriber(trx, before.id, set)
  return before.id
}

const activeRow = (
  endpoint: string,
  address_hash: string,
  keys: Keys,
  choices: Choices,
  now: string,
  known?: SubscriberRow,
): NewSubscriber => ({
  kind: 'webpush',
  address: endpoint,
  address_hash,
  keys: keysText(keys),
  token: known?.token ?? newToken(),
  state: 'active',
  mode: 'live',
  ...columnsOf(choices),
  created_at: known?.created_at ?? now,
  confirmed_at: now,
  left_at: null,
})

/** Sends the browser a test; at most one a minute. @throws Refusal `not-found`, `unavailable` */
export async function testPush(ctx: Ctx, sent: unknown): Promise<void> {
  const { endpoint } = readableZod(endpointInput, sent)
  const subscriber = await subscriberByAddress(ctx.store.db, 'webpush', endpoint, 'live')
  if (subscriber?.state !== 'active' || !subscriber.keys) throw notFound('push-subscription')
  await assertPatience(ctx, 'push-test', endpoint, TESTS)
  const channel = ctx.channels.find((c) => c.name === 'webpush')
  if (!channel?.test) throw unavailable('push-not-ready')
  const keys = JSON.parse(subscriber.keys) as Keys
  const outcome = await channel.test({ address: endpoint, keys, language: subscriber.language as Choices['language'] })
  if (outcome.state === 'accepted') return
  if (outcome.state === 'gone') {
    const now = ctx.clock.now()
    await ctx.store.tx(async (trx) => {
      await updateSubscriber(trx, subscriber.id, { state: 'gone', left_at: now })
      await markUnreachable(trx, [subscriber.id], now)
    })
    throw notFound('push-subscription')
  }
  throw unavailable('push-not-taken')
}

/** Takes the browser off, and with it the address that stood by for it. Who is not there is off already. */
export async function leavePush(ctx: Ctx, sent: unknown): Promise<void> {
  const { endpoint } = readableZod(endpointInput, sent)
  await ctx.store.tx(async (trx) => {
    const subscriber = await subscriberByAddress(trx, 'webpush', endpoint, 'live')
    if (subscriber?.state !== 'active') return
    await updateSubscriber(trx, subscriber.id, { state: 'left', left_at: ctx.clock.now() })
    await dropStandby(trx, subscriber.id)
  })
}

/** A push service has a public name and https; what is listed by the operator may be anything (tests and demo). */
function endpointIssues(endpoint: string, listed: string[]): Issue[] {
  const wrong = (why: string) => [issue('endpoint', 'push-endpoint', { why })]
  const allowed = new Set(listed.map((entry) => entry.toLowerCase()))
  try {
    const url = assertOutside(endpoint, allowed)
    if (url.hash) return wrong('url-fragment')
    if (allowed.has(`${url.hostname}:${url.port || (url.protocol === 'https:' ? 443 : 80)}`)) return []
    const host = url.hostname.replace(/\.$/, '')
    if (isIP(host.replace(/^\[|\]$/g, '')) || !host.includes('.') || isInnerName(host))
      return wrong('url-not-a-service')
    return url.port && url.port !== '443' ? wrong('url-port') : []
  } catch (err) {
    if (err instanceof Refusal) return wrong(err.code)
    throw err
  }
}

/** An uncompressed point on P-256 and a secret of 16 bytes (RFC 8291 §2.1, §3.2), in strict base64url without padding. */
function keyIssues({ p256dh, auth }: Keys): Issue[] {
  const point = strictBytes(p256dh)
  const secret = strictBytes(auth)
  return [
    ...(point && isPoint(point) ? [] : [issue('keys.p256dh', 'push-key')]),
    ...(secret?.length === 16 ? [] : [issue('keys.auth', 'push-secret')]),
  ]
}

/** Node reads much that is not base64url: only what it would write itself is taken. */
function strictBytes(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? bytes : null
}

function isPoint(raw: Buffer): boolean {
  if (raw.length !== 65 || raw[0] !== 4) return false
  const [x, y] = [raw.subarray(1, 33).toString('base64url'), raw.subarray(33).toString('base64url')]
  try {
    createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x, y } })
    return true
  } catch {
    return false
  }
}
