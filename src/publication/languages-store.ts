/** Places in the lists of languages for releases that were published before there were any. */
import { sql } from 'kysely'
import { LANGUAGES } from '../desk/content.ts'
import { once } from '../store/once.ts'
import type { Store } from '../store/open.ts'

const DONE = 'languages-filled'
const LOCK = 7_264_010

/**
 * Once per database: every release takes a slot in the list of each language it speaks, with the sequence of its first edition
 * in that language, and every edition from there on is a change of that list. What has been purged speaks none.
 */
export async function fillLanguages(store: Store): Promise<void> {
  await once(store, DONE, LOCK, async (trx) => {
    for (const language of LANGUAGES) {
      const speaks =
        store.dialect === 'sqlite'
          ? sql`json_extract(content, ${`$.parts."${language}"`}) is not null`
          : sql`(content::jsonb -> 'parts' -> ${language}) is not null`
      await sql`
        insert into slot (list, slot, release_id, first_sequence)
        select mode || ':language/' || ${language}, row_number() over (partition by mode order by first), release_id, first
          from (select mode, release_id, min(sequence) as first from edition
                 where content is not null and ${speaks} group by mode, release_id) as spoken`.execute(trx)
      await sql`
        insert into list_change (list, sequence, release_id)
        select s.list, e.sequence, e.release_id from slot s join edition e on e.release_id = s.release_id and e.sequence >= s.first_sequence
         where s.list in (${sql.join(['live', 'exercise', 'test'].map((mode) => `${mode}:language/${language}`))})`.execute(
        trx,
      )
    }
  })
}
