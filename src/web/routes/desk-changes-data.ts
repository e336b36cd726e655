/** Open changes as the office shows them: about whom, proposed by whom, what each still waits for. */
import { t } from '../../../templates/words/index.ts'
import { takeUpKeys } from '../../publication/take-up-keys.ts'
import { type Change, changeIn } from '../../staff/change.ts'
import { waitsOf } from '../../staff/change-store.ts'
import { type Decided, decideChange, isAbout, mayObject } from '../../staff/decide-change.ts'
import { isLastSigner } from '../../staff/lock-out.ts'
import { othersOver } from '../../staff/propose.ts'
import { memberById, openChanges } from '../../staff/store.ts'
import { namesOf } from '../desk-store.ts'
import type { Req } from '../env.ts'
import { actorIn } from '../guards/route.ts'
import { chainWords } from '../views/chain-form.tsx'
import type { ChangeLine } from '../views/office.tsx'

/** A key that was changed here is in its place before anybody is told so. */
export async function decided(c: Req, id: string, sent: unknown): Promise<Decided> {
  const done = await decideChange(c.var.ctx, actorIn(c), id, sent)
  if (done.state === 'applied') await takeUpKeys(c.var.ctx)
  return done
}

export async function changeLines(c: Req, family: string[]): Promise<ChangeLine[]> {
  const { ctx } = c.var
  const { db } = ctx.store
  const by = actorIn(c)
  const rows = family.length ? await openChanges(db, family) : []
  const changes = rows.map((r) => ({ row: r, change: changeIn(r) }))
  const names = await namesOf(db, [
    ...rows.map((r) => r.proposed_by),
    ...changes.map(({ change }) => ('memberId' in change ? change.memberId : null)),
  ])
  const waits = await waitsOf(
    db,
    rows.map((r) => r.id),
  )
  return Promise.all(
    changes.map(async ({ row, change }) => {
      const wait = waits.get(row.id)
      // Somebody who could agree has come since: then it is for them.
      const alone = wait && (await othersOver(db, row.agency_id, row.proposed_by, change)).length === 0
      return {
        id: row.id,
        change,
        about: aboutOf(c, change, names),
        by: names.get(row.proposed_by) ?? '',
        at: row.proposed_at,
        mine: row.proposed_by === by.memberId,
        object: mayObject(by, change),
        self: isAbout(change, by.memberId),
        last: await isAboutLast(c, change),
        ...(alone ? { waits: { until: wait.until, over: wait.until !== null && wait.until <= ctx.clock.now() } } : {}),
      }
    }),
  )
}

function aboutOf(c: Req, change: Change, names: Map<string, string>): string {
  const { lang } = c.var
  if (change.kind === 'factors' || change.kind === 'login') return names.get(change.memberId) ?? ''
  if (change.kind === 'member')
    return `${names.get(change.memberId) ?? ''} ${(change.roles ?? []).map((r) => t(lang, `role.${r}`)).join(t(lang, 'desk.list-comma'))}`
  if (change.kind === 'key') return t(lang, `office.key.${change.name}`)
  if (change.kind === 'chains')
    return (['routine', 'flash'] as const).map((lane) => chainWords(lang, lane, change.chains[lane])).join(' ')
  return ''
}

async function isAboutLast(c: Req, change: Change): Promise<boolean> {
  if (change.kind !== 'login' && change.kind !== 'factors') return false
  const { ctx } = c.var
  const member = await memberById(ctx.store.db, change.memberId)
  return member !== undefined && isLastSigner(ctx.store.db, member.email, ctx.clock.now())
}
