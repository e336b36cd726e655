/** The releases a member may see, newest change first. */
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { invalid, issue } from '../lib/errors.ts'
import { type Actor, type Relation, readsEverything, relationOf } from '../staff/member.ts'
import { may, RELEASE_STATES, type ReleaseState } from '../staff/policy.ts'
import { allAgencies } from '../staff/store.ts'
import { KINDS } from './content.ts'
import { mayOn, type Standing } from './gate.ts'
import { type ReleaseRow, releasesWithin, revisionOf, type Window } from './store.ts'

export const listQuery = z.strictObject({
  state: z.enum(RELEASE_STATES).optional(),
  kind: z.enum(KINDS).optional(),
  number: z.string().max(20).optional(),
  documentNumber: z.string().max(60).optional(),
  /** What the page before gave as `next`. */
  after: z.string().max(80).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})
export type Listed = { release: ReleaseRow; title: string }

/** One page of the own agency's releases and, where the policy says so, of those below it. `next` opens the page after. */
export async function listReleases(
  ctx: Ctx,
  by: Actor,
  query: z.output<typeof listQuery>,
): Promise<{ releases: Listed[]; next: string | null }> {
  const { after, limit, ...filter } = query
  const windows = await windowsOf(ctx, by)
  const only = readsEverything(by) ? null : by.memberId
  const rows = await releasesWithin(ctx.store.db, windows, { ...filter, limit: limit + 1, only }, readCursor(after))
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    releases: await Promise.all(page.map(async (release) => ({ release, title: await titleFor(ctx, by, release) }))),
    next: rows.length > limit && last ? `${last.updated_at}_${last.id}` : null,
  }
}

/** Chinese title of the current revision, or of whichever language there is. */
async function titleOf(ctx: Ctx, release: ReleaseRow): Promise<string> {
  const parts = (await revisionOf(ctx.store.db, release.id, release.revision))?.content.parts ?? {}
  return (parts['zh-CN'] ?? Object.values(parts)[0])?.title ?? ''
}

/** The title of one release as this reader may see it: '' where the words are not theirs to read. */
export async function shownTitle(ctx: Ctx, by: Actor, at: Standing): Promise<string> {
  const free = at.state === 'published' && mayOn('release.read', by, at).ok
  return free || mayOn('release.inspect', by, at).ok ? titleOf(ctx, at.release) : ''
}

/** The title as this reader may see it: outside the office only what is public now has one. */
async function titleFor(ctx: Ctx, by: Actor, release: ReleaseRow): Promise<string> {
  const relation = release.agency_id === by.agencyId ? 'own' : 'parent'
  const state = release.state as ReleaseState
  const inside = may('release.inspect', { roles: by.roles, relation, scopes: ['read'], state }).ok
  return inside || state === 'published' ? titleOf(ctx, release) : ''
}

export type Sight = Window & { relation: Relation }

/** Agencies by how one stands to them, each relation with the states its grant to read names. */
export async function windowsOf(
  ctx: Ctx,
  by: Actor,
  relations: readonly Relation[] = ['own', 'parent'],
): Promise<Sight[]> {
  const agencies = await allAgencies(ctx.store.db)
  const parentOf = new Map(agencies.map((a) => [a.id, a.parent_id]))
  const relationTo = (id: string) => relationOf(by, { id, ancestors: above(parentOf, id) })
  return relations.map((relation) => ({
    relation,
    agencyIds: agencies.filter((a) => relationTo(a.id) === relation).map((a) => a.id),
    states: RELEASE_STATES.filter(
      (state) => may('release.read', { roles: by.roles, relation, scopes: ['read'], state }).ok,
    ),
  }))
}

function above(parentOf: Map<string, string | null>, id: string): string[] {
  const found: string[] = []
  for (let at = parentOf.get(id); at && !found.includes(at); at = parentOf.get(at)) found.push(at)
  return found
}

function readCursor(after: string | undefined): { at: string; id: string } | null {
  if (after === undefined) return null
  const [, at, id] = /^(\d{4}-[\dT:.-]+Z)_([a-z0-9]+)$/.exec(after) ?? []
  if (!at || !id) throw invalid([issue('after', 'wrong-shape', { rule: 'next' })])
  return { at, id }
}
