/** 人工登记: a member says that a channel carried an edition, when, and where it can be seen; or takes that back. */
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { admit } from '../desk/gate.ts'
import { note } from '../desk/store.ts'
import { append } from '../ledger/append.ts'
import { invalid, issue, notFound, wrongState } from '../lib/errors.ts'
import { newId } from '../lib/id.ts'
import { readableZod } from '../lib/shape.ts'
import { cleanText, textIssues } from '../lib/text.ts'
import type { EditionRow } from '../publication/store.ts'
import { editionsOf } from '../publication/store.ts'
import type { Actor } from '../staff/member.ts'
import { clearAlarm, raiseAlarm } from '../store/alarm.ts'
import { isUniqueViolation } from '../store/violation.ts'
import { type Standing, standingOf } from './manual.ts'
import {
  insertManualRecord,
  type ManualChannelRow,
  type ManualRecordRow,
  manualChannelById,
  manualChannels,
  manualRecordById,
  manualRecords,
  voidManualRecord,
} from './manual-store.ts'

type Trx = Parameters<typeof manualRecords>[0]
/** A channel that carried a wrong text and not yet what puts it right. */
const CAUSE = 'manual-outdated'

/** People say times to the minute. */
const minute = (iso: string): string => iso.slice(0, 16)
const time = z.iso.datetime({ offset: true }).transform((s) => new Date(s).toISOString())
export const manualRecordInput = z.strictObject({
  channelId: z.string().max(40),
  /** The edition it carried; the newest unless said. */
  edition: z.number().int().positive().optional(),
  /** When it went out there; now unless said. */
  carriedAt: time.optional(),
  link: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .optional(),
  note: z.string().trim().max(500).optional(),
})

export type ChannelStanding = { channel: ManualChannelRow; standing: Standing; records: ManualRecordRow[] }

/** Every channel of the release's agency with what it carried, oldest first; ended ones where they carried something. */
export async function channelsOfRelease(
  db: Trx,
  release: { id: string; agency_id: string },
  editions: EditionRow[],
): Promise<ChannelStanding[]> {
  const records = await manualRecords(db, release.id)
  const channels = await manualChannels(db, release.agency_id, [...new Set(records.map((r) => r.channel_id))])
  return channels.map((channel) => {
    const own = records.filter((r) => r.channel_id === channel.id)
    const carried = own.map((r) => r.edition)
    return { channel, standing: standingOf(editions, carried), records: own }
  })
}

/** For those who may watch deliveries of the release. */
export async function manualOf(ctx: Ctx, by: Actor, ref: string) {
  const { release } = await admit(ctx.store.db, by, ref, 'dispatch.read')
  const editions = await editionsOf(ctx.store.db, release.id)
  return { release, editions, channels: await channelsOfRelease(ctx.store.db, release, editions) }
}

/** Ticks a channel off. @throws Refusal `invalid`; `wrong-state` nothing-published, already-recorded */
export async function recordCarried(ctx: Ctx, by: Actor, ref: string, sent: unknown): Promise<ManualRecordRow> {
  const input = readableZod(manualRecordInput, sent)
  const words = cleanText(input.note ?? '').text
  try {
    return await ctx.store.tx(async (trx) => {
      const { release } = await admit(trx, by, ref, 'manual.record', ctx.store.dialect)
      const editions = await editionsOf(trx, release.id)
      const edition = editions.find((e) => e.number === (input.edition ?? editions.length))
      if (editions.length === 0) throw wrongState('nothing-published')
      const channel = await manualChannelById(trx, input.channelId)
      const now = ctx.clock.now()
      const carriedAt = input.carriedAt ?? now
      const issues = [
        ...(channel?.agency_id === release.agency_id ? [] : [issue('channelId', 'unknown-manual-channel')]),
        ...(edition ? [] : [issue('edition', 'unknown-edition', { last: editions.length })]),
        ...(carriedAt > now ? [issue('carriedAt', 'carried-in-future')] : []),
        ...(edition && minute(carriedAt) < minute(edition.published_at)
          ? [issue('carriedAt', 'carried-before-published')]
          : []),
        ...textIssues('note', words),
      ]
      if (issues.length || !edition || !channel) throw invalid(issues)
      const row: ManualRecordRow = {
        id: newId(ctx.clock.ms()),
        channel_id: channel.id,
        release_id: release.id,
        edition_id: edition.id,
        edition: edition.number,
        carried_at: carriedAt,
        at: now,
        member_id: by.memberId,
        link: input.link ?? '',
        note: words,
        void_at: null,
        void_by: null,
      }
      await insertManualRecord(trx, row)
      await written(trx, ctx, by, release, row, 'manual.record')
      return row
    })
  } catch (err) {
    if (isUniqueViolation(err)) throw wrongState('already-recorded')
    throw err
  }
}

/** A tick made by mistake is struck out; that it was made stays in the ledger. @throws Refusal `not-found` */
export async function undoRecord(ctx: Ctx, by: Actor, ref: string, id: string): Promise<void> {
  await ctx.store.tx(async (trx) => {
    const { release } = await admit(trx, by, ref, 'manual.record', ctx.store.dialect)
    const row = await manualRecordById(trx, id)
    if (row?.release_id !== release.id) throw notFound('manual-record')
    if (!(await voidManualRecord(trx, id, ctx.clock.now(), by.memberId))) throw notFound('manual-record')
    await written(trx, ctx, by, release, row, 'manual.undo')
  })
}

async function written(
  trx: Trx,
  ctx: Ctx,
  by: Actor,
  release: { id: string; agency_id: string },
  row: ManualRecordRow,
  act: 'manual.record' | 'manual.undo',
): Promise<void> {
  await note(trx, {
    release_id: release.id,
    at: ctx.clock.now(),
    member_id: by.memberId,
    act: act === 'manual.record' ? 'carried' : 'carried-undone',
    revision: null,
    edition: row.edition,
  })
  await append(trx, ctx, {
    actor: by.memberId,
    act,
    subject: `manual-record:${row.id}`,
    fact: { release: release.id, channel: row.channel_id, edition: row.edition, carried: row.carried_at },
  })
  await alarmOf(trx, ctx, release)
}

/** The alarm stands as long as any channel is known to carry what was put right. */
async function alarmOf(trx: Trx, ctx: Ctx, release: { id: string; agency_id: string }): Promise<void> {
  const channels = await channelsOfRelease(trx, release, await editionsOf(trx, release.id))
  const subject = `release:${release.id}`
  if (channels.some((c) => c.standing === 'wrong')) await raiseAlarm(trx, ctx.clock, CAUSE, subject)
  else await clearAlarm(trx, ctx.clock, CAUSE, subject)
}

/** A new edition that puts an earlier one right asks for every tick again. */
export async function askAgain(trx: Trx, ctx: Ctx, edition: EditionRow): Promise<void> {
  if (!['correction', 'withdrawal', 'takedown'].includes(edition.type)) return
  const records = await manualRecords(trx, edition.release_id)
  if (records.length === 0) return
  const channel = await manualChannelById(trx, records[0]?.channel_id ?? '')
  if (channel) await alarmOf(trx, ctx, { id: edition.release_id, agency_id: channel.agency_id })
}
