/** What a receiver's answer means: 2xx is taken; what it may take later is tried again; a redirect or a no stays a no. Pure. */
import type { HttpAnswer, Outcome } from '../../src/delivery/channel.ts'
import { MINUTE, SECOND } from '../../src/lib/clock.ts'
import { Refusal } from '../../src/lib/errors.ts'
import { retryAfter } from '../../src/lib/retry-after.ts'

const pause = (base: number, attempt: number): number => base * 2 ** Math.max(0, Math.min(attempt, 8) - 1)

/** A receiver being changed over answers 404 or 401 for a while: no first no is taken for the last word. */
export function outcomeOf({ status, headers }: HttpAnswer, attempt: number, now: string): Outcome {
  if (status >= 200 && status < 300) return { state: 'accepted' }
  const why = `HTTP ${status}`
  if (status === 400 || status === 413 || status === 415 || status === 422) return { state: 'never', why }
  const busy = status >= 500 || status === 429 || status === 408
  const after = retryAfter(headers['retry-after'], now) ?? pause(busy ? 5 * SECOND : MINUTE, attempt)
  return { state: 'again', why, after }
}

/** The same delivery id goes with every attempt, so a receiver knows a repeat: nothing is left in doubt. */
export function failureOutcome(error: unknown, attempt: number): Outcome {
  const why = error instanceof Refusal ? error.code : ((error as NodeJS.ErrnoException).code ?? 'no answer')
  if (error instanceof Refusal && error.kind === 'invalid') return { state: 'never', why }
  return { state: 'again', why, after: pause(5 * SECOND, attempt) }
}
