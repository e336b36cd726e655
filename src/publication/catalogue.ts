/** The public editions as they stood at one point of the sequence: what an outlet renders lists and feeds from. */
import type { Kysely } from 'kysely'
import { releaseById } from '../desk/store.ts'
import type { Blobs } from '../store/blob.ts'
import type { Tables } from '../store/tables.ts'
import { directoryAt, incidentAt } from './directory.ts'
import type { Edition, GazetteIssue, ListKey, Mode } from './edition.ts'
import { editionOf } from './face.ts'
import { type IssueRow, issuesHolding, issuesUpTo } from './gazette-store.ts'
import {
  type EditionRow,
  editionById,
  editionsOf,
  latestEditions,
  listSize,
  recentInList,
  releasesRelating,
  slotRange,
  slotsOfRelease,
} from './store.ts'

type Db = Kysely<Tables>

/**
 * A catalogue as of `sequence`: later editions do not exist for it, so that a rebuild gives the same bytes. A release whose
 * text has since been purged comes without content, at whatever point one looks. `asOf`: the time it is looked at for.
 */
export function catalogueAt(db: Db, blobs: Blobs, sequence: number, mode: Mode, asOf?: string) {
  const key = (list: ListKey) => `${mode}:${list}`
  const bare = (list: string) => list.slice(mode.length + 1) as ListKey
  // The pages and lists of one publication show the same releases over and over: each edition is read once.
  const held = new Map<string, Promise<Edition>>()
  const load = (_: Db, row: EditionRow): Promise<Edition> => {
    const edition = held.get(row.id) ?? loadEdition(db, row)
    held.set(row.id, edition)
    return edition
  }
  const faces = (rows: EditionRow[]) => Promise.all(rows.map((row) => load(db, row)))
  const inOrder = async (releaseIds: string[]): Promise<Edition[]> => {
    const found = await latestEditions(db, releaseIds, sequence)
    return faces(releaseIds.flatMap((id) => found.filter((e) => e.release_id === id)))
  }
  return {
    ...(asOf ? { asOf } : {}),
    lists: async (edition: Edition) =>
      (await slotsOfRelease(db, edition.releaseId, sequence)).map((s) => ({
        list: bare(s.list),
        slot: Number(s.slot),
      })),
    size: (list: ListKey) => listSize(db, key(list), sequence),
    slots: async (list: ListKey, from: number, to: number) =>
      inOrder((await slotRange(db, key(list), from, to, sequence)).map((s) => s.release_id)),
    recent: async (list: ListKey, limit: number) => inOrder(await recentInList(db, key(list), sequence, limit)),
    editions: async (releaseId: string) => faces(await editionsOf(db, releaseId, sequence)),
    latest: async (releaseId: string) => (await inOrder([releaseId]))[0] ?? null,
    file: async (sha256: string): Promise<Uint8Array> => {
      const bytes = await blobs.get(sha256)
      if (!bytes) throw new Error(`attachment ${sha256} is missing from the blob store`)
      return bytes
    },
    directory: () => directoryAt(db, sequence, mode, load),
    /** Issues of the gazette so far, oldest first; and those that hold a release. */
    issues: async () => (await issuesUpTo(db, sequence)).map(issueOf),
    issuesHolding: async (releaseId: string) => (await issuesHolding(db, releaseId, sequence)).map(issueOf),
    /** Releases that name this one, found among the relations their editions carry. */
    relating: async (releaseId: string, limit = 20) => inOrder(await releasesRelating(db, releaseId, sequence, limit)),
    incident: (number: string) => incidentAt(db, sequence, mode, number),
  }
}

export const issueOf = (row: IssueRow): GazetteIssue => ({
  number: row.number,
  sequence: row.sequence,
  startsAt: row.starts_at,
  endsAt: row.ends_at,
  standard: row.standard === 1,
  madeAt: row.made_at,
  releaseIds: JSON.parse(row.release_ids) as string[],
})

/** One edition with its history. */
export async function loadEdition(db: Db, row: EditionRow): Promise<Edition> {
  const [all, release] = await Promise.all([
    editionsOf(db, row.release_id, row.sequence),
    releaseById(db, row.release_id),
  ])
  return editionOf(row, all, release?.number ?? '')
}

export async function loadEditionById(db: Db, id: string): Promise<Edition | null> {
  const row = await editionById(db, id)
  return row ? loadEdition(db, row) : null
}
