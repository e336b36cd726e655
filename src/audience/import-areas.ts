/** Areas by CSV: what it would change first, then the change; whole or not at all. */
import type { Ctx } from '../context.ts'
import { invalid, issue } from '../lib/errors.ts'
import type { Actor } from '../staff/member.ts'
import { type AreaPlan, planAreas, readAreaCsv } from './area-csv.ts'
import { areas } from './store.ts'
import { assertTop, keepAreas } from './topics-areas.ts'

/** @throws Refusal `invalid` with an issue per line that is wrong; `not-allowed` top-agency-only */
export async function importAreaCsv(ctx: Ctx, by: Actor, csv: string, { dryRun = false } = {}): Promise<AreaPlan> {
  assertTop(by)
  const known = await areas(ctx.store.db)
  const read = readAreaCsv(csv, known)
  if (read.areas.length + read.issues.length === 0) throw invalid([issue('csv', 'areas-empty')])
  if (read.issues.length) throw invalid(read.issues)
  const plan = planAreas(known, read.areas)
  const changes = [...plan.added, ...plan.changed.map((c) => c.after)]
  if (!dryRun && changes.length) await keepAreas(ctx, by, changes)
  return plan
}
