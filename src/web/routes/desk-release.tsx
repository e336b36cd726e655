/** One release at the desk: its page, its progress as JSON, its files, its confidentiality review to print. */
import { hasWords, t } from '../../../templates/words/index.ts'
import { type EditionProgress, isGoing, progressOf } from '../../delivery/progress.ts'
import { admit, mayOn, type Standing, standing } from '../../desk/gate.ts'
import { limitedRow } from '../../desk/limited-store.ts'
import { shownTitle } from '../../desk/list.ts'
import { noteReadingOnce } from '../../desk/read-log.ts'
import { releaseAddress } from '../../desk/release.ts'
import { attachmentsOf } from '../../desk/store.ts'
import { notFound } from '../../lib/errors.ts'
import { underEmbargo } from '../../publication/embargo.ts'
import { wasRead } from '../../publication/media-store.ts'
import { repostStanding } from '../../publication/repost.ts'
import { editionsOf } from '../../publication/store.ts'
import { confidentialitySheet } from '../../review/confidentiality-sheet.ts'
import { decisionsOf, lastSubmission } from '../../review/store.ts'
import { agencyById } from '../../staff/store.ts'
import { namesOf } from '../desk-store.ts'
import type { App, Req } from '../env.ts'
import { actorIn, route } from '../guards/route.ts'
import { stepName } from '../views/bits.tsx'
import { Progress } from '../views/progress.tsx'
import { ReleasePage } from '../views/release.tsx'
import { SheetPage } from '../views/sheet.tsx'
import { askedFor } from './desk-asked-data.ts'
import { benchFor } from './desk-decide-data.ts'
import { frameOf, page, screen } from './desk-frame.ts'
import { allowedOn, inOrder, progressEvents } from './desk-live.tsx'
import { journey, possibleFor } from './desk-release-data.ts'

export function mountRelease(app: App): void {
  screen(app, { method: 'get', path: '/desk/releases/{id}', act: 'signed-in' }, (c) => showRelease(c, {}))
  route(app, { method: 'get', path: '/desk/releases/{id}/progress.json', act: 'dispatch.read' }, progressJson)
  route(app, { method: 'get', path: '/desk/releases/{id}/events', act: 'dispatch.read' }, progressEvents)
  screen(app, { method: 'get', path: '/desk/releases/{id}/files/{sha256}', act: 'release.inspect' }, file)
  screen(app, { method: 'get', path: '/desk/releases/{id}/confidentiality-review', act: 'release.inspect' }, sheet)
}

/** May be seen, or is sealed within one's own family: then only that it is. Anything else does not exist. */
async function seen(c: Req): Promise<Standing> {
  const by = actorIn(c)
  const at = await standing(c.var.ctx.store.db, by, c.req.param('id') as string)
  const family = at.relation === 'own' || at.relation === 'parent'
  const isSealed = (at.state === 'quarantined' || at.state === 'purged') && family
  if (!mayOn('release.read', by, at).ok && !isSealed) throw notFound('release')
  return at
}

const sealed = (at: Standing) => at.state === 'quarantined' || at.state === 'purged'

export async function showRelease(c: Req, extra: { refused?: string; status?: number }): Promise<Response> {
  const { ctx, lang } = c.var
  const { db } = ctx.store
  const by = actorIn(c)
  const at = await seen(c)
  const { release } = at
  const bench = sealed(at) ? null : await benchFor(ctx, at)
  const editions = await editionsOf(db, release.id)
  const due = editions.find((e) => e.post_review_due && !e.post_reviewed_at)
  const agency = await agencyById(db, release.agency_id)
  const progress = await progressFor(c, at)
  const isPublic = ['live', 'withdrawn', 'taken-down'].includes(release.face)
  const address = ctx.config.publicUrl + releaseAddress(release.number, release.mode)
  const inside = mayOn('release.inspect', by, at).ok
  const f = await frameOf(c, release.mode as 'live')
  const props = {
    f,
    fields: new Map<string, string[]>(),
    issues: [],
    release: {
      number: release.number,
      title: sealed(at)
        ? t(lang, 'desk.sealed.title', { number: release.number })
        : (await shownTitle(ctx, by, at)) || t(lang, 'desk.untitled'),
      kind: release.kind,
      lane: release.lane,
      mode: release.mode,
      state: release.state,
      face: release.face,
      revision: release.revision,
      plannedAt: release.planned_at,
      agency: (lang === 'en' ? agency?.name_en : agency?.name_zh) ?? '',
      documentNumber: release.document_number,
    },
    hash: inside ? (bench?.revision.hash ?? null) : null,
    asked: inside && !sealed(at) ? await askedFor(ctx, by, lang, bench) : null,
    stations: inside || sealed(at) ? await journey(ctx, lang, at, bench) : [],
    progress,
    allowed: allowedOn(c, at),
    possible: await possibleFor(ctx, by, at, bench, due),
    opinions: inside && !sealed(at) ? await opinionsOf(c, at) : [],
    publicHref: isPublic ? address : null,
    receiptHref: release.face === 'live' ? `${address}receipt.json` : null,
    confidentiality: inside && !sealed(at) && (await lastSubmission(db, release.id)) !== undefined,
    mayRead: inside && !sealed(at),
    readers: !sealed(at) && mayOn('release.read-log', by, at).ok,
    limited: inside && !sealed(at) && (await limitedRow(db, release.id)) !== undefined,
    postReviewDue: due?.post_review_due ?? null,
    going: goesOn(at, progress),
    byHand: {
      kit: editions.length > 0 && mayOn('dispatch.read', by, at).ok,
      roll: editions.length > 0 && mayOn('acknowledgement.read', by, at).ok,
      repost: at.relation !== 'own' && mayOn('release.repost', by, at).ok,
      copies: inside && ((await wasRead(db, release.id)) || (await underEmbargo(db, release)) !== null),
    },
    source: inside && isPublic ? await repostStanding(db, release.id) : null,
    ...(extra.refused ? { refused: extra.refused } : {}),
  }
  return page(c, <ReleasePage {...props} />, extra.status ?? 200)
}

