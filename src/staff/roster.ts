/** Who is on duty when. */
import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { DAY } from '../lib/clock.ts'
import { type Issue, invalid, issue, notFound } from '../lib/errors.ts'
import { newId } from '../lib/id.ts'
import { readableZod } from '../lib/shape.ts'
import type { Tables } from '../store/tables.ts'
import { admitAgency } from './gate.ts'
import { type Actor, ROLES } from './member.ts'
import { deleteDuty, dutyById, insertDuty, type MemberRow, memberById, rolesOf } from './store.ts'

const time = z.iso.datetime({ offset: true }).transform((s) => new Date(s).toISOString())
export const dutyInput = z.strictObject({
  memberId: z.string().max(40),
  role: z.enum(ROLES),
  backup: z.boolean().default(false),
  startsAt: time,
  endsAt: time,
})

const LONGEST = 31 * DAY
export type DutyInput = z.output<typeof dutyInput>

/** @returns the id of the duty @throws Refusal `invalid`: duty-time, duty-long, duty-role, member-inactive */
export async function addDuty(ctx: Ctx, by: Actor, sent: unknown): Promise<string> {
  const input = readableZod(dutyInput, sent)
  return ctx.store.tx((trx) => placeDuty(ctx, trx, by, input))
}

/** One duty, inside the caller's transaction. */
export async function placeDuty(ctx: Ctx, trx: Kysely<Tables>, by: Actor, input: DutyInput): Promise<string> {
  const member = await memberById(trx, input.memberId)
  if (!member) throw invalid([issue('memberId', 'member-unknown')])
  await admitAgency(trx, by, member.agency_id, 'staff.manage')
  const found = dutyIssues(member, input)
  if (found.length) throw invalid(found)
  return writeDuty(ctx, trx, by, member, input)
}

/** What stands against a duty. Pure. */
export function dutyIssues(member: Pick<MemberRow, 'active' | 'roles'>, input: DutyInput): Issue[] {
  const found: Issue[] = []
  if (input.endsAt <= input.startsAt) found.push(issue('endsAt', 'duty-time'))
  else if (Date.parse(input.endsAt) - Date.parse(input.startsAt) > LONGEST)
    found.push(issue('endsAt', 'duty-long', { days: 31 }))
  if (member.active !== 1) found.push(issue('memberId', 'member-inactive'))
  if (!rolesOf(member).includes(input.role)) found.push(issue('role', 'duty-role', { role: input.role }))
  return found
}

/** The row and its line in the ledger; whether it may stand is the caller's to know. */
export async function writeDuty(
  ctx: Ctx,
  trx: Kysely<Tables>,
  by: Actor,
  member: MemberRow,
  input: DutyInput,
): Promise<string> {
  const id = newId(ctx.clock.ms())
  await insertDuty(trx, {
    id,
    agency_id: member.agency_id,
    member_id: member.id,
    role: input.role,
    backup: input.backup ? 1 : 0,
    starts_at: input.startsAt,
    ends_at: input.endsAt,
  })
  await append(trx, ctx, {
    actor: by.memberId,
    act: 'duty.add',
    subject: `duty:${id}`,
    fact: { member: member.id, role: input.role, from: input.startsAt, to: input.endsAt },
  })
  return id
}

/** Takes a duty off the roster; the ledger keeps that it stood there. */
export async function removeDuty(ctx: Ctx, by: Actor, id: string): Promise<void> {
  await ctx.store.tx(async (trx) => {
    const duty = await dutyById(trx, id)
    if (!duty) throw notFound('duty')
    await admitAgency(trx, by, duty.agency_id, 'staff.manage')
    await deleteDuty(trx, id)
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'duty.remove',
      subject: `duty:${id}`,
      fact: { member: duty.member_id },
    })
  })
}
