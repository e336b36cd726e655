/** 紧急发布: one screen from nothing to the signer. */
import { scenarios } from '../../../templates/exercise/scenarios.ts'
import { t } from '../../../templates/words/index.ts'
import type { Ctx } from '../../context.ts'
import { createRelease } from '../../desk/create.ts'
import { admit } from '../../desk/gate.ts'
import { saveDraft } from '../../desk/save.ts'
import { openIncident } from '../../incident/open.ts'
import { incidentById, incidents } from '../../incident/store.ts'
import { HOUR, plus } from '../../lib/clock.ts'
import type { Issue } from '../../lib/errors.ts'
import { submit } from '../../review/submit.ts'
import type { Actor } from '../../staff/member.ts'
import type { App, Req } from '../env.ts'
import { actorIn } from '../guards/route.ts'
import { contentFrom, exactTime, type Fields, first, localTime } from '../views/fields.ts'
import { FlashPage } from '../views/flash.tsx'
import { ableFor, areaChoices, nameOf, offeredOutlets, takeTypedPlaces } from './desk-draft-data.ts'
import { startingFalseAlarm } from './desk-false-alarm-data.ts'
import {
  asMissing,
  fieldsFrom,
  frameOf,
  goTo,
  page,
  refusalIn,
  refusedWords,
  screen,
  sentIn,
  statusOf,
} from './desk-frame.ts'

export function mountFlash(app: App): void {
  screen(app, { method: 'get', path: '/desk/flash', act: 'release.create' }, (c) => {
    const { clock, config } = c.var.ctx
    const now = localTime(clock.now().slice(0, 17).concat('00.000Z'), config.site.offset)
    const next = localTime(
      plus(clock.now(), 2 * HOUR)
        .slice(0, 14)
        .concat('00:00.000Z'),
      config.site.offset,
    )
    const start = {
      'core.knownAt': now,
      'core.nextUpdateAt': next,
      ...startingFalseAlarm('incident-notice', 'flash'),
      ...begun(c),
    }
    return show(c, fieldsFrom(start), {})
  })
  screen(app, { method: 'post', path: '/desk/flash', act: 'release.create' }, send)
}

/** The real thing, or a scenario of an exercise with its words to start from. */
function begun(c: Req): Record<string, string> {
  if (c.req.query('mode') !== 'exercise') return { 'core.mode': 'live' }
  const scenario = scenarios.find((s) => s.key === c.req.query('scenario'))
  if (!scenario) return { 'core.mode': 'exercise', 'parts.zh-CN.title': t('zh', 'public.mode.exercise.prefix') }
  const { title, ...blocks } = scenario.start
  return {
    'core.mode': 'exercise',
    'incident.class': scenario.class,
    'parts.zh-CN.title': title,
    ...Object.fromEntries(Object.entries(blocks).map(([b, text]) => [`parts.zh-CN.blocks.${b}`, text])),
  }
}

type Extra = {
  issues?: Issue[]
  refused?: string
  status?: number
  release?: { number: string; version: number } | null
}

async function show(c: Req, fields: Fields, extra: Extra): Promise<Response> {
  const { ctx, lang } = c.var
  const by = actorIn(c)
  const known = Date.parse(exactTime(first(fields, 'core.knownAt'), ctx.config.site.offset))
  const able = await ableFor(ctx, by.agencyId, 'flash', [by.memberId])
  const mode = first(fields, 'core.mode') || 'live'
  const open = (await incidents(ctx.store.db)).filter((i) => !i.closed_at && i.mode === mode)
  const props = {
    f: await frameOf(c, mode as 'live'),
    fields,
    issues: asMissing(extra.issues ?? [], fields),
    incidents: open.map((i) => ({ value: i.id, label: nameOf(i, lang) })),
    areas: await areaChoices(ctx, by.agencyId, lang),
    people: able.at(-1)?.people ?? [],
    release: extra.release ?? null,
    // 国办发〔2016〕80号: five hours from when it became known.
    due: Number.isNaN(known) ? null : new Date(known + 5 * HOUR).toISOString(),
    ...(extra.refused ? { refused: extra.refused } : {}),
  }
  return page(c, <FlashPage {...props} />, extra.status ?? 200)
}

