/** Leases of rows on the wire. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../store/tables.ts'
import { listed } from './store.ts'

type Db = Kysely<Tables>
type Dialect = Parameters<typeof listed>[0]

/** Lengthens the lease of what is still on the wire. It waits for no row: one being settled just now needs no lease any more. */
export const renew = (db: Db, dialect: Dialect, lease: string, ids: number[], until: string) => {
  const free =
    dialect === 'postgres'
      ? sql`(select id from delivery where id in ${listed(dialect, ids)} for update skip locked)`
      : listed(dialect, ids)
  return sql`update delivery set lease_until = ${until} where id in ${free} and lease = ${lease} and state = 'sending'`.execute(
    db,
  )
}
