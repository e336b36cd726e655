/** An accredited journalist says that they come to a press conference, or that they do not after all. */
import type { Kysely } from 'kysely'
import { type Journalist, journalistActor } from '../audience/journalist.ts'
import type { Ctx } from '../context.ts'
import { lockRelease } from '../desk/store.ts'
import { append } from '../ledger/append.ts'
import { notFound, wrongState } from '../lib/errors.ts'
import type { Tables } from '../store/tables.ts'
import { isOpen, type Meeting, meetingIn } from './conference.ts'
import { attendingCount, comesTo, endAttendance, publicConference, putAttendance } from './conference-store.ts'
import { isWithin, readerNow } from './embargo.ts'

/** @throws Refusal not-found; wrong-state conference-closed, conference-full */
export async function attend(ctx: Ctx, reader: Journalist, releaseId: string): Promise<void> {
  await ctx.store.tx(async (trx) => {
    // Locked, so that the last place is given once.
    await lockRelease(trx, ctx.store.dialect, releaseId)
    const { journalist, meeting } = await meetingFor(ctx, trx, reader, releaseId)
    if (!isOpen(meeting, ctx.clock.now())) throw wrongState('conference-closed')
    if ((await comesTo(trx, journalist.id)).has(releaseId)) return
    const { capacity } = meeting.conference
    if (capacity && (await attendingCount(trx, releaseId)) >= capacity) throw wrongState('conference-full')
    await putAttendance(trx, releaseId, journalist.id, ctx.clock.now())
    await append(trx, ctx, {
      actor: journalistActor(journalist),
      act: 'conference.attend',
      subject: `release:${releaseId}`,
    })
  })
}

/** Their place is free again. @throws Refusal not-found; wrong-state conference-closed */
export async function stayAway(ctx: Ctx, reader: Journalist, releaseId: string): Promise<void> {
  await ctx.store.tx(async (trx) => {
    const { journalist, meeting } = await meetingFor(ctx, trx, reader, releaseId)
    if (!isOpen(meeting, ctx.clock.now())) throw wrongState('conference-closed')
    if (!(await endAttendance(trx, releaseId, journalist.id, ctx.clock.now()))) return
    await append(trx, ctx, {
      actor: journalistActor(journalist),
      act: 'conference.stay-away',
      subject: `release:${releaseId}`,
    })
  })
}

async function meetingFor(
  ctx: Ctx,
  trx: Kysely<Tables>,
  reader: Journalist,
  releaseId: string,
): Promise<{ journalist: Journalist; meeting: Meeting }> {
  const journalist = await readerNow(trx, reader.id, ctx.clock.now())
  const row = await publicConference(trx, releaseId)
  const meeting = row && row.mode === 'live' ? meetingIn(row) : null
  if (!meeting || !(await isWithin(trx, journalist, meeting.agencyId))) throw notFound('release')
  return { journalist, meeting }
}
