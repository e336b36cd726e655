/** A page that says what a step does before the button that does it. */
import type { Child } from 'hono/jsx'
import type { Issue } from '../../lib/errors.ts'
import { IssueList, NoEnter, Refused } from './bits.tsx'
import { type Frame, Page, say } from './frame.tsx'

export type ConfirmProps = {
  f: Frame
  title: string
  about?: string
  /** Sentences: what happens, to whom, whether it can be undone. */
  says: string[]
  action: string
  button: string
  decisive?: boolean
  back: string
  issues?: Issue[]
  refused?: string
  children?: Child
}

export function ConfirmPage(p: ConfirmProps) {
  const T = say(p.f)
  return (
    <Page f={p.f} title={p.title}>
      <div class="d-narrow">
        <h1>{p.title}</h1>
        {p.about ? <p class="d-sub">{p.about}</p> : null}
        <Refused why={p.refused} />
        <IssueList f={p.f} issues={p.issues ?? []} />
        <div class="notice">
          {p.says.map((s) => (
            <p>{s}</p>
          ))}
        </div>
        <form method="post" action={p.action} data-keep novalidate>
          <NoEnter />
          {p.children}
          <p class="d-buttons">
            <button type="submit" class={p.decisive ? 'decisive' : 'primary'}>
              {p.button}
            </button>
            <a class="button" href={p.back}>
              {T('desk.back')}
            </a>
          </p>
        </form>
      </div>
    </Page>
  )
}
