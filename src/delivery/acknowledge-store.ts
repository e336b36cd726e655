/** Who was asked to sign for an edition, and who has. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../store/tables.ts'
import type { RunRow } from './run-store.ts'

type Db = Kysely<Tables>

/** One contact who was asked. Name and telephone are null once the contact was deleted. */
export type Asked = {
  id: number
  subscriberId: number
  name: string | null
  role: string | null
  phone: string | null
  email: string | null
  agencyId: string | null
  /** Code and names of the places they stand for, in order. */
  areas: { code: string; zh: string; en: string }[]
  language: string
  askedAt: string
  at: string | null
  recordedBy: string | null
  note: string
}

/** Most people of one list: more than an office can ring. */
export const MOST_ASKED = 5_000

/** Everybody the manual run asked, by place and then name; those who left before it are not among them. */
export async function askedBy(db: Db, dispatchId: string): Promise<Asked[]> {
  const { rows } = await sql<Omit<Asked, 'areas'>>`
    select d.id, d.subscriber_id as "subscriberId", d.language, d.updated_at as "askedAt",
      c.name, c.role, c.phone, c.email, c.agency_id as "agencyId",
      a.at, a.recorded_by as "recordedBy", coalesce(a.note, '') as note
    from delivery d left join contact c on c.subscriber_id = d.subscriber_id left join acknowledgement a on a.delivery_id = d.id
    where d.dispatch_id = ${dispatchId} and d.state = 'suppressed' and d.why = 'by hand'
    order by d.id limit ${MOST_ASKED}`.execute(db)
  const { rows: places } = await sql<{ id: number; code: string; zh: string; en: string }>`
    select d.subscriber_id as id, s.area as code, coalesce(p.name_zh, '') as zh, coalesce(p.name_en, '') as en
    from delivery d join subscriber_area s on s.subscriber_id = d.subscriber_id left join area p on p.code = s.area
    where d.dispatch_id = ${dispatchId} order by s.area`.execute(db)
  const at = Map.groupBy(places, (p) => Number(p.id))
  const found = rows.map((r) => ({
    ...r,
    id: Number(r.id),
    subscriberId: Number(r.subscriberId),
    areas: (at.get(Number(r.subscriberId)) ?? []).map(({ code, zh, en }) => ({ code, zh, en })),
  }))
  const place = (a: Asked) => a.areas[0]?.code ?? ''
  return found.sort((a, b) =>
    place(a) < place(b) ? -1 : place(a) > place(b) ? 1 : (a.name ?? '').localeCompare(b.name ?? '', 'zh'),
  )
}

/** One who was asked, with what is needed to show them their own page. */
export const askedOne = async (db: Db, deliveryId: number) =>
  db
    .selectFrom('delivery')
    .innerJoin('dispatch_run', 'dispatch_run.dispatch_id', 'delivery.dispatch_id')
    .innerJoin('contact', 'contact.subscriber_id', 'delivery.subscriber_id')
    .select([
      'delivery.id',
      'delivery.subscriber_id as subscriberId',
      'delivery.language',
      'dispatch_run.release_id as releaseId',
      'dispatch_run.edition_id as editionId',
      'dispatch_run.sequence',
      'contact.name',
      'contact.role',
    ])
    .where('delivery.id', '=', deliveryId)
    .where('delivery.state', '=', 'suppressed')
    .where('delivery.why', '=', 'by hand')
    .where('dispatch_run.outlet', '=', 'manual')
    .executeTakeFirst()

/** The newest time this contact was asked about the release. */
export const newestAsking = async (db: Db, releaseId: string, subscriberId: number): Promise<number | undefined> => {
  const row = await db
    .selectFrom('dispatch_run')
    .innerJoin('delivery', 'delivery.dispatch_id', 'dispatch_run.dispatch_id')
    .select('delivery.id')
    .where('dispatch_run.release_id', '=', releaseId)
    .where('dispatch_run.outlet', '=', 'manual')
    .where('delivery.subscriber_id', '=', subscriberId)
    .where('delivery.state', '=', 'suppressed')
    .orderBy('dispatch_run.sequence', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && Number(row.id)
}

export const acknowledgementOf = (db: Db, deliveryId: number) =>
  db.selectFrom('acknowledgement').selectAll().where('delivery_id', '=', deliveryId).executeTakeFirst()

/** @returns false where it was signed for already: the first time stays */
export const insertAcknowledgement = async (db: Db, row: Tables['acknowledgement']): Promise<boolean> =>
  ((
    await db
      .insertInto('acknowledgement')
      .values(row)
      .onConflict((c) => c.doNothing())
      .executeTakeFirst()
  ).numInsertedOrUpdatedRows ?? 0n) > 0n

/** How many have signed for each edition of a release, and of those how many by a member's word. */
export async function countSigned(db: Db, releaseId: string): Promise<Map<string, { all: number; byHand: number }>> {
  const { rows } = await sql<{ edition_id: string; n: number; by_hand: number }>`
    select edition_id, count(*) as n, count(recorded_by) as by_hand from acknowledgement where release_id = ${releaseId} group by edition_id`.execute(
    db,
  )
  return new Map(rows.map((r) => [r.edition_id, { all: Number(r.n), byHand: Number(r.by_hand) }]))
}

/** The newest run that asked people to sign. */
export const newestManualRun = (db: Db, releaseId: string): Promise<RunRow | undefined> =>
  db
    .selectFrom('dispatch_run')
    .selectAll()
    .where('release_id', '=', releaseId)
    .where('outlet', '=', 'manual')
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst()
