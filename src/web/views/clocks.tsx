/** 电子监察: each clock with how it stands in word and shape, what and whose it is, how long is left, and the rule with its source. */
import type { ErrorFigure } from '../../delivery/put-right.ts'
import { BOARD_RULES, BOARD_STANDINGS, type Board, type BoardLine } from '../../incident/board.ts'
import type { ClockStanding } from '../../incident/clocks.ts'
import { At, Empty, IssueList, NoEnter, Refused, span } from './bits.tsx'
import { type Form, Line, Select } from './controls.tsx'
import { ErrorFigures } from './false-alarm.tsx'
import { type Frame, Page, say } from './frame.tsx'

type Mays = Map<string, { meet: boolean; end: boolean }>
export type ClocksProps = Form & {
  board: Board
  late: boolean
  search: string
  may: Mays
  errors: ErrorFigure[] | null
  refused?: string
}

export function ClocksPage(p: ClocksProps) {
  const T = say(p.f)
  const { lines } = p.board
  return (
    <Page f={p.f} title={T('desk.clocks')} wide>
      <h1>{T('desk.clocks')}</h1>
      <Refused why={p.refused} />
      <IssueList f={p.f} issues={p.issues} />
      <Filter {...p} />
      <section data-refresh="15" aria-label={T(p.late ? 'desk.clocks.late' : 'desk.clocks.open')} id="clocks">
        <div class="d-clock-head">
          {p.late ? null : <Counts {...p} />}
          <p class="small quiet">
            {T('desk.clocks.as-of')} <At f={p.f} at={p.f.now} />
            <span class="late" data-failed hidden>
              {' '}
              {T('desk.clocks.stale')}
            </span>
          </p>
        </div>
        {lines.length === 0 ? <Empty>{T(p.late ? 'desk.clocks.late.none' : 'desk.clocks.none')}</Empty> : null}
        <ul class="d-clocks">
          {lines.map((line) => (
            <ClockLine {...p} line={line} />
          ))}
        </ul>
      </section>
      <p class="d-buttons">
        <a class="button" href={p.late ? '/desk/clocks' : '/desk/clocks?late=1'}>
          {T(p.late ? 'desk.clocks.to-open' : 'desk.clocks.to-late')}
        </a>
        <a class="button" href={`/desk/clocks.csv${p.search ? `?${p.search}` : ''}`}>
          {T('desk.clocks.csv')}
        </a>
      </p>
      <ErrorFigures f={p.f} errors={p.errors} />
    </Page>
  )
}

function Filter(p: ClocksProps) {
  const T = say(p.f)
  const all = T('desk.filter.all')
  return (
    <form method="get" action="/desk/clocks" class="d-filter">
      {p.late ? <input type="hidden" name="late" value="1" /> : null}
      {p.late ? null : (
        <Select
          form={p}
          name="standing"
          label={T('desk.clocks.column.standing')}
          none={all}
          options={BOARD_STANDINGS.map((s) => ({ value: s, label: T(`desk.standing.${s}`) }))}
        />
      )}
      <Select
        form={p}
        name="rule"
        label={T('desk.clocks.column.what')}
        none={all}
        options={BOARD_RULES.map((r) => ({ value: r, label: T(`desk.clock.${r}`) }))}
      />
      {p.board.family.length > 1 ? (
        <Select
          form={p}
          name="agency"
          label={T('desk.clocks.column.agency')}
          none={all}
          options={p.board.family.map((a) => ({ value: a.id, label: p.f.lang === 'en' ? a.name_en : a.name_zh }))}
        />
      ) : null}
      <button type="submit">{T('desk.filter')}</button>
    </form>
  )
}

function Counts({ f, board }: ClocksProps) {
  return (
    <ul class="d-clock-counts">
      {BOARD_STANDINGS.filter((s) => board.counts[s] > 0).map((s) => (
        <li>
          <StandingMark f={f} standing={s} /> <b class="num">{board.counts[s]}</b>
        </li>
      ))}
    </ul>
  )
}

/** By shape and word: the colours of warnings are for warnings. */
const SHAPES: Record<ClockStanding, string> = {
  'on-time': '○',
  'due-soon': '◐',
  met: '●',
  breached: '✕',
  unknown: '?',
  paused: '‖',
  ended: '–',
}
export const StandingMark = ({ f, standing }: { f: Frame; standing: ClockStanding }) => (
  <span class={`standing ${standing}`}>
    <span aria-hidden="true">{SHAPES[standing]}</span> {say(f)(`desk.standing.${standing}`)}
  </span>
)

