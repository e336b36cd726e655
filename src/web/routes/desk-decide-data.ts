/** What a person deciding sees: the revision under review, its chain, what changed, what would happen. */
import { siteOf } from '../../../templates/page/assets.ts'
import type { Shown } from '../../../templates/page/pick.ts'
import type { Station } from '../../../templates/page/relay.tsx'
import { hasWords, t } from '../../../templates/words/index.ts'
import type { Ctx } from '../../context.ts'
import { toldOf } from '../../delivery/told.ts'
import { languagesOf, type Mode } from '../../desk/content.ts'
import { mayOn, type Standing } from '../../desk/gate.ts'
import { lastOpened } from '../../desk/limited-store.ts'
import { type Revision, revisionOf } from '../../desk/store.ts'
import { isGone } from '../../publication/edition.ts'
import { readersOf } from '../../publication/embargo.ts'
import { previewOf } from '../../publication/preview.ts'
import { editionsOf } from '../../publication/store.ts'
import { progress, type StepProgress, waitingAt } from '../../review/agree.ts'
import { ACT_OF, foreignTo } from '../../review/decide.ts'
import { flashFactor, signersWithFactor } from '../../review/flash-factor.ts'
import { judge } from '../../review/judge.ts'
import { currentSubmission, type DecisionRow, decisionsOf, lastSubmission } from '../../review/store.ts'
import { answersForLanguages, readsLanguages, type Step } from '../../staff/chain.ts'
import { hasAny } from '../../staff/factor-store.ts'
import type { Actor } from '../../staff/member.ts'
import { namesOf } from '../desk-store.ts'
import { stepName } from '../views/bits.tsx'
import { changesBetween } from '../views/changes.tsx'
import type { DecideProps, Plan } from '../views/decide.tsx'
import type { OutletChoice } from '../views/draft.tsx'
import type { FactorAsked } from '../views/flash-factor.tsx'
import { besideFor } from './alerts-beside-data.ts'
import { outletChoices } from './desk-draft-data.ts'
import { kitParts } from './desk-false-alarm-data.ts'
import { markLines } from './desk-marks-data.ts'
import { fileStates } from './desk-scan-data.ts'

type Lang = 'zh' | 'en'

export type Bench = {
  at: Standing
  revision: Revision
  decisions: DecisionRow[]
  steps: StepProgress[]
  waiting: Step | null
  submitted: { by: string; at: string } | null
}

/** The revision under review with how far it has come; of a release not under review, its current one. */
export async function benchFor(ctx: Ctx, at: Standing): Promise<Bench | null> {
  const { db } = ctx.store
  const { release, barred } = at
  const submission = (await currentSubmission(db, release.id)) ?? (await lastSubmission(db, release.id))
  const current = submission && ['open', 'approved'].includes(submission.state) ? submission : undefined
  const revision = await revisionOf(db, release.id, current?.revision ?? release.revision)
  if (!revision) return null
  const decisions = await decisionsOf(db, release.id, release.editions)
  const steps = current ? progress(JSON.parse(current.chain) as Step[], decisions, barred, revision, current.id) : []
  return {
    at,
    revision,
    decisions,
    steps,
    waiting: current?.state === 'open' ? (waitingAt(steps)?.step ?? null) : null,
    submitted: current ? { by: current.submitted_by, at: current.submitted_at } : null,
  }
}

/** Why this person may not take the waiting step, as a code; null when they may. */
export function barredFrom(by: Actor, { at, waiting, steps, revision }: Bench): string | null {
  if (!waiting) return 'wrong-state'
  const answer = mayOn(ACT_OF[waiting.role], by, at)
  if (!answer.ok)
    return answer.refused === 'contributor' ? 'own-work' : answer.refused === 'role' ? 'no-role' : 'other-agency'
  const elsewhere = steps.some(
    (s) => s.step.name !== waiting.name && s.verdicts.some((d) => d.member_id === by.memberId),
  )
  if (elsewhere) return 'one-person-one-step'
  return waiting.role === 'reviewer' || waiting.role === 'signer' ? languageBar(by, steps, revision, waiting) : null
}

