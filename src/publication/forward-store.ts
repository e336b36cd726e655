/** What a forward calendar asks: releases with a planned time, times at which public pages change, conferences. Reads only. */
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'

type Db = Kysely<Tables>
const MOST = 200

/** Agreed to, and not before its time. `from` and `to` are UTC ISO; `to` is left out. */
export const plannedBetween = (db: Db, agencyIds: string[], from: string, to: string) =>
  db
    .selectFrom('release')
    .selectAll()
    .where('agency_id', 'in', agencyIds)
    .where('state', 'in', ['approved', 'scheduled', 'held'])
    .where('planned_at', '>=', from)
    .where('planned_at', '<', to)
    .orderBy('planned_at')
    .limit(MOST)
    .execute()

export const turnsBetweenTimes = (db: Db, agencyIds: string[], from: string, to: string) =>
  db
    .selectFrom('turn_due')
    .innerJoin('release', 'release.id', 'turn_due.release_id')
    .selectAll('release')
    .select(['turn_due.why', 'turn_due.due_at'])
    // Times to come are few and releases many: an agency by index would be every release it ever had.
    .where((e) => e.fn.coalesce('release.agency_id', e.val('')), 'in', agencyIds)
    .where('turn_due.why', 'in', ['expired', 'display-ended'])
    .where('turn_due.due_at', '>=', from)
    .where('turn_due.due_at', '<', to)
    .orderBy('turn_due.due_at')
    .limit(MOST)
    .execute()

/** Public press conferences, the newest first, each with the words of its newest edition. */
export const publicConferences = (db: Db, agencyIds: string[]) =>
  db
    .selectFrom('release')
    .innerJoin('edition', (j) =>
      j.onRef('edition.release_id', '=', 'release.id').onRef('edition.number', '=', 'release.editions'),
    )
    .selectAll('release')
    .select('edition.content')
    .where('release.agency_id', 'in', agencyIds)
    .where('release.kind', '=', 'press-conference')
    .where('release.face', '=', 'live')
    .orderBy('release.updated_at', 'desc')
    .limit(MOST)
    .execute()
