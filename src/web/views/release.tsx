/** One release at the desk: its journey, how it is going out, what can be done with it now. */
import { RelayLine, type Station } from '../../../templates/page/relay.tsx'
import type { EditionProgress } from '../../delivery/progress.ts'
import { type Asked, AskedPeople } from './asked.tsx'
import { About, At, Facts, Hash, NoEnter, Refused, State } from './bits.tsx'
import { type ByHand, ByHandLinks, SourceChanged } from './by-hand.tsx'
import type { Form } from './controls.tsx'
import { Moment } from './controls.tsx'
import { type Frame, Page, say } from './frame.tsx'
import { type Allowed, Progress } from './progress.tsx'
import { type Opinion, Opinions } from './verdicts.tsx'
import { EndingLink, FalseAlarmButton } from './warning-acts.tsx'
import { NextReport, PreviewLink, Until } from './watching.tsx'

/** What this person may do now, by the policy table. */
export type Possible = {
  edit: boolean
  decide: 'review' | 'sign' | null
  takeBack: boolean
  publish: boolean
  schedule: boolean
  correct: boolean
  abandon: boolean
  withdraw: boolean
  takeDown: boolean
  quarantine: boolean
  settle: boolean
  phone: boolean
  confirmPhone: boolean
  postReview: boolean
  falseAlarm: boolean
  /** 解除预警 / 终止响应. */
  ending: 'lifted' | 'response-ended' | null
}
export type ReleaseProps = Form &
  ByHand & {
    release: {
      number: string
      title: string
      kind: string
      lane: string
      mode: string
      state: string
      face: string
      revision: number
      plannedAt: string | null
      agency: string
      documentNumber: string | null
    }
    hash: string | null
    stations: Station[]
    asked: Asked | null
    progress: EditionProgress[]
    allowed: Allowed
    possible: Possible
    opinions: Opinion[]
    publicHref: string | null
    receiptHref: string | null
    confidentiality: boolean
    /** The text itself, also of what is not public. */
    mayRead: boolean
    /** Who has read it before it was public. */
    readers: boolean
    /** 限阅: kept to those who work on it. */
    limited: boolean
    postReviewDue: string | null
    going: boolean
    refused?: string
  }

export function ReleasePage(p: ReleaseProps) {
  const T = say(p.f)
  const { release } = p
  return (
    <Page f={p.f} title={`${release.number} ${release.title}`} wide>
      <div class="d-release-head">
        <div>
          <p class="d-sub">
            <About f={p.f} {...release} />
            <State f={p.f} state={release.state} />
            {p.limited ? <b class="chip changed">{T('desk.limit')}</b> : null}
          </p>
          <h1>{release.title}</h1>
        </div>
        <Now {...p} />
      </div>
      <Refused why={p.refused} />
      <div class="d-columns">
        <div>
          <SourceChanged {...p} />
          {release.state === 'quarantined' ? <p class="notice warn">{T('desk.sealed')}</p> : null}
          {release.face === 'none' && p.progress.length === 0 ? null : (
            <>
              <section
                id="progress"
                data-progress={p.going ? `/desk/releases/${release.number}/progress.json` : undefined}
                data-events={p.going ? `/desk/releases/${release.number}/events` : undefined}
                data-off={T('desk.live.off')}
                aria-label={T('desk.progress')}
              >
                <Progress f={p.f} editions={p.progress} allowed={p.allowed} number={release.number} />
              </section>
              <p class="visually-hidden" role="status" id="progress-said"></p>
            </>
          )}
          <Opinions f={p.f} opinions={p.opinions} />
          <section>
            <h2 class="d-rule">{T('desk.relay')}</h2>
            <div class="timeline">
              <RelayLine stations={p.stations} lang={p.f.lang} offset={p.f.site.offset} quietStates />
            </div>
          </section>
        </div>
        <div class="d-side">
          <AskedPeople f={p.f} number={release.number} asked={p.asked} />
          <About2 {...p} />
          <More {...p} />
        </div>
      </div>
    </Page>
  )
}

/** The one or two things to do next. */
function Now({ f, possible: may, release }: ReleaseProps) {
  const T = say(f)
  const at = `/desk/releases/${release.number}`
  return (
    <div class="d-buttons">
      {may.edit ? (
        <a class="button primary" href={`${at}/edit`}>
          {T('desk.edit')}
        </a>
      ) : null}
      {may.decide ? (
        <a class="button primary" href={`${at}/${may.decide}`}>
          {T(`desk.${may.decide}`)}
        </a>
      ) : null}
      <NextReport f={f} release={release} may={may.correct} />
      <FalseAlarmButton f={f} may={may.falseAlarm} at={at} />
      {may.correct ? (
        <a class="button" href={`${at}/correct`}>
          {T('desk.correct')}
        </a>
      ) : null}
      <EndingLink f={f} as={may.ending} at={at} />
      {may.withdraw ? (
        <a class="button danger" href={`${at}/withdraw`}>
          {T('desk.withdraw')}
        </a>
      ) : null}
      {may.settle ? (
        <a class="button primary" href={`${at}/settle`}>
          {T('desk.settle')}
        </a>
      ) : null}
    </div>
  )
}

