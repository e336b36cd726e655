/** The draft form: text first, then where, when and to whom; what stands against it beside each field. */
import { type KindData, kinds } from '../../../templates/draft/index.ts'
import type { Kind, Language } from '../../desk/content.ts'
import type { Issue } from '../../lib/errors.ts'
import type { JudgedHit } from '../../review/judge.ts'
import type { Able } from '../../review/signers.ts'
import { AlertsBeside, type Beside } from './alerts-beside.tsx'
import { At, Hash, IssueList, NoEnter, Refused, State } from './bits.tsx'
import { type Change, Changes } from './changes.tsx'
import { CommentFields, type CommentLine } from './comments.tsx'
import type { Form } from './controls.tsx'
import { Actions } from './draft-acts.tsx'
import { CapFields } from './draft-cap.tsx'
import { ConferenceFields } from './draft-conference.tsx'
import { Basics, Contacts, Files, type Kept, Outlets, Places, Related, Times } from './draft-core.tsx'
import { PartFields } from './draft-part.tsx'
import { Standing, WritingScript } from './draft-script.tsx'
import { Able as AbleList, HitFields } from './draft-side.tsx'
import { type Fields, first } from './fields.ts'
import { type Frame, Page, say } from './frame.tsx'
import { type ImportNotes, Recognised } from './import.tsx'

export type AreaChoice = { code: string; name: string; depth: number; parent?: string | null }
/** `audience`: people it would reach, null for everybody; of those `inDigests` read it later; `told`: had an earlier edition. */
export type OutletChoice = {
  name: string
  audience: number | null
  inDigests?: number
  /** Goes wherever the feeds go; nobody chooses it. */
  always?: true
  told?: number
  notReady?: string
}
export type Choice = { value: string; label: string }
export type Choices = {
  areas: AreaChoice[]
  topics: Choice[]
  incidents: Choice[]
  outlets: OutletChoice[]
}
export type DraftRelease = {
  number: string
  version: number
  revision: number
  state: string
  editionType: string
  hash: string
  savedAt: string
  savedBy: string
  /** Ordinal of the revision it was masked from. */
  derivedFrom: number | null
}
/** A language whose words were last saved in revision `own`, and the Chinese after that in `chinese`. */
export type Behind = { own: number; chinese: number; changes: Change[] }
export type Stale = { revision: number; savedBy: string; savedAt: string; changes: Change[] }

export type DraftProps = {
  f: Frame
  fields: Fields
  issues: Issue[]
  choices: Choices
  /** null before the first save. */
  release: DraftRelease | null
  able: { step: string; role: string; people: Able[] }[]
  hits: JudgedHit[]
  comments?: CommentLine[]
  files: Kept[]
  alerts?: Beside[]
  stale?: Stale
  /** Why the last act was refused, in words. */
  refused?: string
  imported?: ImportNotes
  behind?: Partial<Record<Language, Behind>>
  /** Who else has it open, in words. */
  others?: string[]
  /** What stands in the form is not saved: refused, or brought back. */
  unsaved?: boolean
  /** Why the draft came back, as the reviewer wrote it. */
  returned?: { by: string; at: string; opinion: string }
}

