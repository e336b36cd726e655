/** Who else has a draft open just now. */
import type { Ctx } from '../context.ts'
import { plus, SECOND } from '../lib/clock.ts'
import type { Actor } from '../staff/member.ts'
import { admitUnsealed } from './gate.ts'
import { dropOpen, opensOf, putOpen } from './keep-store.ts'

/** A browser says every 15 seconds that it is there; after three times silence nobody is. */
const GONE = 45 * SECOND

export type Opened = { memberId: string; name: string; since: string }

/** Says that this member has it open. @returns the others, first come first; and the revision there is now */
export async function sayOpen(ctx: Ctx, by: Actor, ref: string): Promise<{ others: Opened[]; revision: number }> {
  return ctx.store.tx(async (trx) => {
    const { release } = await admitUnsealed(trx, by, ref, 'release.edit')
    const now = ctx.clock.now()
    await putOpen(trx, release.id, by.memberId, now, plus(now, -GONE))
    return { others: await othersIn(trx, by, release.id, plus(now, -GONE)), revision: release.revision }
  })
}

/** The others, for a page that is only being read. */
export const whoElse = (ctx: Ctx, by: Actor, releaseId: string): Promise<Opened[]> =>
  othersIn(ctx.store.db, by, releaseId, plus(ctx.clock.now(), -GONE))

export async function sayClosed(ctx: Ctx, by: Actor, ref: string): Promise<void> {
  const { release } = await admitUnsealed(ctx.store.db, by, ref, 'release.edit')
  await dropOpen(ctx.store.db, release.id, by.memberId)
}

const othersIn = async (db: Parameters<typeof opensOf>[0], by: Actor, id: string, since: string): Promise<Opened[]> =>
  (await opensOf(db, id, since))
    .filter((o) => o.member_id !== by.memberId)
    .map((o) => ({ memberId: o.member_id, name: o.name, since: o.since }))
