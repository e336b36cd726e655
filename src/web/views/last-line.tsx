/** What became of the last posting to a far end: state, time, attempt, and the cause where it did not end well. */
import { hasWords } from '../../../templates/words/index.ts'
import { causeOf, TROUBLE, type Trouble } from '../../delivery/cause.ts'
import { At } from './bits.tsx'
import { type Frame, say } from './frame.tsx'

export type Last = { state: string; why: string | null; attempt: number; updated_at: string }

export function LastLine({ f, outlet, last }: { f: Frame; outlet: string; last: Last | null }) {
  const T = say(f)
  if (!last)
    return (
      <p>
        {T('desk.hub.last')}: {T('desk.hub.never')}
      </p>
    )
  const key = `desk.hub.state.${last.state}`
  const trouble = (TROUBLE as readonly string[]).includes(last.state)
  const cause = trouble ? causeOf(outlet, last.state as Trouble, last.why ?? '') : null
  return (
    <p class={last.state === 'failed' ? 'late' : undefined}>
      <span>
        {T('desk.hub.last')}: {hasWords(key) ? T(key) : last.state} <At f={f} at={last.updated_at} short />
        {last.attempt > 1 ? ` · ${T('desk.hub.attempt', { n: last.attempt })}` : ''}
      </span>
      {cause ? (
        <span>
          {T(`cause.${cause}`)}
          {last.why ? ` (${last.why})` : ''}
        </span>
      ) : null}
    </p>
  )
}
