/** The suppression list as an administrator keeps it: looking an address up, adding one, lifting one. Each goes into the ledger. */
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { invalid, issue, notFound, wrongState } from '../lib/errors.ts'
import { readableZod } from '../lib/shape.ts'
import { admitHome } from '../staff/gate.ts'
import type { Actor } from '../staff/member.ts'
import { mailAddress } from './mail-address.ts'
import { updateSubscriber } from './store.ts'
import { addressHash, listed, REASONS, suppress } from './suppression.ts'
import {
  deleteSuppression,
  type SuppressionRow,
  subscribersWithHash,
  suppressionById,
  suppressions,
} from './suppression-store.ts'

const KINDS = ['email', 'webpush'] as const
const address = { address: z.string().max(2048), kind: z.enum(KINDS).default('email') }
export const lookUpInput = z.strictObject(address)
export const suppressionInput = z.strictObject({ ...address, reason: z.enum(REASONS).default('asked') })
const PAGE = 100

/** The form an address is kept and hashed in. @throws Refusal `invalid` */
function asKept(kind: string, text: string): string {
  const kept = kind === 'email' ? mailAddress(text) : URL.canParse(text) ? text : null
  if (!kept) throw invalid([issue('address', kind === 'email' ? 'email-address' : 'push-endpoint', { why: 'url' })])
  return kept
}

/** Newest first, a page at a time. @throws Refusal `not-found` where `before` is no entry */
export async function suppressionList(ctx: Ctx, by: Actor, before?: string): Promise<SuppressionRow[]> {
  admitHome(by, 'staff.manage')
  const last = before ? await suppressionById(ctx.store.db, before) : undefined
  if (before && !last) throw notFound('suppression')
  return suppressions(ctx.store.db, last, PAGE)
}

/** The entry of an address, or null. */
export async function lookUp(ctx: Ctx, by: Actor, sent: unknown): Promise<SuppressionRow | null> {
  admitHome(by, 'staff.manage')
  const { kind, address } = readableZod(lookUpInput, sent)
  return (await listed(ctx, ctx.store.db, kind, asKept(kind, address))) ?? null
}

/** Nothing is sent to the address from now on. @throws Refusal `invalid`; `wrong-state` where it is on the list already */
export async function addToList(ctx: Ctx, by: Actor, sent: unknown): Promise<SuppressionRow> {
  admitHome(by, 'staff.manage')
  const { kind, address, reason } = readableZod(suppressionInput, sent)
  const kept = asKept(kind, address)
  return ctx.store.tx(async (trx) => {
    const id = await suppress(ctx, trx, kind, kept, reason, by.memberId)
    if (!id) throw wrongState('already-suppressed')
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'suppression.add',
      subject: `suppression:${id}`,
      fact: { kind, reason },
    })
    return { id, kind, hash: addressHash(ctx, kind, kept), reason, since: ctx.clock.now(), member_id: by.memberId }
  })
}

/** The address may be subscribed again, by its owner's own confirmation; no subscription comes back by itself. @throws Refusal `not-found` */
export async function liftFromList(ctx: Ctx, by: Actor, id: string): Promise<void> {
  admitHome(by, 'staff.manage')
  await ctx.store.tx(async (trx) => {
    const entry = await suppressionById(trx, id)
    if (!entry) throw notFound('suppression')
    await deleteSuppression(trx, id)
    // Who complained could never come back; from now on they are like anybody who left.
    for (const s of await subscribersWithHash(trx, entry.kind, entry.hash))
      if (s.state === 'complained') await updateSubscriber(trx, s.id, { state: 'left' })
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'suppression.lift',
      subject: `suppression:${id}`,
      fact: { kind: entry.kind, reason: entry.reason },
    })
  })
}
