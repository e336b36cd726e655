/** What waits for one person: found afresh each time, from rows, by the same policy that will judge the act. */
import { t } from '../../../templates/words/index.ts'
import type { Ctx } from '../../context.ts'
import { mayOn, standing } from '../../desk/gate.ts'
import { shownTitle } from '../../desk/list.ts'
import { contributors, type ReleaseRow } from '../../desk/store.ts'
import { openExpiries } from '../../publication/expiry-store.ts'
import { openQuarantines } from '../../purge/store.ts'
import { standsFor } from '../../review/on-behalf.ts'
import { stepClock } from '../../review/step-clock.ts'
import { currentSubmission, decisionsOf } from '../../review/store.ts'
import { changeIn } from '../../staff/change.ts'
import { mayObject } from '../../staff/decide-change.ts'
import type { Actor } from '../../staff/member.ts'
import { may } from '../../staff/policy.ts'
import { agencyFamily, openChanges } from '../../staff/store.ts'
import { namesOf, phoneSignOffsOf, postReviewsOpen, releasesIn, returnedTo } from '../desk-store.ts'
import type { Task } from '../views/queue.tsx'
import { barredFrom, benchFor } from './desk-decide-data.ts'

type Lang = 'zh' | 'en'
const MOST = 100

/** Flash first, then by deadline, then the oldest. */
export async function tasksFor(ctx: Ctx, by: Actor, lang: Lang): Promise<Task[]> {
  const family = (await agencyFamily(ctx.store.db, by.agencyId)).map((a) => a.id)
  const found = await Promise.all([
    toDecide(ctx, by, lang, family),
    returned(ctx, by, lang),
    held(ctx, by, lang, family),
    toLookAtAgain(ctx, by, lang),
    toConfirm(ctx, by, lang),
    toSettle(ctx, by, lang, family),
    changesWaiting(ctx, by, lang, family),
    expiring(ctx, by, lang),
  ])
  const rank = (task: Task) => (task.lane === 'flash' ? 0 : task.due ? 1 : 2)
  return found.flat().sort((a, b) => rank(a) - rank(b) || (a.due ?? a.at).localeCompare(b.due ?? b.at))
}

async function task(
  ctx: Ctx,
  by: Actor,
  lang: Lang,
  release: ReleaseRow,
  why: string,
  rest: Partial<Task> = {},
): Promise<Task> {
  return {
    href: `/desk/releases/${release.number}`,
    title: (await shownTitle(ctx, by, await standing(ctx.store.db, by, release.id))) || t(lang, 'desk.untitled'),
    number: release.number,
    kind: release.kind,
    lane: release.lane,
    mode: release.mode,
    at: release.updated_at,
    why,
    ...rest,
  }
}

async function toDecide(ctx: Ctx, by: Actor, lang: Lang, family: string[]): Promise<Task[]> {
  const { db } = ctx.store
  const rows = await releasesIn(db, family, ['in-review'], MOST)
  const found = await Promise.all(
    rows.map(async (release) => {
      const at = await standing(db, by, release.id)
      const bench = mayOn('release.read', by, at).ok ? await benchFor(ctx, at) : null
      if (!bench?.waiting || barredFrom(by, bench)) return []
      const signs = bench.waiting.duties.includes('sign')
      const names = await namesOf(db, [bench.submitted?.by ?? null])
      const submission = await currentSubmission(db, release.id)
      const clock = submission && (await stepClock(db, release, submission.id, bench.waiting))
      const others = bench.steps.flatMap((s) => s.verdicts.map((d) => d.member_id))
      const away = await standsFor(db, by.memberId, bench.waiting, [...at.barred, ...others], ctx.clock.now())
      const why = signs
        ? 'sign'
        : bench.waiting.duties.includes('confidentiality')
          ? 'confidentiality'
          : bench.waiting.duties.includes('proof')
            ? 'proof'
            : 'review'
      return [
        await task(ctx, by, lang, release, why, {
          href: `/desk/releases/${release.number}/${signs ? 'sign' : 'review'}`,
          at: bench.submitted?.at ?? release.updated_at,
          by: names.get(bench.submitted?.by ?? '') ?? '',
          decisive: true,
          ...(clock?.due_at ? { due: clock.due_at } : {}),
          ...(away ? { standsFor: away.name } : {}),
        }),
      ]
    }),
  )
  return found.flat()
}

async function returned(ctx: Ctx, by: Actor, lang: Lang): Promise<Task[]> {
  const rows = await returnedTo(ctx.store.db, by.memberId)
  const once = rows.filter((r, i) => rows.findIndex((x) => x.id === r.id) === i)
  return Promise.all(
    once.map((r) =>
      task(ctx, by, lang, r, 'returned', {
        href: `/desk/releases/${r.number}/edit`,
        at: r.closed_at ?? r.updated_at,
        decisive: true,
      }),
    ),
  )
}