export function DraftPage(p: DraftProps) {
  const T = say(p.f)
  const form: Form = p
  const kind = first(p.fields, 'core.kind') as Kind
  const data = formOf(kinds[kind] ?? kinds.notice, first(p.fields, 'core.over') !== '')
  const title = p.release
    ? T('desk.edit.title', { number: p.release.number })
    : T('desk.new.title', { kind: T(`kind.${kind}`) })
  const editionType = p.release?.editionType ?? 'first'
  const withdrawal = editionType === 'withdrawal'
  return (
    <Page f={p.f} title={title} wide>
      <DraftHead {...p} title={title} />
      <WritingScript f={p.f} />
      <form
        method="post"
        action={p.release ? `/desk/releases/${p.release.number}/edit` : '/desk/releases/new'}
        enctype="multipart/form-data"
        class="d-draft"
        data-keep
        autocomplete="off"
        data-writer={p.f.who?.memberId}
        data-autosave={p.release?.number ?? ''}
        data-revision={p.release?.revision}
        data-unsaved={p.unsaved ? '' : undefined}
        data-offset={p.f.site.offset}
        novalidate
      >
        <NoEnter />
        <div class="d-main">
          <input type="hidden" name="version" value={String(p.release?.version ?? '')} />
          {first(p.fields, 'core.over') ? (
            <input type="hidden" name="core.over" value={first(p.fields, 'core.over')} />
          ) : null}
          {p.imported ? <input type="hidden" name="how" value="import" /> : null}
          <input type="hidden" name="keep" value={first(p.fields, 'keep')} />
          <input type="hidden" name="undecided" value="" />
          <div class="d-languages">
            <PartFields form={form} language="zh-CN" kind={data} editionType={editionType} />
            <div>
              {(['mn-Mong-CN', 'en'] satisfies Language[]).map((l) => (
                <PartFields form={form} language={l} kind={data} editionType={editionType} behind={p.behind?.[l]} />
              ))}
            </div>
          </div>
          {withdrawal ? <Untouched fields={p.fields} /> : null}
          {withdrawal ? null : (
            <>
              <Basics form={form} kind={data} fixedMode={p.release !== null} incidents={p.choices.incidents} />
              <Places form={form} choices={p.choices} />
              <Times form={form} kind={data} />
              <ConferenceFields form={form} kind={data} />
              <Contacts form={form} />
              <CapFields form={form} kind={data} />
              <Related form={form} kind={data} />
              <Files form={form} files={p.files} number={p.release?.number} />
              <Outlets form={form} outlets={p.choices.outlets} />
            </>
          )}
        </div>
        <aside class="d-aside" aria-label={T('desk.edit.aside')}>
          <Actions {...p} />
          <CommentFields form={form} comments={p.comments ?? []} />
          <Standing others={p.others ?? []} />
          <AbleList f={p.f} able={p.able} saved={p.release !== null} />
          <AlertsBeside f={p.f} alerts={p.alerts ?? []} />
          <HitFields form={form} hits={p.hits} number={p.release?.number ?? ''} />
        </aside>
      </form>
    </Page>
  )
}

/** What ends asks for no level and no terms: it has none any more. */
const formOf = (kind: KindData, over: boolean): KindData =>
  over
    ? {
        ...kind,
        capAllowed: false,
        capRequired: false,
        requiredCore: kind.requiredCore.filter((n) => n !== 'warningLevel'),
      }
    : kind

/** What a withdrawal does not show goes back as it came. */
function Untouched({ fields }: { fields: Fields }) {
  const shown = /withdrawalReason$/
  return (
    <>
      {[...fields]
        .filter(([name]) => /^(core|parts)\./.test(name) && !shown.test(name))
        .flatMap(([name, values]) => values.map((v) => <input type="hidden" name={name} value={v} />))}
    </>
  )
}

function DraftHead(p: DraftProps & { title: string }) {
  const T = say(p.f)
  return (
    <>
      <h1>{p.title}</h1>
      {p.release ? (
        <p class="d-sub">
          <State f={p.f} state={p.release.state} />
          <b>{T('desk.revision', { n: p.release.revision })}</b>{' '}
          {p.release.derivedFrom ? <span>（{T('desk.derived', { n: p.release.derivedFrom })}）</span> : null}{' '}
          <Hash hash={p.release.hash} /> · {p.release.savedBy} <At f={p.f} at={p.release.savedAt} />
          {p.release.editionType === 'first' ? null : (
            <b class="chip changed">{T(`public.type.${p.release.editionType}`)}</b>
          )}
          <a href={`/desk/releases/${p.release.number}/preview`}>{T('desk.preview')}</a>
        </p>
      ) : (
        <p class="d-sub quiet">{T('desk.new.unsaved')}</p>
      )}
      {p.returned ? (
        <div class="notice warn">
          <p>
            <strong>{T('desk.returned.by', { name: p.returned.by })}</strong> <At f={p.f} at={p.returned.at} />
          </p>
          <p>{p.returned.opinion}</p>
        </div>
      ) : null}
      <Refused why={p.refused} />
      {p.stale ? <StaleNotice f={p.f} stale={p.stale} number={p.release?.number ?? ''} /> : null}
      {p.imported ? <Recognised f={p.f} notes={p.imported} /> : null}
      <IssueList f={p.f} issues={p.issues} />
    </>
  )
}

/** Somebody saved meanwhile: theirs and mine, both whole. */
function StaleNotice({ f, stale, number }: { f: Frame; stale: Stale; number: string }) {
  const T = say(f)
  return (
    <section class="notice warn" role="alert" aria-labelledby="stale">
      <h2 id="stale">{T('desk.stale', { name: stale.savedBy, n: stale.revision })}</h2>
      <p>
        <At f={f} at={stale.savedAt} />
      </p>
      <p>{T('desk.stale.kept')}</p>
      <Changes f={f} changes={stale.changes} />
      <p>
        <a href={`/desk/releases/${number}/edit`} target="_blank" rel="noopener">
          {T('desk.stale.theirs')}
        </a>
      </p>
    </section>
  )
}
