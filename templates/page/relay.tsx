/** The relay line: stations with a name, a person or place and a time. One component for every journey. */
import { wallMinute, withOffset } from '../../src/lib/clock.ts'
import { type Lang, t } from '../words/index.ts'

export type Station = {
  name: string
  /** Page the name leads to. */
  href?: string
  /** Language of the name, where it differs from the page's. */
  nameLang?: string
  /** Person or place. */
  who?: string
  /** UTC ISO. */
  at?: string
  state: 'done' | 'now' | 'todo' | 'late'
  note?: string
  /** A word beside the name that must not be missed. */
  mark?: string
  /** What tells it from its neighbours when the line is drawn anew. */
  key?: string
}

/** An ordered list; the state is said in words, since colour and shape alone say it to some readers only. */
export function RelayLine(props: { stations: Station[]; lang: Lang; offset?: string; quietStates?: boolean }) {
  return (
    <ol class="relay">
      {props.stations.map((s) => (
        <li class={s.state} aria-current={s.state === 'now' ? 'step' : undefined} data-key={s.key}>
          <span class="station" lang={s.nameLang}>
            {s.href ? <a href={s.href}>{s.name}</a> : s.name}
          </span>
          {s.mark ? <span class="chip changed">{s.mark}</span> : null}
          {s.who ? <span class="where">{s.who}</span> : null}
          {s.at ? <time datetime={withOffset(s.at, props.offset)}>{wallMinute(s.at, props.offset)}</time> : null}
          <span class={props.quietStates ? 'visually-hidden' : 'state'}>
            {t(props.lang, `public.relay.${s.state}`)}
          </span>
          {s.note ? <span class="note">{s.note}</span> : null}
        </li>
      ))}
    </ol>
  )
}
