/** Whom a release is for: the rule as SQL, and how many it finds. Everything goes by ranges of subscriber ids. */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Tables } from '../store/tables.ts'

type Db = Kysely<Tables>

/**
 * The places whose subscribers a release for `codes` concerns: the places themselves, those inside them, and those that
 * contain them. [] when that is every place there is: then nobody need be asked where they live.
 */
export async function concernedAreas(db: Db, codes: string[]): Promise<string[]> {
  if (codes.length === 0) return []
  const list = sql.join(codes)
  const { rows } = await sql<{ code: string; places: number }>`
    with recursive up(code, parent) as (
      select code, parent from area where code in (${list}) union select a.code, a.parent from area a join up on a.code = up.parent),
    down(code) as (select code from area where code in (${list}) union select a.code from area a join down on a.parent = down.code)
    select code, (select count(*) from area) as places from (select code from up union select code from down) x`.execute(
    db,
  )
  return rows.length > 0 && Number(rows[0]?.places) === rows.length ? [] : rows.map((r) => r.code)
}

/** Whom a release is for, before one looks at who was told of it. Empty topics or areas match everybody. */
export type Criteria = { topics: string[]; areas: string[]; urgency: string; languages?: string[] }
/** Subscriber ids beyond `from`, up to and including `to`. */
export type Range = { from: number; to: number }

const RANK: Record<string, string[]> = {
  normal: ['normal'],
  important: ['normal', 'important'],
  critical: ['normal', 'important', 'critical'],
}

/**
 * SQL that is true for a subscriber `s` of the range the criteria match. Topics and areas are looked up once for the range
 * and not once for each subscriber: a release for a whole league names a hundred places.
 */
export function matches(c: Criteria, range: Range): RawBuilder<boolean> {
  const topic = c.topics.length
    ? sql`(s.all_topics = 1 or (s.every_topic = 0 and s.id in (select t.subscriber_id from subscriber_topic t where t.topic in (${sql.join(c.topics)})
        and t.subscriber_id > ${range.from} and t.subscriber_id <= ${range.to}))
        or (s.every_topic = 1 and not exists (select 1 from subscriber_topic t where t.subscriber_id = s.id and t.topic not in (${sql.join(c.topics)}))))`
    : sql`1 = 1`
  const area = c.areas.length
    ? sql`(s.all_areas = 1 or s.id in (select a.subscriber_id from subscriber_area a where a.area in (${sql.join(c.areas)})
        and a.subscriber_id > ${range.from} and a.subscriber_id <= ${range.to}))`
    : sql`1 = 1`
  const language = c.languages ? sql`s.language in (${sql.join(c.languages)})` : sql`1 = 1`
  return sql<boolean>`(s.urgency in (${sql.join(RANK[c.urgency] ?? [])}) and ${language} and ${topic} and ${area})`
}

export const both = (a: RawBuilder<boolean>, b: RawBuilder<boolean>): RawBuilder<boolean> =>
  sql<boolean>`(${a} and ${b})`

export type Reached = { atOnce: number; inDigests: number }

/** How many active subscribers of a kind in the range would be told, and how many of those in a digest. */
export async function countRange(db: Db, kind: string, mode: string, c: Criteria, range: Range): Promise<Reached> {
  const { rows } = await sql<{ n: number; later: number }>`
    select count(*) as n, coalesce(sum(case when s.frequency <> 'at-once' then 1 else 0 end), 0) as later from subscriber s
    where s.kind = ${kind} and s.mode = ${mode} and s.state = 'active' and s.id > ${range.from} and s.id <= ${range.to} and ${matches(c, range)}`.execute(
    db,
  )
  const later = Number(rows[0]?.later ?? 0)
  return { atOnce: Number(rows[0]?.n ?? 0) - later, inDigests: later }
}

/** The id the next `size` subscribers of a kind reach to; null beyond the last. */
export async function rangeEnd(
  db: Db,
  kind: string,
  mode: string,
  from: number,
  end: number,
  size: number,
): Promise<number | null> {
  const { rows } = await sql<{ top: number | null }>`
    select max(id) as top from (select id from subscriber where kind = ${kind} and mode = ${mode} and id > ${from} and id <= ${end} order by id limit ${size}) x`.execute(
    db,
  )
  return rows[0]?.top == null ? null : Number(rows[0].top)
}

/** How many of these were told of earlier editions by these dispatches, each person once. */
export async function countTold(db: Db, dispatches: string[], range: Range): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(distinct d.subscriber_id) as n from delivery d where d.dispatch_id in (${sql.join(dispatches)})
      and d.subscriber_id > ${range.from} and d.subscriber_id <= ${range.to} and d.state in ('accepted','unknown')`.execute(
    db,
  )
  return Number(rows[0]?.n ?? 0)
}
