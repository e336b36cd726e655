/** The door every act on a release passes: may this person see it, and may they do this to it now? */
import type { Kysely } from 'kysely'
import { notFound } from '../lib/errors.ts'
import { refusalFor } from '../staff/gate.ts'
import { type Actor, type Relation, readsEverything, relationOf } from '../staff/member.ts'
import { type Act, may, type Question, type ReleaseState } from '../staff/policy.ts'
import { ancestorsOf } from '../staff/store.ts'
import type { Tables } from '../store/tables.ts'
import { hadAHand, limitedRow, namedReaders } from './limited-store.ts'
import { contributors, lockRelease, type ReleaseRow, releaseById, releaseByNumber } from './store.ts'

export { admitAgency, admitHome } from '../staff/gate.ts'

type Db = Kysely<Tables>

/** How one member stands to one release. */
export type Standing = {
  release: ReleaseRow
  state: ReleaseState
  relation: Relation
  contributor: boolean
  barred: string[]
  /** The release is kept to those who work on it, and this member is none of them. */
  shutOut: boolean
}

const byIdOrNumber = (db: Db, ref: string) =>
  /^\d{4}-\d{6}$/.test(ref) ? releaseByNumber(db, ref) : releaseById(db, ref)

/** Loads a release with the actor's standing. What may not be seen answers exactly like what does not exist. */
export async function standing(db: Db, by: Actor, ref: string): Promise<Standing> {
  const release = await byIdOrNumber(db, ref)
  if (!release) throw notFound('release')
  const [ancestors, barred] = await Promise.all([
    ancestorsOf(db, release.agency_id),
    contributors(db, release.id, release.editions),
  ])
  const relation = relationOf(by, { id: release.agency_id, ancestors })
  return {
    release,
    state: release.state as ReleaseState,
    relation,
    contributor: barred.includes(by.memberId),
    barred,
    shutOut: await isShutOut(db, by, release),
  }
}

async function isShutOut(db: Db, by: Actor, release: ReleaseRow): Promise<boolean> {
  if (readsEverything(by) || PUBLIC.includes(release.state) || !(await limitedRow(db, release.id))) return false
  const named = (await namedReaders(db, release.id)).includes(by.memberId)
  return !named && !(await hadAHand(db, release.id, by.memberId))
}

const PUBLIC: readonly string[] = ['published', 'withdrawn', 'taken-down']

/** As `standing`, refused unless the policy lets this actor do this act. Inside a transaction pass the dialect to lock the row. */
export async function admit(db: Db, by: Actor, ref: string, act: Act, lock?: 'sqlite' | 'postgres'): Promise<Standing> {
  if (lock) {
    const seen = await byIdOrNumber(db, ref)
    if (seen) await lockRelease(db, lock, seen.id)
  }
  const at = await standing(db, by, ref)
  assertMay(act, by, at)
  return at
}

/** Whoever is shut out stands to the release as to one of another office. */
export const mayOn = (act: Act, by: Actor, at: Standing) =>
  may(act, at.shutOut ? { ...question(by, at), relation: 'unrelated' } : question(by, at))
/** As `admit`, for what a browser asks by itself: a sealed release answers it like one that does not exist, also within the family. */
export async function admitUnsealed(...[db, by, ref, act, lock]: Parameters<typeof admit>): Promise<Standing> {
  const { state } = await standing(db, by, ref)
  if (state === 'quarantined' || state === 'purged') throw notFound('release')
  return admit(db, by, ref, act, lock)
}

function assertMay(act: Act, by: Actor, at: Standing): void {
  const answer = mayOn(act, by, at)
  if (answer.ok) return
  const seen = mayOn('release.read', { ...by, scopes: ['read', 'write', 'decide', 'admin'] }, at)
  const hidden = at.state === 'quarantined' || at.state === 'purged' ? !inFamily(at) : !seen.ok
  if (hidden) throw notFound('release')
  throw refusalFor(act, answer.refused, answer.roles, at.state)
}

const inFamily = (at: Standing) => at.relation === 'own' || at.relation === 'parent'

const question = (by: Actor, at: Standing): Question => ({
  roles: by.roles,
  relation: at.relation,
  scopes: by.scopes,
  contributor: at.contributor,
  state: at.state,
})
