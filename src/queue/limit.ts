/**
 * How much may be done a second, shared by every worker that asks under the same key: a token bucket. It holds `burst`
 * tokens at most, fills by `perSecond`, and an empty one says when to ask again. A lost or flushed store is a full bucket:
 * a limit is a courtesy to the far end, never a reason not to send.
 */
export type Rate = { perSecond: number; burst: number }

/** `granted` of what was wanted may be done now; `waitMs` until there is one more, 0 when all was granted. */
export type Grant = { granted: number; waitMs: number }

export type Limits = {
  /** Takes up to `want` tokens at once. Never throws and never waits long. */
  take(key: string, want: number, rate: Rate): Promise<Grant>
  close(): Promise<void>
}

/** A bucket as it stood at a time, in milliseconds of whatever clock it is kept by. */
export type Bucket = { tokens: number; at: number }

/** Pure: what a bucket grants now. A clock that went back counts as one that stood still. */
export function draw(bucket: Bucket | undefined, want: number, rate: Rate, now: number): Grant & { bucket: Bucket } {
  const since = Math.max(0, now - (bucket?.at ?? now))
  const tokens = Math.min(rate.burst, (bucket?.tokens ?? rate.burst) + (since * rate.perSecond) / 1000)
  const granted = Math.max(0, Math.min(Math.floor(want), Math.floor(tokens)))
  const left = tokens - granted
  const waitMs = granted >= Math.floor(want) ? 0 : Math.ceil(((1 - left) * 1000) / rate.perSecond)
  return { granted, waitMs, bucket: { tokens: left, at: now } }
}

/** The rate of so many a second: a second's worth at once, and one at least. */
export const perSecond = (n: number): Rate => ({ perSecond: n, burst: Math.max(1, n) })
