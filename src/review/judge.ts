/** What stands against a revision: the issues of its content and the hits nobody has resolved. One list for form, review and publish. */
import type { Kysely } from 'kysely'
import { knownPlaces } from '../audience/known-places.ts'
import type { Ctx } from '../context.ts'
import type { Content } from '../desk/content.ts'
import { mayAlarm } from '../desk/false-alarm.ts'
import { scansOf } from '../desk/file-scan-store.ts'
import { type PartName, partHashes } from '../desk/sealed.ts'
import { seriesStanding } from '../desk/series.ts'
import { type ReleaseRow, type Revision, releaseById, revisionOf } from '../desk/store.ts'
import { factsOf, incidentById } from '../incident/store.ts'
import { withOffset } from '../lib/clock.ts'
import type { Issue } from '../lib/errors.ts'
import { rulesFor } from '../staff/authority.ts'
import { agencyById } from '../staff/store.ts'
import type { Tables } from '../store/tables.ts'
import { besides, type Contradiction, contradictionHits, contradictions, type Running } from './alerts.ts'
import { runningAlerts } from './alerts-store.ts'
import type { Authority } from './check-authority.ts'
import { checkContent, type NamedConference } from './checks.ts'
import { fileHits } from './file-hits.ts'
import { asOfficial, officialRows } from './official-store.ts'
import { type Hit, parseWordList, scan, startingWords } from './scan.ts'
import { falseAlarmEdition, publishedRevision, resolutionsOf, sourceStanding } from './store.ts'

export type JudgedHit = Hit & { partHash: string; resolution: { action: string; note: string } | null }
export type Judgement = { issues: Issue[]; hits: JudgedHit[]; unresolved: number }

/**
 * Judges the release's current revision, against the last edition where there is one. `hints` asks for what only a reader can use
 * besides: names of places in the text. Whoever only looks whether an error stands leaves them out.
 */
export async function judge(
  ctx: Ctx,
  db: Kysely<Tables>,
  release: ReleaseRow,
  revision: Revision,
  { hints = false } = {},
): Promise<Judgement> {
  const content = revision.content
  const agency = await agencyById(db, release.agency_id)
  const incident = content.core.incidentId ? await incidentById(db, content.core.incidentId) : undefined
  const issues = checkContent(content, {
    now: ctx.clock.now(),
    editionType: release.edition_type as 'first',
    previous: await lastPublished(db, release),
    documentNumberTaken: false, // held by a unique index: saving refuses it
    causeConfirmed: incident?.cause_confirmed === 1,
    agencyAreas: JSON.parse(agency?.area_codes ?? '[]') as string[],
    exercise: release.mode !== 'live',
    incidentKnown: incident !== undefined,
    ...(hints && content.core.areas.length ? { places: await knownPlaces(ctx, db) } : {}),
    repost: content.core.repostOf ? await sourceStanding(db, content.core.repostOf) : null,
    series: await seriesStanding(db, release, content),
    recorded: incident ? await factsOf(db, incident.id) : [],
    conferences: await conferencesNamed(db, content),
    ...(content.core.kind === 'warning' ? { authority: await authorityHere(db, release.agency_id) } : {}),
  })
  const others = await alertsBeside(db, release, content, ctx.clock.now())
  const day = withOffset(ctx.clock.now(), ctx.config.site.offset).slice(0, 10)
  const hits = await judgedHits(db, release, revision, agency?.word_list ?? '', {
    day,
    against: contradictions(content, others),
  })
  return { issues, hits, unresolved: hits.filter((h) => !h.resolution).length }
}

/** Content of the release's last edition; null before the first or after it was taken down. */
export async function lastPublished(db: Kysely<Tables>, release: ReleaseRow): Promise<Content | null> {
  if (release.editions === 0) return null
  // What took the place of a false alarm was made of a part of the alert's revision: it stands in the edition alone.
  const instead = await falseAlarmEdition(db, release.id, release.editions)
  if (instead) return instead
  const ordinal = await publishedRevision(db, release.id, release.editions)
  return ordinal === undefined ? null : ((await revisionOf(db, release.id, ordinal))?.content ?? null)
}

/** Conferences a release names: as they were last written, since the notice may go out beside its papers. */
async function conferencesNamed(db: Kysely<Tables>, { core }: Content): Promise<Map<string, NamedConference>> {
  const found = new Map<string, NamedConference>()
  for (const { releaseId, as } of core.relatesTo ?? []) {
    if (as !== 'paper-of' && as !== 'transcript-of') continue
    const release = await releaseById(db, releaseId)
    const revision = release ? await revisionOf(db, release.id, release.revision) : undefined
    const isConference = release?.kind === 'press-conference'
    found.set(releaseId, { isConference, conference: revision?.content.core.conference })
  }
  return found
}

async function judgedHits(
  db: Kysely<Tables>,
  release: ReleaseRow,
  revision: Revision,
  ownWords: string,
  { day, against }: { day: string; against: Contradiction[] },
): Promise<JudgedHit[]> {
  const hashes = partHashes(revision.sealed)
  const resolved = await resolutionsOf(db, release.id)
  const words = [...startingWords(), ...parseWordList(ownWords).entries]
  const list = (await officialRows(db, release.agency_id)).map(asOfficial)
  const hits = [
    ...contradictionHits(against),
    ...scan(revision.content, words, { list, day }),
    ...fileHits(revision.content, await scansOf(db, release.id)),
  ]
  return hits.map((hit) => {
    // A hit inside a file stands while that file does, whatever else is attached.
    const partHash = hit.file?.sha256 ?? hashes[hit.part as PartName] ?? revision.hash
    const found = resolved.find((r) => r.hit_key === hit.key && r.part_hash === partHash)
    return { ...hit, partHash, resolution: found ? { action: found.action, note: found.note } : null }
  })
}

/** Other alerts that run for its places; none for what speaks of no danger. */
export const alertsBeside = async (
  db: Kysely<Tables>,
  release: Pick<ReleaseRow, 'id' | 'mode'>,
  { core }: Content,
  now: string,
): Promise<Running[]> =>
  mayAlarm(core) || core.kind === 'all-clear' || core.kind === 'response' || core.over
    ? besides(core, await runningAlerts(db, { mode: release.mode, now, but: release.id, incidentId: core.incidentId }))
    : []

async function authorityHere(db: Kysely<Tables>, agencyId: string): Promise<Authority> {
  const rules = await rulesFor(db, agencyId)
  const named = await Promise.all(
    [...new Set(rules.flatMap((r) => r.originator ?? []))].map((id) => agencyById(db, id)),
  )
  return { rules, names: new Map(named.flatMap((a) => (a ? [[a.id, a.name_zh] as const] : []))) }
}
