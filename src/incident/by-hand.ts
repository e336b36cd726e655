/** A person's word on a clock: a duty begins by decision, is done where nothing here could see it, or is no longer asked. */
import type { Kysely } from 'kysely'
import { z } from 'zod'
import { clockRules, type Happening } from '../../templates/clocks/index.ts'
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { invalid, issue, notFound, wrongState } from '../lib/errors.ts'
import { readableZod } from '../lib/shape.ts'
import { cleanText, textIssues } from '../lib/text.ts'
import { admitAgency } from '../staff/gate.ts'
import { type Actor, relationOf } from '../staff/member.ts'
import type { Act } from '../staff/policy.ts'
import { ancestorsOf } from '../staff/store.ts'
import type { Tables } from '../store/tables.ts'
import { seenClocks } from './board-store.ts'
import { type ClockRow, clockById, clockOf, moveClock } from './clock-store.ts'
import { countsFromKnown, ruleOfVersion } from './clocks.ts'
import { startClock, startFor } from './start-clock.ts'
import { incidentById } from './store.ts'

/** Rules a person may start for an incident. */
export const BY_DECISION = [...new Set(clockRules.filter((r) => r.starts.includes('by-hand')).map((r) => r.id))] as [
  string,
  ...string[],
]

export const startInput = z.strictObject({ rule: z.enum(BY_DECISION), why: z.string().max(400) })
export const wordInput = z.strictObject({ why: z.string().max(400) })

/** By decision: it runs from now, or, where the rule counts from it, from when the incident became known. */
export async function startByDecision(ctx: Ctx, by: Actor, incidentId: string, sent: unknown): Promise<void> {
  const input = readableZod(startInput, sent)
  const why = reason(input.why)
  await ctx.store.tx(async (trx) => {
    const row = await incidentById(trx, incidentId)
    if (!row) throw notFound('incident')
    await admitAgency(trx, by, row.agency_id, 'clock.start')
    if (row.closed_at) throw wrongState('incident-is-closed')
    if (row.mode !== 'live') throw wrongState('incident-is-exercise')
    const subject = `incident:${incidentId}`
    const there = await clockOf(trx, subject, input.rule)
    if (there && !there.ended_at) throw wrongState('clock-runs-already')
    const known = clockRules.some((r) => r.id === input.rule && countsFromKnown(r))
    const from = known ? row.known_at : ctx.clock.now()
    const word = { member: by.memberId, why }
    await startClock(trx, ctx, { rule: input.rule, subject, from, agencyId: row.agency_id, word })
    await append(trx, ctx, { actor: by.memberId, act: 'clock.start', subject, fact: { rule: input.rule } })
  })
}

/** What a clock met by hand begins: the authority's own ten days run from the day it was asked. */
const THEN: Record<string, Happening> = { referral: 'referred' }

/** @throws Refusal clock-not-by-hand, clock-is-over */
export const meetByHand = (ctx: Ctx, by: Actor, id: string, sent: unknown): Promise<ClockRow> =>
  say(ctx, by, id, sent, 'clock.meet', async (trx, c, why) => {
    if (!ruleOfVersion(clockRules, c.rule, c.rule_version)?.meets.includes('by-hand'))
      throw wrongState('clock-not-by-hand')
    const at = ctx.clock.now()
    const then = THEN[c.rule]
    const about = { subject: c.subject, from: at, agencyId: c.agency_id, word: { member: by.memberId } }
    if (then) await startFor(trx, ctx, then, about)
    return moveClock(trx, c, { kind: 'met', at }, { member: by.memberId, why })
  })

/** No longer asked: with a reason, and never as if it had been done. */
export const endByHand = (ctx: Ctx, by: Actor, id: string, sent: unknown): Promise<ClockRow> =>
  say(ctx, by, id, sent, 'clock.end', (trx, c, why) =>
    moveClock(trx, c, { kind: 'ended', at: ctx.clock.now() }, { member: by.memberId, why }),
  )

function say(
  ctx: Ctx,
  by: Actor,
  id: string,
  sent: unknown,
  act: Extract<Act, 'clock.meet' | 'clock.end'>,
  then: (trx: Kysely<Tables>, c: ClockRow, why: string) => Promise<ClockRow>,
): Promise<ClockRow> {
  const why = reason(readableZod(wordInput, sent).why)
  return ctx.store.tx(async (trx) => {
    const c = await clockById(trx, id)
    if (!c) throw notFound('clock')
    const relation = relationOf(by, { id: c.agency_id, ancestors: await ancestorsOf(trx, c.agency_id) })
    // What is on nobody's board here is as if it were not there.
    if (relation !== 'own' && relation !== 'parent') throw notFound('clock')
    if ((await seenClocks(trx, by, [c])).clocks.length === 0) throw notFound('clock')
    await admitAgency(trx, by, c.agency_id, act)
    if (c.met_at || c.ended_at) throw wrongState('clock-is-over')
    const done = await then(trx, c, why)
    await append(trx, ctx, { actor: by.memberId, act, subject: c.subject, fact: { clock: c.id, rule: c.rule } })
    return done
  })
}

function reason(sent: string): string {
  const why = cleanText(sent).text.trim()
  const issues = [...(why === '' ? [issue('why', 'required')] : []), ...textIssues('why', why)]
  if (issues.length) throw invalid(issues)
  return why
}
