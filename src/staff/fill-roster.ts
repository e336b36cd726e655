/** Fills the roster many duties at a time: night after night, last week again, from a file; and hands the rest of one over. */
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { DAY, plus } from '../lib/clock.ts'
import { type Issue, invalid, issue, notAllowed, notFound, wrongState } from '../lib/errors.ts'
import { readableZod } from '../lib/shape.ts'
import { admitAgency } from './gate.ts'
import type { Actor, Role } from './member.ts'
import { type DutyInput, dutyInput, dutyIssues, placeDuty, writeDuty } from './roster.ts'
import { type CsvWords, readRoster } from './roster-csv.ts'
import {
  deleteDuty,
  dutiesBetween,
  dutyById,
  endDuty,
  type MemberRow,
  memberById,
  membersOf,
  rolesOf,
} from './store.ts'

const WEEK = 7 * DAY
const nightsInput = dutyInput.extend({ nights: z.coerce.number().int().min(1).max(31).default(1) })

/** The same hours on so many days in a row. @returns how many @throws Refusal `invalid` as for one duty */
export async function addNights(ctx: Ctx, by: Actor, sent: unknown): Promise<number> {
  const { nights, ...duty } = readableZod(nightsInput, sent)
  await ctx.store.tx(async (trx) => {
    for (let i = 0; i < nights; i++)
      await placeDuty(ctx, trx, by, {
        ...duty,
        startsAt: plus(duty.startsAt, i * DAY),
        endsAt: plus(duty.endsAt, i * DAY),
      })
  })
  return nights
}

export type Filled = { added: number; passed: number }

/**
 * What began in the seven days before `from` again, seven days later. Who has left or lost the role is passed over, and so is
 * what stands there already.
 */
export async function copyWeek(ctx: Ctx, by: Actor, agencyId: string, from: string): Promise<Filled> {
  return ctx.store.tx(async (trx) => {
    await admitAgency(trx, by, agencyId, 'staff.manage')
    const before = (await dutiesBetween(trx, [agencyId], plus(from, -WEEK), from)).filter(
      (d) => d.starts_at >= plus(from, -WEEK),
    )
    const there = new Set((await dutiesBetween(trx, [agencyId], from, plus(from, 2 * WEEK))).map(dutyKey))
    const members = new Map((await membersOf(trx, [agencyId])).map((m) => [m.id, m]))
    let added = 0
    for (const d of before) {
      const member = members.get(d.member_id)
      const next = {
        memberId: d.member_id,
        role: d.role as Role,
        backup: d.backup === 1,
        startsAt: plus(d.starts_at, WEEK),
        endsAt: plus(d.ends_at, WEEK),
      }
      if (!member || dutyIssues(member, next).length || there.has(keyOf(next))) continue
      await writeDuty(ctx, trx, by, member, next)
      added++
    }
    return { added, passed: before.length - added }
  })
}

const keyOf = (d: DutyInput): string =>
  [d.memberId, d.role, d.backup ? 1 : 0, new Date(d.startsAt).toISOString(), new Date(d.endsAt).toISOString()].join()
const dutyKey = (d: { member_id: string; role: string; backup: number; starts_at: string; ends_at: string }): string =>
  [d.member_id, d.role, Number(d.backup), d.starts_at, d.ends_at].join()

/**
 * A file of duties: whole or not at all. `dryRun` says what would be written and writes nothing.
 * @throws Refusal `invalid`, one issue per line that is wrong (`line.3`)
 */
