/** Bringing a text along: what was recognised in it, and what was not. */
import { hasWords } from '../../../templates/words/index.ts'
import type { ImportNote } from '../../desk/recognise.ts'
import { fieldName } from './bits.tsx'
import { type Frame, say } from './frame.tsx'

export type ImportNotes = { recognised: { field: string; text: string }[]; notes: ImportNote[] }

export function Recognised({ f, notes }: { f: Frame; notes: ImportNotes }) {
  const T = say(f)
  return (
    <section class="notice" aria-labelledby="imported">
      <h2 id="imported">{T('desk.import.read')}</h2>
      <p>{T('desk.import.unsaved')}</p>
      <div class="d-two">
        <div>
          <h3>{T('desk.import.recognised')}</h3>
          <dl class="facts">
            {notes.recognised.map((r) => (
              <>
                <dt>{fieldName(f.lang, r.field)}</dt>
                <dd>{r.text}</dd>
              </>
            ))}
          </dl>
        </div>
        <div>
          <h3>{T('desk.import.not-recognised')}</h3>
          {notes.notes.length === 0 ? <p>{T('desk.import.all')}</p> : null}
          <ul>
            {notes.notes.map((n) => (
              <li>{hasWords(`import.${n.code}`) ? T(`import.${n.code}`, n.params) : n.code}</li>
            ))}
          </ul>
        </div>
      </div>
    </section>
  )
}
