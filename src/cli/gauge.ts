/** One line for something long: how far it is, how fast it goes, how long it still takes. */
import { type Lang, t } from '../../templates/words/index.ts'
import { handled, Pace, secondsLeft } from '../delivery/pace.ts'
import type { RunRow } from '../delivery/run-store.ts'
import { systemClock } from '../lib/clock.ts'

const WIDTH = 30

type Far = Pick<RunRow, 'audience' | 'planned' | 'sending' | 'deferred'>

/** Keeps the pace of what it draws. */
export class Gauge {
  readonly #lang: Lang
  readonly #pace = new Pace()
  constructor(lang: Lang) {
    this.#lang = lang
  }

  /** [####----] 40/100  每秒27  约还需3秒  email 发送中. `at` in milliseconds that only go forward. */
  line(far: Far, what: string, at = systemClock.ticks()): string {
    const done = handled(far)
    const { rate } = this.#pace.see(at, done)
    const full = far.audience === 0 ? 0 : Math.round((done / far.audience) * WIDTH)
    const left = secondsLeft(far, rate)
    return [
      `[${'#'.repeat(full)}${'-'.repeat(WIDTH - full)}] ${done}/${far.audience}`,
      rate && done < far.audience
        ? t(this.#lang, 'cli.pace.rate', { n: rate >= 10 ? Math.round(rate) : Math.round(rate * 10) / 10 })
        : '',
      left === null ? '' : t(this.#lang, 'cli.pace.left', { span: spanOf(this.#lang, left) }),
      what,
    ]
      .filter(Boolean)
      .join('  ')
  }
}

function spanOf(lang: Lang, s: number): string {
  if (s < 60) return t(lang, 'desk.pace.seconds', { s })
  if (s < 3600) return t(lang, 'desk.pace.minutes', { m: Math.floor(s / 60), s: s % 60 })
  return t(lang, 'desk.pace.hours', { h: Math.floor(s / 3600), m: Math.floor((s % 3600) / 60) })
}
