/** Bringing the original of another station's warning; what is wrong with it is said by the file's own fields. */
import type { Issue } from '../../lib/errors.ts'
import { IssueText } from './bits.tsx'
import { type Frame, say } from './frame.tsx'

export function RelayForm({
  f,
  refused,
  issues,
}: {
  f: Frame
  refused?: string | undefined
  issues?: Issue[] | undefined
}) {
  const T = say(f)
  return (
    <section aria-labelledby="relay-title" id="relay">
      <h2 id="relay-title">{T('relay.bring')}</h2>
      {refused ? (
        <div class="issues d-issues" role="alert">
          <p>{refused}</p>
          <ol>
            {issues?.map((i) => (
              <li class={i.severity}>
                <code>{i.field}</code> <IssueText lang={f.lang} issue={i} />
              </li>
            ))}
          </ol>
        </div>
      ) : null}
      <form method="post" action="/desk/releases/relay" enctype="multipart/form-data">
        <div class="field">
          <label for="f-warning">{T('relay.bring.file')}</label>
          <input id="f-warning" type="file" name="file" accept=".xml" required aria-describedby="relay-hint" />
          <p class="hint" id="relay-hint">
            {T('relay.bring.hint')}
          </p>
        </div>
        <button type="submit">{T('relay.bring.do')}</button>
      </form>
    </section>
  )
}
