/** An accreditation suspended, taken up again or given a new last day, and a journalist's sessions ended: at once, in every process. */
import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { invalid, notFound, wrongState } from '../lib/errors.ts'
import { readableZod } from '../lib/shape.ts'
import { admitAgency } from '../staff/gate.ts'
import type { Actor } from '../staff/member.ts'
import type { Tables } from '../store/tables.ts'
import { lastDay } from './accredit.ts'
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

export const renewalInput = z.strictObject({ validUntil: z.iso.date() })

/** Looked at again: a new last day, later or sooner. @throws Refusal `invalid`: accreditation-past, accreditation-long */
export function renewJournalist(ctx: Ctx, by: Actor, id: string, sent: unknown): Promise<Journalist> {
  const { validUntil, issues } = lastDay(ctx, readableZod(renewalInput, sent).validUntil)
  if (issues.length) throw invalid(issues)
  return change(
    ctx,
    by,
    id,
    'media.renew',
    async (trx) => void (await updateJournalist(trx, id, { valid_until: validUntil })),
  )
}

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
    // Suspending and reinstating would be a way round the second person.
    if (journalist.state === 'proposed') throw wrongState('journalist-proposed')
    await move(trx, journalist)
    await append(trx, ctx, { actor: by.memberId, act, subject: `journalist:${id}` })
    return (await journalistById(trx, id)) as Journalist
  })
}
