/** 误发更正 at the desk: written with the draft, shown to whoever signs, released in two clicks, timed until it is out. */
import { OWN_NAME } from '../../../templates/page/site.ts'
import type { ErrorFigure, PutRight } from '../../delivery/put-right.ts'
import type { FalseAlarm, Language } from '../../desk/content.ts'
import { At, Empty, figure, IssueList, NoEnter, Refused } from './bits.tsx'
import { type Form, Text } from './controls.tsx'
import { first } from './fields.ts'
import { type Frame, Page, say } from './frame.tsx'

/** One language of it; null where none stands ready. */
export type KitPart = { language: Language; text: FalseAlarm | null }

/** Whether what is typed would reach people as an alarm; the same question as mayAlarm of src/desk/false-alarm.ts. */
const wouldAlarm = ({ fields }: Form): boolean =>
  first(fields, 'core.lane') === 'flash' ||
  first(fields, 'core.kind') === 'warning' ||
  first(fields, 'core.cap.actNow') !== ''

const written = (form: Form, at: string): boolean =>
  first(form.fields, `${at}.wrong`) !== '' || first(form.fields, `${at}.advice`) !== ''

/** Boxes of the draft form for one language. */
export function FalseAlarmFields({ form, language, flash }: { form: Form; language: Language; flash?: true }) {
  const at = `parts.${language}.falseAlarm`
  if (!flash && !wouldAlarm(form) && !written(form, at)) return null
  const T = say(form.f)
  const mongol = language === 'mn-Mong-CN' ? 'mongol' : undefined
  const faulty = form.issues.some((i) => i.field.startsWith(at) && i.severity === 'error')
  return (
    <details class="d-more d-false-alarm" open={faulty || !written(form, at)}>
      <summary>{T('false-alarm.prepare')}</summary>
      <p class="hint">{T('false-alarm.prepare.hint')}</p>
      <Text form={form} name={`${at}.wrong`} label={T('field.wrong')} rows={2} lang={language} class={mongol} />
      <Text form={form} name={`${at}.advice`} label={T('block.advice')} rows={3} lang={language} class={mongol} />
    </details>
  )
}

/** What would go out, as it would stand. */
export function FalseAlarmText({ f, parts }: { f: Frame; parts: KitPart[] }) {
  const T = say(f)
  return (
    <>
      {parts.map(({ language, text }) =>
        text ? (
          <div lang={language} class={`d-false-text ${language === 'mn-Mong-CN' ? 'mongol' : ''}`}>
            {parts.length > 1 ? <p class="own">{OWN_NAME[language]}</p> : null}
            <p class="title">{text.title}</p>
            <p>{text.note}</p>
            <p>{text.wrong}</p>
            <p>
              <strong>{text.advice}</strong>
            </p>
          </div>
        ) : (
          <p class="late">{T('false-alarm.if.none', { language: T(`field.${language}`) })}</p>
        ),
      )}
    </>
  )
}

/** Beside the text a person decides on: it is agreed to with the same signature. */
export function FalseAlarmBeside({ f, parts }: { f: Frame; parts: KitPart[] }) {
  if (parts.length === 0) return null
  return (
    <section class="d-sheet d-if-false" aria-labelledby="if-false">
      <h2 id="if-false">{say(f)('false-alarm.if')}</h2>
      <FalseAlarmText f={f} parts={parts} />
    </section>
  )
}

export type FalseAlarmProps = Form & {
  number: string
  title: string
  edition: number
  parts: KitPart[]
  told: number
  unknown: number
  unsent: number
  outlets: string[]
  byHand: boolean
  cap: boolean
  error: PutRight | null
  refused?: string
}

