/** How a journalist comes in and goes out: a link to their address, spent by a press, a session of its own. */
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { DAY, HOUR, MINUTE, plus } from '../lib/clock.ts'
import { invalid, issue, wrongState } from '../lib/errors.ts'
import { newToken, sha256 } from '../lib/id.ts'
import { readableZod } from '../lib/shape.ts'
import { type Rate, within } from '../store/rate.ts'
import { assertPatience } from './ask.ts'
import { isAccredited, type Journalist, journalistActor } from './journalist.ts'
import {
  endMediaSession,
  insertMediaSession,
  journalistByEmail,
  journalistBySession,
  updateJournalist,
  useMediaLink,
} from './journalist-store.ts'
import { sendLetter } from './letter.ts'
import { mailAddress } from './mail-address.ts'
import { goodMediaLink, makeMediaLink } from './media-link.ts'

export const mediaSignInInput = z.strictObject({ email: z.string().max(320) })

/** Per network address; a whole newsroom may stand behind one. */
const ASKINGS: Rate = { max: 30, windowMs: HOUR }
/** Letters to one address. */
const LETTERS: Rate[] = [
  { max: 3, windowMs: 10 * MINUTE },
  { max: 12, windowMs: DAY },
]
/** A working day: the embargo of most releases is shorter. */
const SESSION = 12 * HOUR

/**
 * The answer is the same, and as quick, whoever the address belongs to: everything that depends on it happens in `letter`, which
 * no answer waits for and which never rejects. @throws Refusal `invalid` email-address; `unavailable` too-many-tries
 */
export async function askToEnter(ctx: Ctx, ip: string, sent: unknown): Promise<{ asked: true; letter: Promise<void> }> {
  const address = mailAddress(readableZod(mediaSignInInput, sent).email)
  if (!address) throw invalid([issue('email', 'email-address')])
  await assertPatience(ctx, 'media-sign-in', ip, ASKINGS)
  return { asked: true, letter: writeTo(ctx, address).catch((err) => ctx.log.error({ err }, 'media sign-in')) }
}

async function writeTo(ctx: Ctx, address: string): Promise<void> {
  const { db } = ctx.store
  for (const [i, rate] of LETTERS.entries())
    if (!(await within(db, ctx.clock, `media-letter-${i}`, address, rate))) return
  const journalist = await journalistByEmail(db, address)
  if (!journalist || !isAccredited(journalist, ctx.clock.now())) return
  const { link } = await makeMediaLink(db, ctx, journalist, 'sign-in')
  await sendLetter(ctx, journalist.language, address, { about: 'media-sign-in', enterUrl: link })
}

/** Spends the link. @returns the token of a session good until `expiresAt` @throws Refusal `wrong-state` media-link-not-good */
export async function enter(ctx: Ctx, token: string): Promise<{ session: string; expiresAt: string }> {
  return ctx.store.tx(async (trx) => {
    const { link, journalist } = await goodMediaLink(trx, ctx, token)
    const now = ctx.clock.now()
    if (!(await useMediaLink(trx, link.hash, now))) throw wrongState('media-link-not-good')
    if (journalist.state === 'invited') await updateJournalist(trx, journalist.id, { state: 'active' })
    const session = newToken()
    const expiresAt = plus(now, SESSION)
    await insertMediaSession(trx, {
      hash: sha256(session),
      journalist_id: journalist.id,
      created_at: now,
      expires_at: expiresAt,
      ended_at: null,
    })
    await append(trx, ctx, {
      actor: journalistActor(journalist),
      act: 'media.enter',
      subject: `journalist:${journalist.id}`,
    })
    return { session, expiresAt }
  })
}

/** Whose session it is; null when there is none, it has ended, or they are no longer accredited. */
export async function journalistIn(ctx: Ctx, session: string | undefined): Promise<Journalist | null> {
  if (!session) return null
  const now = ctx.clock.now()
  const journalist = await journalistBySession(ctx.store.db, sha256(session), now)
  return journalist && isAccredited(journalist, now) ? journalist : null
}

export const goOut = (ctx: Ctx, session: string): Promise<unknown> =>
  endMediaSession(ctx.store.db, sha256(session), ctx.clock.now())
