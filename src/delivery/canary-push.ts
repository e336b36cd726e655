/** A browser becomes a canary by an administrator's link opened in it, and says from then on what it was shown. */
import { z } from 'zod'
import { assertPatience } from '../audience/ask.ts'
import { subscriberByAddress } from '../audience/store.ts'
import type { Ctx } from '../context.ts'
import { LANGUAGES } from '../desk/content.ts'
import { append } from '../ledger/append.ts'
import { HOUR, MINUTE } from '../lib/clock.ts'
import { notFound } from '../lib/errors.ts'
import { newToken, sha256 } from '../lib/id.ts'
import { readableZod } from '../lib/shape.ts'
import { admitHome } from '../staff/gate.ts'
import { makeLink, spendLink } from '../staff/link.ts'
import type { Actor } from '../staff/member.ts'
import { sighted } from './canary.ts'
import { canaryBySecret, putCanary } from './canary-store.ts'
import { pushFault } from './canary-text.ts'

/** A device reports each release once. */
const REPORTS = { max: 300, windowMs: HOUR }
const TRIES = { max: 10, windowMs: 15 * MINUTE }
const GOOD_FOR = 15 * MINUTE

/** @returns the address to open in the browser that is to report, good once and for a quarter of an hour */
export async function inviteCanary(ctx: Ctx, by: Actor): Promise<{ url: string; expiresAt: string }> {
  admitHome(by, 'outlet.canary')
  const { token, expiresAt } = await ctx.store.tx((trx) => makeLink(trx, ctx, 'canary', by.memberId, GOOD_FOR))
  return { url: `${ctx.config.publicUrl}/subscribe/?canary=${token}`, expiresAt }
}

export const canaryInput = z.strictObject({
  endpoint: z.string().max(2000),
  code: z.string().max(100),
  /** How the office calls it: "the duty phone". */
  name: z.string().trim().max(60).default(''),
})

/** The browser's subscription becomes a canary. @returns the secret it reports with @throws Refusal `not-found`, `wrong-state` link-not-good */
export async function enrolBrowser(ctx: Ctx, ip: string, input: unknown): Promise<{ secret: string }> {
  const sent = readableZod(canaryInput, input)
  await assertPatience(ctx, 'canary', ip, TRIES)
  const secret = newToken()
  await ctx.store.tx(async (trx) => {
    const subscriber = await subscriberByAddress(trx, 'webpush', sent.endpoint, 'live')
    if (subscriber?.state !== 'active') throw notFound('push-subscription')
    const link = await spendLink(trx, ctx, 'canary', sent.code)
    const now = ctx.clock.now()
    const row = {
      subscriber_id: subscriber.id,
      secret_hash: sha256(secret),
      name: sent.name,
      made_by: link.member_id,
      made_at: now,
    }
    await putCanary(trx, row)
    const subject = `subscriber:${subscriber.id}`
    await append(trx, ctx, {
      actor: link.member_id ?? 'system',
      act: 'canary.enrol',
      subject,
      fact: { kind: 'webpush' },
    })
  })
  return { secret }
}

export const arrivalInput = z.strictObject({
  secret: z.string().max(100),
  edition: z.string().max(60),
  language: z.enum(LANGUAGES),
  title: z.string().max(2000),
  body: z.string().max(8000),
})

/** What a canary's service worker was told to show. @throws Refusal `not-found` for whoever is none */
export async function pushArrived(ctx: Ctx, ip: string, input: unknown): Promise<void> {
  const sent = readableZod(arrivalInput, input)
  await assertPatience(ctx, 'canary-report', ip, REPORTS)
  const canary = await canaryBySecret(ctx.store.db, sha256(sent.secret))
  if (!canary) throw notFound('canary')
  await sighted(ctx, canary, sent.edition, (edition) => pushFault(edition, sent))
}
