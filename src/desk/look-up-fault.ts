/** How what a reader wrote stands: for the reader by number and code, for the office as a list. */
import { assertPatience } from '../audience/ask.ts'
import type { Ctx } from '../context.ts'
import { MINUTE } from '../lib/clock.ts'
import { notFound } from '../lib/errors.ts'
import type { Actor } from '../staff/member.ts'
import { relationOf } from '../staff/member.ts'
import { may } from '../staff/policy.ts'
import { allAgencies } from '../staff/store.ts'
import { codeHash, type FaultRow } from './fault.ts'
import { closedFaults, faultByNumber, openFaults } from './fault-store.ts'
import { releaseById } from './store.ts'

const LOOKS = { max: 20, windowMs: 10 * MINUTE }
const MOST = 100

/** A wrong code and a number there never was are answered alike. @throws Refusal not-found, too-many-tries */
export async function lookUpFault(ctx: Ctx, ip: string, number: string, code: string): Promise<FaultRow> {
  await assertPatience(ctx, 'fault-look', ip, LOOKS)
  const asked = number.trim().toUpperCase()
  const fault = await faultByNumber(ctx.store.db, asked)
  if (!fault || fault.code_hash !== codeHash(asked, code)) throw notFound('fault')
  return asSeen(ctx.store.db, fault)
}

/** Those of the agencies in reach. */
export async function faultsFor(ctx: Ctx, by: Actor): Promise<{ open: FaultRow[]; closed: FaultRow[] }> {
  const { db } = ctx.store
  const all = await allAgencies(db)
  const parents = new Map(all.map((a) => [a.id, a.parent_id]))
  const above = (id: string): string[] => {
    const parent = parents.get(id)
    return parent ? [parent, ...above(parent)] : []
  }
  const ids = all
    .map((a) => ({ id: a.id, ancestors: above(a.id) }))
    .filter((a) => may('fault.read', { roles: by.roles, relation: relationOf(by, a), scopes: by.scopes }).ok)
    .map((a) => a.id)
  if (ids.length === 0) return { open: [], closed: [] }
  const [open, closed] = await Promise.all([openFaults(db, ids, MOST), closedFaults(db, ids, MOST)])
  const seen = (fault: FaultRow) => asSeen(db, fault)
  return { open: await Promise.all(open.map(seen)), closed: await Promise.all(closed.map(seen)) }
}

/** What was written about a release that is sealed, and what was answered, is sealed too: for the office as for the reader. */
export async function asSeen(db: Ctx['store']['db'], fault: FaultRow): Promise<FaultRow> {
  const release = fault.release_id ? await releaseById(db, fault.release_id) : undefined
  const hidden = release && ['quarantined', 'purged'].includes(release.state)
  return hidden ? { ...fault, body: '', answer: '', contact: null } : fault
}
