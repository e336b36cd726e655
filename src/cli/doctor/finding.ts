/** What one look of `ortoo doctor` found. */
import type { Config } from '../../config.ts'
import type { Clock } from '../../lib/clock.ts'

/** ok: in order · note: works, but somebody should know · fail: must be put right, and the sentence says how. */
export type Finding = { level: 'ok' | 'note' | 'fail'; key: string; params?: Record<string, string | number> }

export type Look = { name: string; run(config: Config, clock: Clock): Promise<Finding[]> }

export const ok = (key: string, params?: Finding['params']): Finding => ({
  level: 'ok',
  key,
  ...(params ? { params } : {}),
})
export const note = (key: string, params?: Finding['params']): Finding => ({
  level: 'note',
  key,
  ...(params ? { params } : {}),
})
export const fail = (key: string, params?: Finding['params']): Finding => ({
  level: 'fail',
  key,
  ...(params ? { params } : {}),
})

/** Clocks may stand so far apart before times on the site become doubtful. */
export const MOST_SKEW_MS = 2000

/** Compares a clock with ours. */
export const skew = (what: string, theirs: number, ours: number, slack = MOST_SKEW_MS): Finding => {
  const apart = Math.round((theirs - ours) / 100) / 10
  return Math.abs(theirs - ours) > slack ? fail('doctor.skew', { what, seconds: apart }) : ok('doctor.clock', { what })
}

/** Why something failed, short enough for a sentence. */
export const reason = (err: unknown): string => {
  const { code, message } = err as { code?: string; message?: string }
  return code ?? message ?? String(err)
}
