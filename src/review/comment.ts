/** 批注: a reviewer's comment on a passage of exactly one revision, answered by those who write and settled by those who review. */
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { admit, type Standing } from '../desk/gate.ts'
import { type Revision, revisionOf } from '../desk/store.ts'
import { append } from '../ledger/append.ts'
import { invalid, issue, notAllowed, notFound, wrongState } from '../lib/errors.ts'
import { newId } from '../lib/id.ts'
import { readableZod } from '../lib/shape.ts'
import type { Actor } from '../staff/member.ts'
import {
  answerCount,
  answerRows,
  type CommentRow,
  commentById,
  commentCounts,
  commentRows,
  insertAnswer,
  insertComment,
  setCommentState,
} from './comment-store.ts'
import { passageOf, passageStands } from './passage.ts'
import { currentSubmission } from './store.ts'

type Db = Parameters<typeof commentRows>[0]

export const commentInput = z.strictObject({
  /** The revision the words were read in. */
  revisionHash: z.string().regex(/^[0-9a-f]{64}$/, 'sha256'),
  quote: z.string().trim().min(1).max(500),
  /** Path of the field; '' to look for the words in all of them. */
  field: z.string().max(120).default(''),
  body: z.string().trim().min(1).max(2000),
})
export const answerInput = z.strictObject({ body: z.string().trim().min(1).max(2000) })

/** Every page of a review shows them all. */
export const MOST_OPEN = 200
export const MOST_COMMENTS = 1000
export const MOST_ANSWERS = 50

/** @returns its id @throws Refusal wrong-state `stale`, `comments-open`, `comments-full`; invalid `quote-not-found`: a passage is one of the text as it stands */
export async function addComment(ctx: Ctx, by: Actor, ref: string, sent: unknown): Promise<string> {
  const input = readableZod(commentInput, sent)
  return ctx.store.tx(async (trx) => {
    const at = await admit(trx, by, ref, 'release.comment', ctx.store.dialect)
    const revision = await shownRevision(trx, at)
    if (!revision || input.revisionHash !== revision.hash)
      throw wrongState('stale', { revision: revision?.ordinal ?? 0 })
    const counts = await commentCounts(trx, at.release.id)
    if (counts.all >= MOST_COMMENTS) throw wrongState('comments-full', { n: MOST_COMMENTS })
    if (counts.open >= MOST_OPEN) throw wrongState('comments-open', { n: MOST_OPEN })
    const passage = passageOf(revision.content, input.quote, input.field)
    if (!passage) throw invalid([issue('quote', 'quote-not-found')])
    const id = newId(ctx.clock.ms())
    await insertComment(trx, {
      id,
      release_id: at.release.id,
      revision: revision.ordinal,
      revision_hash: revision.hash,
      ...passage,
      body: input.body,
      member_id: by.memberId,
      at: ctx.clock.now(),
      state: 'open',
      settled_by: null,
      settled_at: null,
    })
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'comment.add',
      subject: `release:${at.release.id}`,
      fact: { comment: id, revision: revision.ordinal, hash: revision.hash },
    })
    return id
  })
}

/** The revision under review, else the current one. */
async function shownRevision(db: Db, { release }: Standing): Promise<Revision | undefined> {
  const submission = await currentSubmission(db, release.id)
  return revisionOf(db, release.id, submission?.revision ?? release.revision)
}

export async function answerComment(ctx: Ctx, by: Actor, ref: string, id: string, sent: unknown): Promise<void> {
  const { body } = readableZod(answerInput, sent)
  await ctx.store.tx(async (trx) => {
    const at = await admit(trx, by, ref, 'release.comment', ctx.store.dialect)
    const comment = await openComment(trx, at, id)
    if ((await answerCount(trx, id)) >= MOST_ANSWERS) throw wrongState('answers-full', { n: MOST_ANSWERS })
    await insertAnswer(trx, {
      comment_id: id,
      release_id: at.release.id,
      member_id: by.memberId,
      at: ctx.clock.now(),
      body,
    })
    // Whoever asked may add a word; it is answered when somebody else has spoken.
    if (comment.member_id !== by.memberId) await setCommentState(trx, id, { state: 'answered' })
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'comment.answer',
      subject: `release:${at.release.id}`,
      fact: { comment: id },
    })
  })
}

/** Settled by whoever wrote it, or by another who had no hand in the text: not by those it is addressed to. */
export async function settleComment(ctx: Ctx, by: Actor, ref: string, id: string): Promise<void> {
  await ctx.store.tx(async (trx) => {
    const at = await admit(trx, by, ref, 'release.comment', ctx.store.dialect)
    const comment = await openComment(trx, at, id)
    if (comment.member_id !== by.memberId && at.contributor) throw notAllowed('comment-not-yours')
    await setCommentState(trx, id, { state: 'settled', settled_by: by.memberId, settled_at: ctx.clock.now() })
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'comment.settle',
      subject: `release:${at.release.id}`,
      fact: { comment: id },
    })
  })
}

async function openComment(trx: Db, at: Standing, id: string): Promise<CommentRow> {
  const comment = await commentById(trx, id)
  if (!comment || comment.release_id !== at.release.id) throw notFound('comment')
  if (comment.state === 'settled') throw wrongState('comment-settled')
  return comment
}

export type Comment = {
  id: string
  revision: number
  field: string
  quote: string
  body: string
  memberId: string
  at: string
  state: CommentRow['state']
  settledBy: string | null
  /** The words no longer stand in the revision shown. */
  changed: boolean
  answers: { memberId: string; at: string; body: string }[]
}

/** Comments of a release as they stand to one revision, oldest first. */
export async function commentsOn(db: Db, releaseId: string, revision: Revision): Promise<Comment[]> {
  const [rows, answers] = await Promise.all([commentRows(db, releaseId), answerRows(db, releaseId)])
  return rows.map((c) => ({
    id: c.id,
    revision: c.revision,
    field: c.field,
    quote: c.quote,
    body: c.body,
    memberId: c.member_id,
    at: c.at,
    state: c.state,
    settledBy: c.settled_by,
    changed: !passageStands(revision.content, c),
    answers: answers
      .filter((a) => a.comment_id === c.id)
      .map((a) => ({ memberId: a.member_id, at: a.at, body: a.body })),
  }))
}
