/** What reviewing shows beside the text: comments with their names, and the revisions there are to compare. */
import type { Ctx } from '../../context.ts'
import { mayOn, type Standing } from '../../desk/gate.ts'
import { type Revision, revisionList } from '../../desk/store.ts'
import { editionsOf } from '../../publication/store.ts'
import { commentsOn } from '../../review/comment.ts'
import { decisionsOf } from '../../review/store.ts'
import type { Actor } from '../../staff/member.ts'
import { namesOf } from '../desk-store.ts'
import type { CommentLine } from '../views/comments.tsx'
import type { RevisionLine } from '../views/compare.tsx'

export async function commentLines(ctx: Ctx, by: Actor, at: Standing, revision: Revision): Promise<CommentLine[]> {
  const { db } = ctx.store
  const found = await commentsOn(db, at.release.id, revision)
  const names = await namesOf(
    db,
    found.flatMap((c) => [c.memberId, c.settledBy, ...c.answers.map((a) => a.memberId)]),
  )
  const mayComment = mayOn('release.comment', by, at).ok
  return found.map((c) => ({
    ...c,
    name: names.get(c.memberId) ?? '',
    settledBy: names.get(c.settledBy ?? '') ?? '',
    answers: c.answers.map((a) => ({ ...a, name: names.get(a.memberId) ?? '' })),
    maySettle: mayComment && (c.memberId === by.memberId || !at.contributor),
  }))
}

/** Newest first, each with whether it was agreed to or is public. */
export async function revisionLines(ctx: Ctx, at: Standing): Promise<RevisionLine[]> {
  const { db } = ctx.store
  const { id } = at.release
  const [rows, editions, decisions] = await Promise.all([revisionList(db, id), editionsOf(db, id), decisionsOf(db, id)])
  const names = await namesOf(
    db,
    rows.map((r) => r.saved_by),
  )
  const agreed = decisions.filter((d) => d.verdict === 'approve' && !d.void)
  return rows.reverse().map((r) => ({
    ordinal: r.ordinal,
    hash: r.hash,
    savedAt: r.saved_at,
    savedBy: names.get(r.saved_by) ?? '',
    marks: [
      ...(editions.some((e) => e.revision === r.ordinal) ? (['published'] as const) : []),
      ...(agreed.some((d) => d.revision === r.ordinal) ? (['agreed'] as const) : []),
    ],
  }))
}

/** What a revision is held against unless told: the one last agreed to or published before it, else the one before it. */
export const usualBefore = (lines: RevisionLine[], to: number): RevisionLine | undefined =>
  lines.find((r) => r.ordinal < to && r.marks.length > 0) ?? lines.find((r) => r.ordinal < to)
