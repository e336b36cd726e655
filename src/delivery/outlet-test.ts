/** A test of an outlet: to our own mailbox, our own browsers, our own pages, our own probe, never to a list; its answer is kept. */
import { assertPatience } from '../audience/ask.ts'
import { subscriberById } from '../audience/store.ts'
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { DAY, MINUTE, plus } from '../lib/clock.ts'
import { notFound } from '../lib/errors.ts'
import { newId } from '../lib/id.ts'
import { admitHome } from '../staff/gate.ts'
import type { Actor } from '../staff/member.ts'
import { memberById } from '../staff/store.ts'
import { clearAlarm, raiseAlarm } from '../store/alarm.ts'
import { type CanaryRow, canaries } from './canary-store.ts'
import type { Channel, Outcome, Target } from './channel.ts'
import { testHub } from './hub-test.ts'
import { dropOldTests, insertTest, lastTest, type OutletTest } from './outlet-test-store.ts'

/** Outlets that can be tested without anybody's list. */
export const TESTABLE = ['website', 'feeds', 'email', 'webpush', 'websub'] as const
export type Testable = (typeof TESTABLE)[number]
/** What is read back of those everybody can read. */
const PAGES: Record<'website' | 'feeds', string> = { website: '/', feeds: '/feeds/all.atom' }
const TESTS = { max: 5, windowMs: 10 * MINUTE }
const EVERY = 7 * DAY
const KEPT = 400 * DAY
const LONGEST_WHY = 200

export type Answer = Pick<OutletTest, 'outcome' | 'why'>

/** At a member's word, mail to their own address. @throws Refusal `not-found`; `unavailable` too-many-tries */
export async function testOutlet(ctx: Ctx, by: Actor, name: string): Promise<OutletTest> {
  admitHome(by, 'outlet.test')
  if (!isTestable(name)) throw notFound('outlet')
  await assertPatience(ctx, 'outlet-test', name, TESTS)
  const own = (await memberById(ctx.store.db, by.memberId))?.email ?? ''
  return keep(ctx, name, await ask(ctx, name, own), by)
}

/** Once a week each outlet that has a reader of our own; an alarm where it was not taken. */
export async function weeklyTests(ctx: Ctx): Promise<void> {
  const { db } = ctx.store
  const now = ctx.clock.now()
  for (const name of ['email', 'webpush'] as const) {
    const ours = await ownReaders(ctx, name)
    const since = (await lastTest(db, name))?.at ?? ours.map((c) => c.made_at).sort()[0]
    if (ours.length === 0 || !since || since > plus(now, -EVERY)) continue
    await keep(ctx, name, await ask(ctx, name, ctx.config.canaryMail?.address ?? ''), null)
  }
  await dropOldTests(db, plus(now, -KEPT))
}

const isTestable = (name: string): name is Testable => TESTABLE.some((t) => t === name)

/** Keeps an answer, and what it means for the alarm. */
export async function keep(
  ctx: Ctx,
  outlet: Testable | 'manual',
  answer: Answer,
  by: Actor | null,
): Promise<OutletTest> {
  const row: OutletTest = {
    id: newId(ctx.clock.ms()),
    outlet,
    asked_by: by?.memberId ?? null,
    at: ctx.clock.now(),
    outcome: answer.outcome,
    why: answer.why.slice(0, LONGEST_WHY),
  }
  await ctx.store.tx(async (trx) => {
    await insertTest(trx, row)
    await append(trx, ctx, {
      actor: by?.memberId ?? 'system',
      act: 'outlet.test',
      subject: `outlet:${outlet}`,
      fact: { outcome: row.outcome },
    })
    // With the answer or not at all: a week would pass before it was asked again.
    if (row.outcome === 'accepted') await clearAlarm(trx, ctx.clock, 'outlet-test-failed', `outlet:${outlet}`)
    else if (!by) await raiseAlarm(trx, ctx.clock, 'outlet-test-failed', `outlet:${outlet}`)
  })
  return row
}

async function ask(ctx: Ctx, name: Testable, address: string): Promise<Answer> {
  if (name === 'website' || name === 'feeds') return readBack(ctx, PAGES[name])
  const channel = ctx.channels.find((c) => c.name === name)
  const notReady = ctx.notReady[name]
  if (!channel || notReady) return { outcome: 'not-ready', why: notReady ?? 'not-here' }
  if (name === 'websub') return hub(ctx, channel)
  return name === 'email' ? mail(ctx, channel, address) : browsers(ctx, channel)
}

async function hub(ctx: Ctx, channel: Channel): Promise<Answer> {
  const failed = await testHub(ctx, channel)
  if (!failed) return { outcome: 'accepted', why: '' }
  return 'sent' in failed ? answerOf(failed.sent) : failed
}

async function mail(ctx: Ctx, channel: Channel, to: string): Promise<Answer> {
  if (!channel.welcome || !to) return { outcome: 'not-ready', why: 'no-address' }
  const deskUrl = `${ctx.config.publicUrl}/desk/outlets`
  return answerOf(await channel.welcome({ about: 'outlet-test', to, language: 'zh-CN', deskUrl }))
}

/** Every browser of our own has to take it: the first that does not is the answer. */
async function browsers(ctx: Ctx, channel: Channel): Promise<Answer> {
  const ours = await ownReaders(ctx, 'webpush')
  if (!channel.test || ours.length === 0) return { outcome: 'not-ready', why: 'no-canary' }
  const answers: Answer[] = []
  for (const c of ours) {
    const kept = await subscriberById(ctx.store.db, Number(c.subscriber_id))
    if (!kept?.keys || kept.state !== 'active') answers.push({ outcome: 'gone', why: 'canary-left' })
    else {
      const keys = JSON.parse(kept.keys) as NonNullable<Target['keys']>
      answers.push(answerOf(await channel.test({ address: kept.address, language: 'zh-CN', keys })))
    }
  }
  return answers.find((a) => a.outcome !== 'accepted') ?? (answers[0] as Answer)
}

const ownReaders = async (ctx: Ctx, kind: 'email' | 'webpush'): Promise<CanaryRow[]> =>
  (await canaries(ctx.store.db)).filter((c) => c.kind === kind)

/** By the public address, as any reader gets it. */
async function readBack(ctx: Ctx, path: string): Promise<Answer> {
  try {
    const { status, body } = await ctx.configured(`${ctx.config.publicUrl}${path}`, { timeoutMs: 10_000 })
    if (status === 200 && body.length > 0) return { outcome: 'accepted', why: '' }
    return { outcome: 'again', why: `HTTP ${status}` }
  } catch (err) {
    return { outcome: 'again', why: err instanceof Error ? err.message : String(err) }
  }
}

function answerOf(outcome: Outcome): Answer {
  switch (outcome.state) {
    case 'accepted':
      return { outcome: 'accepted', why: '' }
    case 'suppressed':
      return { outcome: 'not-ready', why: outcome.why }
    case 'unknown':
      return { outcome: 'again', why: outcome.why }
    case 'again':
    case 'never':
    case 'gone':
      return { outcome: outcome.state, why: outcome.why }
    default:
      return outcome satisfies never
  }
}
