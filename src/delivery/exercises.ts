/** The exercises of an office: each with its score, who took part, who has not for ninety days, and whether the office has lapsed. */

import { LAPSES_AFTER } from '../../templates/exercise/scenarios.ts'
import type { Ctx } from '../context.ts'
import { standing } from '../desk/gate.ts'
import { shownTitle } from '../desk/list.ts'
import { plus } from '../lib/clock.ts'
import { admitHome } from '../staff/gate.ts'
import { type Actor, type Role, readsEverything } from '../staff/member.ts'
import { agencyFamily, membersOf, rolesOf } from '../staff/store.ts'
import {
  editionsOf,
  errorsKnown,
  exerciseReleases,
  handsOf,
  lastExercise,
  runTimes,
  sentForReview,
} from './exercise-store.ts'
import { lapse, type Moments, momentsOf, type Score, scoreOf } from './score.ts'

export type Exercise = {
  number: string
  agencyId: string
  kind: string
  state: string
  /** '' where the reader may not see the words. */
  title: string
  moments: Moments
  score: Score
  /** Members of the own agency who wrote or decided. */
  took: number
}
export type Exercises = {
  exercises: Exercise[]
  last: string | null
  lapsed: boolean
  days: number | null
  /** Names of own members with a part in a release who have not rehearsed for ninety days. */
  missing: string[]
}

const SHOWN = 100
const PARTS: readonly Role[] = ['drafter', 'reviewer', 'confidentiality', 'signer']

/** Own agency and those below it, newest first. @throws Refusal no-role */
export async function exercisesFor(ctx: Ctx, by: Actor): Promise<Exercises> {
  admitHome(by, 'exercise.read')
  const { db } = ctx.store
  const now = ctx.clock.now()
  const family = (await agencyFamily(db, by.agencyId)).map((a) => a.id)
  const releases = await exerciseReleases(db, family, SHOWN, readsEverything(by) ? null : by.memberId)
  const ids = releases.map((r) => r.id)
  const [editions, runs, submissions, errors, hands, members, last] = await Promise.all([
    editionsOf(db, ids),
    runTimes(db, ids),
    sentForReview(db, ids),
    errorsKnown(db, ids),
    handsOf(db, ids),
    membersOf(db, [by.agencyId]),
    lastExercise(db, by.agencyId),
  ])
  const own = <T extends { release_id: string }>(rows: T[], id: string) => rows.filter((r) => r.release_id === id)
  const exercises = await Promise.all(
    releases.map(async (r) => {
      const moments = momentsOf({
        // The first report of an incident is timed from when it became known; what follows, from its first save.
        begun: r.known_at && r.kind === 'incident-notice' && r.known_at < r.created_at ? r.known_at : r.created_at,
        submissions: own(submissions, r.id),
        editions: own(editions, r.id),
        runs: own(runs, r.id),
        errors: own(errors, r.id),
      })
      const took = new Set(hands.filter((h) => h.releaseId === r.id).map((h) => h.memberId))
      const title = await shownTitle(ctx, by, await standing(db, by, r.id))
      const { number, agency_id: agencyId, kind, state } = r
      return { number, agencyId, kind, state, title, moments, score: scoreOf(moments), took: took.size }
    }),
  )
  const since = plus(now, -LAPSES_AFTER)
  const recent = new Set(releases.filter((r) => r.created_at >= since).map((r) => r.id))
  const practised = new Set(hands.filter((h) => recent.has(h.releaseId)).map((h) => h.memberId))
  const missing = members
    .filter((m) => m.active === 1 && rolesOf(m).some((role) => PARTS.includes(role)) && !practised.has(m.id))
    .map((m) => m.name)
  return { exercises, last, ...lapse(last, now), missing }
}

/** What the banner of the desk asks. */
export const readiness = async (ctx: Ctx, agencyId: string): Promise<{ lapsed: boolean; days: number | null }> =>
  lapse(await lastExercise(ctx.store.db, agencyId), ctx.clock.now())
