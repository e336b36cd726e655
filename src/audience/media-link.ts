/** One-time links by which a journalist comes in: the token travels once, only its hash stays. */
import type { Kysely } from 'kysely'
import type { Ctx } from '../context.ts'
import { HOUR, MINUTE, plus } from '../lib/clock.ts'
import { wrongState } from '../lib/errors.ts'
import { newToken, sha256 } from '../lib/id.ts'
import type { Tables } from '../store/tables.ts'
import { isAccredited, type Journalist } from './journalist.ts'
import { insertMediaLink, journalistById, type MediaLink, mediaLinkByHash } from './journalist-store.ts'

type Db = Kysely<Tables>

/** As the letters say. An invitation is handed over or waits in a mailbox; a link somebody has just asked for is used at once. */
const GOOD_FOR: Record<MediaLink['purpose'], number> = { invitation: 72 * HOUR, 'sign-in': 15 * MINUTE }

/** Earlier sign-in links stay good for their quarter of an hour: else anybody could spoil the one a journalist has in hand. */
export async function makeMediaLink(
  trx: Db,
  { clock, config }: Pick<Ctx, 'clock' | 'config'>,
  journalist: Pick<Journalist, 'id'>,
  purpose: MediaLink['purpose'],
): Promise<{ link: string; expiresAt: string }> {
  const token = newToken()
  const now = clock.now()
  const expiresAt = plus(now, GOOD_FOR[purpose])
  await insertMediaLink(trx, {
    hash: sha256(token),
    journalist_id: journalist.id,
    purpose,
    created_at: now,
    expires_at: expiresAt,
    used_at: null,
  })
  return { link: `${config.publicUrl}/media/enter/${token}`, expiresAt }
}

/** Wrong, used, run out, and of somebody since suspended answer alike. @throws Refusal `wrong-state` link-not-good */
export async function goodMediaLink(
  db: Db,
  { clock }: Pick<Ctx, 'clock'>,
  token: string,
): Promise<{ link: MediaLink; journalist: Journalist }> {
  const link = await mediaLinkByHash(db, sha256(token))
  const journalist = link && (await journalistById(db, link.journalist_id))
  const now = clock.now()
  if (!link || !journalist || link.used_at || link.expires_at <= now || !isAccredited(journalist, now))
    throw wrongState('media-link-not-good')
  return { link, journalist }
}
