/** What a callback's answer means (W3C WebSub §7): 2xx is taken, all else is tried again, and nothing but its lease ends a subscription. Pure. */
import type { HttpAnswer, Outcome } from '../../src/delivery/channel.ts'
import { MINUTE, SECOND } from '../../src/lib/clock.ts'
import { Refusal } from '../../src/lib/errors.ts'
import { retryAfter } from '../../src/lib/retry-after.ts'

/** Doubles with each attempt; who says no for good (4xx) is asked less often than who is only busy. */
const pause = (base: number, attempt: number): number => base * 2 ** Math.max(0, Math.min(attempt, 8) - 1)

export function outcomeOf({ status, headers }: HttpAnswer, attempt: number, now: string): Outcome {
  if (status >= 200 && status < 300) return { state: 'accepted' }
  const busy = status >= 500 || status === 429
  const after = retryAfter(headers['retry-after'], now) ?? pause(busy ? 5 * SECOND : MINUTE, attempt)
  return { state: 'again', why: `HTTP ${status}`, after }
}

/** An answer that never came is no yes. The same feed twice does no harm, so it is not left in doubt. */
export function failureOutcome(error: unknown, attempt: number): Outcome {
  const why = error instanceof Refusal ? error.code : ((error as NodeJS.ErrnoException).code ?? 'no answer')
  // The name leads somewhere else now: into our own network, as may be.
  if (error instanceof Refusal && error.kind === 'invalid') return { state: 'never', why }
  return { state: 'again', why, after: pause(5 * SECOND, attempt) }
}
