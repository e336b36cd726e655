/** Two words of a signer on an incident: its cause is established, or it is over. */
import type { Kysely } from 'kysely'
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { notFound, wrongState } from '../lib/errors.ts'
import { admitAgency } from '../staff/gate.ts'
import type { Actor } from '../staff/member.ts'
import type { Tables } from '../store/tables.ts'
import { insertTurn, modesBesideLive } from '../store/turn.ts'
import { moveClock, openPromises } from './clock-store.ts'
import { endClocks, startFor } from './start-clock.ts'
import { type IncidentRow, incidentById, updateIncident } from './store.ts'

/** 慎报原因: until this is said, no release of the incident may speak of its cause. */
export const confirmCause = (ctx: Ctx, by: Actor, id: string): Promise<IncidentRow> =>
  change(ctx, by, id, 'incident.confirm-cause', (row) => {
    if (row.cause_confirmed) throw wrongState('cause-already-confirmed')
    return { cause_confirmed: 1 }
  })

/**
 * The incident is over; its releases stay, and none is added to the running list. Its pages say so by a turn. From now on runs how long
 * what its inside records hold of persons may be kept.
 */
export const closeIncident = (ctx: Ctx, by: Actor, id: string): Promise<IncidentRow> =>
  change(
    ctx,
    by,
    id,
    'incident.close',
    () => ({ closed_at: ctx.clock.now() }),
    async (trx, row) => {
      const at = row.closed_at as string
      await insertTurn(trx, at, 'incident-closed', 'live', { incident_id: id })
      // The sequence is held by now: nothing is published beside it that this look could miss.
      for (const mode of await modesBesideLive(trx, row.number))
        await insertTurn(trx, at, 'incident-closed', mode, { incident_id: id })
      await endClocks(trx, `incident:${id}`, at)
      for (const c of await openPromises(trx, id, '', 'others')) await moveClock(trx, c, { kind: 'ended', at })
      const about = { subject: `incident:${id}`, from: at, agencyId: row.agency_id, word: { member: by.memberId } }
      await startFor(trx, ctx, 'incident-closed', about)
    },
  )

function change(
  ctx: Ctx,
  by: Actor,
  id: string,
  act: 'incident.confirm-cause' | 'incident.close',
  move: (row: IncidentRow) => Partial<Pick<IncidentRow, 'cause_confirmed' | 'closed_at'>>,
  then?: (trx: Kysely<Tables>, row: IncidentRow) => Promise<void>,
): Promise<IncidentRow> {
  return ctx.store.tx(async (trx) => {
    const row = await incidentById(trx, id)
    if (!row) throw notFound('incident')
    await admitAgency(trx, by, row.agency_id, act)
    if (row.closed_at) throw wrongState('incident-is-closed')
    await updateIncident(trx, id, move(row))
    const moved = (await incidentById(trx, id)) as IncidentRow
    // The sequence before the ledger, as publication takes them: two transactions never wait for each other.
    await then?.(trx, moved)
    await append(trx, ctx, { actor: by.memberId, act, subject: `incident:${id}` })
    return moved
  })
}
