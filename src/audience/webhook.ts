/** Receivers of signed webhooks, as an administrator keeps them: a second one must agree before anything is posted, and secrets are shown once. */
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import type { Outcome } from '../delivery/channel.ts'
import { append } from '../ledger/append.ts'
import { DAY, plus } from '../lib/clock.ts'
import { invalid, issue, notAllowed, notFound, Refusal, unavailable, wrongState } from '../lib/errors.ts'
import { assertOutside } from '../lib/http.ts'
import { newId, newToken } from '../lib/id.ts'
import { lock } from '../lib/lock.ts'
import { readableZod } from '../lib/shape.ts'
import { admitAgency, admitHome } from '../staff/gate.ts'
import type { Actor } from '../staff/member.ts'
import { adminsOver, agencyFamily } from '../staff/store.ts'
import { assertPatience } from './ask.ts'
import { assertOffered, choiceFields, choicesInput, keepInterests } from './choices.ts'
import { insertSubscriber, subscriberByAddress, subscriberById, updateSubscriber } from './store.ts'
import { insertReceiver, type ReceiverRow, receiverById, receiversOf, updateReceiver } from './webhook-store.ts'

/** While both are signed with, a receiver can be given the new one at leisure. */
export const BOTH_VALID = 2 * DAY
const TESTS = { max: 6, windowMs: 60_000 }
const MODES = ['live', 'exercise'] as const

/** Kinds and lane of none chosen: all. `mode` exercise receives exercises and nothing else. */
export const receiverInput = z.strictObject({
  name: z.string().trim().min(1, 'filled').max(80),
  url: z.string().trim().max(2000),
  mode: z.enum(MODES).default('live'),
  kinds: z
    .array(z.string().regex(/^[a-z-]{1,40}$/, 'slug'))
    .max(40)
    .default([]),
  lane: z.enum(['', 'flash', 'routine']).default(''),
  urgency: choiceFields.urgency,
  topics: choiceFields.topics,
  areas: choiceFields.areas,
})

type Db = Parameters<typeof insertReceiver>[0]
export type Made = { id: string; secret: string; state: 'active' | 'proposed' }
const newSecret = (): string => `whsec_${newToken()}`

/** @returns the secret, which is shown now and never again @throws Refusal `invalid`: url-*, unknown-topic, unknown-area, webhook-there */
export async function addReceiver(ctx: Ctx, by: Actor, sent: unknown): Promise<Made> {
  admitHome(by, 'outlet.manage')
  const input = readableZod(receiverInput, sent)
  const host = hostOf(ctx, input.url)
  const choices = choicesInput.parse({ urgency: input.urgency, topics: input.topics, areas: input.areas })
  await assertOffered(ctx.store.db, choices, 'webhook')
  const [id, secret, now] = [newId(ctx.clock.ms()), newSecret(), ctx.clock.now()]
  const state = await ctx.store.tx(async (trx) => {
    if (await subscriberByAddress(trx, 'webhook', input.url, input.mode)) throw invalid([issue('url', 'webhook-there')])
    const alone = (await adminsOver(trx, by.agencyId)).every((m) => m.id === by.memberId)
    const subscriber = await insertSubscriber(trx, {
      kind: 'webhook',
      address: input.url,
      keys: JSON.stringify({ secrets: [{ locked: lock(ctx.keys.secret, secret) }] }),
      token: newToken(),
      state: alone ? 'active' : 'pending',
      mode: input.mode,
      language: 'zh-CN',
      urgency: input.urgency,
      frequency: 'at-once',
      all_topics: input.topics.length ? 0 : 1,
      all_areas: input.areas.length ? 0 : 1,
      created_at: now,
      confirmed_at: alone ? now : null,
      left_at: null,
    })
    await keepInterests(trx, subscriber, choices)
    await insertReceiver(trx, {
      id,
      subscriber_id: subscriber,
      agency_id: by.agencyId,
      name: input.name,
      host,
      kinds: input.kinds.length ? `,${[...new Set(input.kinds)].join(',')},` : '',
      lane: input.lane,
      state: alone ? 'active' : 'proposed',
      created_by: by.memberId,
      created_at: now,
    })
    await record(ctx, trx, by, alone ? 'webhook.add' : 'webhook.propose', id)
    return alone ? ('active' as const) : ('proposed' as const)
  })
  return { id, secret, state }
}