async function held(ctx: Ctx, by: Actor, lang: Lang, family: string[]): Promise<Task[]> {
  const rows = await releasesIn(ctx.store.db, family, ['held'], MOST)
  const mine = await Promise.all(
    rows.map(async (r) => mayOn('release.publish', by, await standing(ctx.store.db, by, r.id)).ok),
  )
  return Promise.all(rows.filter((_, i) => mine[i]).map((r) => task(ctx, by, lang, r, 'held', { decisive: true })))
}

async function toLookAtAgain(ctx: Ctx, by: Actor, lang: Lang): Promise<Task[]> {
  const open = await postReviewsOpen(ctx.store.db)
  const found = await Promise.all(
    open.map(async (e) => {
      const at = await standing(ctx.store.db, by, e.release_id)
      if (!mayOn('release.post-review', by, at).ok || (await hadPart(ctx, by, e.release_id, e.number))) return []
      const due = e.post_review_due as string
      return [
        await task(ctx, by, lang, at.release, 'post-review', {
          href: `/desk/releases/${at.release.number}/post-review`,
          at: e.published_at,
          due,
        }),
      ]
    }),
  )
  return found.flat()
}

/** Whoever wrote or decided on an edition does not look at it again: others do. */
export async function hadPart(ctx: Ctx, by: Actor, releaseId: string, edition: number): Promise<boolean> {
  const [decided, wrote] = await Promise.all([
    decisionsOf(ctx.store.db, releaseId, edition - 1),
    contributors(ctx.store.db, releaseId, edition - 1),
  ])
  return (
    wrote.includes(by.memberId) || decided.some((d) => d.member_id === by.memberId || d.recorded_by === by.memberId)
  )
}

async function toConfirm(ctx: Ctx, by: Actor, lang: Lang): Promise<Task[]> {
  const open = await phoneSignOffsOf(ctx.store.db, by.memberId)
  return Promise.all(
    open.map(async (d) => {
      const { release } = await standing(ctx.store.db, by, d.release_id)
      return task(ctx, by, lang, release, 'phone-confirm', {
        at: d.at,
        decisive: true,
        ...(d.confirm_by ? { due: d.confirm_by } : {}),
      })
    }),
  )
}

/** By number alone: what is sealed has no title. */
async function toSettle(ctx: Ctx, by: Actor, lang: Lang, family: string[]): Promise<Task[]> {
  const open = (await openQuarantines(ctx.store.db, family)).filter(
    (q) => !q.settled_at && q.reported_by !== by.memberId,
  )
  const found = await Promise.all(
    open.map(async (q): Promise<Task[]> => {
      const at = await standing(ctx.store.db, by, q.id)
      if (!mayOn('quarantine.settle', by, at).ok) return []
      const { number, lane, mode, kind } = at.release
      return [
        {
          href: `/desk/releases/${number}/settle`,
          title: t(lang, 'desk.sealed.title', { number }),
          number,
          kind,
          lane,
          mode,
          at: q.reported_at,
          why: 'settle',
        },
      ]
    }),
  )
  return found.flat()
}

async function changesWaiting(ctx: Ctx, by: Actor, lang: Lang, family: string[]): Promise<Task[]> {
  if (family.length === 0) return []
  const decides = may('change.decide', { roles: by.roles, relation: 'own', scopes: by.scopes }).ok
  // Whoever it is about, and the auditors, are told of a change of a login, and may stop it.
  const open = (await openChanges(ctx.store.db, family)).filter(
    (ch) => ch.proposed_by !== by.memberId && (decides || mayObject(by, changeIn(ch))),
  )
  const names = await namesOf(
    ctx.store.db,
    open.map((ch) => ch.proposed_by),
  )
  return open.map((ch) => ({
    href: `/desk/office?agency=${ch.agency_id}#changes`,
    title: t(lang, `desk.change.${ch.kind}`),
    number: '',
    kind: '',
    lane: 'routine',
    mode: 'live',
    at: ch.proposed_at,
    why: decides ? 'change' : 'change-told',
    by: names.get(ch.proposed_by) ?? '',
  }))
}

/** Warnings about to expire, asked of whoever may answer. */
async function expiring(ctx: Ctx, by: Actor, lang: Lang): Promise<Task[]> {
  const open = (await openExpiries(ctx.store.db, ctx.clock.now())).filter((w) => w.agency_id === by.agencyId)
  const found = await Promise.all(
    open.map(async (w) => {
      const at = await standing(ctx.store.db, by, w.release_id)
      if (!mayOn('release.let-expire', by, at).ok) return []
      const href = `/desk/releases/${at.release.number}/expiry`
      return [await task(ctx, by, lang, at.release, 'expiring', { href, due: w.due_at })]
    }),
  )
  return found.flat()
}
