/** One's own account: second factors, password, sessions. Only for whoever sits at a screen: a program's token has none of it. */
import { z } from 'zod'
import { type Issue, notAllowed } from '../../lib/errors.ts'
import { readableZod } from '../../lib/shape.ts'
import type { Actor } from '../../staff/member.ts'
import {
  assertAnotherWay,
  assertSure,
  changePassword,
  endOtherSessions,
  endOwnSession,
  hasPassword,
  ownSessions,
} from '../../staff/own-account.ts'
import {
  addPasskey,
  anyPasskey,
  newPasskeyFor,
  ownPasskeys,
  proveByPasskey,
  removePasskey,
  renamePasskey,
} from '../../staff/passkey.ts'
import { freshProof } from '../../staff/proof.ts'
import { beginTotp, confirmTotp, factorsOfMember, printPaperCodes, turnTotpOff } from '../../staff/second-factor.ts'
import { memberById } from '../../staff/store.ts'
import type { App, Req } from '../env.ts'
import { actorIn, route } from '../guards/route.ts'
import { atPace, proveWith } from '../guards/sign-in.ts'
import { AccountPage } from '../views/account.tsx'
import type { AccountProps } from '../views/account-parts.tsx'
import { PaperPage, ScanPage } from '../views/account-shown.tsx'
import { type Fields, first } from '../views/fields.ts'
import { frameOf, goTo, page, refusalIn, refusedWords, screen, sentIn, statusOf } from './desk-frame.ts'

const ACCOUNT = '/desk/account'

/** What a form of the page does. @returns what is said afterwards, with cookies where the session is a new one; or a page of its own */
type Deed = (c: Req, by: Actor, fields: Fields) => Promise<{ said: string; cookies?: string[] } | Response>

export function mountAccount(app: App): void {
  screen(app, { method: 'get', path: ACCOUNT, act: 'signed-in' }, (c) => show(c, {}))
  // Before passkeys/{id}, which would take `options` for one.
  mountKeys(app)
  form(app, 'proof', async (c, by, fields) => {
    await proveWith(c, by, first(fields, 'factor'))
    return { said: 'account-proved' }
  })
  form(app, 'password', password)
  form(app, 'totp', scan)
  form(app, 'totp/confirm', confirm)
  form(app, 'totp/off', async (c, by, fields) => {
    await sure(c, by, first(fields, 'password'))
    const cookies = await turnTotpOff(c.var.ctx, by, c.req.raw.headers, first(fields, 'password'))
    return { said: 'account-totp-off', cookies }
  })
  form(app, 'paper', paper)
  form(app, 'passkeys/{id}', passkey)
  form(app, 'sessions/{id}', async (c, by) => {
    await endOwnSession(c.var.ctx, by, c.req.raw.headers, id(c))
    return { said: 'account-session-ended' }
  })
  form(app, 'sessions', async (c, by) => {
    await endOtherSessions(c.var.ctx, by, c.req.raw.headers)
    return { said: 'account-sessions-ended' }
  })
}

const id = (c: Req): string => c.req.param('id') as string

/** A password is counted before it is looked at; where none was typed there is nothing to guess. */
function sure(c: Req, by: Actor, password: string): Promise<void> {
  const look = () => assertSure(c.var.ctx, by, c.req.raw.headers, password)
  return password ? atPace(c, by, 'password', look) : look()
}

/** @throws Refusal session-only */
function atScreen(c: Req): Actor {
  const by = actorIn(c)
  if (!by.session) throw notAllowed('session-only')
  return by
}

function form(app: App, name: string, deed: Deed): void {
  screen(app, { method: 'post', path: `${ACCOUNT}/${name}`, act: 'signed-in', maxBytes: 16_384 }, async (c) => {
    const by = atScreen(c)
    const { fields } = await sentIn(c)
    try {
      const done = await deed(c, by, fields)
      if (done instanceof Response) return done
      return withCookies(goTo(c, ACCOUNT, done.said), done.cookies)
    } catch (err) {
      const refusal = refusalIn(err)
      const refused = refusal.issues.length ? {} : { refused: refusedWords(c, refusal) }
      return show(c, { issues: refusal.issues, status: statusOf(refusal), about: name, ...refused })
    }
  })
}

const withCookies = (answer: Response, cookies: string[] = []): Response => {
  for (const cookie of cookies) answer.headers.append('set-cookie', cookie)
  return answer
}

type Extra = { issues?: Issue[]; refused?: string; about?: string; status?: number }

