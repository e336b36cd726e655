/** Beginning a release: choose what it is, or bring a text along. */
import { kinds } from '../../../templates/draft/index.ts'
import type { Issue } from '../../lib/errors.ts'
import { IssueList } from './bits.tsx'
import { type Frame, Page, say } from './frame.tsx'
import { RelayForm } from './relay.tsx'

type Props = {
  f: Frame
  text?: string
  issues: Issue[]
  unsaved?: { kind: string; at: string }[]
  relay?: { refused: string; issues: Issue[] }
}

export function NewPage({ f, text, issues, relay, unsaved = [] }: Props) {
  const T = say(f)
  return (
    <Page f={f} title={T('desk.new')}>
      <h1>{T('desk.new')}</h1>
      <IssueList f={f} issues={issues} />
      {unsaved.length ? (
        <section class="notice" aria-labelledby="unsaved">
          <h2 id="unsaved">{T('editor.unsaved')}</h2>
          <ul>
            {unsaved.map((u) => (
              <li>
                <a href={`/desk/releases/new?kind=${u.kind}`}>{T(`kind.${u.kind}`)}</a> {u.at}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <div class="d-columns">
        <section>
          <h2 class="d-rule">{T('desk.new.kind')}</h2>
          <ul class="d-kinds">
            {Object.entries(kinds).map(([kind, data]) => (
              <li>
                <a href={`/desk/releases/new?kind=${kind}`}>{T(`kind.${kind}`)}</a>
                <span class="quiet">
                  {data.blocks.length
                    ? data.blocks.map((b) => T(`block.${b}`)).join(T('desk.list-comma'))
                    : T('field.body')}
                </span>
                {data.flash ? (
                  <a class="small" href={`/desk/releases/new?kind=${kind}&lane=flash`}>
                    {T('desk.lane.flash')}
                  </a>
                ) : null}
              </li>
            ))}
          </ul>
        </section>
        <div class="d-side">
          <section>
            <h2>{T('desk.import')}</h2>
            <form method="post" action="/desk/releases/import" enctype="multipart/form-data" data-keep>
              <div class="field">
                <label for="f-text">{T('desk.import.paste')}</label>
                <textarea id="f-text" name="text" rows={8}>
                  {`\n${text ?? ''}`}
                </textarea>
              </div>
              <div class="field">
                <label for="f-file">{T('desk.import.file')}</label>
                <input
                  id="f-file"
                  type="file"
                  name="file"
                  accept=".docx,.txt,.html,.htm,.json"
                  aria-describedby="import-hint"
                />
                <p class="hint" id="import-hint">
                  {T('desk.import.hint')}
                </p>
              </div>
              <button type="submit" class="primary">
                {T('desk.import.do')}
              </button>
            </form>
          </section>
          <RelayForm f={f} {...relay} />
        </div>
      </div>
    </Page>
  )
}
