/** The bar of a run, its pace and what is left, in words. */
import { type Lang, t } from '../../../templates/words/index.ts'
import { handled } from '../../delivery/pace.ts'
import type { RunRow } from '../../delivery/run-store.ts'
import { COUNTERS } from '../../delivery/store.ts'
import { figure } from './bits.tsx'
import { type Frame, say } from './frame.tsx'

/** Counters in the order they are drawn and listed. */
export const ORDER = [
  'accepted',
  'in_digest',
  'deferred',
  'unknown',
  'failed',
  'gone',
  'suppressed',
  'superseded',
  'sending',
  'planned',
] as const satisfies readonly (typeof COUNTERS)[number][]

export type Counts = Record<(typeof COUNTERS)[number], number>
export const countsOf = (run: RunRow): Counts => Object.fromEntries(COUNTERS.map((c) => [c, run[c]])) as Counts

export const percentOf = (counts: Counts, audience: number): number =>
  audience ? Math.floor((handled({ ...counts, audience }) / audience) * 100) : 0

type BarProps = { f: Frame; outlet: string; counts: Counts; audience: number; going: boolean }

/** A bar whose parts are as wide as their share; drawn with attributes, since the page allows no inline style. */
export function Bar(p: BarProps) {
  if (!p.going) return <Drawn {...p} alone />
  const T = say(p.f)
  const percent = percentOf(p.counts, p.audience)
  return (
    <div
      class="d-bar"
      role="progressbar"
      aria-label={T('desk.pace.bar', { outlet: T(`desk.outlet.${p.outlet}`) })}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={T('desk.pace.of', {
        all: figure(p.audience),
        n: figure(handled({ ...p.counts, audience: p.audience })),
        percent,
      })}
    >
      <Drawn {...p} />
    </div>
  )
}

function Drawn({ f, counts, audience, alone }: BarProps & { alone?: boolean }) {
  const T = say(f)
  let x = 0
  const parts = ORDER.filter((c) => counts[c] > 0).map((name) => {
    const width = audience ? (counts[name] / audience) * 100 : 0
    const part = { name, x, width }
    x += width
    return part
  })
  const label = parts.map((s) => `${T(`desk.count.${s.name}`)} ${figure(counts[s.name])}`).join(' · ')
  const drawn = (
    <>
      <rect class="all" width="100%" height="10" />
      {parts.map((s) => (
        <rect class={s.name} x={`${s.x}%`} width={`${s.width}%`} height="10" />
      ))}
    </>
  )
  return alone ? (
    <svg class="bar" role="img" aria-label={label || T('desk.run.none')} width="100%" height="10">
      {drawn}
    </svg>
  ) : (
    <svg class="bar" aria-hidden="true" width="100%" height="10">
      {drawn}
    </svg>
  )
}

export type PaceSeen = { rate: number | null; secondsLeft: number | null }

/** 每秒1,830人 · 约还需40秒. Nothing where nothing is known yet. */
export function paceWords(lang: Lang, run: RunRow, seen: PaceSeen): string {
  if (!['planning', 'sending'].includes(run.state)) return ''
  const said: string[] = []
  if (seen.rate !== null && seen.rate > 0)
    said.push(t(lang, 'desk.pace.rate', { n: figure(seen.rate >= 10 ? Math.round(seen.rate) : round1(seen.rate)) }))
  else if (seen.rate !== null && run.planned + run.sending > 0) said.push(t(lang, 'desk.pace.still'))
  if (seen.secondsLeft !== null)
    said.push(t(lang, 'desk.pace.left', { span: timeWords(lang, roughly(seen.secondsLeft)) }))
  if (run.deferred > 0) said.push(t(lang, 'desk.pace.retry', { n: figure(run.deferred) }))
  return said.join(' · ')
}

const round1 = (n: number) => Math.max(0.1, Math.round(n * 10) / 10)

/** A time nobody reads to the second does not jump by the second. */
const roughly = (s: number): number =>
  s <= 10 ? s : s <= 60 ? Math.ceil(s / 5) * 5 : s <= 600 ? Math.ceil(s / 15) * 15 : Math.ceil(s / 60) * 60

export function timeWords(lang: Lang, s: number): string {
  if (s < 60) return t(lang, 'desk.pace.seconds', { s })
  if (s < 600 && s % 60) return t(lang, 'desk.pace.minutes', { m: Math.floor(s / 60), s: s % 60 })
  if (s < 3600) return t(lang, 'desk.span.minutes', { m: Math.round(s / 60) })
  return t(lang, 'desk.pace.hours', { h: Math.floor(s / 3600), m: Math.floor((s % 3600) / 60) })
}