/** Empty for those who may not watch deliveries of this release now. */
async function progressFor(c: Req, at: Standing): Promise<EditionProgress[]> {
  if (!mayOn('dispatch.read', actorIn(c), at).ok) return []
  return inOrder(c, await progressOf(c.var.ctx, actorIn(c), at.release.id))
}

const goesOn = (at: Standing, progress: EditionProgress[]): boolean =>
  progress.length > 0 &&
  isGoing(
    at.release,
    progress.flatMap((e) => e.runs.map((r) => r.run)),
  )

async function progressJson(c: Req): Promise<Response> {
  const by = actorIn(c)
  const at = await admit(c.var.ctx.store.db, by, c.req.param('id') as string, 'dispatch.read')
  const editions = inOrder(c, await progressOf(c.var.ctx, by, at.release.id))
  const f = await frameOf(c, at.release.mode as 'live')
  const html = String(<Progress f={f} editions={editions} allowed={allowedOn(c, at)} number={at.release.number} />)
  return c.json({ html, going: goesOn(at, editions) })
}

async function opinionsOf(c: Req, at: Standing) {
  const { ctx, lang } = c.var
  const rows = (await decisionsOf(ctx.store.db, at.release.id)).filter((d) => !d.void)
  const names = await namesOf(
    ctx.store.db,
    rows.flatMap((d) => [d.member_id, d.on_behalf_of]),
  )
  return rows.reverse().map((d) => ({
    name: names.get(d.member_id) ?? '',
    step: stepName(lang, d.step),
    verdict: d.verdict,
    opinion: d.opinion,
    at: d.at,
    byPhone: d.recorded_by === null ? null : d.confirmed_at || d.void ? ('confirmed' as const) : ('waits' as const),
    behalfOf: d.on_behalf_of ? (names.get(d.on_behalf_of) ?? '') : null,
    revision: d.revision,
  }))
}

/** A file of a draft, to look at before it is public: never shown inside the desk's own address. */
async function file(c: Req): Promise<Response> {
  const { ctx } = c.var
  const at = await admit(ctx.store.db, actorIn(c), c.req.param('id') as string, 'release.inspect')
  const { release } = at
  const row = (await attachmentsOf(ctx.store.db, release.id)).find((a) => a.sha256 === c.req.param('sha256'))
  const bytes = row ? await ctx.blobs.get(row.sha256) : null
  if (!row || !bytes) throw notFound('attachment')
  await noteReadingOnce(ctx, actorIn(c), at, release.revision, 'file')
  return c.body(new Uint8Array(bytes), 200, {
    'content-type': row.type,
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(row.name)}`,
    'content-security-policy': "default-src 'none'; sandbox",
  })
}

async function sheet(c: Req): Promise<Response> {
  const { ctx, lang } = c.var
  const found = await confidentialitySheet(ctx, actorIn(c), c.req.param('id') as string)
  const { release, revision, agency } = found
  const { core, parts, attachments } = revision.content
  const props = {
    f: await frameOf(c, release.mode as 'live'),
    number: release.number,
    title: parts['zh-CN']?.title ?? '',
    agency: (lang === 'en' ? agency?.name_en : agency?.name_zh) ?? '',
    kind: release.kind,
    revision: revision.ordinal,
    hash: revision.hash,
    attachments,
    outlets: core.outlets.filter((o) => hasWords(`desk.outlet.${o}`)),
    plannedAt: core.notBefore ?? null,
    submittedAt: found.submittedAt,
    record: found.record,
    steps: found.steps.map(({ step, ...s }) => ({ ...s, role: stepName(lang, step) })),
  }
  return page(c, <SheetPage {...props} />)
}
