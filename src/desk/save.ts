/** Saves a draft: every change is a new revision, and who saved is barred from deciding on it. */
import type { Kysely } from 'kysely'
import { knownAreas, knownTopics } from '../audience/store.ts'
import type { Ctx } from '../context.ts'
import { incidentById } from '../incident/store.ts'
import { append } from '../ledger/append.ts'
import { invalid, issue, wrongState } from '../lib/errors.ts'
import { hashOf, newId } from '../lib/id.ts'
import type { Actor } from '../staff/member.ts'
import { agencyById } from '../staff/store.ts'
import type { Tables } from '../store/tables.ts'
import { constraintName, isUniqueViolation } from '../store/violation.ts'
import { keepConferenceLinks } from './conference-link-store.ts'
import type { Content } from './content.ts'
import { readContent } from './draft.ts'
import { withFalseAlarm } from './false-alarm.ts'
import { keepFormedClock } from './formed-clock.ts'
import { admit } from './gate.ts'
import { sealContent } from './sealed.ts'
import { numbered } from './series.ts'
import {
  attachmentsOf,
  changeRelease,
  contribute,
  insertRevision,
  note,
  type ReleaseRow,
  releaseById,
  revisionOf,
} from './store.ts'

type Db = Kysely<Tables>

/**
 * Replaces the draft's content. `version` is the one the writer saw: a stale one is refused so that nobody's words are lost.
 * @returns the release as it now stands; unchanged when the content is.
 */
export async function saveDraft(
  ctx: Ctx,
  by: Actor,
  ref: string,
  sent: unknown,
  version: number | null,
): Promise<ReleaseRow> {
  return ctx.store.tx(async (trx) => {
    const { release } = await admit(trx, by, ref, 'release.edit', ctx.store.dialect)
    if (version !== null && version !== release.version) throw wrongState('stale', { version: release.version })
    const before = await revisionOf(trx, release.id, release.revision)
    const read = sizesKept(readContent(sent, release.agency_id), before)
    const content = sourceKept(keepingIndex(read, before), before)
    if (content.core.mode !== release.mode) throw invalid([issue('core.mode', 'mode-is-fixed', { mode: release.mode })])
    await addRevision(ctx, trx, by, release, content, 'save')
    return (await releaseById(trx, release.id)) as ReleaseRow
  })
}

/** A form or program that leaves the index number out does not take it away: nobody types one anew, and its number is used up. */
const keepingIndex = (content: Content, before: { content: Content } | undefined): Content => {
  const kept = before?.content.core.indexNumber
  return content.core.indexNumber || !kept ? content : { ...content, core: { ...content.core, indexNumber: kept } }
}

/** How large a picture is was read from the file itself: what a form leaves out or a program says otherwise changes nothing. */
function sizesKept(content: Content, before: { content: Content } | undefined): Content {
  const known = new Map(before?.content.attachments.map(({ sha256, width, height }) => [sha256, { width, height }]))
  const attachments = content.attachments.map(({ width: _, height: __, ...file }) => {
    const { width, height } = known.get(file.sha256) ?? {}
    return width && height ? { ...file, width, height } : file
  })
  return { ...content, attachments }
}

/** Where a release was carried over from stays as it is, also where a form leaves it out; saying otherwise is refused. */
function sourceKept(content: Content, before: { content: Content } | undefined): Content {
  const { repostOf, relayOf, falseAlarmOf, over } = before?.content.core ?? {}
  const { repostOf: said, relayOf: told, falseAlarmOf: _, over: __, ...core } = content.core
  if (said && hashOf(said) !== hashOf(repostOf ?? null)) throw invalid([issue('core.repostOf', 'repost-fixed')])
  if (told && hashOf(told) !== hashOf(relayOf ?? null)) throw invalid([issue('core.relayOf', 'relay-fixed')])
  const from = { ...(repostOf ? { repostOf } : {}), ...(relayOf ? { relayOf } : {}) }
  // A number whose alert was false never becomes an alert again: what is truly one has a number of its own.
  return {
    ...content,
    core: { ...core, ...from, ...(falseAlarmOf ? { falseAlarmOf } : {}), ...(over ? { over } : {}) },
  }
}

