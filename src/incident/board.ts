/** 电子监察: every clock of one's own agency and those below it, with how it stands, whose turn it is and by which rule. */
import { z } from 'zod'
import { type ClockRule, clockRules } from '../../templates/clocks/index.ts'
import type { Ctx } from '../context.ts'
import { admitHome } from '../staff/gate.ts'
import type { Actor } from '../staff/member.ts'
import { type Duty, onDuty } from '../staff/on-duty.ts'
import { type AgencyRow, agencyFamily } from '../staff/store.ts'
import { lateClocks, runningClocks, type Subject, seenClocks } from './board-store.ts'
import { type ClockRow, stateOf } from './clock-store.ts'
import { type ClockStanding, ruleOfVersion, STANDINGS, standingAt } from './clocks.ts'

const RULES = [...new Set(clockRules.map((r) => r.id))] as [string, ...string[]]
const OPEN = ['breached', 'due-soon', 'on-time', 'paused', 'unknown'] as const
export const boardQuery = z.strictObject({
  agency: z.string().max(40).optional(),
  rule: z.enum(RULES).optional(),
  standing: z.enum(OPEN).optional(),
  /** Those that ran out, also where they were met later. */
  late: z.enum(['1']).optional(),
})
export type BoardQuery = z.output<typeof boardQuery>
export const BOARD_RULES = RULES
export const BOARD_STANDINGS = OPEN

export type BoardLine = {
  clock: ClockRow
  standing: ClockStanding
  rule: ClockRule | undefined
  subject: Subject | undefined
  agency: AgencyRow | undefined
  duty: Duty
}
export type Board = { lines: BoardLine[]; family: AgencyRow[]; counts: Record<(typeof OPEN)[number], number> }

const MOST_OPEN = 500
const MOST_LATE = 200

/** The most pressing first. Counts are of everything the agency and the rule chosen leave, whatever the standing. */
export async function boardFor(ctx: Ctx, by: Actor, query: BoardQuery): Promise<Board> {
  admitHome(by, 'clock.read')
  const { db } = ctx.store
  const family = await agencyFamily(db, by.agencyId)
  const wanted = family.filter((a) => !query.agency || a.id === query.agency).map((a) => a.id)
  const now = ctx.clock.now()
  const found = query.late
    ? await lateClocks(db, wanted, MOST_LATE, query)
    : await runningClocks(db, wanted, MOST_OPEN, query)
  const { clocks: rows, subjects } = await seenClocks(db, by, found)
  const duties = await dutiesOf(ctx, rows, now)
  const all = rows.map((clock): BoardLine => {
    const rule = ruleOfVersion(clockRules, clock.rule, clock.rule_version)
    return {
      clock,
      rule,
      standing: standingAt(stateOf(clock), now),
      subject: subjects.get(clock.subject),
      agency: family.find((a) => a.id === clock.agency_id),
      duty: duties.get(dutyKey(clock, rule)) ?? { first: null, backup: null },
    }
  })
  const counts = Object.fromEntries(OPEN.map((s) => [s, all.filter((l) => l.standing === s).length])) as Board['counts']
  const lines = all.filter((l) => !query.standing || l.standing === query.standing)
  const order = (l: BoardLine) => STANDINGS.indexOf(l.standing)
  return { lines: query.late ? lines : lines.sort((a, b) => order(a) - order(b)), family, counts }
}

const roleFor = (rule: ClockRule | undefined) => rule?.role ?? ('signer' as const)
const dutyKey = (clock: ClockRow, rule: ClockRule | undefined) => `${clock.agency_id} ${roleFor(rule)}`

/** Once for each agency and role, however many clocks there are. */
async function dutiesOf(ctx: Ctx, rows: ClockRow[], now: string): Promise<Map<string, Duty>> {
  const asked = new Map(
    rows.map((c) => {
      const rule = ruleOfVersion(clockRules, c.rule, c.rule_version)
      return [dutyKey(c, rule), { agency: c.agency_id, role: roleFor(rule) }] as const
    }),
  )
  return new Map(
    await Promise.all(
      [...asked].map(async ([key, { agency, role }]) => [key, await onDuty(ctx.store.db, agency, role, now)] as const),
    ),
  )
}