function ClockLine(p: ClocksProps & { line: BoardLine }) {
  const { f, line } = p
  const { clock, rule, agency, duty } = line
  const T = say(f)
  return (
    <li class={line.standing} id={`clock-${clock.id}`}>
      <StandingMark f={f} standing={line.standing} />
      <div>
        <p class="what">{T(`desk.clock.${clock.rule}`)}</p>
        <p>
          <SubjectLink f={f} line={line} />
        </p>
      </div>
      <div>
        <p>{f.lang === 'en' ? agency?.name_en : agency?.name_zh}</p>
        <p class="small">
          {rule ? `${T(`desk.clock.step.${rule.id}`)} · ` : ''}
          {duty.first ? T('desk.clocks.duty', { name: duty.first.name }) : T('desk.clocks.nobody')}
          {duty.first?.phone ? <> · {duty.first.phone}</> : null}
        </p>
      </div>
      <div class="when">
        <Left f={f} line={line} />
      </div>
      <div class="small rule">
        {rule ? rule.source[f.lang === 'en' ? 1 : 0] : clock.rule}
        <br />
        <span class="quiet">
          {T('desk.clocks.version', { version: clock.rule_version })}
          {rule ? ` · ${T(`desk.clocks.confidence.${rule.confidence}`)}` : ''}
        </span>
      </div>
      <ByHand {...p} />
    </li>
  )
}

function SubjectLink({ f, line: { subject } }: { f: Frame; line: BoardLine }) {
  if (!subject) return <span class="quiet">{say(f)('desk.clocks.gone')}</span>
  const { kind, number } = subject
  const href =
    kind === 'incident'
      ? `/desk/incidents/${number}`
      : kind === 'fault'
        ? `/desk/faults#${number}`
        : kind === 'opinion'
          ? `/desk/opinions/${number}`
          : `/desk/releases/${number}`
  const title = (f.lang === 'en' && subject.titleEn) || subject.titleZh
  return (
    <a href={href}>
      {title ? `${title} ` : ''}
      <span class="number">{number}</span>
    </a>
  )
}

/** How long is left, or by how much it is late; a clock that is over says when it was done. */
function Left({ f, line: { clock, standing } }: { f: Frame; line: BoardLine }) {
  const T = say(f)
  if (!clock.due_at) return <p>{T('desk.clocks.no-due')}</p>
  const end = clock.met_at ?? clock.ended_at ?? f.now
  const left = Date.parse(clock.due_at) - Date.parse(end)
  return (
    <>
      <p>
        {standing === 'paused' ? (
          T('desk.standing.paused')
        ) : (
          <b>{T(left < 0 ? 'desk.due.late' : 'desk.due.left', { span: span(f.lang, Math.abs(left)) })}</b>
        )}
      </p>
      <p class="small">
        {T('desk.faults.due')} <At f={f} at={clock.due_at} short />
      </p>
      {clock.met_at ? (
        <p class="small">
          {T('desk.clock.met')} <At f={f} at={clock.met_at} short />
        </p>
      ) : null}
    </>
  )
}

function ByHand(p: ClocksProps & { line: BoardLine }) {
  const { clock, rule } = p.line
  const mine = p.may.get(clock.agency_id)
  const meet = mine?.meet && rule?.meets.includes('by-hand')
  if (clock.met_at || clock.ended_at || !(meet || mine?.end)) return null
  const T = say(p.f)
  const name = `why.${clock.id}`
  const what = `${T(`desk.clock.${clock.rule}`)} ${p.line.subject?.number ?? ''}`
  return (
    <details id={`word-${clock.id}`} open={p.issues.some((i) => i.field === name)}>
      <summary aria-label={`${T('desk.clocks.word')}: ${what}`}>{T('desk.clocks.word')}</summary>
      <form method="post" class="d-narrow" novalidate>
        <NoEnter />
        <Line form={p} name={name} label={T('desk.clocks.why')} max={400} />
        <p class="d-buttons">
          {meet ? (
            <button type="submit" formaction={`/desk/clocks/${clock.id}/met`}>
              {T('desk.clocks.do.met')}
            </button>
          ) : null}
          {mine?.end ? (
            <button type="submit" formaction={`/desk/clocks/${clock.id}/end`}>
              {T('desk.clocks.do.end')}
            </button>
          ) : null}
        </p>
      </form>
    </details>
  )
}
