/** 谁看过: what was shown of one release, to one journalist, and whose copy a number is. */
import type { Journalist } from '../audience/journalist.ts'
import { journalistById, journalistsOf, openMediaSessions } from '../audience/journalist-store.ts'
import type { Ctx } from '../context.ts'
import { admit } from '../desk/gate.ts'
import { releaseById } from '../desk/store.ts'
import { invalid, issue, notFound, type Refusal } from '../lib/errors.ts'
import { admitAgency } from '../staff/gate.ts'
import type { Actor } from '../staff/member.ts'
import { agencyFamily } from '../staff/store.ts'
import { copyNumberIn } from './copy-number.ts'
import { type NamedRead, readByCopy, readsOfJournalist, readsOfRelease } from './media-store.ts'

/** Whoever sees the inside of a release sees who was shown it. */
export async function readsFor(ctx: Ctx, by: Actor, ref: string): Promise<{ number: string; reads: NamedRead[] }> {
  const { release } = await admit(ctx.store.db, by, ref, 'release.inspect')
  return { number: release.number, reads: await readsOfRelease(ctx.store.db, release.id) }
}

/** Everybody the office and those below it have accredited, with how many sessions each has going on. */
export async function journalistsFor(ctx: Ctx, by: Actor): Promise<(Journalist & { sessions: number })[]> {
  const { db } = ctx.store
  await admitAgency(db, by, by.agencyId, 'media.read')
  const family = (await agencyFamily(db, by.agencyId)).map((a) => a.id)
  const sessions = await openMediaSessions(db, family, ctx.clock.now())
  return (await journalistsOf(db, family)).map((j) => ({ ...j, sessions: sessions.get(j.id) ?? 0 }))
}

/** @throws Refusal `not-found` */
export async function journalistFor(
  ctx: Ctx,
  by: Actor,
  id: string,
): Promise<{ journalist: Journalist; reads: NamedRead[] }> {
  const journalist = await journalistById(ctx.store.db, id)
  if (!journalist || !(await maySee(ctx, by, journalist.agency_id))) throw notFound('journalist')
  return { journalist, reads: await readsOfJournalist(ctx.store.db, id) }
}

/** As it was typed. For the office of the release, that of the journalist, and those above. @throws Refusal `invalid` copy-unknown */
export async function whoHad(ctx: Ctx, by: Actor, typed: string): Promise<NamedRead> {
  const { db } = ctx.store
  const copy = copyNumberIn(typed)
  const read = copy ? await readByCopy(db, copy) : undefined
  const [release, journalist] = read
    ? await Promise.all([releaseById(db, read.release_id), journalistById(db, read.journalist_id)])
    : []
  const agencies = [release?.agency_id, journalist?.agency_id].filter((id): id is string => id !== undefined)
  for (const id of agencies) if (read && (await maySee(ctx, by, id))) return read
  throw invalid([issue('copy', 'copy-unknown')])
}

const maySee = (ctx: Ctx, by: Actor, agencyId: string): Promise<boolean> =>
  admitAgency(ctx.store.db, by, agencyId, 'media.read').then(
    () => true,
    (err: Refusal) => {
      if (err.kind !== 'not-allowed') throw err
      return false
    },
  )