export async function importRoster(
  ctx: Ctx,
  by: Actor,
  agencyId: string,
  csv: string,
  words: CsvWords,
  { dryRun = false } = {},
): Promise<Filled> {
  const read = readRoster(csv, ctx.config.site.offset, words)
  if (read.duties.length + read.issues.length === 0) throw invalid([issue('csv', 'roster-empty')])
  return ctx.store.tx(async (trx) => {
    await admitAgency(trx, by, agencyId, 'staff.manage')
    const members = await membersOf(trx, [agencyId])
    const issues = [...read.issues]
    const lines = read.duties.flatMap((d) => {
      const found = memberNamed(members, d.who)
      const at = (code: string, params = {}) => issue(`line.${d.line}`, code, { line: d.line, ...params })
      if (typeof found === 'string') {
        issues.push(at(found, { who: d.who }))
        return []
      }
      const duty = { memberId: found.id, role: d.role, backup: d.backup, startsAt: d.startsAt, endsAt: d.endsAt }
      issues.push(...dutyIssues(found, duty).map((i) => lineIssue(i, d.line)))
      return [{ member: found, duty }]
    })
    if (issues.length) throw invalid(issues.sort((a, b) => Number(a.params?.['line']) - Number(b.params?.['line'])))
    const from = lines.map((l) => l.duty.startsAt).sort()[0] as string
    const to = lines
      .map((l) => l.duty.endsAt)
      .sort()
      .at(-1) as string
    const there = new Set((await dutiesBetween(trx, [agencyId], from, to)).map(dutyKey))
    const fresh = lines.filter((l, i) => {
      const key = keyOf(l.duty)
      return !there.has(key) && lines.findIndex((x) => keyOf(x.duty) === key) === i
    })
    if (!dryRun) for (const { member, duty } of fresh) await writeDuty(ctx, trx, by, member, duty)
    return { added: fresh.length, passed: lines.length - fresh.length }
  })
}

const lineIssue = (i: Issue, line: number): Issue => ({
  ...i,
  field: `line.${line}`,
  params: { ...i.params, line },
})

/** By address, or by a name that only one of them has. */
function memberNamed(members: MemberRow[], who: string): MemberRow | 'roster-unknown' | 'roster-two' {
  const found = members.filter((m) => m.email === who.toLowerCase() || m.name === who)
  if (found.length > 1) return 'roster-two'
  return found[0] ?? 'roster-unknown'
}

export const handOverInput = z.strictObject({ memberId: z.string().max(40) })

/**
 * 交班: the rest of a duty that has begun goes to somebody else, from now on; one that has not begun goes whole. Whoever is on may
 * hand over what is theirs; an administrator anybody's.
 */
export async function handOver(ctx: Ctx, by: Actor, id: string, sent: unknown): Promise<void> {
  const { memberId } = readableZod(handOverInput, sent)
  await ctx.store.tx(async (trx) => {
    const duty = await dutyById(trx, id)
    if (!duty) throw notFound('duty')
    await admitAgency(trx, by, duty.agency_id, 'duty.hand-over')
    if (duty.member_id !== by.memberId && !by.roles.includes('admin')) throw notAllowed('not-your-duty')
    const now = ctx.clock.now()
    if (duty.ends_at <= now) throw wrongState('duty-over')
    const next = await memberById(trx, memberId)
    if (!next || next.agency_id !== duty.agency_id || next.id === duty.member_id)
      throw invalid([issue('memberId', 'member-unknown')])
    const begun = duty.starts_at < now
    const rest = {
      memberId,
      role: duty.role as Role,
      backup: duty.backup === 1,
      startsAt: begun ? now : duty.starts_at,
      endsAt: duty.ends_at,
    }
    const issues = dutyIssues(next, rest).map((i) => ({ ...i, field: 'memberId' }))
    if (issues.length) throw invalid(issues)
    await (begun ? endDuty(trx, id, now) : deleteDuty(trx, id))
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'duty.hand-over',
      subject: `duty:${id}`,
      fact: { from: duty.member_id, to: memberId, at: rest.startsAt },
    })
    await writeDuty(ctx, trx, by, next, rest)
  })
}

/** Who could take a duty over: those who hold its role, but for whoever has it. */
export const couldTakeOver = (members: MemberRow[], role: string, but: string): MemberRow[] =>
  members.filter((m) => m.active === 1 && m.id !== but && rolesOf(m).includes(role as Role))
