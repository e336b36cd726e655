/** 值班表: a week by role, the hours nobody covers, who is on now, and the forms that fill it. */
import type { Role } from '../../staff/member.ts'
import { type Span, shiftDay } from '../../staff/roster-week.ts'
import { Empty, NoEnter } from './bits.tsx'
import { type Form, Line, Moment, Select, Text, Tick } from './controls.tsx'
import { type Frame, say } from './frame.tsx'
import { clockTime, OfficeScreenPage, spanWords, weekday } from './office-parts.tsx'

export type RosterDuty = {
  id: string
  memberId: string
  name: string
  phone: string
  role: Role
  backup: boolean
  from: string
  to: string
  /** Members who could take it over, where the reader may hand it over. */
  takers: { id: string; name: string }[]
}
export type RosterProps = Form & {
  agency: { id: string; name: string; own: boolean }
  monday: string
  days: (Span & { day: string })[]
  duties: RosterDuty[]
  /** Hours of this week without a signer. */
  gaps: Span[]
  /** The same of the next three days, whatever week is shown. */
  soon: Span[]
  /** Who the agencies above have on, where one's own has nobody. */
  above: string | null
  now: RosterDuty[]
  members: { id: string; name: string; roles: Role[] }[]
  manage: boolean
  preview?: { added: number; passed: number }
  refused?: string
}

const SHOWN: readonly Role[] = ['signer', 'drafter', 'reviewer', 'confidentiality', 'admin']

export function RosterPage(p: RosterProps) {
  const T = say(p.f)
  const inUse = SHOWN.filter((r) => r === 'signer' || p.duties.some((d) => d.role === r))
  const idle = SHOWN.filter((r) => r !== 'admin' && !inUse.includes(r))
  return (
    <OfficeScreenPage
      form={p}
      screen="roster"
      {...(p.agency.own ? {} : { whose: p.agency.name })}
      {...(p.refused ? { refused: p.refused } : {})}
    >
      <Soon {...p} />
      <Now {...p} />
      <nav class="d-week-nav" aria-label={T('office.roster.weeks')}>
        <a href={weekHref(p, -7)}>{T('office.roster.earlier')}</a>
        <h2>{T('office.roster.week', { from: p.monday, to: shiftDay(p.monday, 6) })}</h2>
        <a href={weekHref(p, 7)}>{T('office.roster.later')}</a>
      </nav>
      {inUse.map((role) => (
        <Week {...p} role={role} />
      ))}
      {idle.length ? (
        <p class="quiet">
          {T('office.roster.idle', { roles: idle.map((r) => T(`role.${r}`)).join(T('desk.list-comma')) })}
        </p>
      ) : null}
      <p class="d-links-line">
        <a href={`/desk/office/roster.csv?agency=${p.agency.id}&week=${p.monday}`}>{T('office.roster.csv')}</a>
        <a href={`/desk/office/roster.ics?agency=${p.agency.id}`}>{T('office.roster.ics')}</a>
      </p>
      {p.manage ? <Fill {...p} /> : null}
    </OfficeScreenPage>
  )
}

const weekHref = (p: RosterProps, days: number): string =>
  `/desk/office/roster?agency=${p.agency.id}&week=${shiftDay(p.monday, days)}`

/** Said first: the hours ahead in which nobody could sign. */
function Soon({ f, soon, above }: RosterProps) {
  const T = say(f)
  if (soon.length === 0) return <p class="notice ok">{T('office.roster.soon.none')}</p>
  return (
    <div class="notice warn">
      <p>
        <strong>{T('office.roster.soon')}</strong>
      </p>
      <ul>
        {soon.map((g) => (
          <li>{T('office.roster.gap', { span: spanWords(f, g.from, g.to) })}</li>
        ))}
      </ul>
      <p>{above ? T('office.roster.above', { names: above }) : T('office.roster.soon.do')}</p>
    </div>
  )
}

function Now({ f, now }: RosterProps) {
  const T = say(f)
  return (
    <section>
      <h2 class="d-rule">{T('office.roster.now')}</h2>
      {now.length === 0 ? <Empty>{T('office.roster.now.none')}</Empty> : null}
      <ul class="d-roll d-now-list">
        {now.map((d) => (
          <li>
            <span>
              {T(`role.${d.role}`)}
              {d.backup ? ` · ${T('desk.roster.backup')}` : ''}
            </span>
            <strong>{d.name}</strong>
            <Call phone={d.phone} />
            <span class="quiet">{T('office.roster.until', { at: `${weekday(f, d.to)} ${clockTime(f, d.to)}` })}</span>
            {d.takers.length ? <HandOver f={f} duty={d} /> : null}
          </li>
        ))}
      </ul>
    </section>
  )
}

const Call = ({ phone }: { phone: string }) =>
  phone ? (
    <a class="call" href={`tel:${phone.replace(/[^\d+]/g, '')}`}>
      {phone}
    </a>
  ) : (
    <span />
  )

function HandOver({ f, duty }: { f: Frame; duty: RosterDuty }) {
  const T = say(f)
  return (
    <details>
      <summary>{T('office.roster.hand-over')}</summary>
      <form method="post" action={`/desk/office/roster/${duty.id}/hand-over`} class="d-hit">
        <div class="field">
          <label for={`to-${duty.id}`}>{T('office.roster.hand-over.to')}</label>
          <select id={`to-${duty.id}`} name="memberId">
            {duty.takers.map((m) => (
              <option value={m.id}>{m.name}</option>
            ))}
          </select>
        </div>
        <button type="submit">{T('office.roster.hand-over.do')}</button>
      </form>
    </details>
  )
}

