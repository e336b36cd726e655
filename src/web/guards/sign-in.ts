/** Signing in with the tries counted before a password or a code is looked at; and codes asked for again in a session. */
import type { Ctx } from '../../context.ts'
import { MINUTE } from '../../lib/clock.ts'
import { Refusal } from '../../lib/errors.ts'
import { type SignedIn, signIn } from '../../staff/auth.ts'
import type { Meta } from '../../staff/auth-library.ts'
import { assertMaySignIn, forgetFailures, isLastSigner, noteFailure } from '../../staff/lock-out.ts'
import type { Actor } from '../../staff/member.ts'
import { signInByPasskeyToo } from '../../staff/passkey.ts'
import { challengedEmail, proveByCode, signInByCode } from '../../staff/second-factor.ts'
import type { Req } from '../env.ts'
import { BadRequest } from '../errors.ts'
import { addressOf, type Limit, networkIn, SIGN_IN, SIGN_IN_ANYBODY, Throttle } from './rate.ts'

const throttles = new WeakMap<Ctx, Throttle>()
function throttleOf(ctx: Ctx): Throttle {
  const throttle = throttles.get(ctx) ?? new Throttle(ctx.clock)
  throttles.set(ctx, throttle)
  return throttle
}

/** What a new session is listed by. */
export const metaOf = (c: Req): Meta => ({ ip: addressOf(c), userAgent: c.req.header('user-agent') ?? '' })

/** The cookies of a new session, or of the question for a code. Refused with 429 and a growing wait, or with one answer for every other reason. */
export const signInWith = (c: Req, email: string, password: string): Promise<SignedIn> =>
  counted(c, email.trim(), () => signIn(c.var.ctx, email.trim(), password, metaOf(c)))

/** The code after the password: wrong ones count like wrong passwords. @returns the cookies of a new session */
export async function signInWithCode(c: Req, code: string): Promise<string[]> {
  const { ctx } = c.var
  const email = (await challengedEmail(ctx, c.req.raw.headers)) ?? ''
  const come = async (): Promise<SignedIn> => {
    const { cookies } = await signInByCode(ctx, c.req.raw.headers, code, metaOf(c))
    return { cookies, needs: 'nothing' }
  }
  return (await counted(c, email, come)).cookies
}

/** A passkey after the password. A signature cannot be guessed: nothing is counted, and what was is forgotten. */
export async function signInWithKeyToo(c: Req, response: unknown): Promise<string[]> {
  const { ctx } = c.var
  const { cookies, member } = await signInByPasskeyToo(ctx, c.req.raw.headers, response, metaOf(c))
  const network = networkIn(addressOf(c))
  throttleOf(ctx).forget(`${member.email.toLowerCase()}\n${network}`)
  await forgetFailures(ctx, member.email, network)
  return cookies
}

const WRONG = ['sign-in-failed', 'invalid']

async function counted(c: Req, email: string, come: () => Promise<SignedIn>): Promise<SignedIn> {
  const { ctx } = c.var
  const throttle = throttleOf(ctx)
  const network = networkIn(addressOf(c))
  const one = `${email.toLowerCase()}\n${network}`
  const last = await isLastSigner(ctx.store.db, email, ctx.clock.now())
  // Whoever has to sign tonight is kept waiting by their own slips alone, and not for long.
  if (!last) {
    throttle.assertMayTry(network, SIGN_IN_ANYBODY)
    throttle.assertMayTry(one, SIGN_IN)
  }
  await assertMaySignIn(ctx, email, network, last)
  try {
    const done = await come()
    // With the code still to come, nobody has come in: the count of wrong ones stands.
    if (done.needs !== 'code') {
      throttle.forget(one)
      await forgetFailures(ctx, email, network)
    }
    return done
  } catch (err) {
    if (err instanceof Refusal && WRONG.includes(err.code)) await noteFailure(ctx, email, network)
    throw err
  }
}

/** Six figures can be guessed; at this pace that takes a month and a half, and nobody waits longer than a minute. */
const CODES: Limit = { max: 5, windowMs: MINUTE, longestMs: MINUTE }

/** A code in a session that stands. A refusal of a form, so that what was typed beside it is kept. @throws Refusal */
export const proveWith = (c: Req, by: Actor, code: string): Promise<void> =>
  atPace(c, by, 'code', () => proveByCode(c.var.ctx, by, c.req.raw.headers, code))

/** What can be guessed at a desk that was left open is guessed no faster than a code. @throws Refusal too-many-tries */
export async function atPace<T>(c: Req, by: Actor, what: 'code' | 'password', deed: () => Promise<T>): Promise<T> {
  const throttle = throttleOf(c.var.ctx)
  const key = `${what}:${by.memberId}`
  try {
    throttle.assertMayTry(key, CODES)
  } catch (err) {
    if (err instanceof BadRequest) throw new Refusal('not-allowed', err.code, [], err.params)
    throw err
  }
  const done = await deed()
  throttle.forget(key)
  return done
}
