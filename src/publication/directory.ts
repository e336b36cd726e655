/** What readers can choose from, with how much has been published in each, and which incidents are running. */
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'
import { loadEdition } from './catalogue.ts'
import type { Mode } from './edition.ts'
import { latestEditions, listSizes, recentInList } from './store.ts'

const RUNNING = 10

/** Topics, areas and agencies as they are named now; figures and incidents as of the sequence. */
export async function directoryAt(db: Kysely<Tables>, sequence: number, mode: Mode) {
  const sizes = await listSizes(db, mode, sequence)
  const [topics, areas, agencies] = await Promise.all([
    db.selectFrom('topic').selectAll().orderBy('position').execute(),
    db.selectFrom('area').selectAll().orderBy('code').execute(),
    db.selectFrom('agency').selectAll().orderBy('slug').execute(),
  ])
  const name = (row: { name_zh: string; name_en: string }) => ({ zh: row.name_zh, en: row.name_en })
  return {
    topics: topics.map((t) => ({ slug: t.slug, name: name(t), releases: sizes.get(`topic/${t.slug}`) ?? 0 })),
    areas: areas.map((a) => ({ code: a.code, name: name(a), releases: sizes.get(`area/${a.code}`) ?? 0 })),
    agencies: agencies.map((a) => ({
      id: a.id,
      slug: a.slug,
      name: name(a),
      releases: sizes.get(`agency/${a.slug}`) ?? 0,
    })),
    running: await running(db, sequence, mode),
  }
}

async function running(db: Kysely<Tables>, sequence: number, mode: Mode) {
  const at = await db.selectFrom('edition').select('published_at').where('sequence', '=', sequence).executeTakeFirst()
  const open = await db
    .selectFrom('incident')
    .select('number')
    .where((e) => e.or([e('closed_at', 'is', null), e('closed_at', '>', at?.published_at ?? '')]))
    .orderBy('created_at', 'desc')
    .limit(RUNNING * 3)
    .execute()
  const newest = await Promise.all(
    open.map(({ number }) => recentInList(db, `${mode}:incident/${number}`, sequence, 1)),
  )
  const rows = await latestEditions(db, newest.flat(), sequence)
  const editions = await Promise.all(rows.map((row) => loadEdition(db, row)))
  return editions.sort((a, b) => b.sequence - a.sequence).slice(0, RUNNING)
}
