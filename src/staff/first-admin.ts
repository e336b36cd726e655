/** How an empty service gets its first agency and administrator: a link that the server prints. */
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { HOUR } from '../lib/clock.ts'
import { invalid, wrongState } from '../lib/errors.ts'
import { newId } from '../lib/id.ts'
import { readableZod } from '../lib/shape.ts'
import { unknownAreas } from './agency.ts'
import { DEFAULT_CHAINS } from './chain.ts'
import { agencyFields, emailField, nameField } from './fields.ts'
import { goodLink, makeLink, spendLink } from './link.ts'
import { loginFor } from './login.ts'
import { insertAgency, insertMember, memberCount } from './store.ts'

const GOOD_FOR = 24 * HOUR

export const setupInput = z.strictObject({
  agency: z.strictObject(agencyFields),
  name: nameField,
  email: emailField,
  password: z.string().max(200),
})

/** The address to open, or null once there is a member. Every call makes a new link and ends the one before. */
export async function firstAdminLink(ctx: Ctx): Promise<string | null> {
  return ctx.store.tx(async (trx) => {
    if ((await memberCount(trx)) > 0) return null
    const { token } = await makeLink(trx, ctx, 'first-admin', null, GOOD_FOR)
    return `${ctx.config.publicUrl}/setup?token=${token}`
  })
}

/** Whether the page behind the link may be shown. @throws Refusal `wrong-state` link-not-good */
export async function assertSetUpOpen(ctx: Ctx, token: string): Promise<void> {
  await goodLink(ctx.store.db, ctx, 'first-admin', token)
  if ((await memberCount(ctx.store.db)) > 0) throw wrongState('link-not-good')
}

/** Makes the agency, its administrator and their login. `known`: the codes of the list of areas there is, or will be. @throws Refusal `wrong-state` link-not-good; `invalid` naming each field */
export async function setUpFirstAdmin(
  ctx: Ctx,
  token: string,
  sent: unknown,
  known: ReadonlySet<string>,
): Promise<{ agencyId: string; memberId: string }> {
  await assertSetUpOpen(ctx, token)
  const input = readableZod(setupInput, sent)
  const unknown = unknownAreas(input.agency.areaCodes, known, 'agency.areaCodes')
  if (unknown.length) throw invalid(unknown.map((i) => ({ ...i, code: 'area-not-listed-yet' })))
  const userId = await loginFor(ctx, input)
  const [agencyId, memberId] = [newId(ctx.clock.ms()), newId(ctx.clock.ms())]
  await ctx.store.tx(async (trx) => {
    if ((await memberCount(trx)) > 0) throw wrongState('link-not-good')
    await spendLink(trx, ctx, 'first-admin', token)
    const now = ctx.clock.now()
    await insertAgency(trx, {
      id: agencyId,
      parent_id: null,
      slug: input.agency.slug,
      name_zh: input.agency.nameZh,
      name_en: input.agency.nameEn,
      area_codes: JSON.stringify(input.agency.areaCodes),
      chains: JSON.stringify(DEFAULT_CHAINS),
      phone_signoff: 0,
      word_list: '',
      created_at: now,
    })
    await insertMember(trx, {
      id: memberId,
      user_id: userId,
      agency_id: agencyId,
      name: input.name,
      email: input.email,
      phone: '',
      languages: '["zh-CN"]',
      roles: '["admin"]',
      active: 1,
      created_at: now,
    })
    await append(trx, ctx, {
      actor: memberId,
      act: 'agency.set-up',
      subject: `agency:${agencyId}`,
      fact: { member: memberId, roles: 'admin' },
    })
  })
  return { agencyId, memberId }
}
