/** Tokens for programs: shown once, kept as a hash, never wider than whoever issued them. */
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { DAY, plus } from '../lib/clock.ts'
import { type Issue, invalid, issue, notAllowed, notFound } from '../lib/errors.ts'
import { newId, newToken, sha256 } from '../lib/id.ts'
import { readableZod } from '../lib/shape.ts'
import { flashRules, hasAny } from './factor-store.ts'
import { admitAgency, admitHome } from './gate.ts'
import { type Actor, SCOPES, type Scope } from './member.ts'
import { freshProof } from './proof.ts'
import { factorsOfMember } from './second-factor.ts'
import { agencyFamily, insertToken, memberById, tokenById, updateToken } from './store.ts'

/** Nothing is granted that is not asked for; `decide` least of all. */
export const tokenInput = z.strictObject({
  name: z.string().trim().min(1, 'filled').max(80),
  scopes: z.array(z.enum(SCOPES)).min(1, 'filled').max(SCOPES.length).default(['read']),
  expiresAt: z.iso
    .datetime({ offset: true })
    .transform((s) => new Date(s).toISOString())
    .optional(),
})

const LONGEST = 366 * DAY
const USUAL = 90 * DAY

export type Issued = { id: string; token: string; scopes: Scope[]; expiresAt: string }

/** A token for oneself. @throws Refusal `invalid`: scope-too-wide, token-time */
export async function issueToken(ctx: Ctx, by: Actor, sent: unknown): Promise<Issued> {
  const input = readableZod(tokenInput, sent)
  admitHome(by, 'token.own')
  const now = ctx.clock.now()
  const expiresAt = input.expiresAt ?? plus(now, USUAL)
  const scopes = [...new Set(input.scopes)]
  const found: Issue[] = scopes.flatMap((s, i) =>
    by.scopes.includes(s) ? [] : [issue(`scopes.${i}`, 'scope-too-wide', { scope: s })],
  )
  if (expiresAt <= now || expiresAt > plus(now, LONGEST)) found.push(issue('expiresAt', 'token-time'))
  if (found.length) throw invalid(found)
  if (scopes.includes('decide')) await assertFactorShown(ctx, by)
  const token = `ortoo_${newToken()}`
  const id = newId(ctx.clock.ms())
  await ctx.store.tx(async (trx) => {
    await insertToken(trx, {
      id,
      hash: sha256(token),
      member_id: by.memberId,
      name: input.name,
      scopes: JSON.stringify(scopes),
      created_at: now,
      expires_at: expiresAt,
      last_used_at: null,
      revoked_at: null,
    })
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'token.issue',
      subject: `token:${id}`,
      fact: { scopes: scopes.join(' '), until: expiresAt },
    })
  })
  return { id, token, scopes, expiresAt }
}

/** A token that decides is a factor of its own, so a session without one cannot make it. @throws Refusal factor-first, factor-none */
async function assertFactorShown(ctx: Ctx, by: Actor): Promise<void> {
  if (!by.session) return
  const { db } = ctx.store
  const has = hasAny(await factorsOfMember(ctx, by.memberId))
  // Also for those below, whose flash a signer from above may sign.
  const offices = (await agencyFamily(db, by.agencyId)).map((a) => a.id)
  if (!has && (await flashRules(db, offices)).length === 0) return
  if (!(await freshProof(db, by, ctx.clock.now()))) throw notAllowed(has ? 'factor-first' : 'factor-none')
}

/** One's own, or as an administrator anybody's of the agency. Twice is no fault. */
export async function revokeToken(ctx: Ctx, by: Actor, id: string): Promise<void> {
  await ctx.store.tx(async (trx) => {
    const token = await tokenById(trx, id)
    const member = token && (await memberById(trx, token.member_id))
    if (!token || !member) throw notFound('token')
    if (member.id === by.memberId) admitHome(by, 'token.own')
    else await admitAgency(trx, by, member.agency_id, 'staff.manage')
    if (token.revoked_at) return
    await updateToken(trx, id, { revoked_at: ctx.clock.now() })
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'token.revoke',
      subject: `token:${id}`,
      fact: { member: member.id },
    })
  })
}