async function show(c: Req, extra: Extra): Promise<Response> {
  const { ctx } = c.var
  const by = atScreen(c)
  const { headers } = c.req.raw
  const [f, member, has, passkeys, sessions, withPassword, proof] = await Promise.all([
    frameOf(c),
    memberById(ctx.store.db, by.memberId),
    factorsOfMember(ctx, by.memberId),
    ownPasskeys(ctx, headers),
    ownSessions(ctx, by, headers),
    hasPassword(ctx, by),
    freshProof(ctx.store.db, by, ctx.clock.now()),
  ])
  const props: AccountProps = {
    f,
    // What was typed here is never shown again.
    fields: new Map(),
    issues: extra.issues ?? [],
    about: extra.about ?? '',
    email: member?.email ?? '',
    origin: new URL(ctx.config.publicUrl).origin,
    has,
    proof,
    passkeys,
    sessions,
    withPassword,
    ...(extra.refused ? { refused: extra.refused } : {}),
  }
  return page(c, <AccountPage {...props} />, extra.status ?? 200)
}

const password: Deed = async (c, by, fields) => {
  const sent = { current: first(fields, 'current'), next: first(fields, 'next') }
  const change = () => changePassword(c.var.ctx, by, c.req.raw.headers, sent)
  return { said: 'account-password', cookies: await atPace(c, by, 'password', change) }
}

const scan: Deed = async (c, by, fields) => {
  const { ctx } = c.var
  await sure(c, by, first(fields, 'password'))
  const made = await beginTotp(ctx, by, c.req.raw.headers, first(fields, 'password'))
  return page(c, <ScanPage f={await frameOf(c)} {...made} />)
}

/** A wrong code leaves what was scanned as it is; the page asks for the next. */
const confirm: Deed = async (c, by, fields) => {
  try {
    const confirmed = () => confirmTotp(c.var.ctx, by, c.req.raw.headers, first(fields, 'factor'))
    const cookies = await atPace(c, by, 'code', confirmed)
    return { said: 'account-totp-on', cookies }
  } catch (err) {
    const { issues } = refusalIn(err)
    if (issues.length === 0) throw err
    return page(c, <ScanPage f={await frameOf(c)} issues={issues} />, 422)
  }
}

const paper: Deed = async (c, by, fields) => {
  const { ctx } = c.var
  await sure(c, by, first(fields, 'password'))
  const codes = await printPaperCodes(ctx, by, c.req.raw.headers, first(fields, 'password'))
  const member = await memberById(ctx.store.db, by.memberId)
  return page(c, <PaperPage f={await frameOf(c)} codes={codes} email={member?.email ?? ''} />)
}

const passkey: Deed = async (c, by, fields) => {
  const { ctx } = c.var
  const { headers } = c.req.raw
  if (first(fields, 'do') === 'rename') {
    await renamePasskey(ctx, headers, id(c), first(fields, 'name'))
    return { said: 'account-passkey-renamed' }
  }
  await sure(c, by, first(fields, 'password'))
  await assertAnotherWay(ctx, by)
  await removePasskey(ctx, by, headers, id(c))
  return { said: 'account-passkey-removed' }
}

const asks = z.strictObject({ password: z.string().max(200).default('') })
const made = z.strictObject({ response: z.record(z.string(), z.unknown()), name: z.string().max(200).default('') })
const shownKey = made.pick({ response: true })

/** What the browser's script asks and answers; a question is good for five minutes and for the session that asked. */
function mountKeys(app: App): void {
  const call = { method: 'post', act: 'signed-in', json: true, secret: true, maxBytes: 16_384 } as const
  route(app, { ...call, path: `${ACCOUNT}/passkeys/options` }, async (c, { body }) => {
    const by = atScreen(c)
    await sure(c, by, readableZod(asks, body).password)
    const { options, cookies } = await newPasskeyFor(c.var.ctx, { headers: c.req.raw.headers })
    return withCookies(c.json({ options }), cookies)
  })
  route(app, { ...call, path: `${ACCOUNT}/passkeys` }, async (c, { body }) => {
    await addPasskey(c.var.ctx, atScreen(c), c.req.raw.headers, readableZod(made, body))
    return c.json({ next: `${ACCOUNT}?said=account-passkey-added` }, 201)
  })
  route(app, { ...call, path: `${ACCOUNT}/proof/passkey/options` }, async (c) => {
    atScreen(c)
    const { options, cookies } = await anyPasskey(c.var.ctx, c.req.raw.headers)
    return withCookies(c.json({ options }), cookies)
  })
  route(app, { ...call, path: `${ACCOUNT}/proof/passkey` }, async (c, { body }) => {
    await proveByPasskey(c.var.ctx, atScreen(c), c.req.raw.headers, readableZod(shownKey, body).response)
    return c.json({})
  })
}
