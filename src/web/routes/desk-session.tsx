/** Coming to the desk and leaving it. */

import { Refusal } from '../../lib/errors.ts'
import { signOut } from '../../staff/auth.ts'
import type { App, Req } from '../env.ts'
import { BadRequest, problemIn } from '../errors.ts'
import { signInWith } from '../guards/sign-in.ts'
import { first } from '../views/fields.ts'
import { SignInPage } from '../views/sign-in.tsx'
import { backTo, frameOf, page, screen, sentIn } from './desk-frame.ts'

export function mountSession(app: App): void {
  screen(app, { method: 'get', path: '/desk/sign-in', act: 'public' }, show)
  // Pages elsewhere lead here by this name.
  screen(app, { method: 'get', path: '/desk/login', act: 'public' }, (c) =>
    c.redirect(`/desk/sign-in${new URL(c.req.url).search}`, 303),
  )
  screen(app, { method: 'post', path: '/desk/sign-in', act: 'public', maxBytes: 16_384 }, come)
  screen(app, { method: 'post', path: '/desk/sign-out', act: 'public', maxBytes: 1024 }, leave)
}

async function show(c: Req): Promise<Response> {
  const next = backTo(c.req.query('next') ?? '')
  if (c.var.actor) return c.redirect(next, 303)
  return page(c, <SignInPage f={await frameOf(c)} next={next} />)
}

async function come(c: Req): Promise<Response> {
  const { fields } = await sentIn(c)
  const [email, password, next] = [first(fields, 'email'), first(fields, 'password'), backTo(first(fields, 'next'))]
  try {
    const cookies = await signInWith(c, email, password)
    const answer = c.redirect(next, 303)
    for (const cookie of cookies) answer.headers.append('set-cookie', cookie)
    return answer
  } catch (err) {
    if (!(err instanceof Refusal || err instanceof BadRequest)) throw err
    const { problem, headers } = problemIn(c, err)
    const answer = page(
      c,
      <SignInPage f={await frameOf(c)} email={email} next={next} refused={problem.detail} />,
      problem.status,
    )
    for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value)
    return answer
  }
}

async function leave(c: Req): Promise<Response> {
  const cookies = await signOut(c.var.ctx, c.req.raw.headers)
  const answer = c.redirect('/desk/sign-in', 303)
  for (const cookie of cookies) answer.headers.append('set-cookie', cookie)
  return answer
}
