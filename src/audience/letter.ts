/** Sends a subscriber's own letter through the mail outlet, a few times over a few minutes; then an alarm, never silence. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Ctx } from '../context.ts'
import { SECOND } from '../lib/clock.ts'
import { clearAlarm, raiseAlarm } from '../store/alarm.ts'

/** Milliseconds before each further try. A relay that greylists wants about a minute. */
const WAITS = [5 * SECOND, 60 * SECOND, 300 * SECOND]

type Send = NonNullable<Ctx['channels'][number]['welcome']>
type Welcome = Parameters<Send>[0]
type Outcome = Awaited<ReturnType<Send>>
type Message = Welcome extends infer W ? (W extends Welcome ? Omit<W, 'to' | 'language'> : never) : never

/** Never rejects. What the far end says of this one address is theirs to say; a relay that does not answer is ours to mend. */
export async function sendLetter(ctx: Ctx, language: string, to: string, message: Message): Promise<void> {
  const channel = ctx.channels.find((c) => c.name === 'email')
  if (!channel?.welcome) return
  const letter = { ...message, to, language } as Welcome
  for (const wait of [...WAITS, null]) {
    const outcome = await channel.welcome(letter).catch((err): Outcome => {
      ctx.log.error({ err }, 'letter')
      return { state: 'never', why: 'rendering failed' }
    })
    if (outcome.state !== 'again') return settle(ctx, outcome)
    if (wait !== null) await sleep(wait, undefined, { ref: false })
  }
  await raise(ctx)
}

async function settle(ctx: Ctx, outcome: Outcome): Promise<void> {
  if (outcome.state === 'accepted') await clearAlarm(ctx.store.db, ctx.clock, CAUSE, SUBJECT).catch(() => {})
  else ctx.log.warn({ state: outcome.state, why: outcome.why }, 'letter')
}

const CAUSE = 'letters-not-sent'
const SUBJECT = 'outlet:email'
const raise = (ctx: Ctx) =>
  raiseAlarm(ctx.store.db, ctx.clock, CAUSE, SUBJECT).catch((err) => ctx.log.error({ err }, 'letter'))
