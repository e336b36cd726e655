/** Publication, one transaction: lock, assert approved, recompute and compare hashes, check, freeze, seal, record, order the dispatches. */
import type { Kysely } from 'kysely'
import { anybodyOn } from '../audience/store.ts'
import type { Ctx } from '../context.ts'
import { type Content, languagesOf } from '../desk/content.ts'
import { publicContent } from '../desk/false-alarm.ts'
import { admit } from '../desk/gate.ts'
import { partHashes, revisionHash } from '../desk/sealed.ts'
import {
  changeRelease,
  contributors,
  lockRelease,
  nextCount,
  note,
  type ReleaseRow,
  type Revision,
  releaseById,
  revisionOf,
} from '../desk/store.ts'
import { append } from '../ledger/append.ts'
import { invalid, issue, wrongState } from '../lib/errors.ts'
import { newId } from '../lib/id.ts'
import { progress, waitingAt } from '../review/agree.ts'
import { judge } from '../review/judge.ts'
import { currentSubmission, decisionsOf, type SubmissionRow, updateSubmission } from '../review/store.ts'
import type { Step } from '../staff/chain.ts'
import type { Actor } from '../staff/member.ts'
import type { Tables } from '../store/tables.ts'
import type { EditionType } from './edition.ts'
import { turnClocks } from './edition-clocks.ts'
import { type Faces, facesOf, listsFor, monthList } from './face.ts'
import { frozenRow, laterThan } from './frozen.ts'
import { sealClaim } from './seal.ts'
import { indexEdition } from './search.ts'
import {
  type EditionRow,
  insertDispatches,
  insertEdition,
  insertRepost,
  lastEditionOf,
  outletsOfRelease,
  recordChange,
  recordRelations,
  takeSlots,
} from './store.ts'
import { planTurns } from './turn.ts'

type Trx = Kysely<Tables>

/** Publishes an approved release now, on a signer's word. @returns the new edition's id */
export async function publish(ctx: Ctx, by: Actor, ref: string): Promise<string> {
  const at = await ctx.store.tx((trx) => admit(trx, by, ref, 'release.publish'))
  return publishApproved(ctx, at.release.id, by.memberId)
}

/** The same for the timetable and for the signature that needs no planned time. `actor` is a member id or 'system'. */
export async function publishApproved(ctx: Ctx, releaseId: string, actor: string): Promise<string> {
  const edition = await ctx.store.tx(async (trx) => {
    await lockRelease(trx, ctx.store.dialect, releaseId)
    const release = (await releaseById(trx, releaseId)) as ReleaseRow
    if (!['approved', 'scheduled', 'held'].includes(release.state))
      throw wrongState('wrong-state', { state: release.state })
    const { submission, revision } = await assertAgreed(trx, release)
    const { issues } = await judge(ctx, trx, release, revision)
    const errors = issues.filter((i) => i.severity === 'error')
    if (errors.length) throw invalid(errors)
    const row = await freeze(ctx, trx, release, revision, release.edition_type as EditionType)
    await updateSubmission(trx, submission.id, { state: 'published', closed_at: row.published_at })
    await turnClocks(trx, ctx, { release, row, content: revision.content })
    await append(trx, ctx, {
      actor,
      act: 'edition.publish',
      subject: `edition:${row.id}`,
      fact: {
        release: release.id,
        number: row.number,
        type: row.type,
        hash: row.revision_hash,
        sequence: row.sequence,
      },
    })
    return row
  })
  ctx.bell.ring('dispatch', edition.id)
  return edition.id
}

/** Every required step has approved exactly this text, by people who did not write it. */
async function assertAgreed(trx: Trx, release: ReleaseRow): Promise<{ submission: SubmissionRow; revision: Revision }> {
  const submission = await currentSubmission(trx, release.id)
  if (submission?.state !== 'approved') throw wrongState('not-approved')
  const revision = await revisionOf(trx, release.id, submission.revision)
  if (!revision) throw wrongState('not-approved')
  await assertChain(trx, release, submission, revision)
  return { submission, revision }
}

/** The text still hashes as it was agreed, and every step of the submission's chain agreed to it in its cycle. */
export async function assertChain(
  trx: Trx,
  release: Pick<ReleaseRow, 'id'>,
  submission: SubmissionRow,
  revision: Revision,
): Promise<void> {
  const hash = revisionHash(revision.sealed)
  if (hash !== submission.revision_hash || hash !== revision.hash)
    throw invalid([issue('revision', 'hash-differs', { expected: submission.revision_hash, found: hash })])
  const [decisions, barred] = await Promise.all([
    decisionsOf(trx, release.id, submission.cycle),
    contributors(trx, release.id, submission.cycle),
  ])
  const steps = progress(
    JSON.parse(submission.chain) as Step[],
    decisions,
    barred,
    { hash, hashes: partHashes(revision.sealed) },
    submission.id,
  )
  if (waitingAt(steps)) throw wrongState('not-approved')
}