/**
 * Appends a revision inside the caller's transaction, unless nothing changed. An update's title gets its number here; the act
 * `mask` marks it as derived from the one before.
 */
export async function addRevision(
  ctx: Ctx,
  trx: Db,
  by: Actor,
  release: ReleaseRow,
  written: Content,
  act: string,
): Promise<void> {
  await assertReferences(trx, release, written)
  // The text for a false alarm names the title as it will stand.
  const content = withFalseAlarm(await numbered(trx, release, written), release.number)
  const derived = act === 'mask'
  const now = ctx.clock.now()
  const before = release.revision > 0 ? await revisionOf(trx, release.id, release.revision) : undefined
  const { sealed, hashes, hash, changed } = sealContent(content, before?.sealed ?? null)
  if (before && changed.length === 0) return
  const ordinal = release.revision + 1
  await insertRevision(trx, {
    id: newId(ctx.clock.ms()),
    release_id: release.id,
    ordinal,
    hash,
    salt: sealed.salt,
    content: JSON.stringify(sealed),
    part_hashes: JSON.stringify(hashes),
    cycle: release.editions,
    saved_by: by.memberId,
    saved_at: now,
    derived_from: derived ? release.revision : null,
  })
  await contribute(trx, { release_id: release.id, cycle: release.editions, member_id: by.memberId, act, at: now })
  await takeNames(trx, release, content, ordinal, now)
  await keepFormedClock(trx, ctx, release, content)
  await keepConferenceLinks(trx, release.id, content)
  await note(trx, {
    release_id: release.id,
    at: now,
    member_id: by.memberId,
    act: derived ? 'masked' : 'saved',
    revision: ordinal,
    edition: null,
    note: changed.join(' '),
  })
  await append(trx, ctx, {
    actor: by.memberId,
    act: 'revision.save',
    subject: `release:${release.id}`,
    fact: { revision: ordinal, hash, ...(derived ? { derivedFrom: release.revision } : {}) },
  })
}

async function takeNames(trx: Db, release: ReleaseRow, content: Content, ordinal: number, now: string): Promise<void> {
  try {
    await changeRelease(trx, release.id, now, {
      revision: ordinal,
      kind: content.core.kind,
      lane: content.core.lane,
      incident_id: content.core.incidentId ?? null,
      document_number: content.core.documentNumber ?? null,
    })
  } catch (err) {
    const taken = isUniqueViolation(err) && /document/.test(constraintName(err) ?? '')
    if (taken)
      throw invalid([
        issue('core.documentNumber', 'document-number-taken', { number: content.core.documentNumber ?? '' }),
      ])
    throw err
  }
}

/** What the content names must exist and belong to this release; each miss is an issue with its path. */
async function assertReferences(trx: Db, release: ReleaseRow, content: Content): Promise<void> {
  const issues = []
  const { core } = content
  const areas = await knownAreas(trx, core.areas)
  for (const [i, code] of core.areas.entries()) {
    if (!areas.some((a) => a.code === code)) issues.push(issue(`core.areas.${i}`, 'unknown-area', { code }))
  }
  const topics = await knownTopics(trx, core.topics)
  for (const [i, slug] of core.topics.entries()) {
    if (!topics.some((t) => t.slug === slug)) issues.push(issue(`core.topics.${i}`, 'unknown-topic', { slug }))
  }
  const incident = core.incidentId ? await incidentById(trx, core.incidentId) : null
  if (incident === undefined) issues.push(issue('core.incidentId', 'unknown-incident'))
  else if (incident && incident.mode !== release.mode)
    issues.push(issue('core.incidentId', 'incident-mode', { number: incident.number }))
  if (!(await agencyById(trx, core.agencyId))) issues.push(issue('core.agencyId', 'unknown-agency'))
  const files = await attachmentsOf(trx, release.id)
  for (const [i, a] of content.attachments.entries()) {
    if (!files.some((f) => f.sha256 === a.sha256)) issues.push(issue(`attachments.${i}`, 'unknown-attachment'))
  }
  if (issues.length) throw invalid(issues)
}
