/** What the draft form needs besides what was typed: choices, who can sign, what stands against it. */
import { t } from '../../../templates/words/index.ts'
import { countMatching } from '../../audience/count.ts'
import { concernedAreas } from '../../audience/match-store.ts'
import { placesNamed } from '../../audience/place-names.ts'
import { anybodyOn, areas, topicsToChoose } from '../../audience/store.ts'
import type { Ctx } from '../../context.ts'
import type { Channel } from '../../delivery/channel.ts'
import { languagesBehind } from '../../desk/behind.ts'
import type { Content, Core, Lane, Mode } from '../../desk/content.ts'
import type { Standing } from '../../desk/gate.ts'
import { attachmentsOf, partHashesOf, type ReleaseRow, type Revision, revisionOf } from '../../desk/store.ts'
import { incidents } from '../../incident/store.ts'
import { areaCovers } from '../../lib/area-code.ts'
import { invalid } from '../../lib/errors.ts'
import { ableTo } from '../../review/signers.ts'
import { decisionsOf, lastSubmission } from '../../review/store.ts'
import type { Chains } from '../../staff/chain.ts'
import { agencyById } from '../../staff/store.ts'
import { namesOf } from '../desk-store.ts'
import { changesBetween } from '../views/changes.tsx'
import type { AreaChoice, Choices, DraftProps, OutletChoice } from '../views/draft.tsx'
import type { AbleStep } from '../views/draft-side.tsx'

type Lang = 'zh' | 'en'
type Reach = Pick<Core, 'topics' | 'areas' | 'urgency' | 'mode'> & { lane?: Lane }

/** Places the agency speaks for, each under the one it lies in. */
export async function areaChoices(ctx: Ctx, agencyId: string, lang: Lang): Promise<AreaChoice[]> {
  const { db } = ctx.store
  const own = JSON.parse((await agencyById(db, agencyId))?.area_codes ?? '[]') as string[]
  const shown = (await areas(db)).filter((a) => own.some((code) => areaCovers(code, a.code)))
  const depthOf = (code: string, seen = 0): number => {
    const parent = shown.find((a) => a.code === code)?.parent
    return parent && seen < 4 && shown.some((a) => a.code === parent) ? 1 + depthOf(parent, seen + 1) : 0
  }
  return shown.map((a) => ({
    code: a.code,
    name: lang === 'en' ? a.name_en || a.name_zh : a.name_zh,
    depth: depthOf(a.code),
    parent: a.parent,
  }))
}

/**
 * Places that were typed by name or code become ticked ones, in the fields themselves; nothing is lost where one is none.
 * @throws Refusal `invalid`: unknown-place, several-places
 */
export async function takeTypedPlaces(
  ctx: Ctx,
  agencyId: string,
  fields: Map<string, string[]>,
  name: string,
): Promise<void> {
  const typed = fields.get(`${name}.typed`)?.[0]?.trim()
  if (!typed) return
  const { db } = ctx.store
  const own = JSON.parse((await agencyById(db, agencyId))?.area_codes ?? '[]') as string[]
  const offered = (await areas(db)).filter((a) => own.some((code) => areaCovers(code, a.code)))
  const { codes, issues } = placesNamed(
    offered.map((a) => ({ code: a.code, name: { zh: a.name_zh, en: a.name_en }, parent: a.parent })),
    typed,
  )
  if (issues.length) throw invalid(issues.map((i) => ({ ...i, field: name })))
  fields.set(name, [...new Set([...(fields.get(name) ?? []).filter(Boolean), ...codes])])
  fields.delete(`${name}.typed`)
}

export async function choicesFor(ctx: Ctx, agencyId: string, lang: Lang, reach: Reach): Promise<Choices> {
  const { db } = ctx.store
  const [places, subjects, events, outlets] = await Promise.all([
    areaChoices(ctx, agencyId, lang),
    topicsToChoose(db, reach.topics),
    incidents(db),
    outletChoices(ctx, reach),
  ])
  return {
    areas: places,
    topics: subjects.map((s) => ({ value: s.slug, label: lang === 'en' ? s.name_en : s.name_zh })),
    incidents: events
      .filter((i) => !i.closed_at && i.mode === reach.mode)
      .map((i) => ({ value: i.id, label: `${i.number} ${nameOf(i, lang)}` })),
    outlets,
  }
}

export const nameOf = (i: { title_zh: string; title_en: string }, lang: Lang): string =>
  lang === 'en' ? i.title_en || i.title_zh : i.title_zh

