/** What publication forgets of a purged release, and what it keeps so that its public files are found whenever that happens. */
import type { Kysely } from 'kysely'
import { capExpiry, isAlert } from '../../templates/page/cap-alert.ts'
import type { Tables } from '../store/tables.ts'
import { editionOf, type Faces } from './face.ts'
import { type EditionRow, editionsOf, emptyEdition } from './store.ts'

/**
 * Forgets the text of every edition of a release. Numbers, types, times, hashes and seals stay. The takedown may be rendered after
 * this, and everything may be made again: by then only these rows say which alerts there were.
 */
export async function forgetPublication(trx: Kysely<Tables>, releaseId: string): Promise<void> {
  for (const row of await editionsOf(trx, releaseId))
    if (row.content !== null || row.type === 'takedown') await emptyEdition(trx, row.id, JSON.stringify(remains(row)))
}

/** None of it is a word of the release: whose it was, of which kind, by which lane and act, and until when it warned. */
function remains(row: EditionRow): Partial<Faces> {
  const { number, kind, lane, agency, as } = JSON.parse(row.faces) as Faces
  const edition = editionOf(row, [], number)
  return {
    number,
    kind,
    lane,
    agency,
    ...(as ? { as } : {}),
    ...(isAlert(edition) ? { warnedUntil: capExpiry(edition) } : {}),
  }
}
