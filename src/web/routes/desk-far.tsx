/** The hub's followers and the receivers of webhooks at the desk. */

import { hasWords, t } from '../../../templates/words/index.ts'
import { endFollower, followers, PAGE } from '../../audience/hub-office.ts'
import { areas, interestsOf, topics } from '../../audience/store.ts'
import {
  addReceiver,
  approveReceiver,
  endReceiver,
  receivers,
  rotateSecret,
  testReceiver,
} from '../../audience/webhook.ts'
import { lastDeliveries } from '../../audience/webhook-store.ts'
import type { Issue } from '../../lib/errors.ts'
import type { App, Req } from '../env.ts'
import { actorIn, mayAtHome } from '../guards/route.ts'
import { every, type Fields, first } from '../views/fields.ts'
import { HubPage } from '../views/hub.tsx'
import { type ReceiverLine, WebhooksPage } from '../views/webhooks.tsx'
import { asMissing, frameOf, goTo, page, refusalIn, refusedWords, screen, sentIn, statusOf } from './desk-frame.ts'

const HUB = '/desk/outlets/websub'
const HOOKS = '/desk/outlets/webhooks'

export function mountFar(app: App): void {
  screen(app, { method: 'get', path: HUB, act: 'outlet.read' }, showHub)
  screen(app, { method: 'post', path: `${HUB}/{id}/end`, act: 'outlet.manage' }, async (c) => {
    await endFollower(c.var.ctx, actorIn(c), Number(c.req.param('id')) || 0)
    return goTo(c, HUB, 'hub-ended')
  })
  screen(app, { method: 'get', path: HOOKS, act: 'outlet.read' }, (c) => showHooks(c, {}))
  screen(app, { method: 'post', path: HOOKS, act: 'outlet.manage' }, add)
  act(app, 'approve', async (c, id) => {
    await approveReceiver(c.var.ctx, actorIn(c), id)
    return goTo(c, HOOKS, 'webhook-approved')
  })
  act(app, 'end', async (c, id) => {
    await endReceiver(c.var.ctx, actorIn(c), id)
    return goTo(c, HOOKS, 'webhook-ended')
  })
  act(app, 'rotate', async (c, id) => showHooks(c, { secret: await rotateSecret(c.var.ctx, actorIn(c), id) }))
  act(app, 'test', async (c, id) => {
    const { state } = await testReceiver(c.var.ctx, actorIn(c), id)
    return goTo(c, HOOKS, state === 'accepted' ? 'webhook-tested' : 'webhook-not-taken')
  })
}

function act(app: App, name: string, deed: (c: Req, id: string) => Promise<Response>): void {
  screen(app, { method: 'post', path: `${HOOKS}/{id}/${name}`, act: 'outlet.manage' }, async (c) => {
    try {
      return await deed(c, c.req.param('id') as string)
    } catch (err) {
      const refusal = refusalIn(err)
      return showHooks(c, { refused: refusedWords(c, refusal), status: statusOf(refusal) })
    }
  })
}

async function showHub(c: Req): Promise<Response> {
  const { ctx } = c.var
  const by = actorIn(c)
  const asked = c.req.query('before') ?? ''
  const rows = await followers(ctx, by, /^\d{1,15}$/.test(asked) ? Number(asked) : null)
  const last = await lastDeliveries(
    ctx.store.db,
    rows.map((r) => r.id),
  )
  const lines = rows.map((r) => ({ ...r, last: last.get(r.id) ?? null }))
  const older = rows.length === PAGE ? (rows.at(-1)?.id ?? null) : null
  const props = { f: await frameOf(c), followers: lines, manage: mayAtHome(by, 'outlet.manage'), older }
  return page(c, <HubPage {...props} />)
}

async function add(c: Req): Promise<Response> {
  const { fields } = await sentIn(c)
  try {
    const made = await addReceiver(c.var.ctx, actorIn(c), {
      name: first(fields, 'name'),
      url: first(fields, 'url'),
      mode: first(fields, 'mode') || undefined,
      lane: first(fields, 'lane'),
      urgency: first(fields, 'urgency') || undefined,
      kinds: every(fields, 'kinds'),
      topics: every(fields, 'topics'),
      areas: every(fields, 'areas'),
    })
    return showHooks(c, { secret: made.secret })
  } catch (err) {
    const refusal = refusalIn(err)
    const refused = refusal.issues.length ? {} : { refused: refusedWords(c, refusal) }
    return showHooks(c, { fields, issues: refusal.issues, status: statusOf(refusal), ...refused })
  }
}

type Extra = { fields?: Fields; issues?: Issue[]; refused?: string; secret?: string; status?: number }

async function showHooks(c: Req, extra: Extra): Promise<Response> {
  const { ctx, lang } = c.var
  const { db } = ctx.store
  const by = actorIn(c)
  const [rows, subjects, places] = await Promise.all([receivers(ctx, by), topics(db), areas(db)])
  const named = (r: { name_zh: string; name_en: string }) => (lang === 'en' ? r.name_en || r.name_zh : r.name_zh)
  const names = new Map([
    ...subjects.map((x) => [x.slug, named(x)] as const),
    ...places.map((x) => [x.code, named(x)] as const),
  ])
  const last = await lastDeliveries(
    db,
    rows.map((r) => Number(r.subscriber_id)),
  )
  const lines = await Promise.all(
    rows.map(async (r): Promise<ReceiverLine> => {
      const chosen = await interestsOf(db, Number(r.subscriber_id))
      const word = (key: string, value: string) => (hasWords(`${key}.${value}`) ? t(lang, `${key}.${value}`) : value)
      return {
        id: r.id,
        name: r.name,
        host: r.host,
        mode: r.mode,
        state: r.state,
        only: [
          ...(r.lane ? [t(lang, `desk.lane.${r.lane}`)] : []),
          ...(r.urgency === 'normal' ? [] : [word('public.urgency', r.urgency)]),
          ...r.kinds
            .split(',')
            .filter(Boolean)
            .map((k) => word('public.kind', k)),
          ...[...chosen.topics, ...chosen.areas].map((x) => names.get(x) ?? x),
        ],
        mine: r.created_by === by.memberId,
        oldUntil: r.old_until,
        tested: r.tested_at ? { at: r.tested_at, as: r.tested_as ?? '' } : null,
        last: last.get(Number(r.subscriber_id)) ?? null,
      }
    }),
  )
  const fields = extra.fields ?? new Map<string, string[]>()
  const props = {
    f: await frameOf(c),
    fields,
    issues: asMissing(extra.issues ?? [], fields),
    receivers: lines,
    manage: mayAtHome(by, 'outlet.manage'),
    topics: subjects.map((x) => ({ value: x.slug, label: named(x) })),
    areas: places.map((x) => ({ value: x.code, label: named(x) })),
    ...(extra.secret ? { secret: extra.secret } : {}),
    ...(extra.refused ? { refused: extra.refused } : {}),
  }
  const response = page(c, <WebhooksPage {...props} />, extra.status ?? 200)
  if (extra.secret) response.headers.set('cache-control', 'no-store')
  return response
}
