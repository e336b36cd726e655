/** An accreditation ended or taken up again, and a journalist's sessions ended: out at once, in every process. */
import type { Kysely } from 'kysely'
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { notFound, wrongState } from '../lib/errors.ts'
import { admitAgency } from '../staff/gate.ts'
import type { Actor } from '../staff/member.ts'
import type { Tables } from '../store/tables.ts'
import type { Journalist } from './journalist.ts'
import { endMediaSessions, journalistById, retireMediaLinks, updateJournalist } from './journalist-store.ts'

export const suspendJournalist = (ctx: Ctx, by: Actor, id: string): Promise<Journalist> =>
  change(ctx, by, id, 'media.suspend', async (trx, journalist) => {
    if (journalist.state === 'suspended') throw wrongState('journalist-state')
    await updateJournalist(trx, id, { state: 'suspended' })
    await putOut(ctx, trx, id)
  })

/** They come back by asking for a link themselves: what was ended stays ended. */
export const reinstateJournalist = (ctx: Ctx, by: Actor, id: string): Promise<Journalist> =>
  change(ctx, by, id, 'media.reinstate', async (trx, journalist) => {
    if (journalist.state !== 'suspended') throw wrongState('journalist-state')
    await updateJournalist(trx, id, { state: 'active' })
  })

/** A lost telephone: every session and open link ends, the accreditation stands. */
export const signOutJournalist = (ctx: Ctx, by: Actor, id: string): Promise<Journalist> =>
  change(ctx, by, id, 'media.end-sessions', (trx) => putOut(ctx, trx, id))

async function putOut(ctx: Ctx, trx: Kysely<Tables>, id: string): Promise<void> {
  await endMediaSessions(trx, id, ctx.clock.now())
  await retireMediaLinks(trx, id, ctx.clock.now())
}

function change(
  ctx: Ctx,
  by: Actor,
  id: string,
  act: string,
  move: (trx: Kysely<Tables>, journalist: Journalist) => Promise<void>,
): Promise<Journalist> {
  return ctx.store.tx(async (trx) => {
    const journalist = await journalistById(trx, id)
    if (!journalist) throw notFound('journalist')
    await admitAgency(trx, by, journalist.agency_id, 'media.accredit')
    await move(trx, journalist)
    await append(trx, ctx, { actor: by.memberId, act, subject: `journalist:${id}` })
    return (await journalistById(trx, id)) as Journalist
  })
}
