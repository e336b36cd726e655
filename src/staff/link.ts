/** One-time links: the token travels once, only its hash stays. */
import type { Kysely } from 'kysely'
import type { Ctx } from '../context.ts'
import { plus } from '../lib/clock.ts'
import { wrongState } from '../lib/errors.ts'
import { newToken, sha256 } from '../lib/id.ts'
import type { Tables } from '../store/tables.ts'
import { insertLink, linkByHash, retireLinks, useLink } from './store.ts'

type Db = Kysely<Tables>
export type Purpose = 'first-admin' | 'invitation' | 'canary'

/** Makes a link good for `ms`; earlier ones for the same purpose and member are good no longer. @returns the token */
export async function makeLink(
  trx: Db,
  { clock }: Pick<Ctx, 'clock'>,
  purpose: Purpose,
  memberId: string | null,
  ms: number,
): Promise<{ token: string; expiresAt: string }> {
  const token = newToken()
  const now = clock.now()
  const expiresAt = plus(now, ms)
  await retireLinks(trx, purpose, memberId, now)
  await insertLink(trx, {
    hash: sha256(token),
    purpose,
    member_id: memberId,
    created_at: now,
    expires_at: expiresAt,
    used_at: null,
  })
  return { token, expiresAt }
}

/** Wrong, used and run out answer alike, so that trying tells nothing. @throws Refusal `wrong-state` link-not-good */
export async function goodLink(db: Db, { clock }: Pick<Ctx, 'clock'>, purpose: Purpose, token: string) {
  const link = await linkByHash(db, sha256(token))
  if (link?.purpose !== purpose || link.used_at || link.expires_at <= clock.now()) throw wrongState('link-not-good')
  return link
}

/** Uses the link up, inside the transaction that does what it is for. @throws Refusal `wrong-state` link-not-good */
export async function spendLink(trx: Db, ctx: Pick<Ctx, 'clock'>, purpose: Purpose, token: string) {
  const link = await goodLink(trx, ctx, purpose, token)
  if (!(await useLink(trx, link.hash, ctx.clock.now()))) throw wrongState('link-not-good')
  return link
}
