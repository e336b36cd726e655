/** Rate limits that hold over every process on one database. What is limited is known by a hash alone. */
import { type Kysely, sql } from 'kysely'
import { type Clock, DAY, plus } from '../lib/clock.ts'
import { sha256 } from '../lib/id.ts'
import type { Tables } from './tables.ts'

type Db = Kysely<Tables>

/** At most `max` in `windowMs`; the window begins with the first asking. */
export type Rate = { max: number; windowMs: number }

/** Counts one asking. @returns whether it is within the limit; askings over it lengthen nothing */
export async function within(db: Db, clock: Clock, what: string, who: string, rate: Rate): Promise<boolean> {
  const key = sha256(`${what}\n${who}`)
  const now = clock.now()
  const over = plus(now, -rate.windowMs)
  const { rows } = await sql<{ n: number }>`
    insert into rate (key, since, n) values (${key}, ${now}, 1)
    on conflict (key) do update set n = case when rate.since <= ${over} then 1 else rate.n + 1 end,
      since = case when rate.since <= ${over} then ${now} else rate.since end
    returning n`.execute(db)
  return Number(rows[0]?.n ?? 0) <= rate.max
}

/** No window is longer than a day, so what began before says nothing any more. */
export const dropOldRates = (db: Db, clock: Clock) =>
  db.deleteFrom('rate').where('since', '<', plus(clock.now(), -DAY)).execute()
