/** Who follows our feeds: host, feed, lease, and what became of the last posting. No secret, no whole callback. */
import type { FollowerRow } from '../../audience/hub-store.ts'
import { At, Empty } from './bits.tsx'
import type { Frame } from './frame.tsx'
import { Page, say } from './frame.tsx'
import { type Last, LastLine } from './last-line.tsx'

export type FollowerLine = FollowerRow & { last: Last | null }
type Props = { f: Frame; followers: FollowerLine[]; manage: boolean; older: number | null }

export function HubPage({ f, followers, manage, older }: Props) {
  const T = say(f)
  return (
    <Page f={f} title={T('desk.hub')}>
      <p>
        <a href="/desk/outlets">{T('desk.outlets')}</a>
      </p>
      <h1>{T('desk.hub')}</h1>
      <p>{T('desk.hub.what')}</p>
      {followers.length === 0 ? <Empty>{T('desk.hub.empty')}</Empty> : null}
      <ul class="d-rows">
        {followers.map((x) => (
          <li>
            {x.since ? <At f={f} at={x.since} short /> : <span />}
            <div>
              <strong>{x.host}</strong>
              <p>
                <code>{x.topic}</code>
                <span>
                  {T('desk.hub.until')} <At f={f} at={x.expires_at} />
                </span>
              </p>
              <LastLine f={f} outlet="websub" last={x.last} />
            </div>
            {manage ? (
              <form method="post" action={`/desk/outlets/websub/${x.id}/end`}>
                <button type="submit" aria-label={`${T('desk.hub.end')}: ${x.host} ${x.topic}`}>
                  {T('desk.hub.end')}
                </button>
              </form>
            ) : null}
          </li>
        ))}
      </ul>
      {older === null ? null : (
        <p>
          <a href={`/desk/outlets/websub?before=${older}`}>{T('desk.hub.older')}</a>
        </p>
      )}
    </Page>
  )
}