/** What leaves the office goes to an address of the outside, over TLS. */
function hostOf(ctx: Ctx, url: string): string {
  try {
    const found = assertOutside(url, new Set(ctx.config.outsiders.map((entry) => entry.toLowerCase())))
    if (found.hash) throw invalid([issue('url', 'hub-fragment')])
    if (found.host === new URL(ctx.config.publicUrl).host) throw invalid([issue('url', 'hub-own-address')])
    return found.host
  } catch (err) {
    if (err instanceof Refusal && err.issues.length === 0) throw invalid([issue('url', err.code)])
    throw err
  }
}

/** The second administrator's word. @throws Refusal own-change, wrong-state */
export async function approveReceiver(ctx: Ctx, by: Actor, id: string): Promise<void> {
  await ctx.store.tx(async (trx) => {
    const receiver = await receiverFor(trx, by, id)
    if (receiver.created_by === by.memberId) throw notAllowed('own-change')
    if (!(await updateReceiver(trx, id, ['proposed'], { state: 'active', approved_by: by.memberId })))
      throw wrongState('change-decided')
    const set = { state: 'active', confirmed_at: ctx.clock.now() }
    await updateSubscriber(trx, Number(receiver.subscriber_id), set)
    await record(ctx, trx, by, 'webhook.approve', id)
  })
}

/** A new secret, valid at once; the one before is signed with beside it for two days. @returns the secret, shown now and never again */
export async function rotateSecret(ctx: Ctx, by: Actor, id: string): Promise<string> {
  const secret = newSecret()
  await ctx.store.tx(async (trx) => {
    const receiver = await receiverFor(trx, by, id)
    const now = ctx.clock.now()
    const until = plus(now, BOTH_VALID)
    const kept = await subscriberById(trx, Number(receiver.subscriber_id))
    const [last] = (JSON.parse(kept?.keys ?? '{"secrets":[]}') as { secrets: { locked: string }[] }).secrets
    const secrets = [{ locked: lock(ctx.keys.secret, secret) }, ...(last ? [{ locked: last.locked, until }] : [])]
    if (!(await updateReceiver(trx, id, ['proposed', 'active'], { rotated_at: now, old_until: until })))
      throw notFound('webhook')
    await updateSubscriber(trx, Number(receiver.subscriber_id), { keys: JSON.stringify({ secrets }) })
    await record(ctx, trx, by, 'webhook.rotate', id)
  })
  return secret
}

/** Nothing more goes there; the secrets are gone at once, and the address may be set up anew. */
export async function endReceiver(ctx: Ctx, by: Actor, id: string): Promise<void> {
  await ctx.store.tx(async (trx) => {
    const receiver = await receiverFor(trx, by, id)
    if (!(await updateReceiver(trx, id, ['proposed', 'active'], { state: 'ended' }))) throw notFound('webhook')
    const over = { state: 'left', left_at: ctx.clock.now(), keys: null, address: `ended:${id}` }
    await updateSubscriber(trx, Number(receiver.subscriber_id), over)
    await record(ctx, trx, by, 'webhook.end', id)
  })
}

/** Posts a test now, signed like any other, also before the second administrator's word: it holds no news. */
export async function testReceiver(ctx: Ctx, by: Actor, id: string): Promise<Outcome> {
  const receiver = await receiverFor(ctx.store.db, by, id)
  const kept = await subscriberById(ctx.store.db, Number(receiver.subscriber_id))
  const channel = ctx.channels.find((c) => c.serves === 'webhook')
  if (receiver.state === 'ended' || !kept?.keys) throw notFound('webhook')
  if (!channel?.test) throw unavailable('webhook-not-ready')
  await assertPatience(ctx, 'webhook-test', id, TESTS)
  const outcome = await channel.test({ address: kept.address, language: 'zh-CN', signing: JSON.parse(kept.keys) })
  const answer = outcome.state === 'accepted' ? 'accepted' : outcome.why.slice(0, 200)
  await updateReceiver(ctx.store.db, id, ['proposed', 'active'], { tested_at: ctx.clock.now(), tested_as: answer })
  return outcome
}

/** Those of one's own agency and of the agencies below it. */
export async function receivers(ctx: Ctx, by: Actor) {
  admitHome(by, 'outlet.read')
  const family = await agencyFamily(ctx.store.db, by.agencyId)
  return receiversOf(
    ctx.store.db,
    family.map((a) => a.id),
  )
}

async function receiverFor(db: Db, by: Actor, id: string): Promise<ReceiverRow> {
  const receiver = await receiverById(db, id)
  if (!receiver) throw notFound('webhook')
  await admitAgency(db, by, receiver.agency_id, 'outlet.manage')
  return receiver
}

const record = (ctx: Ctx, trx: Db, by: Actor, act: string, id: string) =>
  append(trx, ctx, { actor: by.memberId, act, subject: `webhook:${id}` })
