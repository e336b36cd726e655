/** 误发更正: puts the text that was agreed with an alert in the alert's place, at once. Nothing can be written here. */
import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { falseAlarmContent, readyIn } from '../desk/false-alarm.ts'
import { admit, type Standing } from '../desk/gate.ts'
import {
  changeRelease,
  contribute,
  note,
  type ReleaseRow,
  type Revision,
  releaseById,
  revisionOf,
} from '../desk/store.ts'
import { endClocks, startFor } from '../incident/start-clock.ts'
import { append } from '../ledger/append.ts'
import { notAllowed, wrongState } from '../lib/errors.ts'
import { readableZod } from '../lib/shape.ts'
import { endStepClocks } from '../review/step-clock.ts'
import { currentSubmission, publishedSubmission, updateSubmission } from '../review/store.ts'
import type { Step } from '../staff/chain.ts'
import type { Actor } from '../staff/member.ts'
import { rosterOf } from '../staff/store.ts'
import type { Tables } from '../store/tables.ts'
import { turnClocks } from './edition-clocks.ts'
import { assertChain, freeze } from './publish.ts'
import { type EditionRow, lastEditionOf } from './store.ts'

type Db = Kysely<Tables>

/** The edition the person saw: where another has appeared since, its own text counts and is looked at first. */
export const falseAlarmInput = z.strictObject({ edition: z.number().int().positive() })

/** The newest edition with the text that was agreed beside it; null where it carries none, or is none to put right. */
export type Ready = { edition: EditionRow; revision: Revision; languages: string[] }

/**
 * What could be released now. It lapses with the edition it was agreed with: a later one has its own or has none, and what took
 * the place of a false alarm needs none.
 */
export async function falseAlarmReady(db: Db, release: ReleaseRow): Promise<Ready | null> {
  if (release.face !== 'live') return null
  const edition = await lastEditionOf(db, release.id)
  if (!edition?.content || edition.type === 'withdrawal' || edition.type === 'takedown') return null
  const revision = await revisionOf(db, release.id, edition.revision)
  if (!revision || revision.hash !== edition.revision_hash) return null
  const already = (JSON.parse(edition.content) as Revision['content']).core.falseAlarmOf !== undefined
  if (already || !falseAlarmContent(revision.content, edition.number)) return null
  return { edition, revision, languages: readyIn(revision.content) }
}

/** A signer, or whoever of the desk is on duty in the release's own office. */
export async function mayReleaseFalseAlarm(db: Db, ctx: Pick<Ctx, 'clock'>, by: Actor, at: Standing): Promise<boolean> {
  if (by.roles.includes('signer')) return true
  const duty = await rosterOf(db, [at.release.agency_id], ctx.clock.now())
  return duty.some((d) => d.member_id === by.memberId)
}

/**
 * One person is enough: two agreed to these words when they agreed to the alert, and the chain is asked again here.
 * @returns the new edition's id
 * @throws Refusal false-alarm-not-on-duty, false-alarm-out, false-alarm-lapsed, false-alarm-none
 */
export async function releaseFalseAlarm(ctx: Ctx, by: Actor, ref: string, sent: unknown): Promise<string> {
  const input = readableZod(falseAlarmInput, sent)
  const row = await ctx.store.tx(async (trx) => {
    const at = await admit(trx, by, ref, 'release.false-alarm', ctx.store.dialect)
    if (!(await mayReleaseFalseAlarm(trx, ctx, by, at))) throw notAllowed('false-alarm-not-on-duty')
    const { release } = at
    const ready = await falseAlarmReady(trx, release)
    if (ready?.edition.number !== input.edition) throw wrongState(await whyLate(trx, release, input.edition))
    return putInPlace(ctx, trx, by, release, ready)
  })
  ctx.bell.ring('dispatch', row.id)
  return row.id
}

/** A colleague was faster with the very same: that is no reason to look again, and is said as what it is. */
async function whyLate(trx: Db, release: ReleaseRow, edition: number): Promise<string> {
  const last = await lastEditionOf(trx, release.id)
  if (release.editions <= edition) return 'false-alarm-none'
  const content = JSON.parse(last?.content ?? '{}') as Partial<Revision['content']>
  return content.core?.falseAlarmOf === edition ? 'false-alarm-out' : 'false-alarm-lapsed'
}

