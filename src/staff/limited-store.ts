/** 限阅 in lists: which releases are kept to others than this member. Reads only. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../store/tables.ts'
import { type Actor, readsEverything } from './member.ts'

type Db = Kysely<Tables>

/** For lists: releases that are not limited, or that this member may read all the same. */
export const readableBy = (memberId: string) => sql<boolean>`(
  not exists (select 1 from limited_release l where l.release_id = release.id)
  or release.state in ('published', 'withdrawn', 'taken-down')
  or exists (select 1 from limited_reader r where r.release_id = release.id and r.member_id = ${memberId})
  or exists (select 1 from contribution c where c.release_id = release.id and c.member_id = ${memberId}))`

/** Of these releases those that are not there for this member: neither their number nor that somebody works on them. */
export async function keptFrom(
  db: Db,
  by: Pick<Actor, 'roles' | 'memberId'>,
  releaseIds: string[],
): Promise<Set<string>> {
  const ids = [...new Set(releaseIds)]
  if (ids.length === 0 || readsEverything(by)) return new Set()
  const rows = await db
    .selectFrom('release')
    .select('id')
    .where('id', 'in', ids)
    .where((e) => e.not(readableBy(by.memberId)))
    .execute()
  return new Set(rows.map((r) => r.id))
}
