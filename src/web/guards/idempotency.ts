/** Idempotency-Key: a call that is sent again gets the answer it got the first time. */
import { createHmac } from 'node:crypto'
import { admit } from '../../desk/gate.ts'
import { type ReleaseRow, releaseById, releaseByNumber } from '../../desk/store.ts'
import { wrongState } from '../../lib/errors.ts'
import { SCOPES } from '../../staff/member.ts'
import { claimKey, dropClaim, type KeptAnswer, keepAnswer } from '../../store/idempotency.ts'
import type { Req } from '../env.ts'
import { BadRequest } from '../errors.ts'

const SHAPE = /^[\x21-\x7e]{8,128}$/

/**
 * Runs the call once per member and key. The same key with another request is refused; one that is under way is refused
 * with 409. A refusal is not kept, because nothing was done.
 */
export async function withIdempotency(c: Req, answer: () => Promise<Response>): Promise<Response> {
  const key = c.req.header('idempotency-key')
  const actor = c.var.actor
  if (key === undefined || !actor) return answer()
  if (!SHAPE.test(key)) throw new BadRequest(400, 'idempotency-key-shape')
  const { db } = c.var.ctx.store
  const path = new URL(c.req.url).pathname
  const claim = {
    member_id: actor.memberId,
    key,
    route: `${c.req.method} ${path}`,
    request_hash: await requestMark(c, path),
    release_id: (await releaseNamed(c, path))?.id ?? '',
  }
  const there = await claimKey(db, c.var.ctx.clock, claim)
  if (there) return again(c, there, claim.request_hash)
  try {
    const given = await answer()
    const location = given.headers.get('location') ?? ''
    const release = claim.release_id || ((await releaseNamed(c, location))?.id ?? '')
    const body = await given.clone().text()
    await keepAnswer(db, claim, { status: given.status, location, body, release_id: release })
    return given
  } catch (err) {
    await dropClaim(db, claim)
    throw err
  }
}

/** Keyed with the installation's secret: a mark left behind confirms no guess at what was sent. */
async function requestMark(c: Req, path: string): Promise<string> {
  const body = new Uint8Array(await c.req.raw.clone().arrayBuffer())
  return createHmac('sha256', c.var.ctx.keys.secret).update(`${c.req.method} ${path}\n`).update(body).digest('hex')
}

/** The release a path is about, so that a purge finds the answers that may quote it. */
async function releaseNamed(c: Req, path: string): Promise<ReleaseRow | undefined> {
  const ref = /\/releases\/([^/]+)/.exec(path)?.[1]
  if (!ref) return undefined
  const { db } = c.var.ctx.store
  return (await releaseById(db, ref)) ?? (await releaseByNumber(db, ref))
}

async function again(c: Req, kept: KeptAnswer, mark: string): Promise<Response> {
  if (kept.request_hash !== mark) throw new BadRequest(422, 'idempotency-key-reused')
  if (kept.status === 0) throw wrongState('idempotency-in-progress')
  // What has been sealed or purged since is not told again.
  if (kept.release_id && kept.body && c.var.actor)
    await admit(c.var.ctx.store.db, { ...c.var.actor, scopes: SCOPES }, kept.release_id, 'release.read')
  return new Response(kept.body || null, {
    status: kept.status,
    headers: {
      'idempotency-replayed': 'true',
      ...(kept.body ? { 'content-type': 'application/json' } : {}),
      ...(kept.location ? { location: kept.location } : {}),
    },
  })
}
