/** 签收: a named contact says that they have read an edition, by their own link or through a member who rang them. */
import { z } from 'zod'
import { seenAt } from '../../templates/page/display.ts'
import type { Ctx } from '../context.ts'
import { admit, mayOn } from '../desk/gate.ts'
import { releaseById } from '../desk/store.ts'
import { append } from '../ledger/append.ts'
import { invalid, notFound, wrongState } from '../lib/errors.ts'
import { readableZod } from '../lib/shape.ts'
import { cleanText, textIssues } from '../lib/text.ts'
import { loadEdition } from '../publication/catalogue.ts'
import { type Edition, isGone } from '../publication/edition.ts'
import { editionById, lastEditionOf } from '../publication/store.ts'
import type { Actor } from '../staff/member.ts'
import { acknowledgePath, deliveryOfToken } from './acknowledge-link.ts'
import {
  type Asked,
  acknowledgementOf,
  askedBy,
  askedOne,
  insertAcknowledgement,
  newestAsking,
  newestManualRun,
} from './acknowledge-store.ts'
import type { RunRow } from './run-store.ts'

/**
 * asked: it can be signed for · signed: it has been · moved: there is a newer request, at `path` · replaced: a correction is out
 * and its request on the way · gone: the release is no longer public
 */
export type MyRequest = {
  state: 'asked' | 'signed' | 'moved' | 'replaced' | 'gone'
  contact: { name: string; role: string }
  language: string
  /** What now stands. */
  edition: Edition
  signedAt: string | null
  path: string
}

/** What a link leads to; looking changes nothing. @throws Refusal `not-found` for a link we did not give, or of a contact since deleted */
export async function requestAt(ctx: Ctx, token: string): Promise<MyRequest> {
  const { db } = ctx.store
  const id = deliveryOfToken(ctx.keys.secret, token)
  const asked = id === null ? undefined : await askedOne(db, id)
  const last = asked && (await lastEditionOf(db, asked.releaseId))
  const release = asked && (await releaseById(db, asked.releaseId))
  if (!asked || !last || !release) throw notFound('acknowledgement')
  const [whole, signed, newest] = await Promise.all([
    loadEdition(db, last),
    acknowledgementOf(db, asked.id),
    newestAsking(db, asked.releaseId, asked.subscriberId),
  ])
  const edition = seenAt(whole, ctx.clock.now())
  const base = {
    contact: { name: asked.name, role: asked.role },
    language: asked.language,
    edition,
    signedAt: signed?.at ?? null,
    path: acknowledgePath(ctx.keys.secret, newest ?? asked.id),
  }
  if (newest !== undefined && newest !== asked.id) return { ...base, state: 'moved' }
  // A withdrawal is signed for too; a takedown, a seal, or the end of a display leaves nothing to sign.
  if (edition.type === 'takedown' || edition.content === null) return { ...base, state: 'gone' }
  const putRight = last.id !== asked.editionId && (edition.type === 'correction' || isGone(edition))
  if (putRight) return { ...base, state: 'replaced' }
  return { ...base, state: signed ? 'signed' : 'asked' }
}

/** One press. Twice is once. @throws Refusal `not-found`; `wrong-state` where another text now stands */
export async function acknowledge(ctx: Ctx, token: string): Promise<MyRequest> {
  const request = await requestAt(ctx, token)
  if (request.state === 'signed') return request
  if (request.state !== 'asked') throw wrongState('acknowledgement-moved')
  const id = deliveryOfToken(ctx.keys.secret, token) as number
  const asked = await askedOne(ctx.store.db, id)
  if (!asked) throw notFound('acknowledgement')
  await insertAcknowledgement(ctx.store.db, rowOf(ctx, asked, null, ''))
  return requestAt(ctx, token)
}

const rowOf = (
  ctx: Ctx,
  asked: { id: number; releaseId: string; editionId: string; subscriberId: number },
  recordedBy: string | null,
  note: string,
) => ({
  delivery_id: asked.id,
  release_id: asked.releaseId,
  edition_id: asked.editionId,
  subscriber_id: asked.subscriberId,
  at: ctx.clock.now(),
  recorded_by: recordedBy,
  note,
})

export const acknowledgementInput = z.strictObject({ note: z.string().trim().max(300).default('') })

/** 人工登记: they said so on the telephone, and this member wrote it down. @throws Refusal `not-found`; `wrong-state` already-acknowledged */
export async function recordAcknowledgement(
  ctx: Ctx,
  by: Actor,
  ref: string,
  id: number,
  sent: unknown,
): Promise<void> {
  const note = cleanText(readableZod(acknowledgementInput, sent).note).text
  const dirty = textIssues('note', note)
  if (dirty.length) throw invalid(dirty)
  await ctx.store.tx(async (trx) => {
    const { release } = await admit(trx, by, ref, 'manual.record', ctx.store.dialect)
    const asked = Number.isSafeInteger(id) ? await askedOne(trx, id) : undefined
    if (asked?.releaseId !== release.id) throw notFound('acknowledgement')
    if (!(await insertAcknowledgement(trx, rowOf(ctx, asked, by.memberId, note))))
      throw wrongState('already-acknowledged')
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'acknowledgement.record',
      subject: `delivery:${id}`,
      fact: { release: release.id, contact: asked.subscriberId },
    })
  })
}

/** `mayRecord`: whether the links may be shown too. Whoever has one signs in its owner's name, so it is for those alone who may record that they did. */
export type Roll = { run: RunRow | null; edition: number | null; asked: Asked[]; mayRecord: boolean }

/** Who has signed for the newest text and who has not, by place. */
export async function rollOf(ctx: Ctx, by: Actor, ref: string): Promise<Roll> {
  const at = await admit(ctx.store.db, by, ref, 'acknowledgement.read')
  return { ...(await rollOfRelease(ctx, at.release.id)), mayRecord: mayOn('manual.record', by, at).ok }
}

async function rollOfRelease(ctx: Ctx, releaseId: string): Promise<Omit<Roll, 'mayRecord'>> {
  const { db } = ctx.store
  const run = await newestManualRun(db, releaseId)
  if (!run) return { run: null, edition: null, asked: [] }
  const [asked, edition] = await Promise.all([askedBy(db, run.dispatch_id), editionById(db, run.edition_id)])
  return { run, edition: edition?.number ?? null, asked }
}
