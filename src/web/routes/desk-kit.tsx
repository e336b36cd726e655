/** The forwarding kit at the desk: looking, downloading, ticking off; and who has signed for what now stands. */
import { kitTexts, textIn } from '../../../templates/kit/kit.ts'
import { changeWordOf } from '../../../templates/page/change-word.ts'
import { recordAcknowledgement, rollOf } from '../../delivery/acknowledge.ts'
import { acknowledgePath } from '../../delivery/acknowledge-link.ts'
import { kitFor } from '../../delivery/kit.ts'
import { owedEdition } from '../../delivery/manual.ts'
import { manualOf, recordCarried, undoRecord } from '../../delivery/manual-record.ts'
import { admit, mayOn, type Standing } from '../../desk/gate.ts'
import { type Issue, notFound, type Refusal } from '../../lib/errors.ts'
import { loadEdition } from '../../publication/catalogue.ts'
import type { Edition } from '../../publication/edition.ts'
import { lastEditionOf } from '../../publication/store.ts'
import { namesOf } from '../desk-store.ts'
import type { App, Req } from '../env.ts'
import { actorIn, mayAtHome } from '../guards/route.ts'
import { exactTime, type Fields, first, localTime } from '../views/fields.ts'
import { KitPage } from '../views/kit.tsx'
import { RollPage } from '../views/roll.tsx'
import { frameOf, goTo, page, refusalIn, refusedWords, screen, sentIn, statusOf } from './desk-frame.ts'
import { numberIn } from './manual.ts'

const AT = '/desk/releases/{id}'
const ref = (c: Req): string => c.req.param('id') as string

export function mountKit(app: App): void {
  screen(app, { method: 'get', path: `${AT}/kit`, act: 'dispatch.read' }, (c) => showKit(c, {}))
  screen(app, { method: 'get', path: `${AT}/kit/{file}`, act: 'dispatch.read' }, download)
  screen(app, { method: 'post', path: `${AT}/kit/record`, act: 'manual.record' }, tick)
  screen(app, { method: 'post', path: `${AT}/kit/{record}/undo`, act: 'manual.record' }, undo)
  screen(app, { method: 'get', path: `${AT}/acknowledgements`, act: 'acknowledgement.read' }, (c) => showRoll(c, {}))
  screen(app, { method: 'post', path: `${AT}/acknowledgements/{n}`, act: 'manual.record' }, sign)
}

type Extra = { fields?: Fields; issues?: Issue[]; open?: string; refused?: string; status?: number }

async function showKit(c: Req, extra: Extra): Promise<Response> {
  const { ctx } = c.var
  const by = actorIn(c)
  const { at, edition, kits } = await kitFor(ctx, by, ref(c))
  const { editions, channels } = await manualOf(ctx, by, ref(c))
  const ids = channels.flatMap((line) => line.records.map((r) => r.member_id))
  const now = localTime(ctx.clock.now(), ctx.config.site.offset).slice(0, 16)
  const fields = new Map(channels.map((line) => [`${line.channel.id}.carriedAt`, [now]]))
  for (const [name, value] of extra.fields ?? []) fields.set(name, [...value])
  const props = {
    f: await frameOf(c, at.release.mode as 'live'),
    fields,
    issues: extra.issues ?? [],
    release: aboutOf(at, edition),
    edition: { ...edition, word: changeWordOf(edition) },
    kits,
    channels,
    owed: owedEdition(editions),
    names: await namesOf(ctx.store.db, ids),
    mayRecord: mayOn('manual.record', by, at).ok,
    mayKeep: at.relation === 'own' && mayAtHome(by, 'manual-channel.manage'),
    mayRoll: mayOn('acknowledgement.read', by, at).ok,
    ...(extra.open ? { open: extra.open } : {}),
    ...(extra.refused ? { refused: extra.refused } : {}),
  }
  return page(c, <KitPage {...props} />, extra.status ?? 200)
}

/** Of what is no longer public there is no title left to show. */
const aboutOf = ({ release }: Standing, { content, type }: Edition) => ({
  number: release.number,
  title: type === 'withdrawal' ? '' : (content?.parts['zh-CN']?.title ?? ''),
  kind: release.kind,
  lane: release.lane,
  mode: release.mode,
})

