/** Coming to the desk and leaving it: password and code as plain forms, passkey and the office's own sign-on beside them. */
import { z } from 'zod'
import { Refusal } from '../../lib/errors.ts'
import { readableZod } from '../../lib/shape.ts'
import { signOut } from '../../staff/auth.ts'
import { NO_FACTORS } from '../../staff/factor-store.ts'
import { anyPasskey, passkeyAfterPassword, signInByPasskey } from '../../staff/passkey.ts'
import { challengedFactors } from '../../staff/second-factor.ts'
import { beginSso, endSso } from '../../staff/sso.ts'
import type { App, Req } from '../env.ts'
import { BadRequest, problemIn } from '../errors.ts'
import { networkOf, SIGN_IN_ANYBODY, Throttle } from '../guards/rate.ts'
import { route } from '../guards/route.ts'
import { metaOf, signInWith, signInWithCode, signInWithKeyToo } from '../guards/sign-in.ts'
import { first } from '../views/fields.ts'
import { CodePage, SignInPage } from '../views/sign-in.tsx'
import { backTo, frameOf, page, screen, sentIn } from './desk-frame.ts'

export function mountSession(app: App): void {
  screen(app, { method: 'get', path: '/desk/sign-in', act: 'public' }, show)
  // Pages elsewhere lead here by this name.
  screen(app, { method: 'get', path: '/desk/login', act: 'public' }, (c) =>
    c.redirect(`/desk/sign-in${new URL(c.req.url).search}`, 303),
  )
  screen(app, { method: 'post', path: '/desk/sign-in', act: 'public', maxBytes: 16_384 }, come)
  screen(app, { method: 'get', path: '/desk/sign-in/code', act: 'public' }, showCode)
  screen(app, { method: 'post', path: '/desk/sign-in/code', act: 'public', maxBytes: 4096 }, comeWithCode)
  screen(app, { method: 'post', path: '/desk/sign-out', act: 'public', maxBytes: 1024 }, leave)
  let throttle: Throttle | undefined
  const paced = (c: Req): void => {
    throttle ??= new Throttle(c.var.ctx.clock)
    throttle.assertMayTry(networkOf(c), SIGN_IN_ANYBODY)
  }
  mountPasskey(app, paced)
  mountPasskeyToo(app, paced)
  mountSso(app, paced)
}

const withCookies = (answer: Response, cookies: string[]): Response => {
  for (const cookie of cookies) answer.headers.append('set-cookie', cookie)
  return answer
}

async function show(c: Req): Promise<Response> {
  const next = backTo(c.req.query('next') ?? '')
  if (c.var.actor) return c.redirect(next, 303)
  return signInPage(c, { next })
}

type Typed = { next: string; email?: string; refused?: string }

async function signInPage(c: Req, typed: Typed, status = 200): Promise<Response> {
  const { config } = c.var.ctx
  const origin = new URL(config.publicUrl).origin
  const sso = config.oidc ? { sso: config.oidc.name } : {}
  return page(c, <SignInPage f={await frameOf(c)} origin={origin} {...sso} {...typed} />, status)
}

/** A refusal as a page with what was typed; anything else is thrown on. */
async function refusedAs(
  c: Req,
  err: unknown,
  show: (refused: string, status: number) => Promise<Response>,
): Promise<Response> {
  if (!(err instanceof Refusal || err instanceof BadRequest)) throw err
  const { problem, headers } = problemIn(c, err)
  const answer = await show(problem.issues?.[0]?.rule ?? problem.detail, problem.status)
  for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value)
  return answer
}

async function come(c: Req): Promise<Response> {
  const { fields } = await sentIn(c)
  const [email, password, next] = [first(fields, 'email'), first(fields, 'password'), backTo(first(fields, 'next'))]
  try {
    const { cookies, needs } = await signInWith(c, email, password)
    const to = needs === 'code' ? `/desk/sign-in/code?next=${encodeURIComponent(next)}` : next
    return withCookies(c.redirect(to, 303), cookies)
  } catch (err) {
    return refusedAs(c, err, (refused, status) => signInPage(c, { email, next, refused }, status))
  }
}

