/** 误发更正 at the desk: the first press notes that the error is known and says what would happen; the second does it. */
import { progressOfRelease } from '../../delivery/progress.ts'
import { putRightOf } from '../../delivery/put-right.ts'
import { toldOf } from '../../delivery/told.ts'
import { admit, type Standing } from '../../desk/gate.ts'
import { wrongState } from '../../lib/errors.ts'
import {
  falseAlarmReady,
  noteErrorKnown,
  noteNoError,
  type Ready,
  releaseFalseAlarm,
} from '../../publication/false-alarm.ts'
import { outletsOfRelease } from '../../publication/store.ts'
import type { App, Req } from '../env.ts'
import { actorIn } from '../guards/route.ts'
import { FalseAlarmPage, type FalseAlarmProps } from '../views/false-alarm.tsx'
import { first } from '../views/fields.ts'
import { kitParts } from './desk-false-alarm-data.ts'
import { frameOf, goTo, page, refusalIn, refusedWords, screen, sentIn, statusOf } from './desk-frame.ts'
import { showRelease } from './desk-release.tsx'

const ACT = 'release.false-alarm'
const AT = '/desk/releases/{id}/false-alarm'
const ref = (c: Req): string => c.req.param('id') as string

export function mountFalseAlarm(app: App): void {
  screen(app, { method: 'get', path: AT, act: ACT }, (c) => show(c, {}))
  screen(app, { method: 'post', path: AT, act: ACT }, release)
  screen(app, { method: 'post', path: `${AT}/known`, act: ACT }, known)
  screen(app, { method: 'post', path: `${AT}/not`, act: ACT }, notFalse)
}

async function show(c: Req, extra: { refused?: string; status?: number }): Promise<Response> {
  const { ctx } = c.var
  const at = await admit(ctx.store.db, actorIn(c), ref(c), ACT)
  const ready = await falseAlarmReady(ctx.store.db, at.release)
  if (!ready) throw wrongState('false-alarm-none')
  const props = await propsOf(c, at, ready)
  return page(c, <FalseAlarmPage {...props} {...extra} />, extra.status ?? 200)
}

async function propsOf(c: Req, at: Standing, ready: Ready): Promise<FalseAlarmProps> {
  const { ctx, lang } = c.var
  const { db } = ctx.store
  const { edition, revision } = ready
  const [told, progress, ordered, errors] = await Promise.all([
    toldOf(ctx, at.release.id),
    progressOfRelease(ctx, at.release),
    outletsOfRelease(db, at.release.id),
    putRightOf(ctx, [edition.id]),
  ])
  const runs = progress.flatMap((e) => e.runs)
  const reached = runs.filter((r) => !r.everyone && r.run.outlet !== 'manual' && !r.notReady).map((r) => r.run)
  const sum = (counts: number[]) => counts.reduce((n, one) => n + one, 0)
  const { core, parts } = revision.content
  const { manual = 0, ...sent } = told
  return {
    f: await frameOf(c, at.release.mode as 'live'),
    fields: new Map(),
    issues: [],
    number: at.release.number,
    title: (lang === 'en' ? parts.en?.title : undefined) ?? parts['zh-CN']?.title ?? '',
    edition: edition.number,
    parts: kitParts(revision.content),
    told: sum(Object.values(sent)),
    unknown: sum(reached.map((r) => r.unknown)),
    unsent: sum(reached.map((r) => r.planned + r.deferred + r.sending)),
    outlets: ordered.filter((o) => ctx.channels.find((ch) => ch.name === o)?.audience === 'everyone' || told[o]),
    byHand: manual > 0 || core.outlets.includes('manual'),
    cap: (core.kind === 'warning' || core.cap?.actNow === true) && !core.relayOf,
    error: errors.get(edition.id) ?? null,
  }
}

async function release(c: Req): Promise<Response> {
  const { ctx } = c.var
  const by = actorIn(c)
  const { fields } = await sentIn(c)
  const at = await admit(ctx.store.db, by, ref(c), ACT)
  try {
    await releaseFalseAlarm(ctx, by, at.release.id, { edition: Number(first(fields, 'edition')) })
    return goTo(c, `/desk/releases/${at.release.number}`, 'false-alarm')
  } catch (err) {
    const refusal = refusalIn(err)
    return showRelease(c, { refused: refusedWords(c, refusal), status: statusOf(refusal) })
  }
}

/** Noted at the first press, so that looking what would happen costs no time on the clock. */
async function known(c: Req): Promise<Response> {
  const by = actorIn(c)
  const at = await admit(c.var.ctx.store.db, by, ref(c), ACT)
  try {
    await noteErrorKnown(c.var.ctx, by, at.release.id)
    return goTo(c, `/desk/releases/${at.release.number}/false-alarm`)
  } catch (err) {
    const refusal = refusalIn(err)
    return showRelease(c, { refused: refusedWords(c, refusal), status: statusOf(refusal) })
  }
}

async function notFalse(c: Req): Promise<Response> {
  const at = await admit(c.var.ctx.store.db, actorIn(c), ref(c), ACT)
  await noteNoError(c.var.ctx, actorIn(c), at.release.id)
  return goTo(c, `/desk/releases/${at.release.number}`, 'not-false-alarm')
}
