/** 阅看记录 and 限阅: every opening of a text that is not public is written down, and a release may be kept to those who work on it. */
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { MINUTE, plus } from '../lib/clock.ts'
import { invalid, issue } from '../lib/errors.ts'
import { readableZod } from '../lib/shape.ts'
import type { Actor } from '../staff/member.ts'
import { membersOf } from '../staff/store.ts'
import { admit, type Standing } from './gate.ts'
import {
  insertReading,
  liftLimit,
  limitedRow,
  namedReaders,
  openedSince,
  readersOfDraft,
  readingsOf,
  setLimited,
} from './limited-store.ts'

/** Where a text was opened. */
export const PLACES = ['edit', 'review', 'sign', 'changes', 'preview', 'word', 'file', 'api'] as const
export type Place = (typeof PLACES)[number]

const PUBLIC = ['published', 'withdrawn', 'taken-down']

/** Before the text is shown: what cannot be written down is not read. What the public may read is nobody's business. */
export async function noteReading(ctx: Ctx, by: Actor, at: Standing, revision: number, place: Place): Promise<void> {
  if (PUBLIC.includes(at.state)) return
  await insertReading(ctx.store.db, {
    release_id: at.release.id,
    revision,
    member_id: by.memberId,
    at: ctx.clock.now(),
    place,
  })
}

/** A page and the frames in it are one opening. */
const ONE_OPENING = 5 * MINUTE

/** As `noteReading`, for what a page shows in many pieces, each of which can be asked for alone. */
export async function noteReadingOnce(
  ctx: Ctx,
  by: Actor,
  at: Standing,
  revision: number,
  place: Place,
): Promise<void> {
  const since = plus(ctx.clock.now(), -ONE_OPENING)
  if (await openedSince(ctx.store.db, { releaseId: at.release.id, memberId: by.memberId, revision, place, since }))
    return
  await noteReading(ctx, by, at, revision, place)
}

const MOST = 300

export async function readLog(ctx: Ctx, by: Actor, ref: string) {
  const { db } = ctx.store
  const at = await admit(db, by, ref, 'release.read-log')
  const { id } = at.release
  const [readers, openings, limited, named] = await Promise.all([
    readersOfDraft(db, id),
    readingsOf(db, id, MOST),
    limitedRow(db, id),
    namedReaders(db, id),
  ])
  return { at, readers: readers.map((r) => ({ ...r, times: Number(r.times) })), openings, limited, named }
}

export const limitInput = z.strictObject({
  limited: z.boolean(),
  /** Colleagues who may read it besides those who write, review and sign. */
  readers: z.array(z.string().max(40)).max(100).default([]),
})

/** Holds at once, for everybody who has not got the text before them. */
export async function limitReaders(ctx: Ctx, by: Actor, ref: string, sent: unknown): Promise<void> {
  const input = readableZod(limitInput, sent)
  await ctx.store.tx(async (trx) => {
    const { release } = await admit(trx, by, ref, 'release.limit', ctx.store.dialect)
    const own = new Set((await membersOf(trx, [release.agency_id])).map((m) => m.id))
    const strangers = input.readers.some((id) => !own.has(id))
    if (strangers) throw invalid([issue('readers', 'member-unknown')])
    if (input.limited) {
      const row = { release_id: release.id, set_by: by.memberId, set_at: ctx.clock.now() }
      await setLimited(trx, row, [...new Set(input.readers)])
    } else await liftLimit(trx, release.id)
    await append(trx, ctx, {
      actor: by.memberId,
      act: input.limited ? 'release.limit' : 'release.unlimit',
      subject: `release:${release.id}`,
      fact: { readers: input.limited ? [...new Set(input.readers)].sort().join(' ') : '' },
    })
  })
}
