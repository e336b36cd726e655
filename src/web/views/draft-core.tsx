/** What no language owns: kind of document, places, times, contacts, CAP, files, outlets. */
import type { KindData } from '../../../templates/draft/index.ts'
import { sizeOf } from '../../../templates/page/article.tsx'
import { MODES, RELATIONS, URGENCIES, VALIDITIES, WARNING_LEVELS } from '../../desk/content.ts'
import { ACCEPTED } from '../../desk/file/type.ts'
import { isPicture } from '../../lib/file-path.ts'
import { figure, idOf, notSent } from './bits.tsx'
import { Choices, type Form, Issues, Line, Moment, Select, Tick } from './controls.tsx'
import type { Choices as AllChoices, Choice, OutletChoice } from './draft.tsx'
import { every, first } from './fields.ts'
import { type Frame, say } from './frame.tsx'
import { PlacePicker } from './place-picker.tsx'
import { type FileState, FileStateLine } from './scan-file.tsx'

export type Kept = { sha256: string; name: string; type: string; bytes: number; scan?: FileState | undefined }

/** Urgency, level, incident, document number: what the kind asks for, and whatever is already filled in. */
export function Basics(p: { form: Form; kind: KindData; fixedMode: boolean; incidents: Choice[] }) {
  const { form, kind } = p
  const T = say(form.f)
  const has = (name: string) => first(form.fields, `core.${name}`) !== ''
  const official = kind.checks.includes('document-number') || has('documentNumber') || has('formedOn')
  return (
    <fieldset class="d-group">
      <legend>{T('desk.group.basics')}</legend>
      <div class="d-grid">
        {kind.checks.includes('incident') || has('incidentId') ? (
          <Select
            form={form}
            name="core.incidentId"
            options={p.incidents}
            none={T('desk.choose')}
            hint={p.incidents.length ? undefined : T('desk.incident.first')}
          />
        ) : null}
        <Select
          form={form}
          name="core.urgency"
          options={URGENCIES.map((u) => ({ value: u, label: T(`public.urgency.${u}`) }))}
          hint={T('desk.urgency.hint')}
        />
        {kind.requiredCore.includes('warningLevel') || has('warningLevel') ? (
          <Select
            form={form}
            name="core.warningLevel"
            options={WARNING_LEVELS.map((l) => ({ value: l, label: T(`public.level.${l}`) }))}
            none={T('desk.choose')}
          />
        ) : null}
        {official ? (
          <>
            <Line form={form} name="core.documentNumber" hint={T('desk.document-number.hint')} />
            <Line form={form} name="core.formedOn" type="date" />
            <Line form={form} name="core.indexNumber" hint={T('gov.index.hint')} />
            <Select
              form={form}
              name="core.validity.state"
              label={T('field.validity')}
              options={VALIDITIES.map((v) => ({ value: v, label: T(`gov.validity.${v}`) }))}
              none={T('gov.validity.valid')}
              also="core.validity"
            />
            <Line form={form} name="core.validity.since" label={T('gov.validity.since')} type="date" />
          </>
        ) : null}
        {p.fixedMode ? (
          <input type="hidden" name="core.mode" value={first(form.fields, 'core.mode')} />
        ) : (
          <Select
            form={form}
            name="core.mode"
            options={MODES.map((m) => ({ value: m, label: T(`desk.mode.${m}`) }))}
            hint={T('desk.mode.hint')}
          />
        )}
      </div>
    </fieldset>
  )
}

export function Places({ form, choices }: { form: Form; choices: AllChoices }) {
  const T = say(form.f)
  return (
    <fieldset class="d-group">
      <legend>{T('desk.group.places')}</legend>
      <PlacePicker form={form} name="core.areas" areas={choices.areas} />
      <Choices form={form} name="core.topics" options={choices.topics} hint={T('desk.topics.hint')} />
    </fieldset>
  )
}

export function Times({ form, kind }: { form: Form; kind: KindData }) {
  const T = say(form.f)
  const names = ['knownAt', 'asOf', 'nextUpdateAt', 'expiresAt', 'displayUntil'] as const
  const asked = (name: string) =>
    kind.requiredCore.includes(name as 'asOf') || first(form.fields, `core.${name}`) !== ''
  const quick = kind.checks.includes('incident') || kind.checks.includes('until')
  return (
    <fieldset class="d-group">
      <legend>{T('desk.group.times', { offset: form.f.site.offset })}</legend>
      <div class="d-grid">
        {names
          .filter(
            (n) =>
              asked(n) ||
              (n === 'displayUntil' ? first(form.fields, 'core.kind') === 'notice' : quick || n === 'expiresAt'),
          )
          .map((n) => (
            <Moment form={form} name={`core.${n}`} hint={n === 'displayUntil' ? T('gov.display.hint') : undefined} />
          ))}
      </div>
    </fieldset>
  )
}

/** Rows filled so far and two more; an empty row is no contact. */
export function Contacts({ form }: { form: Form }) {
  const T = say(form.f)
  const filled = Math.max(
    -1,
    ...[...form.fields.keys()].map((n) => Number(/^core\.contacts\.(\d+)\.(?:label|phone|email)$/.exec(n)?.[1] ?? -1)),
  )
  return (
    <fieldset class="d-group" id={idOf('core.contacts')} tabindex={-1}>
      <legend>{T('field.contacts')}</legend>
      <Issues form={form} issues={form.issues.filter((i) => i.field === 'core.contacts')} id="contacts-issues" />
      {Array.from({ length: filled + 3 }, (_, i) => (
        <fieldset class="d-contact" id={idOf(`core.contacts.${i}`)}>
          <legend class="visually-hidden">{T('desk.contact.n', { n: i + 1 })}</legend>
          <Line form={form} name={`core.contacts.${i}.label`} also={`core.contacts.${i}`} />
          <Line form={form} name={`core.contacts.${i}.phone`} type="tel" />
          <Line form={form} name={`core.contacts.${i}.email`} type="email" />
          <Select
            form={form}
            name={`core.contacts.${i}.audience`}
            label={T('desk.contact.for')}
            options={['public', 'press'].map((a) => ({ value: a, label: T(`desk.contact.${a}`) }))}
          />
        </fieldset>
      ))}
    </fieldset>
  )
}

