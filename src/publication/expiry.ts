/** Before a warning expires somebody on duty is asked: extend it, let it expire, or lift it. Nothing is done of itself but expiring. */
import type { Ctx } from '../context.ts'
import type { Content } from '../desk/content.ts'
import { admit } from '../desk/gate.ts'
import { note } from '../desk/store.ts'
import { append } from '../ledger/append.ts'
import { MINUTE, plus } from '../lib/clock.ts'
import { wrongState } from '../lib/errors.ts'
import type { Actor } from '../staff/member.ts'
import { onDuty } from '../staff/on-duty.ts'
import { clearAlarm, handAlarm, raiseAlarm } from '../store/alarm.ts'
import {
  answerExpiry,
  expiringWithin,
  expiryOf,
  markTold,
  noteExpiry,
  openExpiries,
  overExpiries,
  type Word,
} from './expiry-store.ts'
import { lastEditionOf } from './store.ts'

/** REQUIREMENTS-CN §3.3: prompts at −60 and −15 minutes (our own). */
export const PROMPTS = [60 * MINUTE, 15 * MINUTE] as const
const CAUSE = 'warning-expiring'

/** Told once at each prompt; over when it was answered, has expired, or a later edition says something else. */
export async function watchExpiry(ctx: Ctx): Promise<void> {
  const { db } = ctx.store
  const now = ctx.clock.now()
  for (const found of await expiringWithin(db, now, plus(now, PROMPTS[0])))
    if (warns(JSON.parse(found.content) as Content))
      await noteExpiry(db, { edition_id: found.edition_id, release_id: found.release_id, due_at: found.due_at })
  for (const word of await openExpiries(db, now)) await ask(ctx, word)
  for (const word of await overExpiries(db, now)) await stopAsking(ctx, word)
}

const warns = ({ core }: Content): boolean =>
  !core.over && core.falseAlarmOf === undefined && (core.kind === 'warning' || core.cap?.actNow === true)

async function ask(ctx: Ctx, word: Word): Promise<void> {
  const left = Date.parse(word.due_at) - ctx.clock.ms()
  const prompt = PROMPTS.filter((before) => left <= before).length
  if (word.told >= prompt) return
  await ctx.store.tx(async (trx) => {
    const subject = `edition:${word.edition_id}`
    await raiseAlarm(trx, ctx.clock, 'warning-expiring', subject)
    const duty =
      (await onDuty(trx, word.agency_id, 'drafter', ctx.clock.now())).first ??
      (await onDuty(trx, word.agency_id, 'signer', ctx.clock.now())).first
    if (duty) await handAlarm(trx, CAUSE, subject, duty.id, prompt > 1)
    await markTold(trx, word.edition_id, prompt)
  })
}

const stopAsking = (ctx: Ctx, { edition_id }: { edition_id: string }): Promise<void> =>
  ctx.store.tx(async (trx) => {
    await clearAlarm(trx, ctx.clock, CAUSE, `edition:${edition_id}`)
    await markTold(trx, edition_id, PROMPTS.length + 1)
  })

/** 到期自动失效: somebody has looked, and it may expire. The page will say 有效期已过, and never that it was lifted. */
export async function letExpire(ctx: Ctx, by: Actor, ref: string): Promise<void> {
  await ctx.store.tx(async (trx) => {
    const { release } = await admit(trx, by, ref, 'release.let-expire', ctx.store.dialect)
    const edition = await lastEditionOf(trx, release.id)
    const word = edition && (await expiryOf(trx, edition.id))
    if (!edition || !word || word.answered_at) throw wrongState('nothing-expires')
    const now = ctx.clock.now()
    await answerExpiry(trx, edition.id, by.memberId, now)
    await clearAlarm(trx, ctx.clock, CAUSE, `edition:${edition.id}`)
    await note(trx, {
      release_id: release.id,
      at: now,
      member_id: by.memberId,
      act: 'let-expire',
      revision: edition.revision,
      edition: edition.number,
    })
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'edition.let-expire',
      subject: `edition:${edition.id}`,
      fact: { release: release.id, due: word.due_at },
    })
  })
}
