/** Readers of our own at the desk: which they are, when each heard last, and how another one is added. */
import { At } from './bits.tsx'
import { type Frame, say } from './frame.tsx'

export type CanaryLine = { id: number; kind: string; name: string; lastSeen: string | null }
type Props = { f: Frame; canaries: CanaryLine[]; mayChange: boolean; invitation?: { url: string } }

export function Canaries({ f, canaries, mayChange, invitation }: Props) {
  const T = say(f)
  return (
    <section id="canaries">
      <h2 class="d-rule">{T('desk.canary')}</h2>
      <p class="quiet">{T('desk.canary.what')}</p>
      {canaries.length === 0 ? <p>{T('desk.canary.none')}</p> : null}
      <ul class="d-rows plain">
        {canaries.map((c) => (
          <li>
            <strong>{canaryName(f, c)}</strong>
            <div>
              {c.lastSeen ? (
                <p>
                  {T('desk.canary.last')} <At f={f} at={c.lastSeen} />
                </p>
              ) : (
                <p>{T('desk.canary.never')}</p>
              )}
            </div>
            {mayChange && c.kind !== 'email' ? (
              <form method="post" action={`/desk/outlets/canaries/${c.id}/retire`}>
                <button type="submit">{T('desk.canary.retire')}</button>
              </form>
            ) : null}
          </li>
        ))}
      </ul>
      {invitation ? (
        <p class="notice" role="status">
          {T('desk.canary.link')}
          <br />
          <a href={invitation.url}>{invitation.url}</a>
        </p>
      ) : null}
      {mayChange ? (
        <form method="post" action="/desk/outlets/canaries">
          <p class="d-buttons">
            <button type="submit">{T('desk.canary.invite')}</button>
          </p>
        </form>
      ) : null}
    </section>
  )
}

export const canaryName = (f: Frame, c: { kind: string; name: string }): string =>
  c.name || say(f)(c.kind === 'email' ? 'desk.canary.mailbox' : 'desk.canary.browser')
