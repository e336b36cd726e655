/** A file as its scan left it: one line beside it, its place in words, and the page of its findings with the form that masks. */
import type { Column, Finding, Mask, Place } from '../../desk/looked.ts'
import { IssueList, idOf, NoEnter, Refused } from './bits.tsx'
import { Choices, type Form } from './controls.tsx'
import { every } from './fields.ts'
import { type Frame, Page, say } from './frame.tsx'

/** person: pictures, scanned pages or a file nobody could read; unlooked: not looked into yet. */
export type FileState = {
  sha256: string
  name: string
  state: 'done' | 'person' | 'unlooked' | 'relayed'
  open: number
  /** Page of its findings. */
  href: string
  removed: string[]
  derived: boolean
}

const place = (f: Frame, where: Place): string => say(f)(`scan.where.${where.kind}`, { at: where.at })

/** Which file, where in it, and how many of it. */
export function FileWhere({
  f,
  file,
  number,
}: {
  f: Frame
  file: { sha256: string; name: string; place: Place; count: number }
  /** Of the release. */
  number: string
}) {
  const T = say(f)
  return (
    <span class="quiet small">
      <a href={`/desk/releases/${number}/files/${file.sha256}/look`}>{file.name}</a> · {place(f, file.place)}
      {file.count > 1 ? ` · ${T('scan.count', { n: file.count })}` : ''}
    </span>
  )
}

/** 附件已扫描 / 未能扫描, what is open, what was taken out. */
export function FileStateLine({ f, scan, link }: { f: Frame; scan: FileState | undefined; link?: boolean }) {
  const T = say(f)
  if (!scan) return null
  return (
    <p class="d-scanned small">
      <span class={scan.state === 'done' || scan.state === 'relayed' ? 'fine' : 'late'}>
        {T(`desk.scan.${scan.state}`)}
      </span>
      {scan.open ? <b class="late"> · {T('desk.scan.open', { n: scan.open })}</b> : null}
      {scan.derived ? <span class="quiet"> · {T('desk.scan.derived')}</span> : null}
      {scan.removed.length ? <span class="quiet"> · {removedWords(f, scan.removed)}</span> : null}
      {link && scan.state !== 'relayed' ? (
        <>
          {' · '}
          <a href={scan.href}>
            {T('desk.scan.link')}
            <span class="visually-hidden"> {scan.name}</span>
          </a>
        </>
      ) : null}
    </p>
  )
}

const removedWords = (f: Frame, removed: string[]): string => {
  const T = say(f)
  return T('scan.removed', { what: removed.map((r) => T(`scan.removed.${r}`)).join(T('desk.list-comma')) })
}

/** Above the eight checks: every file, looked into or not. */
export function FilesLooked({ f, scans }: { f: Frame; scans: FileState[] }) {
  const T = say(f)
  if (scans.length === 0) return null
  return (
    <section class="d-looked" aria-labelledby="looked">
      <h2 id="looked">{T('desk.scan')}</h2>
      <ul>
        {scans.map((s) => (
          <li>
            <a href={s.href}>{s.name}</a>
            <FileStateLine f={f} scan={s} />
          </li>
        ))}
      </ul>
    </section>
  )
}

export type LookedFinding = Finding & { answered: { action: string; note: string } | null }
export type FileScanProps = Form & {
  number: string
  version: number
  file: { sha256: string; name: string; type: string; title: string }
  scan: FileState
  findings: LookedFinding[]
  columns: Column[]
  /** What can be taken out of a file of this kind; empty where it may not be changed, or not by this person. */
  masks: Mask[]
  kind: 'xlsx' | 'docx' | 'pptx' | 'text' | 'pdf' | 'picture'
  mayMask: boolean
  refused?: string
}

