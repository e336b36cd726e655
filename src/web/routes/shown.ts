/** Rows as the API shows them: camelCase, JSON columns opened, nothing that is not the reader's. */
import type { Glance } from '../../delivery/live.ts'
import type { EditionProgress, RunProgress } from '../../delivery/progress.ts'
import type { RunRow } from '../../delivery/run-store.ts'
import type { ReleaseRow, Revision } from '../../desk/store.ts'
import type { IncidentRow } from '../../incident/store.ts'
import type { AlarmRow } from '../../store/alarm.ts'

export const shownRelease = (r: ReleaseRow) => ({
  id: r.id,
  number: r.number,
  agencyId: r.agency_id,
  kind: r.kind,
  lane: r.lane,
  mode: r.mode,
  incidentId: r.incident_id,
  state: r.state,
  face: r.face,
  editionType: r.edition_type,
  editions: r.editions,
  revision: r.revision,
  version: r.version,
  documentNumber: r.document_number,
  plannedAt: r.planned_at,
  createdAt: r.created_at,
  updatedAt: r.updated_at,
})

/** The agency is the release's own and never sent back, so that what was read can be changed and sent. */
export function shownRevision(r: Revision) {
  const { agencyId: _, ...core } = r.content.core
  return { ordinal: r.ordinal, hash: r.hash, parts: r.hashes, savedAt: r.savedAt, content: { ...r.content, core } }
}

export const shownEdition = ({ edition, runs, told, error }: EditionProgress, address: string) => ({
  id: edition.id,
  number: edition.number,
  type: edition.type,
  mode: edition.mode,
  sequence: edition.sequence,
  hash: edition.revision_hash,
  seal: edition.seal,
  templateDigest: edition.template_digest,
  publishedAt: edition.published_at,
  firstPublishedAt: edition.first_published_at,
  postReviewDue: edition.post_review_due,
  postReviewedAt: edition.post_reviewed_at,
  address,
  told,
  error,
  dispatches: runs.map(shownRun),
})

/** audience = planned + sending + accepted + deferred + failed + gone + unknown + suppressed + superseded + inDigest */
export const shownRun = ({ run, causes, notReady, sightings }: RunProgress) => ({
  ...shownCounters(run),
  notReady,
  causes: causes.lines.map(({ state, cause, n, example }) => ({ state, cause, n, why: example })),
  causesCounted: causes.counted,
  sightings: sightings.map((s) => ({ canary: s.name, expectedBy: s.expected_by, seenAt: s.seen_at, fault: s.fault })),
})

/** What moves while a release goes out, with the pace of the last seconds. */
export const shownGlance = ({ at, release, runs, going }: Glance) => ({
  at,
  releaseId: release.id,
  going,
  dispatches: runs.map(({ run, rate, secondsLeft }) => ({
    ...shownCounters(run),
    editionId: run.edition_id,
    perSecond: rate === null ? null : Math.round(rate * 10) / 10,
    secondsLeft,
  })),
})

const shownCounters = (run: RunRow) => ({
  id: run.dispatch_id,
  outlet: run.outlet,
  state: run.state,
  why: run.why,
  audience: run.audience,
  counts: {
    planned: run.planned,
    sending: run.sending,
    accepted: run.accepted,
    deferred: run.deferred,
    failed: run.failed,
    gone: run.gone,
    unknown: run.unknown,
    suppressed: run.suppressed,
    superseded: run.superseded,
    inDigest: run.in_digest,
  },
  repeats: run.repeats,
  /** Accepted by the relay and come back later. */
  bounced: run.bounced,
  times: {
    planned: run.planned_at,
    started: run.started_at,
    firstAccepted: run.first_accepted_at,
    lastAccepted: run.last_accepted_at,
    verified: run.verified_at,
    done: run.done_at,
  },
})

export const shownIncident = (i: IncidentRow) => ({
  id: i.id,
  number: i.number,
  agencyId: i.agency_id,
  titleZh: i.title_zh,
  titleEn: i.title_en,
  class: i.class,
  grade: i.grade,
  areas: JSON.parse(i.areas) as string[],
  knownAt: i.known_at,
  causeConfirmed: i.cause_confirmed === 1,
  closedAt: i.closed_at,
  createdAt: i.created_at,
})

export const shownAlarm = (a: AlarmRow) => ({
  id: a.id,
  cause: a.cause,
  subject: a.subject,
  since: a.since,
  owner: a.owner,
  acknowledgedAt: a.acknowledged_at,
  clearedAt: a.cleared_at,
  toldAt: a.told_at,
  toldCount: a.told_count,
})