function About2(p: ReleaseProps) {
  const T = say(p.f)
  const { release } = p
  const rows: Parameters<typeof Facts>[0]['rows'] = [
    [T('public.facts.agency'), release.agency],
    [T('desk.revision.now'), T('desk.revision', { n: release.revision })],
  ]
  if (p.hash) rows.push([T('public.receipt.hash'), <Hash hash={p.hash} />])
  if (release.documentNumber) rows.push([T('field.documentNumber'), release.documentNumber])
  if (release.plannedAt) rows.push([T('desk.planned'), <At f={p.f} at={release.plannedAt} />])
  if (p.postReviewDue) rows.push([T('desk.clock.post-review'), <Until f={p.f} at={p.postReviewDue} />])
  return (
    <section>
      <h2>{T('desk.about')}</h2>
      <Facts rows={rows} />
      <ul class="d-links">
        {p.hash && p.mayRead ? (
          <li>
            <a href={`/desk/releases/${release.number}/review`}>{T('desk.read')}</a>
          </li>
        ) : null}
        <PreviewLink f={p.f} release={release} may={p.mayRead} />
        {p.hash && p.mayRead && release.revision > 1 ? (
          <li>
            <a href={`/desk/releases/${release.number}/changes`}>{T('desk.compare')}</a>
          </li>
        ) : null}
        {p.readers ? (
          <li>
            <a href={`/desk/releases/${release.number}/readers`}>{T('desk.readers')}</a>
          </li>
        ) : null}
        {p.publicHref ? (
          <li>
            <a href={p.publicHref}>{T('desk.public-page')}</a>
          </li>
        ) : null}
        {p.receiptHref ? (
          <li>
            <a href={p.receiptHref}>{T('public.receipt')}</a>
          </li>
        ) : null}
        <ByHandLinks {...p} />
        {p.confidentiality ? (
          <li>
            <a href={`/desk/releases/${release.number}/confidentiality-review`}>{T('desk.form.confidentiality')}</a>
          </li>
        ) : null}
      </ul>
    </section>
  )
}

/** What stands in this list; the rest has its button at the head of the page. */
const MORE = [
  'confirmPhone',
  'publish',
  'schedule',
  'phone',
  'takeBack',
  'abandon',
  'postReview',
  'takeDown',
  'quarantine',
] as const satisfies readonly (keyof Possible)[]

function More(p: ReleaseProps) {
  const T = say(p.f)
  const { possible: may, release } = p
  const at = `/desk/releases/${release.number}`
  const post = (path: string, key: string, danger = false) => (
    <form method="post" action={`${at}/${path}`}>
      <button type="submit" class={danger ? 'danger' : undefined}>
        {T(key)}
      </button>
    </form>
  )
  const link = (path: string, key: string, danger = false) => (
    <a class={danger ? 'button danger' : 'button'} href={`${at}/${path}`}>
      {T(key)}
    </a>
  )
  return (
    <section class="d-more-acts">
      <h2>{T('desk.can')}</h2>
      {may.confirmPhone ? <ConfirmPhone f={p.f} at={at} /> : null}
      {may.publish ? (
        <>
          <p class="small">{T(release.state === 'held' ? 'desk.held.question' : 'desk.publish.says')}</p>
          {post('publish', 'desk.publish')}
        </>
      ) : null}
      {may.schedule ? (
        <form method="post" action={`${at}/schedule`} class="d-inline">
          <NoEnter />
          <Moment form={p} name="at" label={T('desk.schedule.at')} />
          {p.byHand.copies ? <p class="small">{T('desk.media.moved')}</p> : null}
          <button type="submit">{T('desk.schedule')}</button>
        </form>
      ) : null}
      {may.phone ? link('phone', 'desk.phone') : null}
      {may.takeBack ? post('take-back', 'desk.take-back') : null}
      {may.abandon ? post('abandon', 'desk.abandon') : null}
      {may.postReview ? link('post-review', 'desk.post-review') : null}
      {may.takeDown ? link('take-down', 'desk.take-down', true) : null}
      {may.quarantine ? link('quarantine', 'desk.quarantine', true) : null}
      {MORE.some((name) => may[name]) ? null : <p class="quiet">{T('desk.can.nothing')}</p>}
    </section>
  )
}

const ConfirmPhone = ({ f, at }: { f: Frame; at: string }) => (
  <form method="post" action={`${at}/phone/confirm`} class="notice warn">
    <p>{say(f)('desk.phone.confirm.ask')}</p>
    <button type="submit" name="confirmed" value="yes" class="primary">
      {say(f)('desk.phone.confirm')}
    </button>{' '}
    <button type="submit" name="confirmed" value="no">
      {say(f)('desk.phone.deny')}
    </button>
  </form>
)
