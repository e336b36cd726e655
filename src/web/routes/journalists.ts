/** API of accreditation: who may read before the hour, what they were shown, whose copy a number is. */
import { z } from 'zod'
import {
  accredit,
  accreditationDecision,
  accreditationInput,
  decideAccreditation,
  type Invited,
  inviteAgain,
  inviteAgainInput,
} from '../../audience/accredit.ts'
import type { Journalist } from '../../audience/journalist.ts'
import {
  reinstateJournalist,
  renewalInput,
  renewJournalist,
  signOutJournalist,
  suspendJournalist,
} from '../../audience/suspend-journalist.ts'
import { journalistFor, journalistsFor, readsFor, whoHad } from '../../publication/media-copies.ts'
import type { NamedRead } from '../../publication/media-store.ts'
import type { App, Req } from '../env.ts'
import { actorIn, type RouteDoc, route } from '../guards/route.ts'

const BASE = '/api/v1/journalists'
const journalist = z.strictObject({
  id: z.string(),
  agencyId: z.string(),
  name: z.string(),
  outlet: z.string(),
  email: z.string(),
  language: z.string(),
  validUntil: z.string(),
  /** `proposed`: another administrator has yet to agree. */
  state: z.enum(['proposed', 'invited', 'active', 'suspended']),
  termsVersion: z.string().nullable(),
  termsAt: z.string().nullable(),
})
/** `link` only where it is to be handed over: it is shown here and never again. */
const invited = z.strictObject({ journalist, link: z.string().optional(), expiresAt: z.string().optional() })
const copy = z.strictObject({
  copy: z.string(),
  at: z.string(),
  what: z.enum(['page', 'attachment']),
  language: z.string(),
  release: z.string(),
  revision: z.number(),
  hash: z.string(),
  file: z.string(),
  journalistId: z.string(),
  name: z.string(),
  outlet: z.string(),
})

const doc = (summary: string, answers: RouteDoc['answers'], sent?: z.ZodType) => ({
  doc: { tag: 'media', summary, answers, ...(sent ? { body: { 'application/json': sent } } : {}) },
})

export function mountJournalists(app: App): void {
  const items = doc('Journalists accredited by this office and those below it', {
    200: z.strictObject({ items: z.array(journalist) }),
  })
  route(app, { method: 'get', path: BASE, act: 'media.read', ...items }, async (c) =>
    c.json({ items: (await journalistsFor(c.var.ctx, actorIn(c))).map(shown) }),
  )
  const make = doc('Accredit a journalist', { 201: invited, 404: null, 422: null }, accreditationInput)
  route(
    app,
    { method: 'post', path: BASE, act: 'media.accredit', json: true, secret: true, ...make },
    async (c, { body }) => c.json(invitation(await accredit(c.var.ctx, actorIn(c), body)), 201),
  )
  const again = doc('A new way in', { 201: invited, 404: null, 422: null }, inviteAgainInput)
  route(
    app,
    {
      method: 'post',
      path: `${BASE}/{journalist}/invitation`,
      act: 'media.accredit',
      json: true,
      secret: true,
      ...again,
    },
    async (c, { body }) => c.json(invitation(await inviteAgain(c.var.ctx, actorIn(c), idIn(c), body)), 201),
  )
  const decided = z.strictObject({ state: z.enum(['applied', 'refused']), link: z.string().optional() })
  const decision = doc(
    'Agree to a proposed accreditation, or refuse it',
    { 200: decided, 409: null },
    accreditationDecision,
  )
  route(
    app,
    {
      method: 'post',
      path: `${BASE}/{journalist}/decision`,
      act: 'media.accredit',
      json: true,
      secret: true,
      ...decision,
    },
    async (c, { body }) => {
      const made = await decideAccreditation(c.var.ctx, actorIn(c), idIn(c), body)
      return c.json({ state: made ? 'applied' : 'refused', ...(made?.link ? { link: made.link } : {}) })
    },
  )
  for (const [path, run, summary] of [
    ['suspension', suspendJournalist, 'Suspend: out at once'],
    ['reinstatement', reinstateJournalist, 'Take up again'],
    ['sign-out', signOutJournalist, 'End every session and open link'],
  ] as const)
    route(
      app,
      {
        ...{ method: 'post', path: `${BASE}/{journalist}/${path}`, act: 'media.accredit' },
        ...doc(summary, { 200: journalist, 404: null, 409: null }),
      },
      async (c) => c.json(shown(await run(c.var.ctx, actorIn(c), idIn(c)))),
    )
  const renewal = doc('A new last day', { 200: journalist, 404: null, 422: null }, renewalInput)
  route(
    app,
    { method: 'put', path: `${BASE}/{journalist}/validity`, act: 'media.accredit', json: true, ...renewal },
    async (c, { body }) => c.json(shown(await renewJournalist(c.var.ctx, actorIn(c), idIn(c), body))),
  )
  mountCopies(app)
}

function mountCopies(app: App): void {
  const list = { 200: z.strictObject({ items: z.array(copy) }), 404: null }
  route(
    app,
    { method: 'get', path: `${BASE}/{journalist}/copies`, act: 'media.read', ...doc('What they were shown', list) },
    async (c) => c.json({ items: (await journalistFor(c.var.ctx, actorIn(c), idIn(c))).reads.map(copied) }),
  )
  route(
    app,
    {
      ...{ method: 'get', path: '/api/v1/releases/{id}/copies', act: 'release.inspect' },
      ...doc('Who was shown it before it was public, newest first', list),
    },
    async (c) =>
      c.json({ items: (await readsFor(c.var.ctx, actorIn(c), c.req.param('id') as string)).reads.map(copied) }),
  )
  route(
    app,
    {
      ...{ method: 'get', path: '/api/v1/media-copies/{copy}', act: 'media.read' },
      ...doc('Whose copy a number is', { 200: copy, 422: null }),
    },
    async (c) => c.json(copied(await whoHad(c.var.ctx, actorIn(c), c.req.param('copy') as string))),
  )
}

const idIn = (c: Req): string => c.req.param('journalist') as string

const shown = (j: Journalist): z.output<typeof journalist> => ({
  id: j.id,
  agencyId: j.agency_id,
  name: j.name,
  outlet: j.outlet,
  email: j.email,
  language: j.language,
  validUntil: j.valid_until,
  state: j.state,
  termsVersion: j.terms_version,
  termsAt: j.terms_at,
})

const invitation = (made: Invited): z.output<typeof invited> => ({
  journalist: shown(made.journalist),
  ...(made.link ? { link: made.link } : {}),
  ...(made.expiresAt ? { expiresAt: made.expiresAt } : {}),
})

const copied = (r: NamedRead): z.output<typeof copy> => ({
  copy: r.copy,
  at: r.at,
  what: r.what,
  language: r.language,
  release: r.number,
  revision: Number(r.revision),
  hash: r.revision_hash,
  file: r.file_hash,
  journalistId: r.journalist_id,
  name: r.name,
  outlet: r.outlet,
})