export function FileScanPage(p: FileScanProps) {
  const T = say(p.f)
  return (
    <Page f={p.f} title={`${T('desk.scan')} ${p.file.name}`}>
      <p class="d-sub">
        <a href={`/desk/releases/${p.number}${p.mayMask ? '/edit' : ''}`}>
          {T('desk.scan.back')} {p.number}
        </a>
      </p>
      <h1>{p.file.title || p.file.name}</h1>
      <p class="d-sub">
        {p.file.name} · <a href={`/desk/releases/${p.number}/files/${p.file.sha256}`}>{T('desk.file.look')}</a>
      </p>
      <FileStateLine f={p.f} scan={p.scan} />
      <Refused why={p.refused} />
      <IssueList f={p.f} issues={p.issues} />
      <Findings f={p.f} findings={p.findings} />
      {p.scan.state === 'person' ? <p class="notice">{T('desk.scan.image-hint')}</p> : null}
      {p.mayMask ? <MaskForm {...p} /> : null}
    </Page>
  )
}

function Findings({ f, findings }: { f: Frame; findings: LookedFinding[] }) {
  const T = say(f)
  if (findings.length === 0) return <p class="d-empty">{T('desk.scan.none')}</p>
  return (
    <section class="d-hits" aria-labelledby="found">
      <h2 id="found">{T('desk.scan.found')}</h2>
      <ul>
        {findings.map((found) => (
          <li class={found.answered ? 'settled' : found.weight === 'listed' ? 'd-listed' : `hit-${found.weight}`}>
            <p>
              <strong class={found.weight === 'block' && !found.answered ? 'late' : undefined}>
                {T(`scan.${found.rule}`)}
              </strong>{' '}
              <span class="quiet small">
                {place(f, found.place)}
                {found.count > 1 ? ` · ${T('scan.count', { n: found.count })}` : ''}
              </span>
              {found.excerpt ? (
                <>
                  <br />
                  <q>{found.excerpt}</q>
                </>
              ) : null}
            </p>
            {found.answered ? (
              <p class="small quiet">
                {T(`desk.hit.file.${found.answered.action}`)}
                {T('desk.colon')}
                {found.answered.note}
              </p>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}

const WHY_NOT = { pdf: 'desk.mask.pdf', picture: 'desk.mask.picture' } as const

function MaskForm(p: FileScanProps) {
  const T = say(p.f)
  const why = p.kind === 'pdf' || p.kind === 'picture' ? WHY_NOT[p.kind] : null
  return (
    <section aria-labelledby="mask">
      <h2 id="mask" class="d-rule">
        {T('desk.mask')}
      </h2>
      {why ? <p>{T(why)}</p> : null}
      {p.masks.length + p.columns.length === 0 ? null : (
        <form method="post" action={`/desk/releases/${p.number}/files/${p.file.sha256}/mask`} class="d-mask" novalidate>
          <NoEnter />
          <input type="hidden" name="version" value={String(p.version)} />
          <p class="hint">{T('desk.mask.hint')}</p>
          <div class="d-group" id={idOf('take')} tabindex={-1} hidden={p.masks.length === 0}>
            <Choices
              form={p}
              name="take"
              label={T('desk.mask.take')}
              options={p.masks.map((m) => ({ value: m, label: maskWords(p, m) }))}
            />
          </div>
          {p.columns.length ? <ColumnChoices {...p} /> : null}
          <button type="submit" class="primary">
            {T('desk.mask.do')}
          </button>
        </form>
      )}
    </section>
  )
}

function maskWords(p: FileScanProps, mask: Mask): string {
  const T = say(p.f)
  if (mask === 'hidden') return T(`desk.mask.hidden.${p.kind}`)
  return T(mask === 'comments' && p.kind === 'pptx' ? 'desk.mask.comments.pptx' : `desk.mask.${mask}`)
}

export const columnValue = (c: Pick<Column, 'sheet' | 'column'>): string => `${c.column}:${c.sheet}`

function ColumnChoices(p: FileScanProps) {
  const T = say(p.f)
  const chosen = every(p.fields, 'columns')
  return (
    <fieldset class="d-group" id={idOf('columns')}>
      <legend>{T('desk.mask.columns')}</legend>
      <p class="hint">{T('desk.mask.columns.hint')}</p>
      <div class="d-columns-list">
        {p.columns.map((c) => (
          <label class="choice">
            <input type="checkbox" name="columns" value={columnValue(c)} checked={chosen.includes(columnValue(c))} />
            <span>
              {T('desk.mask.column', { sheet: c.sheet, column: c.column, head: c.head, n: c.count })}
              {c.hidden ? <b class="chip changed">{T('desk.mask.is-hidden')}</b> : null}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
