/** Who may take the step a release waits at, and what is known of their having been asked. */
import type { Ctx } from '../../context.ts'
import { mayOn } from '../../desk/gate.ts'
import { summonsOf } from '../../review/ask-store.ts'
import { ableTo } from '../../review/signers.ts'
import { stepClock } from '../../review/step-clock.ts'
import { currentSubmission } from '../../review/store.ts'
import type { Actor } from '../../staff/member.ts'
import { namesOf } from '../desk-store.ts'
import type { Asked } from '../views/asked.tsx'
import { stepName } from '../views/bits.tsx'
import type { Bench } from './desk-decide-data.ts'

export async function askedFor(ctx: Ctx, by: Actor, lang: 'zh' | 'en', bench: Bench | null): Promise<Asked | null> {
  if (!bench?.waiting) return null
  const { db } = ctx.store
  const { release, barred } = bench.at
  const submission = await currentSubmission(db, release.id)
  if (!submission) return null
  const { waiting } = bench
  const taken = bench.steps.flatMap((s) => s.verdicts.map((d) => d.member_id))
  const [able, rows, clock] = await Promise.all([
    ableTo(db, release.agency_id, waiting, [...barred, ...taken], ctx.clock.now()),
    summonsOf(db, submission.id),
    stepClock(db, release, submission.id, waiting),
  ])
  const here = rows.filter((r) => r.step === waiting.name)
  const names = await namesOf(
    db,
    here.map((r) => r.called_by),
  )
  const told = here.filter((r) => r.how === 'told').map((r) => r.member_id)
  /** In the order they were told; the others behind. */
  const turn = (id: string) => (told.includes(id) ? told.indexOf(id) : told.length)
  const mayRecord = mayOn('release.record-call', by, bench.at).ok
  return {
    step: stepName(lang, waiting.name),
    due: clock?.due_at ?? null,
    people: [...able]
      .sort((a, b) => turn(a.memberId) - turn(b.memberId))
      .map((a) => ({
        memberId: a.memberId,
        name: a.name,
        phone: a.phone,
        onDuty: a.onDuty,
        away: a.away,
        told: here.find((r) => r.how === 'told' && r.member_id === a.memberId)?.at ?? null,
        calls: here
          .filter((r) => r.how === 'called' && r.member_id === a.memberId)
          .map((r) => ({ at: r.at, by: names.get(r.called_by ?? '') ?? '' })),
        mayRecord: mayRecord && a.memberId !== by.memberId && a.phone !== '',
      })),
  }
}
