/** Rows of submissions, decisions and resolved hits. */
import type { Kysely, Updateable } from 'kysely'
import type { Content, RepostOf } from '../desk/content.ts'
import { releaseAddress } from '../desk/release.ts'
import type { Tables } from '../store/tables.ts'
import { forgetComments } from './comment-store.ts'
import type { SourceStanding } from './repost.ts'

type Db = Kysely<Tables>
export type SubmissionRow = Tables['submission']
export type DecisionRow = Tables['decision']

export const insertSubmission = (db: Db, row: SubmissionRow) => db.insertInto('submission').values(row).execute()
/** The submission under way: open, or approved and not yet published. */
export const currentSubmission = (db: Db, releaseId: string) =>
  db
    .selectFrom('submission')
    .selectAll()
    .where('release_id', '=', releaseId)
    .where('state', 'in', ['open', 'approved'])
    .executeTakeFirst()
/** The newest submission of a release, whatever became of it. */
export const lastSubmission = (db: Db, releaseId: string) =>
  db
    .selectFrom('submission')
    .selectAll()
    .where('release_id', '=', releaseId)
    .orderBy('submitted_at', 'desc')
    .limit(1)
    .executeTakeFirst()
export const updateSubmission = (db: Db, id: string, set: Updateable<SubmissionRow>) =>
  db.updateTable('submission').set(set).where('id', '=', id).execute()

export const insertDecision = (db: Db, row: DecisionRow) => db.insertInto('decision').values(row).execute()
export const decisionsOf = (db: Db, releaseId: string, cycle?: number) => {
  const q = db.selectFrom('decision').selectAll().where('release_id', '=', releaseId).orderBy('at').orderBy('id')
  return (cycle === undefined ? q : q.where('cycle', '=', cycle)).execute()
}
export const updateDecision = (
  db: Db,
  id: string,
  set: Pick<Updateable<DecisionRow>, 'confirmed_at' | 'void' | 'opinion' | 'confidentiality'>,
) => db.updateTable('decision').set(set).where('id', '=', id).execute()
/** Telephone sign-offs that nobody has confirmed in time. */
export const unconfirmedDecisions = (db: Db, now: string) =>
  db
    .selectFrom('decision')
    .selectAll()
    .where('confirm_by', '<', now)
    .where('confirmed_at', 'is', null)
    .where('void', '=', 0)
    .limit(100)
    .execute()

export const resolutionsOf = (db: Db, releaseId: string) =>
  db.selectFrom('hit_resolution').selectAll().where('release_id', '=', releaseId).execute()
export const insertResolution = (db: Db, row: Tables['hit_resolution']) =>
  db
    .insertInto('hit_resolution')
    .values(row)
    .onConflict((c) =>
      c
        .columns(['release_id', 'hit_key', 'part_hash'])
        .doUpdateSet({ action: row.action, note: row.note, member_id: row.member_id, at: row.at }),
    )
    .execute()

/** Which revision an edition was made from; the edition itself is publication's. */
/** The edition a release carries, by its rows as they are now; null where there is no such edition. */
export async function sourceStanding(
  db: Db,
  { releaseId, edition }: Pick<RepostOf, 'releaseId' | 'edition'>,
): Promise<SourceStanding | null> {
  const [release, editions] = await Promise.all([
    db.selectFrom('release').select(['number', 'mode']).where('id', '=', releaseId).executeTakeFirst(),
    db.selectFrom('edition').selectAll().where('release_id', '=', releaseId).orderBy('number').execute(),
  ])
  const cited = editions.find((e) => e.number === edition)
  if (!release || !cited) return null
  const faces = JSON.parse(cited.faces) as { agency?: { name: RepostOf['agencyName'] } }
  return {
    named: {
      releaseId,
      releaseNumber: release.number,
      edition,
      hash: cited.revision_hash,
      agencyName: faces.agency?.name ?? { zh: '', en: '' },
      address: releaseAddress(release.number, release.mode),
      publishedAt: cited.published_at,
    },
    content: cited.content ? (JSON.parse(cited.content) as Content) : null,
    editions: editions.map((e) => ({ number: e.number, type: e.type })),
  }
}
export const publishedRevision = async (db: Db, releaseId: string, edition: number): Promise<number | undefined> =>
  (
    await db
      .selectFrom('edition')
      .select('revision')
      .where('release_id', '=', releaseId)
      .where('number', '=', edition)
      .executeTakeFirst()
  )?.revision

/** Forgets what this stage says of a release's text: opinions, notes on hits, comments. Verdicts and hashes stay. */
export async function forgetReview(trx: Db, releaseId: string): Promise<void> {
  await trx
    .updateTable('decision')
    .set({ opinion: '*', confidentiality: null })
    .where('release_id', '=', releaseId)
    .execute()
  await trx.deleteFrom('hit_resolution').where('release_id', '=', releaseId).execute()
  await forgetComments(trx, releaseId)
}

/** What signers said on the telephone about releases of an incident, and what was written beside it. */
export const phoneWordsOf = (db: Db, incidentId: string) =>
  db
    .selectFrom('decision')
    .innerJoin('release', 'release.id', 'decision.release_id')
    .select(['decision.id', 'decision.at', 'decision.opinion'])
    .where('release.incident_id', '=', incidentId)
    .where('decision.recorded_by', 'is not', null)
    .where('decision.opinion', '<>', '*')
    .orderBy('decision.at')
    .execute()
/** Whether an edition that is still read, or may be rendered again, offers the file. */
export async function isOffered(db: Db, releaseId: string, sha256: string): Promise<boolean> {
  const rows = await db.selectFrom('edition').select('content').where('release_id', '=', releaseId).execute()
  return rows.some((r) => r.content && (JSON.parse(r.content) as Content).attachments.some((a) => a.sha256 === sha256))
}

/** The edition's own text where it took the place of a false alarm. */
export async function falseAlarmEdition(db: Db, releaseId: string, number: number): Promise<Content | null> {
  const row = await db
    .selectFrom('edition')
    .select(['content', 'type'])
    .where('release_id', '=', releaseId)
    .where('number', '=', number)
    .executeTakeFirst()
  const content = row?.content && row.type === 'correction' ? (JSON.parse(row.content) as Content) : null
  return content?.core.falseAlarmOf === undefined ? null : content
}
/** The submission an edition was published from. */
export const publishedSubmission = (db: Db, releaseId: string, cycle: number) =>
  db
    .selectFrom('submission')
    .selectAll()
    .where('release_id', '=', releaseId)
    .where('cycle', '=', cycle)
    .where('state', '=', 'published')
    .executeTakeFirst()
