/** Words that came too late: what was typed stands here to be copied, whatever became of the draft. */
import { plainText, sanitise } from '../../lib/html.ts'
import { fieldName } from './bits.tsx'
import { bodyFrom, type Fields, offeredIn } from './fields.ts'
import { type Frame, Page, say } from './frame.tsx'

const WORDS = /^parts\.[\w-]+\.(title|summary|body|addressees|signature|changeNote|blocks\.\w+)$/

export function NotSavedPage(p: { f: Frame; number: string; why: string; fields: Fields }) {
  const T = say(p.f)
  const typed = [...p.fields].filter(([name, v]) => WORDS.test(name) && v[0]?.trim())
  const read = (name: string, value: string) =>
    name.endsWith('.body') ? plainText(sanitise(bodyFrom(value, offeredIn(p.fields))).html) : value
  return (
    <Page f={p.f} title={T('editor.not-saved.title')}>
      <h1>{T('editor.not-saved.title')}</h1>
      <p class="notice warn" role="alert">
        {T('editor.not-saved', { why: p.why })}
      </p>
      <dl class="d-changes">
        {typed.map(([name, [value = '']]) => (
          <>
            <dt>{fieldName(p.f.lang, name)}</dt>
            <dd class="d-diff">{read(name, value)}</dd>
          </>
        ))}
      </dl>
      <p>
        <a class="button" href={`/desk/releases/${p.number}`}>
          {T('editor.not-saved.to', { number: p.number })}
        </a>
      </p>
    </Page>
  )
}
