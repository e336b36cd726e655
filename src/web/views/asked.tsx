/** 等谁办理: everybody who may take the waiting step, whether they were told, who was rung up, and until when. */
import { dialled } from '../../lib/phone.ts'
import type { Able } from '../../review/signers.ts'
import { At } from './bits.tsx'
import { type Frame, say } from './frame.tsx'
import { Due } from './queue.tsx'

export type AskedLine = Pick<Able, 'memberId' | 'name' | 'phone' | 'onDuty' | 'away'> & {
  told: string | null
  calls: { at: string; by: string }[]
  /** A call to them may be written down by this person. */
  mayRecord: boolean
}
export type Asked = { step: string; due: string | null; people: AskedLine[] }

export function AskedPeople(p: { f: Frame; number: string; asked: Asked | null }) {
  const T = say(p.f)
  if (!p.asked) return null
  return (
    <section class="d-asked" id="asked" aria-labelledby="asked-head">
      <h2 id="asked-head">
        {T('desk.asked', { step: p.asked.step })} {p.asked.due ? <Due f={p.f} due={p.asked.due} /> : null}
      </h2>
      {p.asked.people.length === 0 ? <p class="late">{T('desk.able.nobody')}</p> : null}
      <ul class="d-people">
        {p.asked.people.map((x) => (
          <li>
            <span>
              {x.name}
              {x.onDuty ? <span class="chip duty">{T('desk.on-duty')}</span> : null}
            </span>
            {x.phone ? <a href={`tel:${dialled(x.phone)}`}>{x.phone}</a> : null}
            <Told {...p} person={x} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Told({ f, number, person: x }: { f: Frame; number: string; person: AskedLine }) {
  const T = say(f)
  return (
    <p class="small">
      {x.away ? (
        <span class="quiet">
          {T('desk.away', { name: x.away.delegate })} <At f={f} at={x.away.until} short />
        </span>
      ) : null}
      {x.told ? (
        <span>
          {T('desk.asked.told')} <At f={f} at={x.told} short />
        </span>
      ) : null}
      {x.calls.map((c) => (
        <span>
          {T('desk.asked.called', { name: c.by })} <At f={f} at={c.at} short />
        </span>
      ))}
      {x.mayRecord ? (
        <form method="post" action={`/desk/releases/${number}/calls`}>
          <button
            type="submit"
            name="memberId"
            value={x.memberId}
            class="link"
            aria-label={`${T('desk.asked.record')}: ${x.name}`}
          >
            {T('desk.asked.record')}
          </button>
        </form>
      ) : null}
    </p>
  )
}