/** Nothing is left here that this person is registered for. */
function languageBar(by: Actor, steps: StepProgress[], revision: Revision, waiting: Step): string | null {
  const chain = steps.map((s) => s.step)
  if (answersForLanguages(chain, waiting)) return foreignTo(by.languages, revision).length ? 'no-language' : null
  if (!readsLanguages(waiting)) return null
  const left = steps.find((s) => s.step.name === waiting.name)?.missing ?? []
  const mine = (name: string) => by.languages.some((l) => l === name)
  const common = left.some((name) => name === 'core' || name === 'attachments')
  const any = languagesOf(revision.content).some(mine)
  return left.some(mine) || (common && any) ? null : 'no-language'
}

/** The revision as the edition it would become. */
export const wouldBe = (ctx: Ctx, { at, revision }: Bench): Promise<Shown> =>
  previewOf(ctx.store.db, at.release, revision, ctx.clock.now())

/** Drafted, submitted, each step of the chain, published: who and when. */
export async function chainStations(ctx: Ctx, lang: Lang, bench: Bench): Promise<Station[]> {
  const { steps, submitted, revision, waiting, at } = bench
  const ids = [
    revision.savedBy,
    submitted?.by ?? null,
    ...steps.flatMap((s) => s.verdicts.flatMap((d) => [d.member_id, d.on_behalf_of])),
  ]
  const names = await namesOf(ctx.store.db, ids)
  const done = (name: string, who: string, when: string, note?: string): Station => ({
    name,
    who: names.get(who) ?? '',
    at: when,
    state: 'done',
    ...(note ? { note } : {}),
  })
  const stations: Station[] = [done(t(lang, 'desk.station.draft'), revision.savedBy, revision.savedAt)]
  if (submitted) stations.push(done(t(lang, 'desk.submit'), submitted.by, submitted.at))
  for (const s of steps) {
    const last = s.verdicts.at(-1)
    const name = stepName(lang, s.step.name)
    if (s.satisfied && last) stations.push(done(name, last.member_id, last.at, howGiven(lang, last, names)))
    else if (s.step.name === waiting?.name)
      stations.push({
        name,
        who: t(lang, `role.${s.step.role}`),
        state: 'now',
        ...(s.verdicts.length ? { note: missingWords(lang, s) } : {}),
      })
    else stations.push({ name, who: t(lang, `role.${s.step.role}`), state: 'todo' })
  }
  const published = at.release.state === 'published'
  stations.push({ name: t(lang, 'desk.station.publish'), state: published ? 'done' : 'todo' })
  return stations
}

/** By telephone, or in the place of somebody who is away. */
const howGiven = (lang: Lang, d: DecisionRow, names: Map<string, string>): string | undefined =>
  d.recorded_by
    ? t(lang, 'desk.phone.mark')
    : d.on_behalf_of
      ? t(lang, 'desk.behalf', { name: names.get(d.on_behalf_of) ?? '' })
      : undefined

const missingWords = (lang: Lang, s: StepProgress): string =>
  t(lang, 'desk.station.missing', {
    parts: s.missing.map((m) => (hasWords(`field.${m}`) ? t(lang, `field.${m}`) : m)).join(t(lang, 'desk.list-comma')),
  })

/** What this person last decided on or opened, else what was last agreed, else what is public, else what was sent back. */
async function baseline(
  ctx: Ctx,
  by: Actor,
  bench: Bench,
): Promise<{ since: DecideProps['since']; before: Revision | undefined }> {
  const { release } = bench.at
  const { db } = ctx.store
  const older = bench.decisions.filter((d) => d.revision !== bench.revision.ordinal)
  const mine = older.findLast((d) => d.member_id === by.memberId)
  const agreed = older.findLast((d) => d.verdict === 'approve' && !d.void)
  const published = (await editionsOf(db, release.id)).at(-1)
  const opened = await lastOpened(db, release.id, by.memberId, bench.revision.ordinal)
  const found: [NonNullable<DecideProps['since']>['what'], number | undefined][] = [
    ['seen', mine?.revision],
    ['opened', opened],
    ['approved', agreed?.revision],
    ['published', published?.revision],
    ['returned', older.findLast((d) => d.verdict === 'return')?.revision],
  ]
  for (const [what, ordinal] of found) {
    const before = ordinal === undefined ? undefined : await revisionOf(db, release.id, ordinal)
    if (before) return { since: { what, ordinal: before.ordinal }, before }
  }
  return { since: null, before: undefined }
}

