/** Once an incident is over: what its inside records say of persons, each to be destroyed or kept on a ground, and when that was done. */
import { BASES, type Personal } from '../../purge/retention.ts'
import { At, Empty, IssueList } from './bits.tsx'
import { type Form, Select } from './controls.tsx'
import { say } from './frame.tsx'

export type PersonalProps = Form & { incidentId: string; personal: Personal; due: string | null }

export function PersonalPart(p: PersonalProps) {
  const T = say(p.f)
  const { items, done } = p.personal
  const kept = new Map(items.flatMap((i) => (i.kept ? [[`keep.${i.ref}`, [i.kept]] as [string, string[]]] : [])))
  const form = { ...p, fields: new Map([...kept, ...p.fields]) }
  return (
    <section id="personal" aria-labelledby="personal-head">
      <h2 class="d-rule" id="personal-head">
        {T('desk.personal')}
      </h2>
      <p class="small">{T('desk.personal.what')}</p>
      {p.due ? (
        <p>
          {T('desk.personal.due')}{' '}
          <strong>
            <At f={p.f} at={p.due} />
          </strong>
        </p>
      ) : null}
      {done.map((d) => (
        <p class="small">
          <At f={p.f} at={d.destroyed_at} />{' '}
          {T('desk.personal.done', { destroyed: Number(d.destroyed), kept: Number(d.kept) })}
          <Backups {...p} names={JSON.parse(d.backups) as string[]} />
        </p>
      ))}
      <IssueList f={p.f} issues={p.issues.filter((i) => i.field.startsWith('keep.'))} />
      {items.length === 0 && done.length ? <Empty>{T('desk.personal.none')}</Empty> : null}
      {items.length || done.length === 0 ? (
        <form method="post" action={`/desk/incidents/${p.incidentId}/personal`} novalidate>
          <ul class="d-personal">
            {items.map((i) => (
              <li>
                <div>
                  <p class="small quiet">
                    {T(`desk.personal.of.${i.what}`)} · <At f={p.f} at={i.at} short />
                  </p>
                  <p class="d-break">{i.text}</p>
                </div>
                <Select
                  form={form}
                  name={`keep.${i.ref}`}
                  label={T('desk.personal.keep')}
                  none={T('desk.personal.keep.none')}
                  options={BASES.map((b) => ({ value: b, label: T(`desk.personal.basis.${b}`) }))}
                />
              </li>
            ))}
          </ul>
          {items.length === 0 ? <Empty>{T('desk.personal.none')}</Empty> : null}
          {items.length ? <p class="small">{T('desk.personal.destroy.note')}</p> : null}
          <button type="submit" class="primary">
            {T(items.length ? 'desk.personal.destroy' : 'desk.personal.destroy.nothing', { n: items.length })}
          </button>
        </form>
      ) : null}
    </section>
  )
}

const Backups = ({ f, names }: PersonalProps & { names: string[] }) =>
  names.length ? (
    <>
      <br />
      {say(f)('desk.personal.backups')}
      <span class="d-break">{names.join(', ')}</span>
    </>
  ) : null
