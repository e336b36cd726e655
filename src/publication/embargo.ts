/** 限时发布: what accredited journalists may read before its hour. Decided anew at each asking, from rows, by the server's clock. */
import type { Kysely } from 'kysely'
import { isAccredited, type Journalist } from '../audience/journalist.ts'
import { accreditedCount, journalistById } from '../audience/journalist-store.ts'
import { hasAccepted } from '../audience/media-terms.ts'
import { revisionHash } from '../desk/sealed.ts'
import { type ReleaseRow, type Revision, revisionOf } from '../desk/store.ts'
import { notFound } from '../lib/errors.ts'
import { currentSubmission } from '../review/store.ts'
import { ancestorsOf } from '../staff/store.ts'
import type { Tables } from '../store/tables.ts'

type Db = Kysely<Tables>

/** A withdrawal or takedown has nothing to read. */
const READABLE = ['first', 'erratum', 'correction', 'addition']

/**
 * The exact revision every step has approved, while it waits for its planned time; null for anything else. There is no flag to
 * forget: taking back, holding, sealing and publishing change the state, and another hour than the one agreed to ends it too, since
 * those who read it were told the old one.
 */
export async function underEmbargo(db: Db, release: ReleaseRow): Promise<Revision | null> {
  if (release.state !== 'scheduled' || release.mode !== 'live' || !READABLE.includes(release.edition_type)) return null
  const submission = await currentSubmission(db, release.id)
  if (submission?.state !== 'approved') return null
  const revision = await revisionOf(db, release.id, submission.revision)
  if (!revision) return null
  const hash = revisionHash(revision.sealed)
  const { core } = revision.content
  const isAgreed = hash === submission.revision_hash && hash === revision.hash
  return isAgreed && core.embargo && core.notBefore === release.planned_at ? revision : null
}

/** A journalist reads what their agency holds, and the agencies below it. */
export async function isWithin(db: Db, journalist: Journalist, agencyId: string): Promise<boolean> {
  return agencyId === journalist.agency_id || (await ancestorsOf(db, agencyId)).includes(journalist.agency_id)
}

/** How many could read what this agency holds under embargo: what the signer is told. */
export const readersOf = async (db: Db, agencyId: string, now: string): Promise<number> =>
  accreditedCount(db, [agencyId, ...(await ancestorsOf(db, agencyId))], now)

/** The journalist as they stand at the moment of reading, who has accepted the terms. @throws Refusal `not-found` */
export async function readerNow(db: Db, id: string, now: string): Promise<Journalist> {
  const journalist = await journalistById(db, id)
  if (!journalist || !isAccredited(journalist, now) || !hasAccepted(journalist)) throw notFound('release')
  return journalist
}