async function send(c: Req): Promise<Response> {
  const { ctx } = c.var
  const by = actorIn(c)
  const { fields } = await sentIn(c)
  const kept = first(fields, 'release')
  let release = kept ? { number: kept, version: Number(first(fields, 'version')) } : null
  try {
    await takeTypedPlaces(ctx, by.agencyId, fields, 'core.areas')
    const sent = await flashContent(ctx, by, fields)
    const saved = release
      ? await saveDraft(ctx, by, release.number, sent, release.version)
      : await createRelease(ctx, by, sent)
    release = { number: saved.number, version: saved.version }
    if (first(fields, 'do') !== 'submit') return goTo(c, `/desk/releases/${saved.number}/edit`, 'saved')
    await submit(ctx, by, saved.id, null)
    return goTo(c, `/desk/releases/${saved.number}`, 'submitted')
  } catch (err) {
    const refusal = refusalIn(err)
    // A draft somebody else has saved meanwhile is put together on the large form, which shows both.
    if (refusal.code === 'stale' && release) {
      const now = (await admit(ctx.store.db, by, release.number, 'release.edit')).release
      release = { number: now.number, version: now.version }
    }
    return show(c, fields, {
      release,
      issues: refusal.issues.map(onThisScreen),
      status: statusOf(refusal),
      ...(refusal.issues.length ? {} : { refused: refusedWords(c, refusal) }),
    })
  }
}

/** Findings about what this screen asks for in another place. */
function onThisScreen(i: Issue): Issue {
  if (i.field === 'titleZh') return { ...i, field: 'parts.zh-CN.title' }
  if (i.field === 'knownAt') return { ...i, field: 'core.knownAt' }
  if (i.field === 'areas' || i.field.startsWith('areas.')) return { ...i, field: 'core.areas' }
  if (i.field.startsWith('core.contacts')) return { ...i, field: 'core.contacts.0.phone' }
  return i
}

/** The five boxes as a content; a new incident is opened by the title it is given. */
async function flashContent(ctx: Ctx, by: Actor, fields: Map<string, string[]>): Promise<unknown> {
  const { offset } = ctx.config.site
  if (first(fields, 'core.incidentId') === '') {
    const incident = await openIncident(ctx, by, {
      titleZh: first(fields, 'parts.zh-CN.title'),
      class: first(fields, 'incident.class'),
      areas: fields.get('core.areas')?.filter(Boolean) ?? [],
      knownAt: exactTime(first(fields, 'core.knownAt'), offset),
      mode: first(fields, 'core.mode') || 'live',
    })
    // Kept with the form, so that a second try belongs to the same incident.
    fields.set('core.incidentId', [incident.id])
  }
  const incident = await incidentById(ctx.store.db, first(fields, 'core.incidentId'))
  const whole = new Map(fields)
  for (const [name, value] of Object.entries({
    'core.kind': 'incident-notice',
    'core.lane': 'flash',
    'core.urgency': 'critical',
    'core.asOf': localTime(ctx.clock.now(), offset).slice(0, 16),
    'core.contacts.0.label': first(fields, 'core.contacts.0.phone') ? '咨询电话' : '',
    'core.contacts.0.audience': 'public',
  }))
    whole.set(name, [value])
  if (incident && first(fields, 'core.knownAt') === '')
    whole.set('core.knownAt', [localTime(incident.known_at, offset)])
  whole.set(
    'core.outlets',
    (await offeredOutlets(ctx, (first(fields, 'core.mode') || 'live') as 'live')).map((ch) => ch.name),
  )
  return contentFrom(whole, offset)
}
