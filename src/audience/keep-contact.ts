/** 联系人: named people in banners and villages who sign for what they were told. Kept by an office, deleted when they ask. */
import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { areaCovers } from '../lib/area-code.ts'
import { type Issue, invalid, issue, notFound } from '../lib/errors.ts'
import { newId, newToken } from '../lib/id.ts'
import { PHONE } from '../lib/phone.ts'
import { readableZod } from '../lib/shape.ts'
import { cleanText, textIssues } from '../lib/text.ts'
import { admitAgency } from '../staff/gate.ts'
import type { Actor } from '../staff/member.ts'
import { agencyById } from '../staff/store.ts'
import type { Tables } from '../store/tables.ts'
import {
  type Contact,
  contactById,
  contactsOf,
  countContacts,
  deleteContact,
  insertContact,
  updateContact,
} from './contact-store.ts'
import { mailAddress } from './mail-address.ts'
import { insertSubscriber, knownAreas, setInterests, updateSubscriber } from './store.ts'

type Trx = Kysely<Tables>
export const MOST_CONTACTS = 5_000

const words = (max: number) => z.string().trim().max(max)
export const contactFields = {
  name: words(60).min(1),
  role: words(60).default(''),
  phone: words(40).min(1),
  email: words(254).default(''),
  areas: z
    .array(z.string().max(12))
    .min(1)
    .max(50)
    .transform((codes) => [...new Set(codes)]),
  language: z.enum(['zh-CN', 'mn-Mong-CN', 'en']).default('zh-CN'),
  mode: z.enum(['live', 'exercise']).default('live'),
}
export const contactInput = z.strictObject({ agencyId: z.string().max(40).optional(), ...contactFields })
const { mode: _, ...changeable } = contactFields
export const contactChangeInput = z.strictObject(changeable)
export type ContactGiven = Omit<z.output<typeof contactInput>, 'agencyId'>

/** By name. */
export async function contactsFor(ctx: Ctx, by: Actor, agencyId = by.agencyId): Promise<Contact[]> {
  await admitAgency(ctx.store.db, by, agencyId, 'contact.read')
  return contactsOf(ctx.store.db, agencyId, MOST_CONTACTS)
}

/** @throws Refusal `invalid`: phone-shape, email-address, unknown-area, area-outside, contacts-many */
export async function addContact(ctx: Ctx, by: Actor, sent: unknown): Promise<Contact> {
  const { agencyId = by.agencyId, ...given } = readableZod(contactInput, sent)
  return ctx.store.tx(async (trx) => {
    await admitAgency(trx, by, agencyId, 'contact.manage')
    await assertGood(trx, agencyId, given)
    if ((await countContacts(trx, agencyId)) >= MOST_CONTACTS)
      throw invalid([issue('name', 'contacts-many', { max: MOST_CONTACTS })])
    const id = await enrol(ctx, trx, agencyId, given)
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'contact.add',
      subject: `contact:${id}`,
      fact: { agency: agencyId, mode: given.mode },
    })
    return (await contactById(trx, id)) as Contact
  })
}

/** Whether an exercise or the real thing is fixed: what one was asked in an exercise must not turn into something real. */
export async function changeContact(ctx: Ctx, by: Actor, id: number, sent: unknown): Promise<Contact> {
  const given = readableZod(contactChangeInput, sent)
  return ctx.store.tx(async (trx) => {
    const before = await ownContact(trx, by, id)
    await assertGood(trx, before.agency_id, given)
    await rewrite(ctx, trx, id, given)
    await append(trx, ctx, { actor: by.memberId, act: 'contact.change', subject: `contact:${id}` })
    return (await contactById(trx, id)) as Contact
  })
}

/** Name, telephone and address go at once; what they signed for keeps a bare number. @throws Refusal `not-found` */
export async function removeContact(ctx: Ctx, by: Actor, id: number): Promise<void> {
  await ctx.store.tx(async (trx) => {
    await ownContact(trx, by, id)
    await setInterests(trx, id, [], [])
    await deleteContact(trx, id)
    await updateSubscriber(trx, id, { state: 'left', left_at: ctx.clock.now() })
    await append(trx, ctx, { actor: by.memberId, act: 'contact.remove', subject: `contact:${id}` })
  })
}

/** What may not be seen answers like what does not exist. */
export async function ownContact(trx: Trx, by: Actor, id: number): Promise<Contact> {
  const found = Number.isSafeInteger(id) ? await contactById(trx, id) : undefined
  if (!found) throw notFound('contact')
  await admitAgency(trx, by, found.agency_id, 'contact.read').catch(() => {
    throw notFound('contact')
  })
  await admitAgency(trx, by, found.agency_id, 'contact.manage')
  return found
}

export async function enrol(ctx: Ctx, trx: Trx, agencyId: string, given: ContactGiven): Promise<number> {
  const now = ctx.clock.now()
  const id = await insertSubscriber(trx, {
    kind: 'contact',
    // Not their telephone: a subscriber's row outlives the contact.
    address: newId(ctx.clock.ms()),
    keys: null,
    token: newToken(),
    state: 'active',
    mode: given.mode,
    language: given.language,
    urgency: 'normal',
    frequency: 'at-once',
    all_topics: 1,
    all_areas: 0,
    created_at: now,
    confirmed_at: now,
    left_at: null,
  })
  await setInterests(trx, id, [], given.areas)
  await insertContact(trx, {
    subscriber_id: id,
    agency_id: agencyId,
    ...personOf(given),
    created_at: now,
    updated_at: now,
  })
  return id
}

export async function rewrite(ctx: Ctx, trx: Trx, id: number, given: Omit<ContactGiven, 'mode'>): Promise<void> {
  await updateContact(trx, id, { ...personOf(given), updated_at: ctx.clock.now() })
  await updateSubscriber(trx, id, { language: given.language })
  await setInterests(trx, id, [], given.areas)
}

const personOf = (given: Pick<ContactGiven, 'name' | 'role' | 'phone' | 'email'>) => ({
  name: cleanText(given.name).text,
  role: cleanText(given.role).text,
  phone: given.phone,
  email: given.email ? (mailAddress(given.email) ?? '') : '',
})

async function assertGood(trx: Trx, agencyId: string, given: Omit<ContactGiven, 'mode'>): Promise<void> {
  const issues = await contactIssues(trx, agencyId, given)
  if (issues.length) throw invalid(issues)
}

export async function contactIssues(trx: Trx, agencyId: string, given: Omit<ContactGiven, 'mode'>): Promise<Issue[]> {
  const own = JSON.parse((await agencyById(trx, agencyId))?.area_codes ?? '[]') as string[]
  const known = await knownAreas(trx, given.areas)
  return [
    ...textIssues('name', given.name),
    ...textIssues('role', given.role),
    ...(PHONE.test(given.phone) ? [] : [issue('phone', 'phone-shape')]),
    ...(given.email && !mailAddress(given.email) ? [issue('email', 'email-address')] : []),
    ...given.areas.flatMap((code, i) => {
      if (!known.some((a) => a.code === code)) return [issue(`areas.${i}`, 'unknown-area', { code })]
      return own.some((o) => areaCovers(o, code)) ? [] : [issue(`areas.${i}`, 'area-outside', { code })]
    }),
  ]
}
