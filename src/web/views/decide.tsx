/** Deciding on a revision: the text, what changed, what stands against it, the verdict. Review and signature share it. */
import type { Shown } from '../../../templates/page/pick.ts'
import { RelayLine, type Station } from '../../../templates/page/relay.tsx'
import type { Site } from '../../../templates/page/site.ts'
import type { JudgedHit } from '../../review/judge.ts'
import type { Duty } from '../../staff/chain.ts'
import { AlertsBeside, type Beside } from './alerts-beside.tsx'
import { ShapesShown } from './area-map.tsx'
import { At, figure, Hash, IssueList, NoEnter, Refused, stepName } from './bits.tsx'
import type { Change } from './changes.tsx'
import { type CommentLine, Comments } from './comments.tsx'
import { ConfidentialityFields } from './confidentiality.tsx'
import { type Form, Line, Text } from './controls.tsx'
import { HitList, Since, Whose } from './decide-beside.tsx'
import type { OutletChoice } from './draft.tsx'
import { OutletReach } from './draft-core.tsx'
import { FalseAlarmBeside, type KitPart } from './false-alarm.tsx'
import { type FactorAsked, FactorFields } from './flash-factor.tsx'
import { type Frame, Page, say } from './frame.tsx'
import { type MarkLine, Marks } from './marks.tsx'
import { Reading } from './reading.tsx'
import { type FileState, FilesLooked } from './scan-file.tsx'

/** What will happen once the last step has agreed. */
export type Plan = {
  outlets: OutletChoice[]
  notBefore: string | null
  /** Accredited journalists who can read it from the signature on; null: nobody before its time. */
  journalists: number | null
  cap: boolean
  /** Areas of the alert as they were drawn. */
  shapes: { polygons: string[]; circles: string[] }
  /** People told of the edition before, who will get this one too. */
  told: number | null
  /** The step is the last of its chain. */
  last: boolean
}

export type DecideProps = Form & {
  number: string
  title: string
  lane: string
  editionType: string
  site: Site
  edition: Shown
  /** What would go out if it were sent in error. */
  falseAlarm: KitPart[]
  /** Other alerts that run for its places. */
  alerts: Beside[]
  revision: { ordinal: number; hash: string; savedAt: string; savedBy: string }
  stations: Station[]
  marks: MarkLine[]
  step: { name: string; duties: Duty[] } | null
  /** Why this person may not decide, in words; undefined when they may. */
  barred?: string
  since: { what: 'published' | 'approved' | 'seen' | 'opened' | 'returned'; ordinal: number } | null
  changes: Change[]
  hits: JudgedHit[]
  scans: FileState[]
  mayResolve: boolean
  mayQuarantine: boolean
  plan: Plan
  /** Of a signature on flash: the second factor. */
  factor?: FactorAsked
  comments: CommentLine[]
  mayComment: boolean
  refused?: string
}

export function ReviewPage(p: DecideProps) {
  const T = say(p.f)
  return (
    <Page f={p.f} title={`${T('desk.review')} ${p.number}`} wide>
      <Frame3 {...p} as="review" heading={p.step ? stepName(p.f.lang, p.step.name) : T('desk.review')}>
        {p.step && !p.barred ? <ReviewForm {...p} /> : <p class="notice">{p.barred ?? T('desk.review.over')}</p>}
        <p class="hint">{T('desk.hash.hint')}</p>
      </Frame3>
    </Page>
  )
}

export function SignPage(p: DecideProps) {
  const T = say(p.f)
  return (
    <Page f={p.f} title={`${T('desk.sign')} ${p.number}`} wide plain>
      <Frame3 {...p} as="sign" heading={T('desk.sign')}>
        <Whose {...p} />
        <WhatHappens {...p} />
        {p.step && !p.barred ? <SignForm {...p} /> : <p class="notice">{p.barred ?? T('desk.review.over')}</p>}
        <p class="hint">{T('desk.hash.hint')}</p>
      </Frame3>
    </Page>
  )
}

/** Relay line, text, verdict: side by side on a desk, under one another on a phone. */
function Frame3(p: DecideProps & { as: 'review' | 'sign'; heading: string; children: unknown }) {
  const T = say(p.f)
  return (
    <div class={p.as === 'sign' ? 'd-signing' : undefined}>
      <p class="d-sub">
        <b>{p.heading}</b> {p.number} <b>{T('desk.revision', { n: p.revision.ordinal })}</b>{' '}
        <span class="d-wrote">
          <Hash hash={p.revision.hash} /> · {p.revision.savedBy} <At f={p.f} at={p.revision.savedAt} />
        </span>
        {p.editionType === 'first' ? null : <b class="chip changed">{T(`public.type.${p.editionType}`)}</b>}
        {p.lane === 'flash' ? <b class="chip flash">{T('desk.lane.flash')}</b> : null}
        <a href={`/desk/releases/${p.number}/preview`}>{T('desk.preview')}</a>
      </p>
      <Refused why={p.refused} />
      <IssueList f={p.f} issues={p.issues} />
      <div class={p.step?.duties.includes('confidentiality') && !p.barred ? 'd-three checks' : 'd-three'}>
        <nav class="d-line" aria-label={T('desk.relay')}>
          <h2>{T('desk.relay')}</h2>
          <RelayLine stations={p.stations} lang={p.f.lang} offset={p.f.site.offset} quietStates />
          <Marks f={p.f} marks={p.marks} />
        </nav>
        <div class="d-text">
          <Since {...p} />
          <Reading f={p.f} site={p.site} edition={p.edition} hits={p.hits} scans={p.scans} comments={p.comments} />
          <AlertsBeside f={p.f} alerts={p.alerts} />
          <FalseAlarmBeside f={p.f} parts={p.falseAlarm} />
          <HitList {...p} />
        </div>
        <div class="d-verdict">
          {p.children as string}
          <Comments {...p} hash={p.revision.hash} />
          {p.mayQuarantine ? (
            <p class="d-apart">
              <a class="button danger" href={`/desk/releases/${p.number}/quarantine`}>
                {T('desk.quarantine')}
              </a>
            </p>
          ) : null}
        </div>
      </div>
    </div>
  )
}

