/** 批注 beside the text: what was said of which passage, the answers, and a form for one more. */
import { At, fieldName, idOf, NoEnter } from './bits.tsx'
import { type Form, Line, Text } from './controls.tsx'
import { type Frame, say } from './frame.tsx'

export type CommentLine = {
  id: string
  revision: number
  field: string
  quote: string
  body: string
  name: string
  at: string
  state: 'open' | 'answered' | 'settled'
  settledBy: string
  changed: boolean
  answers: { name: string; at: string; body: string }[]
  maySettle: boolean
}

type Props = Form & {
  number: string
  hash: string
  /** The screen a form goes back to. */
  as: 'review' | 'sign'
  comments: CommentLine[]
  mayComment: boolean
}

export function Comments(p: Props) {
  const T = say(p.f)
  const open = p.comments.filter((c) => c.state !== 'settled')
  const over = p.comments.filter((c) => c.state === 'settled')
  if (p.comments.length === 0 && !p.mayComment) return null
  return (
    <section class="d-comments" id="comments" aria-labelledby="comments-head">
      <h2 id="comments-head">
        {T('desk.comments')}{' '}
        <span class={open.length ? 'late' : 'quiet'}>{T('desk.comments.open', { n: open.length })}</span>
      </h2>
      <ul>
        {open.map((c) => (
          <CommentItem f={p.f} comment={c}>
            {p.mayComment ? <Reply {...p} comment={c} /> : null}
          </CommentItem>
        ))}
      </ul>
      {over.length ? (
        <details>
          <summary>{T('desk.comments.settled', { n: over.length })}</summary>
          <ul>
            {over.map((c) => (
              <CommentItem f={p.f} comment={c} />
            ))}
          </ul>
        </details>
      ) : null}
      {p.mayComment ? <Add {...p} /> : null}
    </section>
  )
}

export function CommentItem({ f, comment: c, children }: { f: Frame; comment: CommentLine; children?: unknown }) {
  const T = say(f)
  return (
    <li class={c.state === 'settled' ? 'settled' : c.changed ? 'changed' : undefined} id={`comment-${c.id}`}>
      <p class="small quiet">
        {fieldName(f.lang, c.field)} · {T('desk.revision', { n: c.revision })}
        {c.changed ? <b class="chip changed">{T('desk.comment.changed')}</b> : null}
        {c.state === 'open' ? null : <b class="chip">{T(`desk.comment.${c.state}`)}</b>}
      </p>
      <blockquote>{c.quote}</blockquote>
      <p class="said">
        <strong>{c.name}</strong> <At f={f} at={c.at} short />
        <br />
        {c.body}
      </p>
      {c.answers.map((a) => (
        <p class="said answer">
          <strong>{a.name}</strong> <At f={f} at={a.at} short />
          <br />
          {a.body}
        </p>
      ))}
      {c.settledBy ? <p class="small quiet">{T('desk.comment.settled-by', { name: c.settledBy })}</p> : null}
      {children as string}
    </li>
  )
}

function Reply(p: Props & { comment: CommentLine }) {
  const T = say(p.f)
  const { comment: c } = p
  const at = `/desk/releases/${p.number}/comments/${c.id}`
  const id = `answer-${c.id}`
  return (
    <div class="d-reply">
      <details>
        <summary>{T('desk.comment.answer')}</summary>
        <form method="post" action={`${at}/answers`} data-keep>
          <input type="hidden" name="at" value={p.as} />
          <label for={id}>{T('desk.comment.answer.words')}</label>
          <textarea id={id} name="body" rows={2} required></textarea>
          <button type="submit" aria-label={`${T('desk.comment.answer.do')}: ${c.quote}`}>
            {T('desk.comment.answer.do')}
          </button>
        </form>
      </details>
      {c.maySettle ? (
        <form method="post" action={`${at}/settlement`}>
          <input type="hidden" name="at" value={p.as} />
          <button type="submit" class="link" aria-label={`${T('desk.comment.settle')}: ${c.quote}`}>
            {T('desk.comment.settle')}
          </button>
        </form>
      ) : null}
    </div>
  )
}

/** The passage is copied in by hand, or picked in the text where the script runs. */
function Add(p: Props) {
  const T = say(p.f)
  const typed = p.fields.has('quote')
  return (
    <details class="d-fold" id={idOf('comment')} open={typed} data-comment>
      <summary>{T('desk.comment.add')}</summary>
      <form method="post" action={`/desk/releases/${p.number}/comments`} data-keep novalidate>
        <NoEnter />
        <input type="hidden" name="at" value={p.as} />
        <input type="hidden" name="revisionHash" value={p.hash} />
        <Line form={p} name="quote" label={T('desk.comment.quote')} hint={T('desk.comment.quote.hint')} />
        <Text form={p} name="body" label={T('desk.comment.body')} rows={2} />
        <button type="submit">{T('desk.comment.add.do')}</button>
      </form>
      <button type="button" class="d-pick" hidden data-pick>
        {T('desk.comment.pick')}
      </button>
    </details>
  )
}

/** Inside the draft form: an answer typed here is kept with the same save. */
export function CommentFields({ form, comments }: { form: Form; comments: CommentLine[] }) {
  const T = say(form.f)
  const open = comments.filter((c) => c.state !== 'settled')
  if (open.length === 0) return null
  return (
    <section class="d-comments" id="comments" aria-labelledby="comments-head">
      <h2 id="comments-head">
        {T('desk.comments')} <span class="late">{T('desk.comments.open', { n: open.length })}</span>
      </h2>
      <p class="hint">{T('desk.comments.draft')}</p>
      <ul>
        {open.map((c) => (
          <CommentItem f={form.f} comment={c}>
            <Text form={form} name={`comment.${c.id}.answer`} label={T('desk.comment.answer.words')} rows={2} />
          </CommentItem>
        ))}
      </ul>
    </section>
  )
}
