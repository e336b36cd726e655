/** Coming in: first setup and invitations, as pages. The office itself is in routes/office.ts. */

import { z } from 'zod'
import { CameInPage, InvitationPage, SetupPage } from '../../../templates/page/coming-in.tsx'
import { codesAtSetup, putFirstAreas } from '../../audience/topics-areas.ts'
import { isAreaCode } from '../../lib/area-code.ts'
import { MINUTE } from '../../lib/clock.ts'
import { readableZod } from '../../lib/shape.ts'
import { acceptByPasskey, acceptInvitation, askForPasskey, invitedMember } from '../../staff/accept-invitation.ts'
import { assertSetUpOpen, setUpFirstAdmin } from '../../staff/first-admin.ts'
import type { App, Req } from '../env.ts'
import { type Form, formOf } from '../guards/form.ts'
import { type Limit, networkOf, Throttle } from '../guards/rate.ts'
import { type RouteSpec, route } from '../guards/route.ts'
import { answerPage, issuesOf, ownOf, publicly } from '../views/public-page.tsx'
import { mountOffice } from './office.ts'
import { mountPeople } from './people.ts'
import { mountSuppression } from './suppression.ts'

const page = { act: 'public', html: true, maxBytes: 64 * 1024 } as const satisfies Partial<RouteSpec>
/** A token of 192 bits is not guessed; this keeps the log readable while somebody tries. */
const TRIES: Limit = { max: 20, windowMs: MINUTE, longestMs: 10 * MINUTE }

export function mountStaff(app: App): void {
  let throttle: Throttle | undefined
  const coming = (c: Req, here: string, handle: () => Promise<Response>) =>
    publicly(c, here, () => {
      throttle ??= new Throttle(c.var.ctx.clock)
      throttle.assertMayTry(networkOf(c), TRIES)
      return handle()
    })
  route(app, { ...page, method: 'get', path: '/setup' }, (c) => coming(c, '/setup', () => showSetup(c)))
  route(app, { ...page, method: 'post', path: '/setup' }, (c) => coming(c, '/setup', () => doSetup(c)))
  const invitation = (c: Req) => `/invitations/${encodeURIComponent(c.req.param('token') ?? '')}`
  route(app, { ...page, method: 'get', path: '/invitations/{token}' }, (c) =>
    coming(c, invitation(c), () => showInvitation(c, invitation(c))),
  )
  route(app, { ...page, method: 'post', path: '/invitations/{token}' }, (c) =>
    coming(c, invitation(c), () => doInvitation(c, invitation(c))),
  )
  const key = { act: 'public', json: true, secret: true, maxBytes: 16_384, method: 'post' } as const
  const paced = (c: Req) => {
    throttle ??= new Throttle(c.var.ctx.clock)
    throttle.assertMayTry(networkOf(c), TRIES)
    return c.req.param('token') ?? ''
  }
  route(app, { ...key, path: '/invitations/{token}/passkey/options' }, async (c) => {
    const { options, cookies } = await askForPasskey(c.var.ctx, paced(c))
    for (const cookie of cookies) c.header('set-cookie', cookie, { append: true })
    return c.json({ options })
  })
  route(app, { ...key, path: '/invitations/{token}/passkey' }, async (c, { body }) => {
    await acceptByPasskey(c.var.ctx, paced(c), c.req.raw.headers, readableZod(madeKey, body))
    return c.json({ next: '/desk/sign-in' }, 201)
  })
  mountOffice(app)
  mountSuppression(app)
  mountPeople(app)
}

const madeKey = z.strictObject({
  response: z.record(z.string(), z.unknown()),
  name: z.string().max(200).default(''),
})

async function showSetup(c: Req): Promise<Response> {
  const token = c.req.query('token') ?? ''
  await assertSetUpOpen(c.var.ctx, token)
  return answerPage(c, <SetupPage {...ownOf(c, `/setup?token=${encodeURIComponent(token)}`)} token={token} />)
}

async function doSetup(c: Req): Promise<Response> {
  const form = await formOf(c)
  const token = form.one('token')
  const sent = setupIn(form)
  const codes = sent.agency.areaCodes
  const listed = await codesAtSetup(c.var.ctx)
  const unlisted = [...new Set(codes)].filter((code) => isAreaCode(code) && !listed.has(code)).slice(0, MOST_NAMED)
  const named = new Map(unlisted.map((code) => [code, form.one(nameOf(code)).trim().slice(0, 80)] as const))
  for (const [code, name] of named) if (!name) named.delete(code)
  try {
    const { memberId } = await setUpFirstAdmin(c.var.ctx, token, sent, new Set([...listed, ...named.keys()]))
    await putFirstAreas(c.var.ctx, memberId, codes, named)
  } catch (err) {
    const issues = issuesOf(c, err)
    const names = unlisted.map(nameOf)
    const typed = Object.fromEntries([...TYPED, ...names].map((name) => [name, form.one(name)]))
    const own = ownOf(c, `/setup?token=${encodeURIComponent(token)}`)
    return answerPage(c, <SetupPage {...own} token={token} typed={typed} issues={issues} unlisted={unlisted} />, 422)
  }
  return answerPage(c, <CameInPage {...ownOf(c, '/desk/login')} about="setup" email={form.one('email')} />, 201)
}

/** Places of no list that setup takes by name; more come as a list of their own, by CSV. */
const MOST_NAMED = 10
const nameOf = (code: string) => `areaName.${code}`

const TYPED = ['nameZh', 'nameEn', 'slug', 'areaCodes', 'name', 'email']

const setupIn = (form: Form) => ({
  agency: {
    slug: form.one('slug').trim(),
    nameZh: form.one('nameZh'),
    nameEn: form.one('nameEn'),
    areaCodes: form
      .one('areaCodes')
      .split(/[\s,，、]+/)
      .filter(Boolean),
  },
  name: form.one('name'),
  email: form.one('email').trim(),
  password: form.one('password'),
})

async function showInvitation(c: Req, here: string): Promise<Response> {
  return answerPage(c, <InvitationPage {...(await invitationProps(c, here))} />)
}

async function invitationProps(c: Req, here: string) {
  const { member, agency, until } = await invitedMember(c.var.ctx, c.req.param('token') ?? '')
  const name = c.var.lang === 'en' ? agency.en || agency.zh : agency.zh
  const origin = new URL(c.var.ctx.config.publicUrl).origin
  return { ...ownOf(c, here), agency: name, name: member.name, email: member.email, until, origin }
}

async function doInvitation(c: Req, here: string): Promise<Response> {
  const form = await formOf(c)
  const props = await invitationProps(c, here)
  try {
    const email = await acceptInvitation(c.var.ctx, c.req.param('token') ?? '', form.one('password'))
    return answerPage(c, <CameInPage {...ownOf(c, '/desk/login')} about="invitation" email={email} />)
  } catch (err) {
    return answerPage(c, <InvitationPage {...props} issues={issuesOf(c, err)} />, 422)
  }
}