/** Every outlet with how many people it would reach now; null for those open to everybody. */
export async function outletChoices(ctx: Ctx, reach: Reach): Promise<OutletChoice[]> {
  const { db } = ctx.store
  const concerned = await concernedAreas(db, reach.areas)
  const criteria = { topics: reach.topics, areas: concerned, urgency: reach.urgency }
  return Promise.all(
    (await offeredOutlets(ctx, reach.mode)).map(async (channel) => {
      const reached =
        channel.audience === 'subscribers' && channel.serves
          ? await countMatching(ctx, channel.serves, reach.mode, channel.hub ? EVERYBODY : criteria)
          : { atOnce: 0, inDigests: 0 }
      // Flash waits for no digest, and only mail has one.
      const later = channel.digest && reach.lane !== 'flash' ? reached.inDigests : 0
      return {
        name: channel.name,
        audience: channel.audience === 'everyone' ? null : reached.atOnce + reached.inDigests,
        ...(later ? { inDigests: later } : {}),
        ...(channel.hub ? { always: true as const } : {}),
        ...(ctx.notReady[channel.name] ? { notReady: ctx.notReady[channel.name] } : {}),
      }
    }),
  )
}

/** Whoever follows a file follows it, whatever the release is about. */
const EVERYBODY = { topics: [], areas: [], urgency: 'critical' }

/** All outlets but those nobody is on the list of, which somebody has to be set up for first. */
export async function offeredOutlets(ctx: Ctx, mode: Mode): Promise<Channel[]> {
  const there = await Promise.all(
    ctx.channels.map((c) => !c.byInvitation || anybodyOn(ctx.store.db, c.serves as string, mode)),
  )
  return ctx.channels.filter((_, i) => there[i])
}

/** For every step of the chain who could still take it. */
export async function ableFor(ctx: Ctx, agencyId: string, lane: string, barred: string[]): Promise<AbleStep[]> {
  const { db } = ctx.store
  const chains = JSON.parse((await agencyById(db, agencyId))?.chains ?? '{}') as Partial<Chains>
  return Promise.all(
    (chains[lane as Lane] ?? []).map(async (step) => ({
      step: step.name,
      role: step.role,
      people: await ableTo(db, agencyId, step, barred, ctx.clock.now()),
    })),
  )
}

export async function draftRelease(
  ctx: Ctx,
  at: Standing,
  revision: Revision,
): Promise<NonNullable<DraftProps['release']>> {
  const names = await namesOf(ctx.store.db, [revision.savedBy])
  return {
    number: at.release.number,
    version: at.release.version,
    revision: revision.ordinal,
    state: at.release.state,
    editionType: at.release.edition_type,
    hash: revision.hash,
    savedAt: revision.savedAt,
    savedBy: names.get(revision.savedBy) ?? '',
    derivedFrom: revision.derivedFrom,
  }
}

/** Languages the Chinese has left behind, with what changed in it since. */
export async function behindIn(ctx: Ctx, release: ReleaseRow, now: Revision): Promise<DraftProps['behind']> {
  const lags = Object.entries(languagesBehind(await partHashesOf(ctx.store.db, release.id)))
  const told = await Promise.all(
    lags.map(async ([language, lag]) => {
      const then = await revisionOf(ctx.store.db, release.id, lag.own)
      const changes = then ? changesBetween(then.content, now.content, ctx.config.site.offset) : []
      return [language, { ...lag, changes: changes.filter((x) => x.field.startsWith('parts.zh-CN.')) }] as const
    }),
  )
  return Object.fromEntries(told)
}

/** Why the draft came back, while it has not been sent again. */
export async function returnedWith(ctx: Ctx, at: Standing, lang: Lang): Promise<DraftProps['returned']> {
  const { db } = ctx.store
  const submission = await lastSubmission(db, at.release.id)
  if (at.release.state !== 'draft' || submission?.state !== 'returned' || submission.cycle !== at.release.editions)
    return undefined
  const last = (await decisionsOf(db, at.release.id, at.release.editions)).findLast((d) => d.verdict === 'return')
  if (!last) return undefined
  const names = await namesOf(db, [last.member_id])
  return { by: names.get(last.member_id) ?? t(lang, 'desk.somebody'), at: last.at, opinion: last.opinion }
}

/** Files of the release by hash: those in the content first, in its order. */
export async function filesOf(ctx: Ctx, releaseId: string, content: Content | null) {
  const rows = await attachmentsOf(ctx.store.db, releaseId)
  const known = new Map(rows.map((r) => [r.sha256, { name: r.name, type: r.type, bytes: r.bytes }]))
  const used = (content?.attachments ?? []).map((a) => ({
    sha256: a.sha256,
    name: a.name,
    type: a.type,
    bytes: a.bytes,
  }))
  return { known, used }
}
