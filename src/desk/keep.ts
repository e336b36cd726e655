/** Words not saved yet: a key per writer and draft, handed only to who may edit it, so that the copy in their browser dies with the key. */
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { DAY, plus } from '../lib/clock.ts'
import { notFound } from '../lib/errors.ts'
import { newId } from '../lib/id.ts'
import { lock, unlock } from '../lib/lock.ts'
import { readableZod } from '../lib/shape.ts'
import type { Actor } from '../staff/member.ts'
import { KINDS, type Kind } from './content.ts'
import { admitHome, admitUnsealed } from './gate.ts'
import {
  dropKeep,
  dropOldKeeps,
  insertKeep,
  type KeepRow,
  keepById,
  keepOf,
  newKeepsOf,
  putKept,
} from './keep-store.ts'

/** Nobody comes back for words after that. */
const FORGOTTEN = 30 * DAY
const MOST_NEW = 8
type Trx = Parameters<typeof insertKeep>[0]

/** `key` is 32 bytes in base64url; `kept` what a browser locked with it last, `keptAt` when it came here. */
export type Keep = { id: string; kind: string; key: string; kept: string | null; keptAt: string | null; usedAt: string }

/** The writer's key to this draft, made when it is first asked for. @throws Refusal as any act of editing */
export async function openKeep(ctx: Ctx, by: Actor, ref: string): Promise<Keep> {
  return ctx.store.tx(async (trx) => {
    const { release } = await admitUnsealed(trx, by, ref, 'release.edit', ctx.store.dialect)
    const there = await keepOf(trx, release.id, by.memberId)
    return asHanded(ctx, there ?? (await make(ctx, trx, by, release.id, release.kind as Kind)))
  })
}

export const beginInput = z.strictObject({ kind: z.enum(KINDS) })

/** A key for a form that has no number yet. */
export async function beginKeep(ctx: Ctx, by: Actor, sent: unknown): Promise<Keep> {
  admitHome(by, 'release.create')
  const { kind } = readableZod(beginInput, sent)
  return ctx.store.tx(async (trx) => asHanded(ctx, await make(ctx, trx, by, null, kind)))
}

/** The writer's own forms that have no number yet. */
export async function newKeeps(ctx: Ctx, by: Actor): Promise<Keep[]> {
  admitHome(by, 'release.create')
  const rows = await newKeepsOf(ctx.store.db, by.memberId, MOST_NEW)
  return rows.filter((r) => r.used_at >= plus(ctx.clock.now(), -FORGOTTEN)).map((r) => asHanded(ctx, r))
}

async function make(ctx: Ctx, trx: Trx, by: Actor, releaseId: string | null, kind: Kind): Promise<KeepRow> {
  const now = ctx.clock.now()
  const row: KeepRow = {
    id: newId(ctx.clock.ms()),
    release_id: releaseId,
    member_id: by.memberId,
    kind,
    locked_key: lock(ctx.keys.secret, randomBytes(32).toString('base64url')),
    kept: null,
    kept_at: null,
    used_at: now,
  }
  await dropOldKeeps(trx, by.memberId, plus(now, -FORGOTTEN))
  await insertKeep(trx, row)
  const subject = releaseId ? `release:${releaseId}` : `draft-keep:${row.id}`
  await append(trx, ctx, { actor: by.memberId, act: 'draft.key', subject })
  return row
}

const asHanded = (ctx: Ctx, row: KeepRow): Keep => ({
  id: row.id,
  kind: row.kind,
  key: unlock(ctx.keys.secret, row.locked_key),
  kept: row.kept,
  keptAt: row.kept_at,
  usedAt: row.used_at,
})

/** Locked words in base64url: nonce, then AES-GCM of the form. */
export const keptInput = z.strictObject({ kept: z.string().regex(/^[\w-]{16,900000}$/, 'base64url') })

/** The browser's locked copy, so that it outlives the machine it was typed on. */
export async function keepWords(ctx: Ctx, by: Actor, id: string, sent: unknown): Promise<void> {
  const { kept } = readableZod(keptInput, sent)
  await ctx.store.tx(async (trx) => {
    await ownKeep(ctx, trx, by, id)
    await putKept(trx, id, kept, ctx.clock.now())
  })
}

/** The writer wants them no more. A form without a number loses its key with them. */
export async function discardKeep(ctx: Ctx, by: Actor, id: string): Promise<void> {
  await ctx.store.tx(async (trx) => {
    const row = await ownKeep(ctx, trx, by, id)
    if (row.release_id) await putKept(trx, id, null, ctx.clock.now())
    else await dropKeep(trx, id)
  })
}

/** Somebody else's answers like none. */
async function ownKeep(ctx: Ctx, trx: Trx, by: Actor, id: string): Promise<KeepRow> {
  const row = await keepById(trx, id)
  if (!row || row.member_id !== by.memberId) throw notFound('draft-keep')
  if (row.release_id) await admitUnsealed(trx, by, row.release_id, 'release.edit', ctx.store.dialect)
  else admitHome(by, 'release.create')
  return row
}

/** What was saved needs no copy: its key goes, so that none can be read or offered again, and so does the one its form had before. */
export async function settleKeep(ctx: Ctx, by: Actor, releaseId: string, formerId: string): Promise<void> {
  await ctx.store.tx(async (trx) => {
    const now = await keepOf(trx, releaseId, by.memberId)
    if (now) await dropKeep(trx, now.id)
    const former = formerId ? await keepById(trx, formerId) : undefined
    if (former?.member_id === by.memberId && former.release_id === null) await dropKeep(trx, former.id)
  })
}