/** 发现错误: from now it is counted. Nothing goes out by it. @throws Refusal false-alarm-none, false-alarm-not-on-duty */
export async function noteErrorKnown(ctx: Ctx, by: Actor, ref: string): Promise<void> {
  await ctx.store.tx(async (trx) => {
    const at = await admit(trx, by, ref, 'release.false-alarm', ctx.store.dialect)
    if (!(await mayReleaseFalseAlarm(trx, ctx, by, at))) throw notAllowed('false-alarm-not-on-duty')
    const ready = await falseAlarmReady(trx, at.release)
    if (!ready) throw wrongState('false-alarm-none')
    await errorKnown(trx, ctx, by, at.release, ready.edition.id)
    await said(trx, ctx, by, at.release, ready.edition, 'error-known')
  })
}

/** It was no error after all: the clock ends without having been met. */
export async function noteNoError(ctx: Ctx, by: Actor, ref: string): Promise<void> {
  await ctx.store.tx(async (trx) => {
    const at = await admit(trx, by, ref, 'release.false-alarm', ctx.store.dialect)
    if (!(await mayReleaseFalseAlarm(trx, ctx, by, at))) throw notAllowed('false-alarm-not-on-duty')
    const edition = await lastEditionOf(trx, at.release.id)
    if (!edition) return
    await endClocks(trx, `edition:${edition.id}`, ctx.clock.now(), ['error-corrected'], { member: by.memberId })
    await said(trx, ctx, by, at.release, edition, 'error-denied')
  })
}

async function said(trx: Db, ctx: Ctx, by: Actor, release: ReleaseRow, edition: EditionRow, act: string) {
  const { number, revision } = edition
  const at = ctx.clock.now()
  await note(trx, { release_id: release.id, at, member_id: by.memberId, act, revision, edition: number })
  await append(trx, ctx, {
    actor: by.memberId,
    act: `edition.${act}`,
    subject: `edition:${edition.id}`,
    fact: { release: release.id },
  })
}

async function putInPlace(ctx: Ctx, trx: Db, by: Actor, release: ReleaseRow, ready: Ready): Promise<EditionRow> {
  const { edition: wrong, revision } = ready
  const submission = await publishedSubmission(trx, release.id, wrong.number - 1)
  if (!submission) throw wrongState('not-approved')
  await assertChain(trx, release, submission, revision)
  const now = ctx.clock.now()
  await closeWhatWasBegun(trx, release, now)
  await errorKnown(trx, ctx, by, release, wrong.id)
  await changeRelease(trx, release.id, now, { lane: 'flash', edition_type: 'correction' })
  // Whoever releases it does not look at it again afterwards.
  await contribute(trx, {
    release_id: release.id,
    cycle: release.editions,
    member_id: by.memberId,
    act: 'false-alarm',
    at: now,
  })
  await note(trx, {
    release_id: release.id,
    at: now,
    member_id: by.memberId,
    act: 'false-alarm',
    revision: revision.ordinal,
    edition: wrong.number,
  })
  const content = falseAlarmContent(revision.content, wrong.number)
  const fresh = (await releaseById(trx, release.id)) as ReleaseRow
  const row = await freeze(ctx, trx, fresh, revision, 'correction', content ?? undefined)
  // It meets no duty to inform, and a report that was promised about what did not happen is not owed.
  await endClocks(trx, `edition:${wrong.id}`, row.published_at, ['next-update'])
  await turnClocks(trx, ctx, { release: fresh, row, content: null })
  const fact = { release: release.id, number: row.number, type: row.type, hash: row.revision_hash }
  await append(trx, ctx, {
    actor: by.memberId,
    act: 'edition.publish',
    subject: `edition:${row.id}`,
    fact: { ...fact, sequence: row.sequence, falseAlarmOf: wrong.number },
  })
  return row
}

/** A correction somebody had begun to write gives way: it can be begun again from what is public then. */
async function closeWhatWasBegun(trx: Db, release: ReleaseRow, now: string): Promise<void> {
  const submission = await currentSubmission(trx, release.id)
  if (!submission) return
  await updateSubmission(trx, submission.id, { state: 'taken-back', closed_at: now })
  await endStepClocks(trx, release.id, submission.id, JSON.parse(submission.chain) as Step[], now)
}

/** From now on, or from when its sending was stopped, it is counted how long the wrong text stands. */
export const errorKnown = (trx: Db, ctx: Ctx, by: Actor, release: ReleaseRow, editionId: string): Promise<void> =>
  startFor(trx, ctx, 'error-known', {
    subject: `edition:${editionId}`,
    from: ctx.clock.now(),
    agencyId: release.agency_id,
    word: { member: by.memberId },
  })
