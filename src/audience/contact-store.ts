/** Rows of named contacts. Their names and telephones stand here and nowhere else; the subscriber's row has an id for an address. */
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'

type Db = Kysely<Tables>
export type ContactRow = Tables['contact']
/** A contact with what its subscriber's row says of it. */
export type Contact = ContactRow & { mode: string; language: string; areas: string[] }

const whole = (db: Db) =>
  db
    .selectFrom('contact')
    .innerJoin('subscriber', 'subscriber.id', 'contact.subscriber_id')
    .selectAll('contact')
    .select(['subscriber.mode', 'subscriber.language'])

export const insertContact = (trx: Db, row: ContactRow) => trx.insertInto('contact').values(row).execute()
export const updateContact = (trx: Db, id: number, set: Partial<ContactRow>) =>
  trx.updateTable('contact').set(set).where('subscriber_id', '=', id).execute()
export const deleteContact = (trx: Db, id: number) =>
  trx.deleteFrom('contact').where('subscriber_id', '=', id).execute()

export async function contactById(db: Db, id: number): Promise<Contact | undefined> {
  const row = await whole(db).where('contact.subscriber_id', '=', id).executeTakeFirst()
  return row ? (await withAreas(db, [row]))[0] : undefined
}

/** By name, at most `limit` after `after` (an id). */
export const contactsOf = async (db: Db, agencyId: string, limit: number): Promise<Contact[]> =>
  withAreas(
    db,
    await whole(db)
      .where('contact.agency_id', '=', agencyId)
      .orderBy('contact.name')
      .orderBy('contact.subscriber_id')
      .limit(limit)
      .execute(),
  )
export const countContacts = async (db: Db, agencyId: string): Promise<number> =>
  Number(
    (
      await db
        .selectFrom('contact')
        .select((e) => e.fn.countAll().as('n'))
        .where('agency_id', '=', agencyId)
        .executeTakeFirst()
    )?.n ?? 0,
  )

async function withAreas<Row extends ContactRow>(db: Db, rows: Row[]): Promise<(Row & { areas: string[] })[]> {
  const found = new Map<number, string[]>()
  // Many ids at once would be more parameters than a statement may have.
  for (let i = 0; i < rows.length; i += 500) {
    const ids = rows.slice(i, i + 500).map((r) => r.subscriber_id)
    const places = await db
      .selectFrom('subscriber_area')
      .selectAll()
      .where('subscriber_id', 'in', ids)
      .orderBy('area')
      .execute()
    for (const { subscriber_id, area } of places)
      found.set(Number(subscriber_id), [...(found.get(Number(subscriber_id)) ?? []), area])
  }
  return rows.map((r) => ({ ...r, areas: found.get(Number(r.subscriber_id)) ?? [] }))
}
