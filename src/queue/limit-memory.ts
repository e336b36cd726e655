/** Limits of one process. */
import { type Bucket, draw, type Limits, type Rate } from './limit.ts'

/** Keys are a few domains; past so many the full buckets go, which say nothing. */
const MOST_KEYS = 10_000

/** @param ticks milliseconds that only go forward */
export function memoryLimits(
  ticks: () => number,
): Limits & { takeNow(key: string, want: number, rate: Rate): { granted: number; waitMs: number } } {
  const buckets = new Map<string, Bucket & { fullAt: number }>()
  const takeNow = (key: string, want: number, rate: Rate) => {
    const now = ticks()
    const { granted, waitMs, bucket } = draw(buckets.get(key), want, rate, now)
    buckets.set(key, { ...bucket, fullAt: now + ((rate.burst - bucket.tokens) * 1000) / rate.perSecond })
    if (buckets.size > MOST_KEYS) for (const [k, b] of buckets) if (b.fullAt <= now) buckets.delete(k)
    return { granted, waitMs }
  }
  return {
    takeNow,
    take: async (key, want, rate) => takeNow(key, want, rate),
    close: async () => buckets.clear(),
  }
}
