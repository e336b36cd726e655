/** What readers can choose from, with how much has been published in each, and which incidents are running. */
import type { Kysely } from 'kysely'
import { areas as areaRows, knownAreas, topics as topicRows } from '../audience/store.ts'
import { KINDS } from '../desk/content.ts'
import { closedAfter, incidentByNumber, openIncidents } from '../incident/store.ts'
import { allAgencies } from '../staff/store.ts'
import type { Tables } from '../store/tables.ts'
import type { Edition, Mode } from './edition.ts'
import { type EditionRow, latestEditions, listSizes, recentInList } from './store.ts'

const RUNNING = 10
type Load = (db: Kysely<Tables>, row: EditionRow) => Promise<Edition>

/** Topics, areas and agencies as they are named now; figures and incidents as of the sequence. */
export async function directoryAt(db: Kysely<Tables>, sequence: number, mode: Mode, load: Load) {
  const sizes = await listSizes(db, mode, sequence)
  const [topics, areas, agencies] = await Promise.all([topicRows(db), areaRows(db), allAgencies(db)])
  const name = (row: { name_zh: string; name_en: string }) => ({ zh: row.name_zh, en: row.name_en })
  return {
    topics: topics.map((t) => ({ slug: t.slug, name: name(t), releases: sizes.get(`topic/${t.slug}`) ?? 0 })),
    areas: areas.map((a) => ({
      code: a.code,
      parent: a.parent,
      name: name(a),
      releases: sizes.get(`area/${a.code}`) ?? 0,
    })),
    agencies: agencies.map((a) => ({
      id: a.id,
      slug: a.slug,
      name: name(a),
      releases: sizes.get(`agency/${a.slug}`) ?? 0,
    })),
    months: [...sizes]
      .filter(([list]) => list.startsWith('month/'))
      .map(([list, releases]) => ({ month: list.slice('month/'.length), releases }))
      .sort((a, b) => (a.month < b.month ? 1 : -1)),
    kinds: KINDS.map((kind) => ({ kind, releases: sizes.get(`kind/${kind}`) ?? 0 })),
    running: await running(db, sequence, mode, load),
  }
}

async function running(db: Kysely<Tables>, sequence: number, mode: Mode, load: Load) {
  const open = await openIncidents(db, mode, sequence, RUNNING * 3)
  const newest = await Promise.all(
    open.map(({ number }) => recentInList(db, `${mode}:incident/${number}`, sequence, 1)),
  )
  const rows = await latestEditions(db, newest.flat(), sequence)
  const editions = await Promise.all(rows.map((row) => load(db, row)))
  return editions.sort((a, b) => b.sequence - a.sequence).slice(0, RUNNING)
}

/** An incident as it stood at the sequence: closed by a turn that came before it. */
export async function incidentAt(db: Kysely<Tables>, sequence: number, mode: Mode, number: string) {
  const row = await incidentByNumber(db, number)
  if (!row) return null
  const closed = row.closed_at !== null && !(await closedAfter(db, row.id, mode, sequence))
  const areas = await knownAreas(db, JSON.parse(row.areas) as string[])
  return {
    id: row.id,
    number: row.number,
    title: { zh: row.title_zh, en: row.title_en },
    closed,
    closedAt: closed ? row.closed_at : null,
    areas: areas.map((a) => ({ code: a.code, name: { zh: a.name_zh, en: a.name_en } })),
  }
}