function Week(p: RosterProps & { role: Role }) {
  const { f, role } = p
  const T = say(f)
  return (
    <section>
      <h3>{T(`role.${role}`)}</h3>
      <ol class="d-week">
        {p.days.map((day) => {
          const on = p.duties.filter((d) => d.role === role && d.from < day.to && d.to > day.from)
          const open = role === 'signer' ? p.gaps.filter((g) => g.from < day.to && g.to > day.from) : []
          const today = f.now >= day.from && f.now < day.to
          return (
            <li class={today ? 'today' : undefined}>
              <p class="day">
                {weekday(f, day.from)} <time datetime={day.day}>{day.day.slice(5)}</time>
                {today ? <span class="visually-hidden"> {T('office.roster.today')}</span> : null}
              </p>
              <ul>
                {on.map((d) => (
                  <OnDay {...p} duty={d} day={day} />
                ))}
                {open.map((g) => (
                  <li class="gap">{T('office.roster.none', { hours: within(f, g, day), role: T(`role.${role}`) })}</li>
                ))}
                {on.length + open.length === 0 ? <li class="quiet">—</li> : null}
              </ul>
            </li>
          )
        })}
      </ol>
    </section>
  )
}

/** The hours of a stretch that fall on a day. */
function within(f: Frame, span: Span, day: Span): string {
  const from = span.from > day.from ? clockTime(f, span.from) : '00:00'
  const to = span.to < day.to ? clockTime(f, span.to) : '24:00'
  return `${from}–${to}`
}

function OnDay({ f, duty: d, day, manage }: RosterProps & { duty: RosterDuty; day: Span }) {
  const T = say(f)
  return (
    <li class={d.backup ? 'backup' : undefined}>
      <span class="hours">{within(f, { from: d.from, to: d.to }, day)}</span> {d.name}
      {d.backup ? <span class="quiet"> {T('desk.roster.backup')}</span> : null}
      {manage && d.from >= day.from && d.to > f.now ? (
        <form method="post" action={`/desk/office/roster/${d.id}/remove`}>
          <button
            type="submit"
            class="link"
            aria-label={`${T('desk.roster.remove')}: ${d.name} ${spanWords(f, d.from, d.to)}`}
          >
            {T('desk.roster.remove')}
          </button>
        </form>
      ) : null}
    </li>
  )
}

function Fill(p: RosterProps) {
  const T = say(p.f)
  const sent = (name: string) => p.fields.has(name)
  return (
    <section>
      <h2 class="d-rule">{T('office.roster.fill')}</h2>
      <details class="d-fold" open={sent('startsAt') || p.duties.length === 0}>
        <summary>{T('desk.roster.add')}</summary>
        <form method="post" action="/desk/office/roster" novalidate>
          <NoEnter />
          <Where {...p} />
          <div class="d-grid">
            <Select
              form={p}
              name="memberId"
              label={T('desk.member.name')}
              none={T('desk.choose')}
              options={p.members.map((m) => ({
                value: m.id,
                label: `${m.name} · ${m.roles.map((r) => T(`role.${r}`)).join(T('desk.list-comma'))}`,
              }))}
            />
            <Select
              form={p}
              name="role"
              label={T('desk.member.roles')}
              options={SHOWN.map((r) => ({ value: r, label: T(`role.${r}`) }))}
            />
            <Moment form={p} name="startsAt" label={T('desk.roster.from')} />
            <Moment form={p} name="endsAt" label={T('desk.roster.to')} />
            <Line
              form={p}
              name="nights"
              label={T('office.roster.nights')}
              inputmode="numeric"
              hint={T('office.roster.nights.hint')}
            />
          </div>
          <Tick form={p} name="backup" label={T('desk.roster.backup')} />
          <button type="submit">{T('desk.roster.add')}</button>
        </form>
      </details>
      <form method="post" action="/desk/office/roster/copy" class="d-line-form">
        <Where {...p} />
        <p>{T('office.roster.copy.what', { from: shiftDay(p.monday, -7), to: p.monday })}</p>
        <button type="submit">{T('office.roster.copy')}</button>
      </form>
      <details class="d-fold" open={sent('csv')}>
        <summary>{T('office.roster.import')}</summary>
        <form method="post" action="/desk/office/roster/import" enctype="multipart/form-data" novalidate>
          <Where {...p} />
          <p class="hint">{T('office.roster.import.what')}</p>
          <div class="field">
            <label for="roster-file">{T('office.csv.file')}</label>
            <input id="roster-file" name="file" type="file" accept=".csv,text/csv" />
          </div>
          <Text form={p} name="csv" label={T('office.csv.text')} rows={6} />
          {p.preview ? (
            <p class="notice" role="status">
              {T('office.roster.preview', p.preview)}
            </p>
          ) : null}
          <p class="d-buttons">
            <button type="submit" name="do" value="check">
              {T('office.csv.check')}
            </button>
            {p.preview ? (
              <button type="submit" name="do" value="write" class="primary">
                {T('office.csv.write')}
              </button>
            ) : null}
          </p>
        </form>
      </details>
    </section>
  )
}

const Where = ({ agency, monday }: RosterProps) => (
  <>
    <input type="hidden" name="agencyId" value={agency.id} />
    <input type="hidden" name="week" value={monday} />
  </>
)
