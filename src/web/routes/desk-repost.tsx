/** 转载 at the desk: a page that says what it means, the draft it makes, and taking over what the source has become. */

import { admit } from '../../desk/gate.ts'
import { shownTitle } from '../../desk/list.ts'
import { repost, takeNewest } from '../../publication/repost.ts'
import type { App, Req } from '../env.ts'
import { actorIn } from '../guards/route.ts'
import { ConfirmPage } from '../views/confirm.tsx'
import { say } from '../views/frame.tsx'
import { frameOf, goTo, page, refusalIn, refusedWords, screen, statusOf } from './desk-frame.ts'

const AT = '/desk/releases/{id}'
const ref = (c: Req): string => c.req.param('id') as string

export function mountRepostDesk(app: App): void {
  screen(app, { method: 'get', path: `${AT}/repost`, act: 'release.repost' }, (c) => show(c, {}))
  screen(app, { method: 'post', path: `${AT}/repost`, act: 'release.repost' }, carry)
  screen(app, { method: 'post', path: `${AT}/source`, act: 'release.edit' }, renew)
}

async function show(c: Req, extra: { refused?: string; status?: number }): Promise<Response> {
  const { ctx } = c.var
  const at = await admit(ctx.store.db, actorIn(c), ref(c), 'release.repost')
  const f = await frameOf(c, at.release.mode as 'live')
  const T = say(f)
  const { number } = at.release
  const title = await shownTitle(ctx, actorIn(c), at)
  return page(
    c,
    <ConfirmPage
      f={f}
      title={T('repost.title')}
      about={`${number} ${title}`}
      says={[T('repost.says.1'), T('repost.says.2'), T('repost.says.3')]}
      action={`/desk/releases/${number}/repost`}
      button={T('repost.do')}
      back={`/desk/releases/${number}`}
      refused={extra.refused}
    />,
    extra.status ?? 200,
  )
}

async function carry(c: Req): Promise<Response> {
  try {
    const made = await repost(c.var.ctx, actorIn(c), ref(c))
    return goTo(c, `/desk/releases/${made.number}/edit`, 'reposted')
  } catch (err) {
    const refusal = refusalIn(err)
    return show(c, { refused: refusedWords(c, refusal), status: statusOf(refusal) })
  }
}

async function renew(c: Req): Promise<Response> {
  const row = await takeNewest(c.var.ctx, actorIn(c), ref(c))
  return goTo(c, `/desk/releases/${row.number}/edit`, 'source-taken')
}
