/** 人工渠道: the channels an office works by hand, by the names it gives them. */
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { invalid, issue, notFound } from '../lib/errors.ts'
import { newId } from '../lib/id.ts'
import { readableZod } from '../lib/shape.ts'
import { cleanText, textIssues } from '../lib/text.ts'
import { admitAgency, admitHome } from '../staff/gate.ts'
import type { Actor } from '../staff/member.ts'
import { isUniqueViolation } from '../store/violation.ts'
import {
  endManualChannel,
  insertManualChannel,
  type ManualChannelRow,
  manualChannelById,
  manualChannels,
} from './manual-store.ts'

export const manualChannelInput = z.strictObject({ name: z.string().trim().min(1).max(60) })
const MOST = 100

export async function manualChannelsOf(ctx: Ctx, by: Actor, agencyId = by.agencyId): Promise<ManualChannelRow[]> {
  await admitAgency(ctx.store.db, by, agencyId, 'manual-channel.read')
  return manualChannels(ctx.store.db, agencyId)
}

/** @throws Refusal `invalid`: required, manual-channel-taken, manual-channels-many */
export async function addManualChannel(ctx: Ctx, by: Actor, sent: unknown): Promise<ManualChannelRow> {
  admitHome(by, 'manual-channel.manage')
  const name = cleanText(readableZod(manualChannelInput, sent).name).text
  const dirty = textIssues('name', name)
  if (dirty.length) throw invalid(dirty)
  const row = { id: newId(ctx.clock.ms()), agency_id: by.agencyId, name, created_at: ctx.clock.now(), ended_at: null }
  try {
    await ctx.store.tx(async (trx) => {
      if ((await manualChannels(trx, by.agencyId)).length >= MOST)
        throw invalid([issue('name', 'manual-channels-many', { max: MOST })])
      await insertManualChannel(trx, row)
      await append(trx, ctx, { actor: by.memberId, act: 'manual-channel.add', subject: `manual-channel:${row.id}` })
    })
  } catch (err) {
    if (isUniqueViolation(err)) throw invalid([issue('name', 'manual-channel-taken', { name })])
    throw err
  }
  return row
}

/** It is asked for nothing more; what it carried stays on record. @throws Refusal `not-found` */
export async function endChannel(ctx: Ctx, by: Actor, id: string): Promise<void> {
  admitHome(by, 'manual-channel.manage')
  await ctx.store.tx(async (trx) => {
    const row = await manualChannelById(trx, id)
    if (!row || row.agency_id !== by.agencyId) throw notFound('manual-channel')
    if (!(await endManualChannel(trx, id, ctx.clock.now()))) throw notFound('manual-channel')
    await append(trx, ctx, { actor: by.memberId, act: 'manual-channel.end', subject: `manual-channel:${id}` })
  })
}
