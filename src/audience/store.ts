/** Rows of subscribers, topics and areas. */
import type { Insertable, Kysely, Selectable, Updateable } from 'kysely'
import type { Tables } from '../store/tables.ts'

type Db = Kysely<Tables>
export type SubscriberRow = Selectable<Tables['subscriber']>
export type NewSubscriber = Omit<Insertable<Tables['subscriber']>, 'id'>

/** What somebody who chose nothing gets: everything, at once, in the first language. */
export const EVERYTHING = {
  language: 'zh-CN',
  urgency: 'normal',
  frequency: 'at-once',
  all_topics: 1,
  all_areas: 1,
} as const

export const topics = (db: Db) => db.selectFrom('topic').selectAll().orderBy('position').execute()
export const areas = (db: Db) => db.selectFrom('area').selectAll().orderBy('code').execute()
/** Rises whenever areas are put. */
export const AREAS_VERSION = 'areas'
export const areasVersion = async (db: Db): Promise<number> =>
  Number(
    (await db.selectFrom('counter').select('value').where('name', '=', AREAS_VERSION).executeTakeFirst())?.value ?? 0,
  )
export const putTopic = (db: Db, row: Insertable<Tables['topic']>) =>
  db
    .insertInto('topic')
    .values(row)
    .onConflict((c) =>
      c.column('slug').doUpdateSet({ name_zh: row.name_zh, name_en: row.name_en, position: row.position }),
    )
    .execute()
/** A Mongolian name that is not given stays as it was. */
export const putArea = (db: Db, row: Insertable<Tables['area']>) =>
  db
    .insertInto('area')
    .values(row)
    .onConflict((c) =>
      c.column('code').doUpdateSet({
        name_zh: row.name_zh,
        name_en: row.name_en,
        parent: row.parent,
        ...(row.name_mn === undefined ? {} : { name_mn: row.name_mn }),
      }),
    )
    .execute()
export const topicBySlug = (db: Db, slug: string) =>
  db.selectFrom('topic').selectAll().where('slug', '=', slug).executeTakeFirst()
export const retireTopicRow = (db: Db, slug: string, at: string | null) =>
  db.updateTable('topic').set({ retired_at: at }).where('slug', '=', slug).execute()
/** Topics somebody can still choose, and of those retired the ones already chosen. */
export const topicsToChoose = async (db: Db, chosen: readonly string[] = []) =>
  (await topics(db)).filter((t) => t.retired_at === null || chosen.includes(t.slug))

/** Which of these codes and slugs exist. */
export const knownAreas = (db: Db, codes: string[]) =>
  codes.length
    ? db.selectFrom('area').selectAll().where('code', 'in', codes).orderBy('code').execute()
    : Promise.resolve([])
export const knownTopics = (db: Db, slugs: string[]) =>
  slugs.length
    ? db.selectFrom('topic').selectAll().where('slug', 'in', slugs).orderBy('position').execute()
    : Promise.resolve([])
/** The place that contains this one; null at the top. */
export const parentArea = async (db: Db, code: string): Promise<string | null> =>
  (await db.selectFrom('area').select('parent').where('code', '=', code).executeTakeFirst())?.parent ?? null

export const subscriberByToken = (db: Db, token: string) =>
  db.selectFrom('subscriber').selectAll().where('token', '=', token).executeTakeFirst()
export const subscriberByAddress = (db: Db, kind: string, address: string, mode: string) =>
  db
    .selectFrom('subscriber')
    .selectAll()
    .where('kind', '=', kind)
    .where('address', '=', address)
    .where('mode', '=', mode)
    .executeTakeFirst()
/** Those of these addresses that are there. */
export const subscribersByAddress = (db: Db, kind: string, addresses: string[], mode: string) =>
  addresses.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('subscriber')
        .selectAll()
        .where('kind', '=', kind)
        .where('address', 'in', addresses)
        .where('mode', '=', mode)
        .execute()
export const subscriberById = (db: Db, id: number) =>
  db.selectFrom('subscriber').selectAll().where('id', '=', id).executeTakeFirst()
export const insertSubscriber = async (db: Db, row: NewSubscriber): Promise<number> =>
  Number((await db.insertInto('subscriber').values(row).returning('id').executeTakeFirstOrThrow()).id)
export const updateSubscriber = (db: Db, id: number, set: Updateable<Tables['subscriber']>) =>
  db.updateTable('subscriber').set(set).where('id', '=', id).execute()
