/** Changes that wait for a second person, or for their time where there is none: who may agree, take back, stop. */
import { At } from './bits.tsx'
import { type Frame, say } from './frame.tsx'
import type { ChangeLine, OfficeProps } from './office.tsx'

export function OpenChanges({ f, changes, decide }: OfficeProps) {
  const T = say(f)
  if (changes.length === 0) return null
  return (
    <section id="changes">
      <h2 class="d-rule">{T('desk.changes-open')}</h2>
      <p class="hint">{T('desk.changes-open.hint')}</p>
      <ul class="d-rows">
        {changes.map((c) => (
          <li>
            <At f={f} at={c.at} short />
            <div>
              <strong>{T(`desk.change.${c.change.kind}`)}</strong> {c.about}
              {c.change.kind === 'authority' ? T('authority.change.n', { n: c.change.rules.length }) : null}
              <p>{T('desk.change.by', { name: c.by })}</p>
              <AboutLogin f={f} c={c} />
            </div>
            <div class="d-buttons">
              {decide ? <Verdict f={f} c={c} /> : null}
              {c.object && !(decide && c.mine) ? (
                <form method="post" action={`/desk/office/changes/${c.id}/object`}>
                  <button type="submit" class="danger">
                    {T('desk.change.object')}
                  </button>
                </form>
              ) : null}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

type Line = { f: Frame; c: ChangeLine }

function AboutLogin({ f, c }: Line) {
  const T = say(f)
  return (
    <>
      {c.change.kind === 'login' ? <p class="small quiet">{T('desk.change.login.what')}</p> : null}
      {c.last ? <p class="small late">{T('desk.change.last-signer')}</p> : null}
      {c.waits ? (
        <p class="small late">
          {T(c.waits.until ? (c.waits.over ? 'desk.change.waited' : 'desk.change.waits') : 'desk.change.untold')}{' '}
          {c.waits.until ? <At f={f} at={c.waits.until} short /> : null}
        </p>
      ) : null}
    </>
  )
}

function Verdict({ f, c }: Line) {
  const T = say(f)
  return (
    <form method="post" action={`/desk/office/changes/${c.id}`} class="d-buttons">
      {(c.mine ? !c.waits?.over : c.self) ? null : (
        <button type="submit" name="verdict" value="apply" class="primary">
          {T(c.mine ? 'desk.change.apply-alone' : 'desk.change.apply')}
        </button>
      )}
      <button type="submit" name="verdict" value="refuse">
        {T(c.mine ? 'desk.change.take-back' : 'desk.change.refuse')}
      </button>
    </form>
  )
}
