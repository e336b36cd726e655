/** Retry-After of an answer (RFC 9110 §10.2.3). */
import { DAY, SECOND } from './clock.ts'

/** In milliseconds from now: seconds or a date; a day at most. */
export function retryAfter(value: string | undefined, now: string): number | undefined {
  if (!value) return undefined
  const ms = /^\d+$/.test(value.trim()) ? Number(value) * SECOND : Date.parse(value) - Date.parse(now)
  return Number.isFinite(ms) ? Math.min(DAY, Math.max(0, ms)) : undefined
}