async function showCode(c: Req): Promise<Response> {
  return codePage(c, { next: backTo(c.req.query('next') ?? '') })
}

async function codePage(c: Req, typed: { next: string; refused?: string }, status = 200): Promise<Response> {
  const has = (await challengedFactors(c.var.ctx, c.req.raw.headers)) ?? NO_FACTORS
  const origin = new URL(c.var.ctx.config.publicUrl).origin
  return page(c, <CodePage f={await frameOf(c)} has={has} origin={origin} {...typed} />, status)
}

async function comeWithCode(c: Req): Promise<Response> {
  const { fields } = await sentIn(c)
  const next = backTo(first(fields, 'next'))
  try {
    return withCookies(c.redirect(next, 303), await signInWithCode(c, first(fields, 'factor')))
  } catch (err) {
    const over = err instanceof Refusal && ['code-question-over', 'sign-in-failed'].includes(err.code)
    return refusedAs(c, err, async (refused, status) =>
      over ? signInPage(c, { next, refused }, status) : codePage(c, { next, refused }, status),
    )
  }
}

async function leave(c: Req): Promise<Response> {
  return withCookies(c.redirect('/desk/sign-in', 303), await signOut(c.var.ctx, c.req.raw.headers))
}

const shownKey = z.strictObject({ response: z.record(z.string(), z.unknown()), next: z.string().max(2000).default('') })

/** A signature cannot be guessed, so no login is shut by wrong ones; the pace of one network is kept all the same. */
function mountPasskey(app: App, paced: (c: Req) => void): void {
  const call = { method: 'post', act: 'public', json: true, secret: true, maxBytes: 16_384 } as const
  route(app, { ...call, path: '/desk/sign-in/passkey/options' }, async (c) => {
    paced(c)
    const { options, cookies } = await anyPasskey(c.var.ctx, new Headers())
    return withCookies(c.json({ options }), cookies)
  })
  route(app, { ...call, path: '/desk/sign-in/passkey' }, async (c, { body }) => {
    paced(c)
    const { response, next } = readableZod(shownKey, body)
    const { cookies } = await signInByPasskey(c.var.ctx, c.req.raw.headers, response, metaOf(c))
    return withCookies(c.json({ next: backTo(next) }), cookies)
  })
}

/** The passkey after the password, for whoever was asked. */
function mountPasskeyToo(app: App, paced: (c: Req) => void): void {
  const call = { method: 'post', act: 'public', json: true, secret: true, maxBytes: 16_384 } as const
  route(app, { ...call, path: '/desk/sign-in/code/passkey/options' }, async (c) => {
    paced(c)
    const { options, cookies } = await passkeyAfterPassword(c.var.ctx, c.req.raw.headers)
    return withCookies(c.json({ options }), cookies)
  })
  route(app, { ...call, path: '/desk/sign-in/code/passkey' }, async (c, { body }) => {
    paced(c)
    const { response, next } = readableZod(shownKey, body)
    return withCookies(c.json({ next: backTo(next) }), await signInWithKeyToo(c, response))
  })
}

/** Reached by links, because a form may lead nowhere but to this site. */
function mountSso(app: App, paced: (c: Req) => void): void {
  screen(app, { method: 'get', path: '/desk/sign-in/office', act: 'public' }, async (c) => {
    const next = backTo(c.req.query('next') ?? '')
    try {
      paced(c)
      const { location, cookies } = await beginSso(c.var.ctx, next)
      return withCookies(c.redirect(location, 303), cookies)
    } catch (err) {
      return refusedAs(c, err, (refused, status) => signInPage(c, { next, refused }, status))
    }
  })
  screen(app, { method: 'get', path: '/desk/sign-in/callback/office', act: 'public' }, async (c) => {
    try {
      paced(c)
      const { next, cookies } = await endSso(c.var.ctx, c.req.query(), c.req.raw.headers, metaOf(c))
      return withCookies(c.redirect(backTo(next), 303), cookies)
    } catch (err) {
      return refusedAs(c, err, (refused, status) => signInPage(c, { next: '/desk', refused }, status))
    }
  })
}
