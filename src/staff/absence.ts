/** 请假与代办: a member is away, and a colleague with the same role stands in. It gives nobody a role they do not have. */
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { DAY } from '../lib/clock.ts'
import { type Issue, invalid, issue, notFound, wrongState } from '../lib/errors.ts'
import { newId } from '../lib/id.ts'
import { readableZod } from '../lib/shape.ts'
import { absenceById, absencesTouching, endAbsenceAt, insertAbsence } from './absence-store.ts'
import { admitAgency } from './gate.ts'
import type { Actor, Role } from './member.ts'
import { type MemberRow, memberById, rolesOf } from './store.ts'

const time = z.iso.datetime({ offset: true }).transform((s) => new Date(s).toISOString())
export const absenceInput = z.strictObject({
  /** Oneself unless named. */
  memberId: z.string().max(40).optional(),
  delegateId: z.string().max(40),
  startsAt: time,
  endsAt: time,
})
type Input = z.output<typeof absenceInput>

const LONGEST = 183 * DAY
/** What can be done for somebody else. An administrator's or auditor's seat is nobody's to hand on. */
const STOOD_IN: readonly Role[] = ['drafter', 'reviewer', 'confidentiality', 'signer']

/** Roles both have: what the delegate may do in the other's place, and may do anyway. */
export const sharedRoles = (a: Pick<MemberRow, 'roles'>, b: Pick<MemberRow, 'roles'>): Role[] =>
  rolesOf(a).filter((r) => STOOD_IN.includes(r) && rolesOf(b).includes(r))

type Db = Parameters<typeof insertAbsence>[0]

/** @returns its id @throws Refusal `invalid`: absence-*, delegate-* */
export async function enterAbsence(ctx: Ctx, by: Actor, sent: unknown): Promise<string> {
  const input = readableZod(absenceInput, sent)
  const memberId = input.memberId || by.memberId
  return ctx.store.tx(async (trx) => {
    const member = await memberById(trx, memberId)
    if (!member) throw invalid([issue('memberId', 'member-unknown')])
    await admitAgency(trx, by, member.agency_id, memberId === by.memberId ? 'absence.own' : 'staff.manage')
    const found = [...timeIssues(input, ctx.clock.now()), ...(await delegateIssues(trx, member, input))]
    if (found.length) throw invalid(found)
    const id = newId(ctx.clock.ms())
    await insertAbsence(trx, {
      id,
      member_id: memberId,
      delegate_id: input.delegateId,
      starts_at: input.startsAt,
      ends_at: input.endsAt,
      entered_by: by.memberId,
      entered_at: ctx.clock.now(),
      ended_at: null,
    })
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'absence.enter',
      subject: `member:${memberId}`,
      fact: { absence: id, delegate: input.delegateId, from: input.startsAt, to: input.endsAt },
    })
    return id
  })
}

function timeIssues({ startsAt, endsAt }: Input, now: string): Issue[] {
  if (endsAt <= startsAt) return [issue('endsAt', 'absence-time')]
  if (endsAt <= now) return [issue('endsAt', 'absence-over')]
  return Date.parse(endsAt) - Date.parse(startsAt) > LONGEST ? [issue('endsAt', 'absence-long', { days: 183 })] : []
}

async function delegateIssues(trx: Db, member: MemberRow, input: Input): Promise<Issue[]> {
  const delegate = await memberById(trx, input.delegateId)
  const at = 'delegateId'
  if (delegate?.agency_id !== member.agency_id) return [issue(at, 'member-unknown')]
  if (delegate.id === member.id) return [issue(at, 'delegate-self')]
  if (delegate.active !== 1) return [issue(at, 'member-inactive')]
  if (sharedRoles(member, delegate).length === 0) return [issue(at, 'delegate-role')]
  const { startsAt, endsAt } = input
  const away = await absencesTouching(trx, 'member_id', delegate.id, startsAt, endsAt)
  const twice = await absencesTouching(trx, 'member_id', member.id, startsAt, endsAt)
  return [
    ...(away.length ? [issue(at, 'delegate-away')] : []),
    ...(twice.length ? [issue('startsAt', 'absence-twice')] : []),
  ]
}

/** Back before the time. */
export async function endAbsence(ctx: Ctx, by: Actor, id: string): Promise<void> {
  await ctx.store.tx(async (trx) => {
    const absence = await absenceById(trx, id)
    const member = absence && (await memberById(trx, absence.member_id))
    if (!absence || !member) throw notFound('absence')
    await admitAgency(trx, by, member.agency_id, member.id === by.memberId ? 'absence.own' : 'staff.manage')
    if (absence.ended_at) throw wrongState('absence-over')
    await endAbsenceAt(trx, id, ctx.clock.now())
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'absence.end',
      subject: `member:${member.id}`,
      fact: { absence: id },
    })
  })
}
