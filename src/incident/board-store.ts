/** What the monitoring board reads: clocks of some agencies, and what their subjects are called. Reads only. */
import { type Kysely, sql } from 'kysely'
import { keptFrom } from '../staff/limited-store.ts'
import type { Actor } from '../staff/member.ts'
import type { Tables } from '../store/tables.ts'
import type { ClockRow } from './clock-store.ts'

type Db = Kysely<Tables>
export type Narrow = { rule?: string | undefined }

/** Clocks that are not met, the nearest deadline first; those without one last. */
export const runningClocks = (db: Db, agencyIds: string[], limit: number, { rule }: Narrow = {}) => {
  const q = db
    .selectFrom('clock')
    .selectAll()
    .where('agency_id', 'in', agencyIds)
    .where(sql<boolean>`met_at is null and ended_at is null`)
    .orderBy(sql`case when due_at is null then 1 else 0 end`)
    .orderBy('due_at')
    .limit(limit)
  return (rule ? q.where('rule', '=', rule) : q).execute()
}

/** Clocks that ran out, the last one first, whatever became of them. */
export const lateClocks = (db: Db, agencyIds: string[], limit: number, { rule }: Narrow = {}) => {
  const q = db
    .selectFrom('clock')
    .selectAll()
    .where('agency_id', 'in', agencyIds)
    .where('breached_at', 'is not', null)
    .orderBy('breached_at', 'desc')
    .limit(limit)
  return (rule ? q.where('rule', '=', rule) : q).execute()
}

/** `title` is given for incidents alone: the words of a release are not everybody's. */
export type Subject = { kind: string; number: string; titleZh: string; titleEn: string; releaseId?: string }

export async function subjectsOf(db: Db, clocks: Pick<ClockRow, 'subject'>[]): Promise<Map<string, Subject>> {
  const ids = (kind: string) => [
    ...new Set(clocks.flatMap((c) => (c.subject.startsWith(`${kind}:`) ? [c.subject.split(':')[1] as string] : []))),
  ]
  const some = <T>(list: string[], ask: (list: string[]) => Promise<T[]>): Promise<T[]> =>
    list.length ? ask(list) : Promise.resolve([])
  const [incidents, releases, editions, faults, opinions] = await Promise.all([
    some(ids('incident'), (l) => db.selectFrom('incident').selectAll().where('id', 'in', l).execute()),
    some(ids('release'), (l) => db.selectFrom('release').select(['id', 'number']).where('id', 'in', l).execute()),
    some(ids('edition'), (l) =>
      db
        .selectFrom('edition')
        .innerJoin('release', 'release.id', 'edition.release_id')
        .select(['edition.id', 'release.id as release_id', 'release.number'])
        .where('edition.id', 'in', l)
        .execute(),
    ),
    some(ids('fault'), (l) => db.selectFrom('fault').select(['id', 'number']).where('id', 'in', l).execute()),
    some(ids('opinion'), (l) => db.selectFrom('opinion').select(['id', 'number']).where('id', 'in', l).execute()),
  ])
  const known = new Map<string, Subject>()
  for (const i of incidents)
    known.set(`incident:${i.id}`, { kind: 'incident', number: i.number, titleZh: i.title_zh, titleEn: i.title_en })
  const plain = { titleZh: '', titleEn: '' }
  for (const { id, number, releaseId } of [
    ...releases.map((r) => ({ ...r, releaseId: r.id })),
    ...editions.map((r) => ({ ...r, releaseId: r.release_id })),
  ])
    known.set(id, { kind: 'release', number, releaseId, ...plain })
  for (const o of opinions) known.set(`opinion:${o.id}`, { kind: 'opinion', number: o.number, ...plain })
  for (const f of faults) known.set(`fault:${f.id}`, { kind: 'fault', number: f.number, ...plain })
  const find = (subject: string) => known.get(subject) ?? known.get(subject.split(':')[1] ?? '')
  return new Map(
    clocks.flatMap((c) => {
      const found = find(c.subject)
      return found ? [[c.subject, found] as const] : []
    }),
  )
}

/** What clocks are about, and the clocks themselves but for those of releases kept from this member (限阅). */
export async function seenClocks<C extends Pick<ClockRow, 'subject'>>(
  db: Db,
  by: Pick<Actor, 'roles' | 'memberId'>,
  clocks: C[],
): Promise<{ clocks: C[]; subjects: Map<string, Subject> }> {
  const subjects = await subjectsOf(db, clocks)
  const kept = await keptFrom(
    db,
    by,
    [...subjects.values()].flatMap((s) => s.releaseId ?? []),
  )
  return { clocks: clocks.filter((c) => !kept.has(subjects.get(c.subject)?.releaseId ?? '')), subjects }
}
