/** Accredited journalists at the desk: who they are, what each was shown, whose copy a number is. */
import { accredit, decideAccreditation, type Invited, inviteAgain } from '../../audience/accredit.ts'
import { isAccredited, type Journalist } from '../../audience/journalist.ts'
import {
  reinstateJournalist,
  renewJournalist,
  signOutJournalist,
  suspendJournalist,
} from '../../audience/suspend-journalist.ts'
import type { Issue } from '../../lib/errors.ts'
import { journalistFor, journalistsFor, readsFor, whoHad } from '../../publication/media-copies.ts'
import type { NamedRead } from '../../publication/media-store.ts'
import type { Actor } from '../../staff/member.ts'
import type { App, Req } from '../env.ts'
import { actorIn, mayAtHome } from '../guards/route.ts'
import { type Fields, first } from '../views/fields.ts'
import { CopiesPage, JournalistPage, JournalistsPage } from '../views/media.tsx'
import { asMissing, frameOf, goTo, page, refusalIn, refusalOn, screen, sentIn, statusOf } from './desk-frame.ts'

const HERE = '/desk/media'

export function mountMediaDesk(app: App): void {
  screen(app, { method: 'get', path: HERE, act: 'media.read' }, (c) => list(c, {}))
  screen(app, { method: 'post', path: HERE, act: 'media.accredit' }, add)
  screen(app, { method: 'post', path: `${HERE}/copy`, act: 'media.read' }, lookUp)
  screen(app, { method: 'get', path: `${HERE}/{journalist}`, act: 'media.read' }, (c) => one(c, {}))
  screen(app, { method: 'post', path: `${HERE}/{journalist}/invitation`, act: 'media.accredit' }, again)
  screen(app, { method: 'post', path: `${HERE}/{journalist}/validity`, act: 'media.accredit' }, renew)
  screen(app, { method: 'post', path: `${HERE}/{journalist}/decision`, act: 'media.accredit' }, decide)
  const act = (path: string, run: typeof suspendJournalist, said: string) =>
    screen(app, { method: 'post', path: `${HERE}/{journalist}/${path}`, act: 'media.accredit' }, (c) =>
      change(c, run, said),
    )
  act('suspension', suspendJournalist, 'journalist-suspended')
  act('reinstatement', reinstateJournalist, 'journalist-reinstated')
  act('sessions', signOutJournalist, 'journalist-out')
  screen(app, { method: 'get', path: '/desk/releases/{id}/copies', act: 'release.inspect' }, copies)
}

type Extra = {
  fields?: Fields
  issues?: Issue[]
  refused?: string
  status?: number
  handed?: { name: string; link: string; expiresAt: string }
  found?: NamedRead
}

async function list(c: Req, extra: Extra): Promise<Response> {
  const { ctx } = c.var
  const by = actorIn(c)
  const now = ctx.clock.now()
  const journalists = (await journalistsFor(ctx, by)).map((j) => ({
    ...j,
    standing:
      isAccredited(j, now) || j.state === 'suspended' || j.state === 'proposed' ? j.state : ('run-out' as const),
    mine: j.created_by === by.memberId,
  }))
  const props = {
    f: await frameOf(c),
    fields: extra.fields ?? new Map<string, string[]>(),
    issues: extra.issues ?? [],
    journalists,
    mayAccredit: mayAtHome(by, 'media.accredit'),
    ...(extra.refused ? { refused: extra.refused } : {}),
    ...(extra.handed ? { handed: extra.handed } : {}),
    ...(extra.found ? { found: extra.found } : {}),
  }
  return page(c, <JournalistsPage {...props} />, extra.status ?? 200)
}

async function refused(c: Req, err: unknown, fields: Fields): Promise<Response> {
  const refusal = refusalIn(err)
  return list(c, {
    fields,
    ...refusalOn(c, refusal),
    issues: asMissing(refusal.issues, fields),
  })
}

async function add(c: Req): Promise<Response> {
  const { fields } = await sentIn(c)
  const get = (name: string) => first(fields, name)
  try {
    const given = { name: get('name'), outlet: get('outlet'), email: get('email'), validUntil: get('validUntil') }
    return await shown(
      c,
      await accredit(c.var.ctx, actorIn(c), {
        ...given,
        language: get('language') || 'zh-CN',
        by: get('by') || 'mail',
      }),
    )
  } catch (err) {
    return refused(c, err, fields)
  }
}

async function again(c: Req): Promise<Response> {
  const { fields } = await sentIn(c)
  try {
    const by = first(fields, 'by') || 'mail'
    return await shown(c, await inviteAgain(c.var.ctx, actorIn(c), idIn(c), { by }))
  } catch (err) {
    return refused(c, err, fields)
  }
}

/** The second administrator's word, and with it the way in. */
async function decide(c: Req): Promise<Response> {
  const { fields } = await sentIn(c)
  try {
    const made = await decideAccreditation(c.var.ctx, actorIn(c), idIn(c), {
      verdict: first(fields, 'verdict'),
      by: first(fields, 'by') || 'mail',
    })
    return made ? await shown(c, made) : goTo(c, HERE, 'journalist-refused')
  } catch (err) {
    return refused(c, err, fields)
  }
}

/** A link to be handed over is shown in the answer itself, once; no address leads to it again. */
async function shown(c: Req, made: Invited): Promise<Response> {
  if (!made.link || !made.expiresAt)
    return goTo(c, HERE, made.journalist.state === 'proposed' ? 'journalist-proposed' : 'journalist-invited')
  return list(c, { handed: { name: made.journalist.name, link: made.link, expiresAt: made.expiresAt }, status: 201 })
}

const idIn = (c: Req): string => c.req.param('journalist') as string

async function change(
  c: Req,
  run: (ctx: Req['var']['ctx'], by: Actor, id: string) => Promise<Journalist>,
  said: string,
): Promise<Response> {
  try {
    await run(c.var.ctx, actorIn(c), idIn(c))
    return goTo(c, HERE, said)
  } catch (err) {
    return refused(c, err, new Map())
  }
}

async function lookUp(c: Req): Promise<Response> {
  const { fields } = await sentIn(c)
  try {
    return await list(c, { fields, found: await whoHad(c.var.ctx, actorIn(c), first(fields, 'copy')) })
  } catch (err) {
    return refused(c, err, fields)
  }
}

async function one(c: Req, extra: Extra): Promise<Response> {
  const by = actorIn(c)
  const { journalist, reads } = await journalistFor(c.var.ctx, by, idIn(c))
  const form = { f: await frameOf(c), fields: extra.fields ?? new Map<string, string[]>(), issues: extra.issues ?? [] }
  const mayAccredit = mayAtHome(by, 'media.accredit')
  return page(c, <JournalistPage {...form} {...{ journalist, reads, mayAccredit }} />, extra.status ?? 200)
}

async function renew(c: Req): Promise<Response> {
  const { fields } = await sentIn(c)
  try {
    await renewJournalist(c.var.ctx, actorIn(c), idIn(c), { validUntil: first(fields, 'validUntil') })
    return goTo(c, `${HERE}/${idIn(c)}`, 'journalist-renewed')
  } catch (err) {
    const refusal = refusalIn(err)
    return one(c, { fields, issues: asMissing(refusal.issues, fields), status: statusOf(refusal) })
  }
}

async function copies(c: Req): Promise<Response> {
  const ref = c.req.param('id') as string
  const { number, reads } = await readsFor(c.var.ctx, actorIn(c), ref)
  return page(c, <CopiesPage f={await frameOf(c)} number={number} reads={reads} />)
}
