/** How long a server asks to be left in peace, read from the words of its answer. Pure. */
import { HOUR, MINUTE, SECOND } from '../../src/lib/clock.ts'

/** Less is a slip, more is a refusal in disguise: nobody waits longer than this for a greylist. */
const LEAST = SECOND
const MOST = 6 * HOUR

const UNITS: [RegExp, number][] = [
  [/^(毫秒|ms|msecs?|milliseconds?)$/i, 1],
  [/^(秒钟?|s|secs?|seconds?)$/i, SECOND],
  [/^(分钟?|m|mins?|minutes?)$/i, MINUTE],
  [/^(个?小时|h|hrs?|hours?)$/i, HOUR],
]
const UNIT = '(毫秒|秒钟?|分钟?|个?小时|msecs?|ms|milliseconds?|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h)'
/** 300 seconds · 5min · 60s · 1 hour 30 minutes · 10分钟; not the 4 of 4.7.1, a port or an address. */
const SPAN = new RegExp(
  `(?<![\\d.:\\w])(\\d{1,6})[ -]?${UNIT}(?![A-Za-z\\d])(?:[ ,]*(?:and )?(\\d{1,6})[ -]?${UNIT}(?![A-Za-z\\d]))?`,
  'i',
)
/** 00:04:59, as some greylists count down. */
const CLOCK = /(?<![\d:.])(\d{1,2}):([0-5]\d):([0-5]\d)(?![\d:.])/
/** retry=299: a bare number is seconds. */
const BARE = /\b(?:retry|retry[ _-]after|delay|wait)[ =:]+(\d{1,6})(?![\d.:%])/i
/** A span of time stands in many answers; only one about coming back is a wish. */
const ABOUT =
  /again|retry|retried|later|wait|grey|gray|delay|limit|throttl|too (many|fast|frequent)|frequen|deferr|tempor|busy|block|重试|再试|稍后|以后|之后|后再|等待|频|限|繁忙/i
/** "5 mails in 60 seconds", "10封/分钟": what is allowed, not how long to wait, where nothing else is said. */
const QUOTA = /(?:\d+\s*(?:封|次|个|mails?|messages?|connections?|recipients?|per)[^,;，。]{0,20})$/i

/**
 * Milliseconds the answer asks to wait, between a second and six hours, or undefined where it names no time.
 * Example: `450 4.7.1 Greylisted, try again in 5 minutes` → 300000.
 */
export function patienceOf(text: string): number | undefined {
  const said = text.replace(/^\d{3}[ -]?/, '').slice(0, 1000)
  if (!ABOUT.test(said)) return undefined
  const wish = fromSpan(said) ?? fromClock(said) ?? fromBare(said)
  return wish === undefined ? undefined : Math.min(MOST, Math.max(LEAST, wish))
}

function fromSpan(said: string): number | undefined {
  const found = SPAN.exec(said)
  if (!found || QUOTA.test(said.slice(0, found.index))) return undefined
  const [, n, unit = '', more, less = ''] = found
  return Number(n) * sizeOf(unit) + (more ? Number(more) * sizeOf(less) : 0)
}

function fromClock(said: string): number | undefined {
  const found = CLOCK.exec(said)
  return found ? Number(found[1]) * HOUR + Number(found[2]) * MINUTE + Number(found[3]) * SECOND : undefined
}

function fromBare(said: string): number | undefined {
  const found = BARE.exec(said)
  return found ? Number(found[1]) * SECOND : undefined
}

const sizeOf = (unit: string): number => UNITS.find(([word]) => word.test(unit))?.[1] ?? SECOND
