/** Rows of the search index: FTS5 on SQLite, tsvector on PostgreSQL. Words come from lib/cjk on both, so both find the same. */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Tables } from '../store/tables.ts'

type Db = Kysely<Tables>
export type Dialect = 'sqlite' | 'postgres'

/**
 * Words of a release as the index takes them, each once. A word of the title stands there a second time behind an equals sign;
 * facets are list keys and numbers and begin with a slash. No word begins with either.
 */
export type Indexed = { words: string[]; title: string[]; facets: string[] }
export type SearchDoc = Tables['search_doc']

/** Takes a release out of the index: its words, and what a hit would show. */
export async function dropDoc(trx: Db, dialect: Dialect, releaseId: string): Promise<void> {
  const doc = await trx.selectFrom('search_doc').select('id').where('release_id', '=', releaseId).executeTakeFirst()
  if (!doc) return
  const id = sql.raw(dialect === 'sqlite' ? 'rowid' : 'id')
  await sql`delete from search_index where ${id} = ${doc.id}`.execute(trx)
  await trx.deleteFrom('search_doc').where('id', '=', doc.id).execute()
}

/** Puts a release in place of whatever stood there of it. */
export async function putDoc(trx: Db, dialect: Dialect, doc: SearchDoc, words: Indexed): Promise<void> {
  await dropDoc(trx, dialect, doc.release_id)
  // Words whose row was lost would be found for ever.
  await sql`delete from search_index where ${sql.raw(dialect === 'sqlite' ? 'rowid' : 'id')} = ${doc.id}`.execute(trx)
  await trx.insertInto('search_doc').values(doc).execute()
  const tokens = [...words.words, ...words.title.map(inTitle), ...words.facets]
  if (dialect === 'sqlite')
    await sql`insert into search_index (rowid, words) values (${doc.id}, ${tokens.join(' ')})`.execute(trx)
  else
    await sql`insert into search_index (id, words) values (${doc.id}, ${tokens.map(lexeme).join(' ')}::tsvector)`.execute(
      trx,
    )
}

const inTitle = (word: string): string => `=${word}`

/** What a release must hold to be a hit, and whether all its words must stand in the title. */
export type Wanted = {
  words: string[]
  place: 'title' | 'anywhere'
  facets: string[]
  /** Ids, inclusive. */
  from: number
  to: number
}

/** Ids of the newest hits. Reads no more of the index than it gives, so a common word costs what a rare one does. */
export async function hitIds(db: Db, dialect: Dialect, wanted: Wanted, limit: number): Promise<number[]> {
  const { where, id } = matching(dialect, wanted)
  const found = sql<{ id: number }>`select ${id} as id from search_index where ${where} order by ${id} desc
    limit ${sql.lit(limit)}`
  return (await found.execute(db)).rows.map((row) => Number(row.id))
}

function matching(dialect: Dialect, wanted: Wanted): { where: RawBuilder<unknown>; id: RawBuilder<unknown> } {
  const id = sql.raw(dialect === 'sqlite' ? 'rowid' : 'id')
  const match =
    dialect === 'sqlite' ? sql`search_index match ${expression(wanted)}` : sql`words @@ ${tsquery(wanted)}::tsquery`
  // A range that excludes nothing would keep FTS5 from nothing, and PostgreSQL from its index of words.
  const from = wanted.from > 0 ? sql` and ${id} >= ${wanted.from}` : sql``
  const to = wanted.to < Number.MAX_SAFE_INTEGER ? sql` and ${id} <= ${wanted.to}` : sql``
  return { id, where: sql`${match}${from}${to}` }
}

/** Words hold letters and digits alone and facets no quote, but nobody should have to rely on it. */
const quoted = (token: string): string => `"${token.replaceAll('"', '""')}"`
const lexeme = (token: string): string => `'${token.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`

/** FTS5: every token is a quoted string, so nothing a person types is an operator. */
const expression = (wanted: Wanted): string => tokensOf(wanted).map(quoted).join(' AND ')
const tsquery = (wanted: Wanted): string => tokensOf(wanted).map(lexeme).join(' & ')

const tokensOf = ({ words, place, facets }: Wanted): string[] => [
  ...(place === 'title' ? words.map(inTitle) : words),
  ...facets,
]

/** What hits show. Only of releases that are live as one asks: the index is never the last word on what is public. */
export async function liveDocs(db: Db, ids: number[]): Promise<SearchDoc[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('search_doc')
    .innerJoin('release', 'release.id', 'search_doc.release_id')
    .selectAll('search_doc')
    .where('search_doc.id', 'in', ids)
    .where('release.face', '=', 'live')
    .where('release.mode', '=', 'live')
    .where('release.state', 'not in', ['quarantined', 'purged', 'taken-down', 'withdrawn'])
    .execute()
  return ids.flatMap((id) => rows.filter((row) => Number(row.id) === id))
}

/** First id published at or after a time, and last before one. Ids are given in order of publication. */
export const firstIdFrom = async (db: Db, at: string): Promise<number | null> =>
  (
    await db
      .selectFrom('search_doc')
      .select('id')
      .where('published_at', '>=', at)
      .orderBy('published_at')
      .orderBy('id')
      .limit(1)
      .executeTakeFirst()
  )?.id ?? null
export const lastIdBefore = async (db: Db, at: string): Promise<number | null> =>
  (
    await db
      .selectFrom('search_doc')
      .select('id')
      .where('published_at', '<', at)
      .orderBy('published_at', 'desc')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst()
  )?.id ?? null

/** Live releases by slot in the list of everything, for making the index anew. */
export const liveReleasesAfter = (db: Db, slot: number, limit: number) =>
  db
    .selectFrom('slot')
    .select(['slot', 'release_id'])
    .where('list', '=', 'live:all')
    .where('slot', '>', slot)
    .orderBy('slot')
    .limit(limit)
    .execute()
export const anyDoc = async (db: Db): Promise<boolean> =>
  (await db.selectFrom('search_doc').select('id').limit(1).executeTakeFirst()) !== undefined
export const anyLiveRelease = async (db: Db): Promise<boolean> =>
  (await db
    .selectFrom('release')
    .select('id')
    .where('face', '=', 'live')
    .where('mode', '=', 'live')
    .limit(1)
    .executeTakeFirst()) !== undefined

export const counted = async (db: Db, name: string): Promise<number> =>
  Number((await db.selectFrom('counter').select('value').where('name', '=', name).executeTakeFirst())?.value ?? 0)
export const setCount = (db: Db, name: string, value: number) =>
  db
    .insertInto('counter')
    .values({ name, value })
    .onConflict((c) => c.column('name').doUpdateSet({ value }))
    .execute()
