/** Places in the lists of months for releases that were published before there were any. */
import { sql } from 'kysely'
import { once } from '../store/once.ts'
import type { Store } from '../store/open.ts'

const DONE = 'months-filled'
const LOCK = 7_264_009

/** Minutes of an offset such as +08:00. */
const minutesOf = (offset: string): number =>
  (offset.startsWith('-') ? -1 : 1) * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6)))

/**
 * Once per database, before anything else is published: every release takes a slot in the list of the local month of its
 * first edition, in the order of publication and with the sequence of that edition, so that a rebuild finds them as if they
 * had always been there.
 */
export async function fillMonths(store: Store, offset: string): Promise<void> {
  await once(store, DONE, LOCK, async (trx) => {
    const minutes = minutesOf(offset)
    const month =
      store.dialect === 'sqlite'
        ? sql`strftime('%Y-%m', e.first_published_at, ${`${minutes} minutes`})`
        : sql`to_char((e.first_published_at::timestamptz at time zone 'UTC') + make_interval(mins => ${sql.lit(minutes)}), 'YYYY-MM')`
    await sql`
      insert into slot (list, slot, release_id, first_sequence)
      select list, row_number() over (partition by list order by first_sequence), release_id, first_sequence
        from (select s.release_id, s.first_sequence, e.mode || ':month/' || ${month} as list
                from slot s join edition e on e.sequence = s.first_sequence
               where s.list in ('live:all', 'exercise:all', 'test:all')) as placed`.execute(trx)
  })
}
