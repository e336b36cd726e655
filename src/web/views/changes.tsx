/** What is different between two contents, field by field, word by word. */
import { t } from '../../../templates/words/index.ts'
import type { Content } from '../../desk/content.ts'
import { type TextField, textFields } from '../../desk/fields.ts'
import { diff, diffParagraphs, type Run } from '../../lib/diff.ts'
import { plainText, sanitise } from '../../lib/html.ts'
import { type Offered, placedHtml, placedIn, withPlaced } from '../../lib/placed.ts'
import { fieldName } from './bits.tsx'
import { bodyFrom, type Fields, fieldsOf, offeredIn } from './fields.ts'
import { type Frame, say } from './frame.tsx'
import { withoutIdle } from './idle-rows.ts'

export type Change = { field: string; runs: Run[] }

/** Texts as they are read, everything else as the form shows it. Pure. */
export function changesBetween(before: Content, after: Content, offset: string): Change[] {
  const texts = (c: Content) => new Map(textFields(c).map((x) => [x.field, named(x, c)]))
  const [a, b] = [texts(before), texts(after)]
  const [x, y] = [fieldsOf(before, offset), fieldsOf(after, offset)]
  const isText = (name: string) => a.has(name) || b.has(name)
  const others = [...new Set([...x.keys(), ...y.keys()])].filter((n) => !isText(n) && !n.startsWith('parts.'))
  const value = (fields: Fields, name: string) => (fields.get(name) ?? []).join(', ').replace('T', ' ')
  return [
    ...[...new Set([...a.keys(), ...b.keys()])].map((n) => [n, a.get(n) ?? '', b.get(n) ?? ''] as const),
    ...others.map((n) => [n, value(x, n), value(y, n)] as const),
  ]
    .filter(([, old, now]) => old !== now)
    .map(([field, old, now]) => ({ field, runs: diffParagraphs(old, now) }))
}

/** A body's words; a picture in it with its file, so that another one under the same description is seen. */
function named({ name, part, text, raw }: TextField, { attachments }: Content): string {
  if (name !== 'body' || part === 'core' || part === 'attachments' || placedIn(raw).length === 0) return text
  const which = (sha256: string) => `${attachments.find((a) => a.sha256 === sha256)?.name ?? ''} ${sha256.slice(0, 8)}`
  return plainText(withPlaced(raw, (p) => placedHtml({ ...p, alt: `${p.alt} · ${which(p.sha256).trim()}` })))
}

/** The same between what is saved and what was typed and could not be saved. */
export function changesTyped(before: Fields, after: Fields): Change[] {
  const [saved, typed] = [new Map(withoutIdle([...before])), new Map(withoutIdle([...after]))]
  const names = [...new Set([...saved.keys(), ...typed.keys()])].filter((n) => /^(core|parts)\./.test(n))
  const value = (fields: Fields, name: string) => (fields.get(name) ?? []).join(', ').replace(/\r\n?/g, '\n').trim()
  return names
    .map((n) => [n, ...compared(n, value(saved, n), value(typed, n), offeredIn(after))] as const)
    .filter(([, old, now]) => old !== now)
    .map(([field, old, now]) => ({ field, runs: diff(old, now) }))
}

/** A body is compared by its words, however it was typed; by its HTML where only its form differs. */
function compared(name: string, old: string, now: string, files: Offered[]): [string, string] {
  if (!name.endsWith('.body')) return [old, now]
  const [a, b] = [old, now].map((typed) => sanitise(bodyFrom(typed, files)).html) as [string, string]
  const [x, y] = [plainText(a), plainText(b)]
  return x === y ? [a, b] : [x, y]
}

export function Changes(p: { f: Frame; changes: Change[]; none?: string }) {
  const T = say(p.f)
  if (p.changes.length === 0) return <p class="quiet">{p.none ?? T('desk.changes.none')}</p>
  return (
    <dl class="d-changes">
      {p.changes.map((c) => (
        <>
          <dt>{fieldName(p.f.lang, c.field)}</dt>
          <dd>
            <Runs f={p.f} runs={c.runs} />
          </dd>
        </>
      ))}
    </dl>
  )
}

const KEPT = 48

/** What stays is shortened in the middle where it is long; words say what was taken out and put in. */
export function Runs(p: { f: Frame; runs: Run[] }) {
  return (
    <p class="d-diff">
      {p.runs.map((run, i) => {
        if (run.kind === 'out')
          return (
            <del>
              <span class="visually-hidden">{t(p.f.lang, 'desk.diff.out')} </span>
              {run.text}
            </del>
          )
        if (run.kind === 'in')
          return (
            <ins>
              <span class="visually-hidden">{t(p.f.lang, 'desk.diff.in')} </span>
              {run.text}
            </ins>
          )
        return shortened(run.text, i === 0, i === p.runs.length - 1)
      })}
    </p>
  )
}

function shortened(text: string, isFirst: boolean, isLast: boolean): string {
  const chars = [...text]
  if (chars.length <= KEPT * 2) return text
  const head = isFirst ? '' : chars.slice(0, KEPT).join('')
  const tail = isLast ? '' : chars.slice(-KEPT).join('')
  return `${head} … ${tail}`
}
