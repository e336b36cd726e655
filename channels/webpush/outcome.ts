/** What a push service's answer means for the browser behind it (RFC 8030 §§5, 7.3, 8). Pure. */
import type { HttpAnswer, Outcome } from '../../src/delivery/channel.ts'
import { HOUR, MINUTE, SECOND } from '../../src/lib/clock.ts'
import { Refusal } from '../../src/lib/errors.ts'
import { retryAfter } from '../../src/lib/retry-after.ts'

const backOff = (base: number, attempt: number): number => Math.min(HOUR, base * 2 ** Math.max(0, attempt - 1))

/** 401 and 403 are about our key: whoever reads the log must act, and no subscriber may be lost over it. */
const KEY_REFUSED = ['HTTP 401', 'HTTP 403']
export const isOurFault = (outcome: Outcome): outcome is Extract<Outcome, { state: 'again' }> =>
  outcome.state === 'again' && KEY_REFUSED.includes(outcome.why)

export function outcomeOf({ status, headers }: HttpAnswer, attempt: number, now: string): Outcome {
  const why = `HTTP ${status}`
  if (status >= 200 && status < 300) return { state: 'accepted', ...remoteId(headers['location']) }
  if (status === 404 || status === 410) return { state: 'gone', why }
  if (KEY_REFUSED.includes(why)) return { state: 'again', why, after: HOUR, ours: true }
  if (status === 408 || status === 425 || status === 429 || status >= 500) {
    return { state: 'again', why, after: retryAfter(headers['retry-after'], now) ?? backOff(MINUTE, attempt) }
  }
  return { state: 'never', why }
}

/** What the service calls the message; a stranger's endpoint may answer at any length. */
const remoteId = (location: string | undefined) =>
  location && location.length <= MOST_ID ? { remoteId: location } : {}
const MOST_ID = 1024

/**
 * No answer came. `sent` of lib/http tells whether the request can have arrived; an error that does not say is taken to mean
 * it may have.
 */
export function failureOutcome(error: unknown, attempt: number): Outcome {
  const why = error instanceof Refusal ? error.code : ((error as NodeJS.ErrnoException).code ?? 'no answer')
  if (error instanceof Refusal && error.kind === 'invalid') return { state: 'never', why }
  if (error instanceof Refusal && error.params['sent'] === 0) {
    return { state: 'again', why, after: backOff(15 * SECOND, attempt) }
  }
  return { state: 'unknown', why }
}
