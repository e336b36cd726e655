/** The keys of the desk as a page; its list is also what `?` opens over any other page. */
import { BEGIN, GO, OTHER, WHILE_WRITING } from '../shortcuts.ts'
import { type Frame, Page, say } from './frame.tsx'

export function ShortcutsPage({ f }: { f: Frame }) {
  const T = say(f)
  const there = GO.filter(([, href]) => f.menu.some((item) => item.href === href))
  const begin = BEGIN.filter(([key]) => (key === 'f' ? f.begin.flash : f.begin.release))
  return (
    <Page f={f} title={T('desk.keys')}>
      <h1>{T('desk.keys')}</h1>
      <div id="shortcuts" class="d-keys">
        <Keys f={f} head="desk.keys.go" rows={there.map(([key, , word]) => [['g', key], word])} />
        <Keys
          f={f}
          head="desk.keys.anywhere"
          rows={[...begin, ...OTHER].map((row) => [[row[0]], row[row.length - 1] as string])}
        />
        <Keys f={f} head="desk.keys.writing" rows={WHILE_WRITING.map(([key, word]) => [key.split('+'), word])} plus />
        <p class="hint">{T('desk.keys.never')}</p>
      </div>
      <form method="post" action="/desk/shortcuts">
        <p>{T(f.keys ? 'desk.keys.are-on' : 'desk.keys.are-off')}</p>
        <button type="submit" name="keys" value={f.keys ? 'off' : 'on'}>
          {T(f.keys ? 'desk.keys.turn-off' : 'desk.keys.turn-on')}
        </button>
      </form>
    </Page>
  )
}

function Keys({
  f,
  head,
  rows,
  plus,
}: {
  f: Frame
  head: string
  rows: [keys: string[], word: string][]
  plus?: true
}) {
  const T = say(f)
  return (
    <section>
      <h2>{T(head)}</h2>
      <dl>
        {rows.map(([keys, word]) => (
          <div>
            <dt>
              {keys.map((key, i) => (
                <>
                  {i ? <span class="quiet">{plus ? ' + ' : ` ${T('desk.keys.then')} `}</span> : null}
                  <kbd>{key}</kbd>
                </>
              ))}
            </dt>
            <dd>{T(word)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
