/** Sets a new time for a signed release, or answers a held one. */
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { admit } from '../desk/gate.ts'
import { changeRelease, note, type ReleaseRow, releaseById } from '../desk/store.ts'
import { append } from '../ledger/append.ts'
import { invalid, issue } from '../lib/errors.ts'
import { readableZod } from '../lib/shape.ts'
import type { Actor } from '../staff/member.ts'
import { clearAlarm } from '../store/alarm.ts'

export const scheduleInput = z.strictObject({ at: z.iso.datetime({ offset: true }) })

/** A planned time means *not before*; it must lie ahead by the server's clock. */
export async function schedule(ctx: Ctx, by: Actor, ref: string, sent: unknown): Promise<ReleaseRow> {
  const at = new Date(readableZod(scheduleInput, sent).at).toISOString()
  return ctx.store.tx(async (trx) => {
    const { release } = await admit(trx, by, ref, 'release.schedule', ctx.store.dialect)
    const now = ctx.clock.now()
    if (at <= now) throw invalid([issue('at', 'time-is-past', { now })])
    await changeRelease(trx, release.id, now, { state: 'scheduled', planned_at: at })
    await note(trx, {
      release_id: release.id,
      at: now,
      member_id: by.memberId,
      act: 'scheduled',
      revision: release.revision,
      edition: null,
      note: at,
    })
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'release.schedule',
      subject: `release:${release.id}`,
      fact: { at },
    })
    await clearAlarm(trx, ctx.clock, 'release-held', `release:${release.id}`)
    return (await releaseById(trx, release.id)) as ReleaseRow
  })
}
