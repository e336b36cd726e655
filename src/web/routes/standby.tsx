/** The pages behind the letter to an address that is to stand by for a browser: confirm, and no longer. */

import { StandbyConfirmed, StandbyConfirmPage, StandbyLeavePage } from '../../../templates/page/standby.tsx'
import { SaidPage } from '../../../templates/page/subscription.tsx'
import { confirmableStandby, confirmStandby, leaveStandby } from '../../audience/standby.ts'
import { isToken } from '../../audience/subscriber.ts'
import { notFound } from '../../lib/errors.ts'
import type { App, Req } from '../env.ts'
import { type RouteSpec, route } from '../guards/route.ts'
import { answerPage, ownOf, publicly } from '../views/public-page.tsx'

const open = { act: 'public', html: true, openForm: true, maxBytes: 64 * 1024 } as const satisfies Partial<RouteSpec>
type Shown = (c: Req, token: string, here: string) => Promise<Response>

export function mountStandby(app: App): void {
  page(app, 'get', 'confirm', 'What would be confirmed', showConfirm)
  page(app, 'post', 'confirm', 'Let a mail address stand by for a browser', doConfirm)
  page(app, 'get', 'leave', 'What leaving means; changes nothing', showLeave)
  page(app, 'post', 'leave', 'Let it stand by no longer', doLeave)
}

function page(app: App, method: 'get' | 'post', end: string, summary: string, show: Shown): void {
  const path = `/subscriptions/standby/{token}/${end}`
  const doc = { tag: 'subscriptions', summary, answers: { 200: 'text/html', 404: 'text/html' } }
  route(app, { ...open, method, path, doc }, (c) => {
    const token = c.req.param('token') ?? ''
    const here = pathOf(token, end)
    return publicly(c, here, async () => {
      if (!isToken(token)) throw notFound('subscription')
      return show(c, token, here)
    })
  })
}

const pathOf = (token: string, end: string): string => `/subscriptions/standby/${encodeURIComponent(token)}/${end}`
const said = (c: Req, path: string): string => `${path}?lang=${c.var.lang}`

const showConfirm: Shown = async (c, token, here) => {
  const { address, state } = await confirmableStandby(c.var.ctx, token)
  const own = { ...ownOf(c, here), address, leave: said(c, pathOf(token, 'leave')) }
  if (state === 'late') return answerPage(c, <SaidPage {...ownOf(c, here)} about="late" />, 410)
  if (state === 'done') return answerPage(c, <StandbyConfirmed {...own} />)
  return answerPage(c, <StandbyConfirmPage {...own} action={said(c, here)} />)
}

const doConfirm: Shown = async (c, token, here) => {
  const { address } = await confirmStandby(c.var.ctx, token)
  const leave = said(c, pathOf(token, 'leave'))
  return answerPage(c, <StandbyConfirmed {...ownOf(c, here)} address={address} leave={leave} />)
}

const showLeave: Shown = async (c, _token, here) =>
  answerPage(c, <StandbyLeavePage {...ownOf(c, here)} action={said(c, here)} />)

const doLeave: Shown = async (c, token, here) => {
  await leaveStandby(c.var.ctx, token)
  return answerPage(c, <SaidPage {...ownOf(c, here)} about="stood-down" />)
}
