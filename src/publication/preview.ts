/** A revision as the edition it would become: for those who decide on it, and for those who may read it before its hour. */
import type { Kysely } from 'kysely'
import type { Content, Kind, Lane, Mode } from '../desk/content.ts'
import { publicContent } from '../desk/false-alarm.ts'
import { releaseAddress } from '../desk/release.ts'
import type { ReleaseRow, Revision } from '../desk/store.ts'
import type { Tables } from '../store/tables.ts'
import type { Edition, EditionType } from './edition.ts'
import { facesOf } from './face.ts'
import { editionsOf } from './store.ts'

/** `at`: the time it is, or would be, published. */
export async function previewOf(
  db: Kysely<Tables>,
  release: ReleaseRow,
  revision: Pick<Revision, 'content' | 'hash'>,
  at: string,
): Promise<Edition & { content: Content }> {
  const faces = await facesOf(db, release, revision.content)
  const before = await editionsOf(db, release.id)
  return {
    id: '',
    sequence: 0,
    releaseId: release.id,
    releaseNumber: release.number,
    address: releaseAddress(release.number, release.mode),
    number: release.editions + 1,
    type: release.edition_type as EditionType,
    mode: release.mode as Mode,
    kind: release.kind as Kind,
    lane: release.lane as Lane,
    agency: faces.agency,
    topics: faces.topics,
    areas: faces.areas,
    ...(faces.incident ? { incident: faces.incident } : {}),
    content: publicContent(revision.content),
    firstPublishedAt: before[0]?.published_at ?? at,
    publishedAt: at,
    history: before.map((e) => ({
      id: e.id,
      number: e.number,
      type: e.type as EditionType,
      publishedAt: e.published_at,
    })),
    hash: revision.hash,
    seal: '',
  }
}
