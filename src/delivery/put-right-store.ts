/** What rows say of errors and their corrections. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../store/tables.ts'

type Db = Kysely<Tables>

/** Subjects of the clocks of this rule that still run. */
export const errorsOpen = async (db: Db, rule: string): Promise<string[]> =>
  (
    await db
      .selectFrom('clock')
      .select('subject')
      .where('rule', '=', rule)
      .where('met_at', 'is', null)
      .where('ended_at', 'is', null)
      .limit(100)
      .execute()
  ).map((c) => c.subject)

/** When what puts this edition right was first out; null while it is not. */
export async function correctedAt(db: Db, editionId: string): Promise<string | null> {
  const rows = await db
    .selectFrom('edition as wrong')
    .innerJoin('edition as later', (j) =>
      j.onRef('later.release_id', '=', 'wrong.release_id').onRef('later.sequence', '>', 'wrong.sequence'),
    )
    .innerJoin('dispatch_run as run', 'run.edition_id', 'later.id')
    .select(['run.verified_at', 'run.first_accepted_at', 'run.outlet'])
    .where('wrong.id', '=', editionId)
    .where('later.type', 'in', ['correction', 'withdrawal', 'takedown'])
    .execute()
  // A page is out when it was read back; its own outlet "accepts" it before anybody can read it.
  const times = rows.map((r) => (['website', 'feeds'].includes(r.outlet) ? r.verified_at : r.first_accepted_at))
  return times.filter((at): at is string => at !== null).sort()[0] ?? null
}

/** Errors known since then, with how long each took; by agency, for figures. */
export const errorsSince = (db: Db, rule: string, agencyIds: string[], since: string) =>
  db
    .selectFrom('clock')
    .innerJoin('edition', (j) => j.on(sql<boolean>`clock.subject = 'edition:' || edition.id`))
    .innerJoin('release', 'release.id', 'edition.release_id')
    .select(['release.number', 'release.agency_id', 'edition.number as edition', 'clock.started_at', 'clock.met_at'])
    .where('clock.rule', '=', rule)
    .where('clock.ended_at', 'is', null)
    .where('clock.agency_id', 'in', agencyIds)
    .where('clock.started_at', '>=', since)
    .orderBy('clock.started_at', 'desc')
    .limit(200)
    .execute()
