/** The one way routes are registered: who may come in is said here or the route does not exist. */
import { type ZodType, z } from 'zod'
import { notAllowed } from '../../lib/errors.ts'
import { readableZod } from '../../lib/shape.ts'
import type { Actor } from '../../staff/member.ts'
import { type Act, may, POLICY } from '../../staff/policy.ts'
import type { App, Req } from '../env.ts'
import { NotSignedIn } from '../errors.ts'
import { jsonBody, limitBody } from './body.ts'
import { assertSameOrigin } from './csrf.ts'
import { withIdempotency } from './idempotency.ts'

export type Method = 'get' | 'post' | 'put' | 'delete'

/** An act of the policy table, everybody, or anybody who is signed in. */
export type Admission = Act | 'public' | 'signed-in'

/** What the OpenAPI document says of a route; written where the route is. */
export type RouteDoc = {
  tag: string
  summary: string
  /** Media type → schema of what is sent; `sent` marks what a use case reads for itself. */
  body?: Record<string, ZodType>
  /** Status → schema of the JSON answered, or its media type. */
  answers: Record<number, ZodType | string | null>
  headers?: ('If-Match' | 'Idempotency-Key')[]
  /** Name of a server-sent event → schema of its data. */
  events?: Record<string, ZodType>
}

export type RouteSpec<Q extends ZodType = ZodType> = {
  method: Method
  /** As in OpenAPI: /api/v1/releases/{id}/revisions/{n} */
  path: string
  act: Admission
  /** Refusals are pages, and query parameters nobody knows are passed over. */
  html?: boolean
  /** Refusals are a line of text: whoever calls is a program that shows it to a person. */
  plain?: boolean
  /** A form or call that anybody may send from anywhere without cookies (one-click leave): no same-origin proof is asked for. */
  openForm?: boolean
  /** The answer holds what is shown once (a token, a link): it is never kept for a repeated key. */
  secret?: boolean
  /** Most bytes of a body; 1 MiB unless told. */
  maxBytes?: number
  /** The body is JSON and handed to the handler parsed, not yet checked. */
  json?: boolean
  query?: Q
  doc?: RouteDoc
}

export type Input<Q extends ZodType> = { query: z.output<Q>; body: unknown }
export type Handler<Q extends ZodType> = (c: Req, input: Input<Q>) => Response | Promise<Response>

/** A route as it was registered. */
export type RegisteredRoute = RouteSpec & { pattern: string }

const registry = new WeakMap<App, RegisteredRoute[]>()
/** Every route of an app, in order of registration. */
export const routesOf = (app: App): readonly RegisteredRoute[] => registry.get(app) ?? []

const NO_QUERY = z.strictObject({})
const MEGABYTE = 1024 * 1024

/**
 * Registers a route. Before the handler: same-origin proof for what a browser sends, who it is, whether any grant of the
 * act could ever be met by them, size and form of what was sent, repeated keys. What depends on the release is judged in
 * the use case (desk/gate.ts).
 */
export function route<Q extends ZodType = typeof NO_QUERY>(app: App, spec: RouteSpec<Q>, handler: Handler<Q>): void {
  const pattern = spec.path.replace(/\{(\w+)\}/g, ':$1')
  const unsafe = spec.method !== 'get'
  registry.set(app, [...routesOf(app), { ...(spec as RouteSpec), pattern }])
  app.on(spec.method.toUpperCase(), pattern, async (c) => {
    c.set('html', spec.html ?? false)
    c.set('plain', spec.plain ?? false)
    if (unsafe && !spec.openForm) assertSameOrigin(c)
    assertAdmitted(spec.act, c.var.actor)
    if (unsafe) await limitBody(c, spec.maxBytes ?? MEGABYTE)
    const query = readQuery(c, spec)
    const answer = async () => handler(c, { query, body: spec.json ? await jsonBody(c) : undefined })
    return unsafe && !spec.html && !spec.secret ? withIdempotency(c, answer) : answer()
  })
}

/** The signed-in actor of a request that passed a gate. */
export function actorIn(c: Req): Actor {
  if (!c.var.actor) throw new NotSignedIn()
  return c.var.actor
}

/** Refused when the actor could not do the act anywhere, in any state: wrong scope or no such role. */
function assertAdmitted(act: Admission, actor: Actor | null): void {
  if (act === 'public') return
  if (!actor) throw new NotSignedIn()
  if (act === 'signed-in') return
  const { scope, grants } = POLICY[act]
  if (!actor.scopes.includes(scope)) throw notAllowed('token-scope', { act })
  const roles = grants.flatMap((g) => [...g.roles])
  if (!roles.some((r) => actor.roles.includes(r)))
    throw notAllowed('no-role', { act, roles: [...new Set(roles)].join(' ') })
}

/** Whether the actor may do an act in their own agency: what a list or a menu leaves out. */
export const mayAtHome = (actor: Actor, act: Act): boolean =>
  may(act, { roles: actor.roles, relation: 'own', scopes: actor.scopes }).ok

/** Unknown parameters are refused by the API; `lang` is known everywhere. */
function readQuery<Q extends ZodType>(c: Req, spec: RouteSpec<Q>): z.output<Q> {
  const { lang: _, ...sent } = c.req.query()
  if (spec.query) return readableZod(spec.query, sent)
  return (spec.html || spec.openForm ? sent : readableZod(NO_QUERY, sent)) as z.output<Q>
}