export const deleteSubscriber = (db: Db, id: number) => db.deleteFrom('subscriber').where('id', '=', id).execute()

export async function setInterests(trx: Db, id: number, topicSlugs: string[], areaCodes: string[]): Promise<void> {
  await trx.deleteFrom('subscriber_topic').where('subscriber_id', '=', id).execute()
  await trx.deleteFrom('subscriber_area').where('subscriber_id', '=', id).execute()
  if (topicSlugs.length)
    await trx
      .insertInto('subscriber_topic')
      .values(topicSlugs.map((topic) => ({ subscriber_id: id, topic })))
      .execute()
  if (areaCodes.length)
    await trx
      .insertInto('subscriber_area')
      .values(areaCodes.map((area) => ({ subscriber_id: id, area })))
      .execute()
}
export const interestsOf = async (db: Db, id: number) => ({
  topics: (await db.selectFrom('subscriber_topic').select('topic').where('subscriber_id', '=', id).execute()).map(
    (r) => r.topic,
  ),
  areas: (await db.selectFrom('subscriber_area').select('area').where('subscriber_id', '=', id).execute()).map(
    (r) => r.area,
  ),
})
/** Has delivery look now at what waits for a subscriber: they want it at once, or not at all any more. */
export const callDigest = (trx: Db, id: number, now: string) =>
  trx
    .insertInto('digest_call')
    .values({ subscriber_id: id, since: now })
    .onConflict((c) => c.doNothing())
    .execute()
/** Subscriptions nobody confirmed are dropped with their addresses. */
export const dropUnconfirmed = (db: Db, before: string) =>
  db
    .deleteFrom('subscriber')
    .where('kind', '=', 'email')
    .where('state', '=', 'pending')
    .where('created_at', '<', before)
    .execute()

/**
 * Those who left or whose address died before then, with their choices, at most `limit`. Never the newest of all: SQLite
 * would give its id, and with it what was sent to it, to the next who comes. @returns how many went
 */
export const removeFormer = async (trx: Db, before: string, limit: number): Promise<number> => {
  const some = trx
    .selectFrom('subscriber')
    .select('id')
    .where('state', 'in', ['left', 'gone'])
    .where('left_at', '<', before)
    .where('id', '<', (e) => e.selectFrom('subscriber').select((m) => m.fn.max('id').as('top')))
    .limit(limit)
  return Number((await trx.deleteFrom('subscriber').where('id', 'in', some).executeTakeFirst()).numDeletedRows)
}

/** Whether anybody is on the list of an outlet. */
export const anybodyOn = async (db: Db, kind: string, mode: string): Promise<boolean> =>
  (await db
    .selectFrom('subscriber')
    .select('id')
    .where('kind', '=', kind)
    .where('mode', '=', mode)
    .where('state', '=', 'active')
    .limit(1)
    .executeTakeFirst()) !== undefined

/** What was sent to a subscriber, newest first, as the release it belongs to names it. */
export const deliveriesTo = (db: Db, id: number, limit: number) =>
  db
    .selectFrom('delivery')
    .innerJoin('dispatch_run', 'dispatch_run.dispatch_id', 'delivery.dispatch_id')
    .innerJoin('release', 'release.id', 'dispatch_run.release_id')
    .select(['release.number', 'dispatch_run.outlet', 'delivery.state', 'delivery.accepted_at', 'delivery.updated_at'])
    .where('delivery.subscriber_id', '=', id)
    .orderBy('delivery.id', 'desc')
    .limit(limit)
    .execute()
/** Whom a delivery went to and when, for what comes back about it. */
export const recipientOf = (db: Db, deliveryId: number) =>
  db
    .selectFrom('delivery')
    .innerJoin('subscriber', 'subscriber.id', 'delivery.subscriber_id')
    .select(['subscriber.id', 'subscriber.state', 'subscriber.kind', 'delivery.updated_at'])
    .where('delivery.id', '=', deliveryId)
    .where('subscriber.kind', '=', 'email')
    .executeTakeFirst()
/** Adds one to a counter by name. */
export const count = (db: Db, name: string) =>
  db
    .insertInto('counter')
    .values({ name, value: 1 })
    .onConflict((c) => c.column('name').doUpdateSet((e) => ({ value: e('counter.value', '+', 1) })))
    .execute()
export const mailDeliveriesOf = async (db: Db, id: number): Promise<number[]> =>
  (await db.selectFrom('delivery').select('id').where('subscriber_id', '=', id).execute()).map((r) => Number(r.id))
