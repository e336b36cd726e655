/** What a revision becomes when it is frozen, as a row: written when it is published, and made without being written when it is previewed. Pure. */
import type { Content } from '../desk/content.ts'
import type { ReleaseRow, Revision } from '../desk/store.ts'
import { HOUR, plus, SECOND } from '../lib/clock.ts'
import type { EditionType } from './edition.ts'
import type { Faces } from './face.ts'
import type { Claim } from './seal.ts'
import type { EditionRow } from './store.ts'

const POST_REVIEW_WITHIN = 24 * HOUR

/** A clock set back never gives a release an older time than it already has: at least a second more, as RSS and CAP count. */
export const laterThan = (before: string | undefined, now: string): string =>
  before !== undefined && Date.parse(now) < Date.parse(before) + SECOND ? plus(before, SECOND) : now

export type Freezing = {
  id: string
  sequence: number
  release: ReleaseRow
  revision: Pick<Revision, 'hash' | 'ordinal'> | null
  /** What is public of it; null where an edition carries no text. */
  content: Content | null
  /** The release's newest edition so far. */
  before: EditionRow | undefined
  type: EditionType
  faces: Partial<Faces>
  /** UTC ISO: the time of publication. */
  at: string
  templateDigest: string
  seal(claim: Claim): string
}

export function frozenRow({ release, revision, content, before, type, at, ...f }: Freezing): EditionRow {
  const hash = revision?.hash ?? before?.revision_hash ?? ''
  const number = release.editions + 1
  return {
    id: f.id,
    sequence: f.sequence,
    release_id: release.id,
    number,
    type,
    mode: release.mode,
    revision: revision?.ordinal ?? before?.revision ?? 0,
    revision_hash: hash,
    content: content ? JSON.stringify(content) : null,
    faces: JSON.stringify(f.faces),
    template_digest: f.templateDigest,
    seal: f.seal({
      release: release.number,
      edition: number,
      type,
      mode: release.mode,
      sequence: f.sequence,
      publishedAt: at,
      hash,
    }),
    published_at: at,
    first_published_at: before?.first_published_at ?? at,
    post_review_due: release.lane === 'flash' && type !== 'takedown' ? plus(at, POST_REVIEW_WITHIN) : null,
    post_reviewed_at: null,
    post_reviewed_by: null,
  }
}