/** One text as a file: for who has no script, or carries it on a stick. */
async function download(c: Req): Promise<Response> {
  const { edition, kits } = await kitFor(c.var.ctx, actorIn(c), ref(c))
  const [, name, language] = /^([a-z]+)-([\w-]+)\.txt$/.exec(c.req.param('file') ?? '') ?? []
  const kit = kits.find((k) => k.language === language)
  const text = kitTexts.find((k) => k === name)
  if (!kit || !text) throw notFound('kit-text')
  const file = `${edition.releaseNumber}-${edition.number}-${name}-${language}.txt`
  return c.body(`\uFEFF${textIn(kit, text).replaceAll('\n', '\r\n')}\r\n`, 200, {
    'content-type': 'text/plain; charset=utf-8',
    'content-disposition': `attachment; filename="${file}"`,
  })
}

async function tick(c: Req): Promise<Response> {
  const { fields } = await sentIn(c)
  const channelId = first(fields, 'channelId')
  const given = (name: string) => first(fields, `${channelId}.${name}`).trim()
  const carriedAt = given('carriedAt')
  try {
    await recordCarried(c.var.ctx, actorIn(c), ref(c), {
      channelId,
      ...(carriedAt ? { carriedAt: exactTime(carriedAt, c.var.ctx.config.site.offset) } : {}),
      ...(given('link') ? { link: given('link') } : {}),
      ...(given('note') ? { note: given('note') } : {}),
    })
    return goTo(c, `${here(c)}/kit`, 'carried')
  } catch (err) {
    const refusal = refusalIn(err)
    const issues = refusal.issues.map((i) => ({ ...i, field: `${channelId}.${i.field}` }))
    return showKit(c, { fields, issues, open: channelId, ...wordsOf(c, refusal) })
  }
}

async function undo(c: Req): Promise<Response> {
  await undoRecord(c.var.ctx, actorIn(c), ref(c), c.req.param('record') as string)
  return goTo(c, `${here(c)}/kit`, 'carried-undone')
}

const here = (c: Req): string => `/desk/releases/${encodeURIComponent(ref(c))}`
const wordsOf = (c: Req, refusal: Refusal) => ({
  status: statusOf(refusal),
  ...(refusal.issues.length ? {} : { refused: refusedWords(c, refusal) }),
})

async function showRoll(c: Req, extra: Extra): Promise<Response> {
  const { ctx } = c.var
  const { db } = ctx.store
  const by = actorIn(c)
  const roll = await rollOf(ctx, by, ref(c))
  const at = await admit(db, by, ref(c), 'acknowledgement.read')
  const last = await lastEditionOf(db, at.release.id)
  const names = await namesOf(
    db,
    roll.asked.map((a) => a.recordedBy),
  )
  const props = {
    f: await frameOf(c, at.release.mode as 'live'),
    release: last ? aboutOf(at, await loadEdition(db, last)) : { ...at.release, title: '' },
    edition: roll.edition,
    asked: roll.asked.map((a) => ({
      ...a,
      link: a.name && roll.mayRecord ? ctx.config.publicUrl + acknowledgePath(ctx.keys.secret, a.id) : null,
      recordedByName: a.recordedBy ? (names.get(a.recordedBy) ?? '') : null,
    })),
    mayRecord: roll.mayRecord,
    mayKeep: mayAtHome(by, 'contact.manage'),
    ...(extra.refused ? { refused: extra.refused } : {}),
  }
  return page(c, <RollPage {...props} />, extra.status ?? 200)
}

async function sign(c: Req): Promise<Response> {
  const { fields } = await sentIn(c)
  try {
    const note = first(fields, 'note')
    await recordAcknowledgement(c.var.ctx, actorIn(c), ref(c), numberIn(c.req.param('n')), { note })
    return goTo(c, `${here(c)}/acknowledgements`, 'signed-for')
  } catch (err) {
    return showRoll(c, wordsOf(c, refusalIn(err)))
  }
}
