/** Who gets the mail of exercises: members of the office, by their own address, and nobody else. */
import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { invalid, issue } from '../lib/errors.ts'
import { newToken } from '../lib/id.ts'
import { readableZod } from '../lib/shape.ts'
import { admitHome } from '../staff/gate.ts'
import type { Actor } from '../staff/member.ts'
import { membersOf } from '../staff/store.ts'
import type { Tables } from '../store/tables.ts'
import { EVERYTHING, insertSubscriber, subscribersByAddress, updateSubscriber } from './store.ts'

export const exerciseAudienceInput = z.strictObject({ memberIds: z.array(z.string().max(40)).max(500) })

/**
 * Makes exactly these members of the own agency receivers of exercises. Their addresses were confirmed when they came in.
 * @returns how many there are now @throws Refusal `invalid`: member-unknown, member-inactive
 */
export async function setExerciseAudience(ctx: Ctx, by: Actor, sent: unknown): Promise<number> {
  admitHome(by, 'exercise.audience')
  const { memberIds } = readableZod(exerciseAudienceInput, sent)
  return ctx.store.tx(async (trx) => {
    const members = await membersOf(trx, [by.agencyId])
    const issues = memberIds.flatMap((id, i) => {
      const member = members.find((m) => m.id === id)
      if (!member) return [issue(`memberIds.${i}`, 'member-unknown')]
      return member.active === 1 && member.user_id ? [] : [issue(`memberIds.${i}`, 'member-inactive')]
    })
    if (issues.length) throw invalid(issues)
    const now = ctx.clock.now()
    const known = await receivers(trx, members)
    for (const member of members) {
      const address = member.email.toLowerCase()
      const there = known.get(address)
      const wanted = memberIds.includes(member.id)
      if (wanted && !there)
        await insertSubscriber(trx, {
          ...EVERYTHING,
          kind: 'email',
          address,
          keys: null,
          token: newToken(),
          state: 'active',
          mode: 'exercise',
          created_at: now,
          confirmed_at: now,
          left_at: null,
        })
      else if (wanted && there?.state === 'left')
        await updateSubscriber(trx, there.id, { state: 'active', left_at: null })
      else if (!wanted && there?.state === 'active')
        await updateSubscriber(trx, there.id, { state: 'left', left_at: now })
    }
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'exercise.audience',
      subject: `agency:${by.agencyId}`,
      fact: { members: memberIds.length },
    })
    return memberIds.length
  })
}

/** Own members with a login, and whether each receives exercises now. */
export async function exerciseAudience(
  ctx: Ctx,
  by: Actor,
): Promise<{ memberId: string; name: string; email: string; receives: boolean }[]> {
  const { db } = ctx.store
  const members = (await membersOf(db, [by.agencyId])).filter((m) => m.active === 1 && m.user_id)
  const known = await receivers(db, members)
  return members.map((m) => ({
    memberId: m.id,
    name: m.name,
    email: m.email,
    receives: known.get(m.email.toLowerCase())?.state === 'active',
  }))
}

/** By address, asked for at once. */
async function receivers(db: Kysely<Tables>, members: { email: string }[]) {
  const addresses = members.map((m) => m.email.toLowerCase())
  return new Map((await subscribersByAddress(db, 'email', addresses, 'exercise')).map((s) => [s.address, s]))
}