export function Related({ form, kind }: { form: Form; kind: KindData }) {
  const T = say(form.f)
  const at = (i: number) => `core.relatesTo.${i}`
  const filled = [...form.fields].filter(([n, v]) => /^core\.relatesTo\.\d+\.releaseId$/.test(n) && v[0]?.trim()).length
  const asked = kind.checks.includes('interprets') || kind.checks.includes('clarifies')
  return (
    <details class="d-group" open={asked || filled > 0} id={idOf('core.relatesTo')}>
      <summary>{T('field.relatesTo')}</summary>
      <Issues form={form} issues={form.issues.filter((i) => i.field === 'core.relatesTo')} id="related-issues" />
      {Array.from({ length: filled + 1 }, (_, i) => (
        <div class="d-contact two">
          <Line form={form} name={`${at(i)}.releaseId`} label={T('desk.related.number')} placeholder="2026-000042" />
          <Select
            form={form}
            name={`${at(i)}.as`}
            label={T('desk.related.as')}
            options={RELATIONS.map((a) => ({ value: a, label: T(`public.related.${a}`) }))}
          />
        </div>
      ))}
    </details>
  )
}

export function Files({ form, files, number }: { form: Form; files: Kept[]; number?: string | undefined }) {
  const T = say(form.f)
  return (
    <fieldset class="d-group" id={idOf('attachments')} tabindex={-1}>
      <legend>{T('field.attachments')}</legend>
      {files.map((file, i) => (
        <div
          class="d-contact two"
          data-file={file.sha256}
          data-name={file.name}
          data-type={file.type}
          data-src={number ? `/desk/releases/${number}/files/${file.sha256}` : undefined}
        >
          <input type="hidden" name={`attachments.${i}.sha256`} value={file.sha256} />
          <Line
            form={form}
            name={`attachments.${i}.title`}
            label={`${file.name} · ${sizeOf(file.bytes)}`}
            hint={isPicture(file) ? T('desk.picture.token', { n: i + 1 }) : undefined}
          />
          <Tick form={form} name={`attachments.${i}.remove`} label={T('desk.file.remove')} />
          <FileStateLine f={form.f} scan={file.scan} link />
        </div>
      ))}
      <div class="d-contact two" id={idOf('file')}>
        <div class="field">
          <label for="upload">{T('desk.file.add')}</label>
          <input id="upload" name="file" type="file" accept={ACCEPTED} aria-describedby="upload-hint" />
          <p class="hint" id="upload-hint">
            {T('desk.file.hint')}
          </p>
          <Issues form={form} issues={form.issues.filter((i) => i.field === 'file')} id="file-issues" />
        </div>
        <Line form={form} name="fileTitle" label={T('desk.file.title')} />
      </div>
    </fieldset>
  )
}

/** Outlets with how many people each would reach now; the website and feeds always. */
export function Outlets({ form, outlets }: { form: Form; outlets: OutletChoice[] }) {
  const T = say(form.f)
  return (
    <fieldset class="d-group">
      <legend>{T('field.outlets')}</legend>
      <ul class="d-outlets" id={idOf('core.outlets')}>
        {outlets.map((o) => (
          <li>
            {o.audience === null || o.always ? (
              <>
                {o.always ? null : <input type="hidden" name="core.outlets" value={o.name} />}
                <span class="choice">
                  <span aria-hidden="true">✓ </span>
                  {T(`desk.outlet.${o.name}`)}
                </span>
              </>
            ) : (
              <label class="choice">
                <input
                  type="checkbox"
                  name="core.outlets"
                  value={o.name}
                  checked={every(form.fields, 'core.outlets').includes(o.name)}
                />
                <span>{T(`desk.outlet.${o.name}`)}</span>
              </label>
            )}
            <OutletReach f={form.f} outlet={o} />
          </li>
        ))}
      </ul>
      <Issues form={form} issues={form.issues.filter((i) => i.field.startsWith('core.outlets'))} id="outlets-issues" />
      <div class="d-grid">
        <Moment form={form} name="core.notBefore" hint={T('desk.not-before.hint')} />
      </div>
      <Tick form={form} name="core.embargo" label={T('media.tick')} />
      <p class="hint">{T('media.tick.hint')}</p>
      <Issues form={form} issues={form.issues.filter((i) => i.field === 'core.embargo')} id="embargo-issues" />
    </fieldset>
  )
}

export function OutletReach({ f, outlet: o }: { f: Frame; outlet: OutletChoice }) {
  const T = say(f)
  return (
    <span class="reach" data-reach={o.name}>
      {o.audience === null ? T('desk.reach.everyone') : T('desk.reach', { n: figure(o.audience) })}
      {o.audience !== null && o.inDigests ? (
        <small> {T('desk.reach.split', { now: figure(o.audience - o.inDigests), later: figure(o.inDigests) })}</small>
      ) : null}
      {o.told === undefined ? null : <small> {T('desk.reach.told', { n: figure(o.told) })}</small>}
      {o.notReady ? <span class="late"> {notSent(f, o.name, o.notReady)}</span> : null}
    </span>
  )
}