/**
 * Writes the edition, its places in the lists and its dispatches, and moves the release. Shared with takedown, which carries no
 * text, and with a false alarm, whose text was agreed as a part of the revision and is `instead` of the rest of it.
 */
export async function freeze(
  ctx: Ctx,
  trx: Trx,
  release: ReleaseRow,
  revision: Revision | null,
  type: EditionType,
  instead?: Content,
): Promise<EditionRow> {
  const sequence = await nextCount(trx, 'sequence')
  const before = await lastEditionOf(trx, release.id)
  const now = laterThan(before?.published_at, ctx.clock.now())
  const content = type === 'takedown' || !revision ? null : (instead ?? publicContent(revision.content))
  const faces: Partial<Faces> = content ? await facesOf(trx, release, content) : takedownFaces(before)
  const key = release.mode === 'live' ? ctx.keys.live : ctx.keys.exercise
  const row = frozenRow({
    id: newId(ctx.clock.ms()),
    sequence,
    release,
    revision,
    content,
    before,
    type,
    faces,
    at: now,
    templateDigest: ctx.templateDigest,
    seal: (claim) => sealClaim(key, claim),
  })
  await insertEdition(trx, row)
  await planTurns(trx, row, content)
  if (content) {
    // Only the first edition says in which month: a later one must not add another.
    const month = before ? [] : [monthList(release.mode, now, ctx.config.site.offset)]
    const lists = await listsFor(trx, release.mode, faces as Faces, languagesOf(content))
    await takeSlots(trx, [...lists, ...month], release.id, sequence)
  }
  await recordChange(trx, release.id, sequence)
  await indexEdition(trx, ctx.store.dialect, row, content, faces)
  await recordRelations(
    trx,
    release.id,
    sequence,
    (content?.core.relatesTo ?? []).map((r) => r.releaseId),
  )
  const source = content?.core.repostOf
  if (source)
    await insertRepost(trx, {
      release_id: release.id,
      edition: row.number,
      source_release: source.releaseId,
      source_edition: source.edition,
    })
  await insertDispatches(
    trx,
    (await outletsFor(ctx, trx, release, type, content?.core.outlets ?? [])).map((outlet) => ({
      id: newId(ctx.clock.ms()),
      edition_id: row.id,
      outlet,
      created_at: now,
    })),
  )
  await changeRelease(trx, release.id, now, {
    state: stateAfter(type),
    face: faceAfter(type),
    editions: row.number,
    planned_at: null,
  })
  await note(trx, {
    release_id: release.id,
    at: now,
    member_id: null,
    act: `published:${type}`,
    revision: row.revision,
    edition: row.number,
  })
  return row
}

/** A takedown says number and time only: of the names, the agency's and the kind of list it stood in stay, for finding its files. */
function takedownFaces(before: EditionRow | undefined): Partial<Faces> {
  const faces = JSON.parse(before?.faces ?? '{}') as Partial<Faces>
  return {
    number: faces.number ?? '',
    kind: faces.kind ?? 'notice',
    lane: faces.lane ?? 'routine',
    ...(faces.agency ? { agency: faces.agency } : {}),
  }
}

/** Who was told over an outlet is told again over it, even where the correction no longer names it. */
const named = async (trx: Trx, releaseId: string, type: EditionType, outlets: string[]): Promise<string[]> =>
  type === 'correction' || type === 'withdrawal' ? [...outlets, ...(await outletsOfRelease(trx, releaseId))] : outlets

/**
 * Website and feeds always, and with the live feeds the hub; an erratum or takedown writes to nobody else; the rest as the
 * release names. Nothing is ordered of an outlet nobody is on the list of, where that takes an invitation.
 */
async function outletsFor(
  ctx: Ctx,
  trx: Trx,
  release: ReleaseRow,
  type: EditionType,
  chosen: string[],
): Promise<string[]> {
  const silent = type === 'erratum' || type === 'takedown'
  const names = silent ? [] : await named(trx, release.id, type, chosen)
  const found: string[] = []
  for (const c of ctx.channels) {
    const goes = c.hub ? release.mode === 'live' && !ctx.notReady[c.name] : names.includes(c.name)
    if (c.audience === 'everyone') found.push(c.name)
    else if (goes && (!c.byInvitation || (await anybodyOn(trx, c.serves as string, release.mode)))) found.push(c.name)
  }
  return found
}

const stateAfter = (type: EditionType) =>
  type === 'withdrawal' ? 'withdrawn' : type === 'takedown' ? 'taken-down' : 'published'
const faceAfter = (type: EditionType) =>
  type === 'withdrawal' ? 'withdrawn' : type === 'takedown' ? 'taken-down' : 'live'
