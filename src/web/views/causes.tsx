/** Why deliveries of a run did not end well: cause, how many, what to do, in the far end's own words. */
import type { Cause } from '../../delivery/cause.ts'
import type { Causes as Found } from '../../delivery/causes.ts'
import { figure } from './bits.tsx'
import { type Frame, say } from './frame.tsx'

/** Where nobody at the far end said anything. */
const OURS = new Set<Cause>(['no-outlet', 'left', 'complained', 'ended', 'interrupted', 'our-fault', 'unsaid'])

export function Causes({ f, causes, id }: { f: Frame; causes: Found; id: string }) {
  const T = say(f)
  if (causes.all === 0) return null
  return (
    <details class="d-causes" id={`causes-${id}`}>
      <summary>{T('desk.causes', { n: figure(causes.all) })}</summary>
      {causes.counted < causes.all ? (
        <p class="quiet">{T('desk.causes.counting', { counted: figure(causes.counted), all: figure(causes.all) })}</p>
      ) : null}
      <ul>
        {causes.lines.map((c) => (
          <li class={c.state}>
            <p class="cause">
              <strong>{T(`cause.${c.cause}`)}</strong>
              <span class="quiet">{T(`desk.count.${c.state}`)}</span>
              <b class="num">{figure(c.n)}</b>
            </p>
            <p class="small">{T(`cause.${c.cause}.do`)}</p>
            {c.example && !OURS.has(c.cause) ? (
              <p class="small quiet">
                {T('desk.causes.example')}
                {T('desk.colon')}
                <q lang="und">{c.example}</q>
              </p>
            ) : null}
          </li>
        ))}
      </ul>
    </details>
  )
}
