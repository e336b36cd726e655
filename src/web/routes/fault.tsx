/** 找错 for readers: the form, what was sent, and what has become of it. No script and no log-in is needed. */
import { FaultLookUp, FaultPage, FaultState, FaultTaken } from '../../../templates/page/fault.tsx'
import type { FaultRow } from '../../desk/fault.ts'
import { lookUpFault } from '../../desk/look-up-fault.ts'
import { reportFault } from '../../desk/report-fault.ts'
import { Refusal } from '../../lib/errors.ts'
import type { App, Req } from '../env.ts'
import { formOf } from '../guards/form.ts'
import { networkOf } from '../guards/rate.ts'
import { type RouteSpec, route } from '../guards/route.ts'
import { answerPage, issuesOf, ownOf, publicly } from '../views/public-page.tsx'

const open = { act: 'public', html: true, openForm: true, maxBytes: 64 * 1024 } as const satisfies Partial<RouteSpec>
const HERE = '/fault/'
const LOOK_UP = '/fault/look-up'

export function mountFault(app: App): void {
  route(app, { ...open, method: 'get', path: '/fault' }, (c) => c.redirect(HERE, 308))
  route(app, { ...open, method: 'get', path: HERE }, (c) => {
    const page = pathAsked(c.req.query('page'))
    const fields = { page, what: '', text: '', contact: '' }
    const here = `${HERE}?page=${encodeURIComponent(page)}`
    return answerPage(c, <FaultPage {...ownOf(c, here)} fields={fields} {...daysOf(c)} />)
  })
  route(app, { ...open, method: 'post', path: HERE }, (c) => publicly(c, HERE, () => take(c)))
  route(app, { ...open, method: 'get', path: LOOK_UP }, (c) =>
    answerPage(c, <FaultLookUp {...ownOf(c, LOOK_UP)} number={(c.req.query('number') ?? '').slice(0, 20)} />),
  )
  route(app, { ...open, method: 'post', path: LOOK_UP }, (c) => publicly(c, LOOK_UP, () => look(c)))
}

/** Until when there is an answer, and how long the address is kept after it. */
function daysOf(c: Req): { days: number; keepDays: number } {
  const { faultDays, faultKeepDays } = c.var.ctx.config.gov
  return { days: faultDays, keepDays: faultKeepDays }
}

/** A path of this site and nothing that leads elsewhere; whether there is such a page is not asked. */
const pathAsked = (asked = '/'): string => (/^\/(?!\/)[^\s\\]{0,499}$/.test(asked) ? asked : '/')

async function take(c: Req): Promise<Response> {
  const { ctx, lang } = c.var
  const form = await formOf(c)
  const fields = {
    page: pathAsked(form.one('page')),
    what: form.one('what'),
    text: form.one('text'),
    contact: form.one('contact'),
  }
  try {
    const said = await reportFault(ctx, networkOf(c), { ...fields, language: lang === 'en' ? 'en' : 'zh-CN' })
    return answerPage(c, <FaultTaken {...ownOf(c, HERE)} {...said} page={fields.page} />)
  } catch (err) {
    const issues = issuesOf(c, err)
    const own = ownOf(c, `${HERE}?page=${encodeURIComponent(fields.page)}`)
    return answerPage(c, <FaultPage {...own} fields={fields} {...daysOf(c)} issues={issues} />, 422)
  }
}

async function look(c: Req): Promise<Response> {
  const form = await formOf(c)
  const number = form.one('number').slice(0, 20)
  try {
    const fault = await lookUpFault(c.var.ctx, networkOf(c), number, form.one('code'))
    return answerPage(c, <FaultState {...ownOf(c, LOOK_UP)} told={told(fault)} />)
  } catch (err) {
    if (!(err instanceof Refusal) || err.kind !== 'not-found') throw err
    return answerPage(c, <FaultLookUp {...ownOf(c, LOOK_UP)} number={number} nothing />, 404)
  }
}

const told = (f: FaultRow) => ({
  number: f.number,
  page: f.page,
  at: f.at,
  dueAt: f.due_at,
  state: f.state,
  answer: f.answer,
  answeredAt: f.answered_at,
})
