/** Rows of who may originate warnings. */
import type { Kysely } from 'kysely'
import { newId } from '../lib/id.ts'
import type { Tables } from '../store/tables.ts'
import type { AuthorityRule } from './authority.ts'

type Db = Kysely<Tables>

/** Rules of these agencies, each agency's in its own order. */
export async function authorityOf(db: Db, agencyIds: string[]): Promise<AuthorityRule[]> {
  if (agencyIds.length === 0) return []
  const rows = await db
    .selectFrom('authority')
    .selectAll()
    .where('agency_id', 'in', agencyIds)
    .orderBy('agency_id')
    .orderBy('position')
    .execute()
  return rows.map((r) => ({
    hazard: r.hazard,
    levels: JSON.parse(r.levels) as AuthorityRule['levels'],
    area: r.area,
    originator: r.originator,
    station: r.station,
  }))
}

/** The whole matrix of an agency anew. */
export async function replaceAuthority(trx: Db, agencyId: string, rules: AuthorityRule[]): Promise<void> {
  await trx.deleteFrom('authority').where('agency_id', '=', agencyId).execute()
  if (rules.length)
    await trx
      .insertInto('authority')
      .values(
        rules.map((r, position) => ({
          id: newId(),
          agency_id: agencyId,
          position,
          hazard: r.hazard,
          levels: JSON.stringify(r.levels),
          area: r.area,
          originator: r.originator,
          station: r.station,
        })),
      )
      .execute()
}