/** In a sentence, before the button that does it. */
function WhatHappens({ f, plan, editionType }: DecideProps) {
  const T = say(f)
  // A stand-in tells nobody, so its people are not counted.
  const ready = plan.outlets.filter((o) => !o.notReady)
  const reached = ready.filter((o) => o.audience !== null)
  const people = reached.reduce((n, o) => n + (o.audience ?? 0), 0)
  return (
    <section class="d-happens">
      <h2>{T('desk.happens')}</h2>
      <p>
        <strong>{plan.notBefore ? <At f={f} at={plan.notBefore} /> : T('desk.happens.now')}</strong>
        {T('desk.happens.as', { mode: T(`desk.mode.${f.mode}`), outlets: ready.length })}
        <strong>{T('desk.happens.people', { n: figure(people) })}</strong>
      </p>
      {editionType === 'correction' || editionType === 'withdrawal' ? (
        <p class="late">{T('desk.happens.told', { n: figure(plan.told ?? 0) })}</p>
      ) : null}
      {editionType === 'erratum' ? <p>{T('desk.happens.erratum')}</p> : null}
      {plan.last ? null : <p>{T('desk.happens.not-last')}</p>}
      {plan.journalists === null ? null : (
        <p class="d-embargo">
          <strong>{T('media.happens', { n: figure(plan.journalists) })}</strong> {T('media.happens.then')}{' '}
          <At f={f} at={plan.notBefore as string} />
        </p>
      )}
      <ul class="d-outlets">
        {plan.outlets.map((o) => (
          <li>
            <span>{T(`desk.outlet.${o.name}`)}</span>
            <OutletReach f={f} outlet={o} />
          </li>
        ))}
        <li>
          <span>CAP</span>
          <span class="reach">{T(plan.cap ? 'desk.happens.cap' : 'desk.happens.no-cap')}</span>
        </li>
      </ul>
      <ShapesShown f={f} {...plan.shapes} />
    </section>
  )
}

function ReviewForm(p: DecideProps) {
  const T = say(p.f)
  return (
    <form method="post" action={`/desk/releases/${p.number}/decision`} data-keep novalidate>
      <NoEnter />
      <input type="hidden" name="revisionHash" value={p.revision.hash} />
      <input type="hidden" name="at" value="review" />
      {p.step?.duties.includes('confidentiality') ? (
        <>
          <FilesLooked f={p.f} scans={p.scans} />
          <ConfidentialityFields form={p} />
        </>
      ) : null}
      <Text form={p} name="opinion" label={T('desk.opinion')} hint={T('desk.opinion.hint')} rows={3} />
      <button type="submit" class="primary" name="verdict" value="approve">
        {T(p.step?.duties.includes('proof') ? 'desk.proof.agree' : 'desk.agree')}
      </button>
      <Return f={p.f} />
      {p.step?.duties.includes('confidentiality') ? <ReferOut f={p.f} /> : null}
    </form>
  )
}

function SignForm(p: DecideProps) {
  const T = say(p.f)
  return (
    <form method="post" action={`/desk/releases/${p.number}/decision`} data-keep novalidate>
      <NoEnter />
      <input type="hidden" name="revisionHash" value={p.revision.hash} />
      <input type="hidden" name="at" value="sign" />
      {p.step?.duties.includes('confidentiality') ? (
        <>
          <FilesLooked f={p.f} scans={p.scans} />
          <ConfidentialityFields form={p} />
        </>
      ) : null}
      <Text form={p} name="opinion" label={T('desk.opinion')} hint={T('desk.opinion.hint')} rows={2} />
      {p.lane === 'flash' ? <Line form={p} name="word" label={T('desk.word')} hint={T('desk.word.hint')} /> : null}
      {p.factor ? <FactorFields form={p} factor={p.factor} /> : null}
      <button type="submit" class="decisive" name="verdict" value="approve">
        {T(p.plan.notBefore ? 'desk.sign.later' : p.plan.last ? 'desk.sign.now' : 'desk.sign')}
      </button>
      <Return f={p.f} />
    </form>
  )
}

/** 提请确定: back to the drafter while the authority is asked. The record holds no word of what it is about. */
const ReferOut = ({ f }: { f: Frame }) => (
  <p class="d-refer">
    <button type="submit" name="verdict" value="refer">
      {say(f)('desk.verdict.refer-out')}
    </button>
    <span class="hint">{say(f)('desk.refer.hint')}</span>
  </p>
)

/** Apart from the button that agrees, so that neither is pressed for the other. */
const Return = ({ f }: { f: Frame }) => (
  <p class="d-apart">
    <button type="submit" name="verdict" value="return">
      {say(f)('desk.return')}
    </button>
  </p>
)
