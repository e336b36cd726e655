/** Signing in with the tries counted before a password is looked at. */
import type { Ctx } from '../../context.ts'
import { signIn } from '../../staff/auth.ts'
import type { Req } from '../env.ts'
import { addressOf, networkIn, SIGN_IN, SIGN_IN_ANYBODY, Throttle } from './rate.ts'

const throttles = new WeakMap<Ctx, Throttle>()

/** The cookies of a new session. Refused with 429 and a growing wait, or with one answer for every other reason. */
export async function signInWith(c: Req, email: string, password: string): Promise<string[]> {
  const { ctx } = c.var
  const throttle = throttles.get(ctx) ?? new Throttle(ctx.clock)
  throttles.set(ctx, throttle)
  const ip = addressOf(c)
  const network = networkIn(ip)
  const one = `${email.trim().toLowerCase()}\n${network}`
  throttle.assertMayTry(network, SIGN_IN_ANYBODY)
  throttle.assertMayTry(one, SIGN_IN)
  const cookies = await signIn(ctx, email.trim(), password, { ip, userAgent: c.req.header('user-agent') ?? '' })
  throttle.forget(one)
  return cookies
}