export function FalseAlarmPage(p: FalseAlarmProps) {
  const T = say(p.f)
  const at = `/desk/releases/${p.number}`
  return (
    <Page f={p.f} title={T('desk.page.false-alarm')} plain>
      <div class="d-narrow d-false-page">
        <h1>
          {T('desk.page.false-alarm')} <span class="quiet num">{p.number}</span>
        </h1>
        <Refused why={p.refused} />
        <IssueList f={p.f} issues={p.issues} />
        <ErrorTimer f={p.f} error={p.error} />
        <div class="notice">
          <p>{T('desk.page.false-alarm.which', { n: p.edition, title: p.title })}</p>
          <p>
            <strong>{T('desk.page.false-alarm.told', { n: figure(p.told) })}</strong>{' '}
            {p.unknown ? T('desk.page.false-alarm.unknown', { n: figure(p.unknown) }) : null}
          </p>
          <p>{T('desk.page.false-alarm.unsent', { n: figure(p.unsent) })}</p>
          <p>
            {T('desk.page.false-alarm.outlets', {
              outlets: p.outlets.map((o) => T(`desk.outlet.${o}`)).join(T('desk.list-comma')),
              cap: T(`desk.page.false-alarm.cap.${p.cap ? 'cancel' : 'none'}`),
            })}{' '}
            {p.byHand ? T('desk.page.false-alarm.hand') : null}
          </p>
        </div>
        <form method="post" action={`${at}/false-alarm`} class="d-false-do">
          <NoEnter />
          <input type="hidden" name="edition" value={String(p.edition)} />
          <button type="submit" class="decisive" id="confirm-false-alarm">
            {T('desk.page.false-alarm.do')}
          </button>
        </form>
        <section>
          <h2>{T('false-alarm.will')}</h2>
          <p class="hint">{T('desk.page.false-alarm.fixed')}</p>
          <FalseAlarmText f={p.f} parts={p.parts} />
        </section>
        <NotFalse f={p.f} at={at} known={p.error !== null} />
      </div>
    </Page>
  )
}

/** Pressed by mistake: nothing went out, and what counts stops counting. */
function NotFalse({ f, at, known }: { f: Frame; at: string; known: boolean }) {
  const T = say(f)
  return (
    <form method="post" action={`${at}/false-alarm/not`} class="d-apart">
      {known ? <button type="submit">{T('desk.false-alarm.not')}</button> : null}{' '}
      <a class="button" href={at}>
        {T('desk.back')}
      </a>
    </form>
  )
}

/** 2:07, 1:02:07 */
export function clockSpan(ms: number): string {
  const s = Math.max(0, Math.floor(ms / 1000))
  const two = (n: number) => String(n).padStart(2, '0')
  const [h, m] = [Math.floor(s / 3600), Math.floor(s / 60) % 60]
  return h ? `${h}:${two(m)}:${two(s % 60)}` : `${m}:${two(s % 60)}`
}

/** From “error known” to “corrected”. While it runs desk.js lets it tick. */
export function ErrorTimer({ f, error }: { f: Frame; error: PutRight | null }) {
  if (!error) return null
  const T = say(f)
  const until = error.correctedAt ? Date.parse(error.correctedAt) : Date.parse(f.now)
  const took = clockSpan(until - Date.parse(error.knownAt))
  return (
    <p class={error.correctedAt ? 'd-error put-right' : 'd-error'}>
      <span>
        {T('desk.error.known')} <At f={f} at={error.knownAt} exact short />
      </span>{' '}
      {error.correctedAt ? (
        <strong>
          {T('desk.error.corrected')} <At f={f} at={error.correctedAt} exact short />{' '}
          <span class="num">{T('desk.error.took', { span: took })}</span>
        </strong>
      ) : (
        <strong>
          {T('desk.error.running')}{' '}
          <span class="num" data-since={error.knownAt} data-now={f.now}>
            {took}
          </span>
        </strong>
      )}
    </p>
  )
}

/** For auditors: each error of the last year with how long it stood. */
export function ErrorFigures({ f, errors }: { f: Frame; errors: ErrorFigure[] | null }) {
  if (!errors) return null
  const T = say(f)
  return (
    <section>
      <h2 class="d-rule">{T('desk.error.figures')}</h2>
      <p class="hint">{T('desk.error.figures.hint')}</p>
      {errors.length === 0 ? <Empty>{T('desk.error.none')}</Empty> : null}
      <ul class="d-rows">
        {errors.map((e) => (
          <li>
            <At f={f} at={e.knownAt} short />
            <div>
              <a href={`/desk/releases/${e.release}`}>{e.release}</a> {T('public.edition', { number: e.edition })}
            </div>
            <strong class={e.seconds === null ? 'late num' : 'num'}>
              {e.seconds === null ? T('desk.error.open') : clockSpan(e.seconds * 1000)}
            </strong>
          </li>
        ))}
      </ul>
    </section>
  )
}