/** A withdrawal goes to nobody but those who were told. */
const owed = (o: OutletChoice, told: number, gone: boolean): OutletChoice =>
  gone ? { name: o.name, audience: told, told, ...(o.notReady ? { notReady: o.notReady } : {}) } : { ...o, told }

async function planOf(ctx: Ctx, edition: Shown, bench: Bench): Promise<Plan> {
  const { content, type } = edition
  const gone = isGone(edition)
  const toAll = type === 'erratum' || type === 'takedown'
  const putsRight = type === 'correction' || type === 'withdrawal'
  const told = putsRight ? await toldOf(ctx, bench.at.release.id) : {}
  const outlets = (await outletChoices(ctx, content.core))
    .filter(
      (o) =>
        o.audience === null ||
        o.always ||
        (!toAll && (content.core.outlets.includes(o.name) || (told[o.name] ?? 0) > 0)),
    )
    .map((o) => (putsRight && o.audience !== null && !o.always ? owed(o, told[o.name] ?? 0, gone) : o))
  return {
    outlets,
    notBefore: content.core.notBefore ?? null,
    journalists:
      content.core.embargo && content.core.notBefore
        ? await readersOf(ctx.store.db, bench.at.release.agency_id, ctx.clock.now())
        : null,
    cap:
      edition.kind === 'warning' ||
      (content.core.cap?.actNow ?? false) ||
      (gone && edition.history.length > 0 && content.core.cap !== undefined),
    shapes: { polygons: content.core.cap?.polygons ?? [], circles: content.core.cap?.circles ?? [] },
    told: putsRight ? Object.values(told).reduce((n, one) => n + one, 0) : null,
    last: bench.steps.at(-1)?.step.name === bench.waiting?.name,
  }
}

/** Of a signature on flash: what this person has and has shown; who else could sign where they have nothing. */
export async function factorAsked(ctx: Ctx, by: Actor, { at, waiting }: Bench): Promise<FactorAsked | null> {
  if (at.release.lane !== 'flash' || waiting?.role !== 'signer') return null
  const { db } = ctx.store
  const now = ctx.clock.now()
  const factor = await flashFactor(db, by, at.release.agency_id, now)
  const alone = factor.asked && !hasAny(factor.has)
  return {
    ...factor,
    origin: new URL(ctx.config.publicUrl).origin,
    others: alone ? await signersWithFactor(db, at.release.agency_id, waiting, at.barred, now) : [],
  }
}

/** Everything the screens of a decision show but the frame and what was typed. */
export async function decideData(ctx: Ctx, by: Actor, lang: Lang, bench: Bench) {
  const { at, revision } = bench
  const { release } = at
  const [edition, judged, line, base] = await Promise.all([
    wouldBe(ctx, bench),
    judge(ctx, ctx.store.db, release, revision, { hints: true }),
    chainStations(ctx, lang, bench),
    baseline(ctx, by, bench),
  ])
  const names = await namesOf(ctx.store.db, [revision.savedBy])
  return {
    number: release.number,
    title: revision.content.parts['zh-CN']?.title ?? '',
    lane: release.lane,
    editionType: release.edition_type,
    site: siteOf(ctx.config, release.mode as Mode),
    edition,
    falseAlarm: kitParts(revision.content),
    alerts: await besideFor(ctx, lang, release, revision.content),
    revision: {
      ordinal: revision.ordinal,
      hash: revision.hash,
      savedAt: revision.savedAt,
      savedBy: names.get(revision.savedBy) ?? '',
    },
    stations: line,
    marks: await markLines(ctx, lang, bench),
    step: bench.waiting ? { name: bench.waiting.name, duties: bench.waiting.duties } : null,
    since: base.since,
    changes: base.before ? changesBetween(base.before.content, revision.content, ctx.config.site.offset) : [],
    found: judged.issues,
    hits: judged.hits,
    scans: await fileStates(ctx, release, revision.content, judged.hits),
    mayResolve: mayOn('release.resolve-hit', by, at).ok,
    mayQuarantine: mayOn('release.quarantine', by, at).ok,
    plan: await planOf(ctx, edition, bench),
  }
}
