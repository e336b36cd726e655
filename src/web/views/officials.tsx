/** The office's dated list of officials: what it says, and a file or text to replace it with. */
import { withOffset } from '../../lib/clock.ts'
import type { Official } from '../../review/officials.ts'
import { Empty, IssueList, NoEnter, Refused } from './bits.tsx'
import { type Form, Text } from './controls.tsx'
import { Page, say } from './frame.tsx'

type Props = Form & { agency: string; officials: Official[]; manage: boolean; refused?: string }

export function OfficialsPage(p: Props) {
  const T = say(p.f)
  const today = withOffset(p.f.now, p.f.site.offset).slice(0, 10)
  return (
    <Page f={p.f} title={T('desk.officials')}>
      <p class="d-sub">
        <a href="/desk/office">{T('desk.office')}</a> {p.agency}
      </p>
      <h1>{T('desk.officials')}</h1>
      <p>{T('desk.officials.what')}</p>
      <Refused why={p.refused} />
      <IssueList f={p.f} issues={p.issues} />
      {p.officials.length === 0 ? (
        <Empty>{T('desk.officials.none')}</Empty>
      ) : (
        <section class="scroll" aria-label={T('desk.officials')} tabindex={0}>
          <table class="d-table">
            <thead>
              <tr>
                <th scope="col">{T('desk.officials.order')}</th>
                <th scope="col">{T('desk.officials.name')}</th>
                <th scope="col">{T('desk.officials.title')}</th>
                <th scope="col">{T('desk.officials.from')}</th>
                <th scope="col">{T('desk.officials.until')}</th>
              </tr>
            </thead>
            <tbody>
              {p.officials.map((o, i) => {
                const over = o.until !== null && o.until < today
                return (
                  <tr class={over ? 'quiet' : undefined}>
                    <td>{i + 1}</td>
                    <td>{o.name}</td>
                    <td>
                      {o.title} {over ? <span class="chip">{T('desk.officials.over')}</span> : null}
                    </td>
                    <td>{o.from}</td>
                    <td>{o.until ?? T('desk.officials.in-force')}</td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </section>
      )}
      {p.officials.length ? (
        <p>
          <a href="/desk/office/officials.csv">{T('desk.officials.csv')}</a>
        </p>
      ) : null}
      {p.manage ? <Replace {...p} /> : null}
    </Page>
  )
}

function Replace(p: Props) {
  const T = say(p.f)
  return (
    <section class="d-narrow">
      <h2 class="d-rule">{T('desk.officials.replace')}</h2>
      <form method="post" action="/desk/office/officials" enctype="multipart/form-data" data-keep novalidate>
        <NoEnter />
        <div class="field">
          <label for="f-file">{T('desk.officials.file')}</label>
          <input type="file" id="f-file" name="file" accept=".csv,text/csv" />
        </div>
        <Text form={p} name="csv" label={T('desk.officials.text')} hint={T('desk.officials.hint')} rows={6} />
        <button type="submit" class="primary">
          {T('desk.officials.do')}
        </button>
      </form>
    </section>
  )
}
