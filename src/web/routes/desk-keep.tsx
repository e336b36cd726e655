/** What the draft form's script asks: the key to unsaved words, their copy, what differs, and who else is there. Without script nobody asks. */
import { z } from 'zod'
import { t } from '../../../templates/words/index.ts'
import { beginKeep, discardKeep, type Keep, keepWords, newKeeps, openKeep } from '../../desk/keep.ts'
import { type Opened, sayClosed, sayOpen } from '../../desk/opened.ts'
import { withOffset } from '../../lib/clock.ts'
import { readableZod } from '../../lib/shape.ts'
import type { App, Req } from '../env.ts'
import { actorIn, route } from '../guards/route.ts'
import { Changes, changesTyped } from '../views/changes.tsx'
import type { Fields } from '../views/fields.ts'
import { frameOf } from './desk-frame.ts'

const TWO_FORMS = 3 * 1024 * 1024
const pairs = z.array(z.tuple([z.string().max(200), z.string().max(400_000)])).max(2000)
const comparison = z.strictObject({ before: pairs, after: pairs })

export function mountKeep(app: App): void {
  route(app, { method: 'post', path: '/desk/releases/{id}/keep', act: 'release.edit', secret: true }, async (c) =>
    c.json(shown(c, await openKeep(c.var.ctx, actorIn(c), c.req.param('id') as string))),
  )
  route(app, { method: 'get', path: '/desk/keeps', act: 'release.create' }, async (c) =>
    c.json({ keeps: (await newKeeps(c.var.ctx, actorIn(c))).map((k) => shown(c, k)) }),
  )
  const begin = { method: 'post', path: '/desk/keeps', act: 'release.create', secret: true, json: true } as const
  route(app, begin, async (c, { body }) => c.json(shown(c, await beginKeep(c.var.ctx, actorIn(c), body))))
  const words = { method: 'put', path: '/desk/keeps/{id}', act: 'release.edit', secret: true, json: true } as const
  route(app, words, async (c, { body }) => {
    await keepWords(c.var.ctx, actorIn(c), c.req.param('id') as string, body)
    return c.body(null, 204)
  })
  route(app, { method: 'delete', path: '/desk/keeps/{id}', act: 'release.edit', secret: true }, async (c) => {
    await discardKeep(c.var.ctx, actorIn(c), c.req.param('id') as string)
    return c.body(null, 204)
  })
  const compare = {
    method: 'post',
    path: '/desk/keeps/comparison',
    act: 'release.edit',
    secret: true,
    json: true,
    maxBytes: TWO_FORMS,
  } as const
  route(app, compare, async (c, { body }) => {
    const { before, after } = readableZod(comparison, body)
    const f = await frameOf(c)
    return c.json({ html: String(<Changes f={f} changes={changesTyped(fieldsIn(before), fieldsIn(after))} />) })
  })
  route(app, { method: 'post', path: '/desk/releases/{id}/presence', act: 'release.edit', secret: true }, async (c) => {
    const { others, revision } = await sayOpen(c.var.ctx, actorIn(c), c.req.param('id') as string)
    return c.json({ others: openedWords(c, others), revision })
  })
  route(
    app,
    { method: 'delete', path: '/desk/releases/{id}/presence', act: 'release.edit', secret: true },
    async (c) => {
      await sayClosed(c.var.ctx, actorIn(c), c.req.param('id') as string)
      return c.body(null, 204)
    },
  )
}

/** Times as a person reads them: of today the minute, else the day too. */
function shown(c: Req, keep: Keep) {
  return { ...keep, at: keep.keptAt ? clockOf(c, keep.keptAt) : '' }
}

export function clockOf(c: Req, iso: string): string {
  const { ctx } = c.var
  const [wall, now] = [iso, ctx.clock.now()].map((x) => withOffset(x, ctx.config.site.offset)) as [string, string]
  return wall.slice(0, 10) === now.slice(0, 10) ? wall.slice(11, 16) : `${wall.slice(5, 10)} ${wall.slice(11, 16)}`
}

/** 值班员甲 正在编辑（03:12起） */
export const openedWords = (c: Req, others: Opened[]): string[] =>
  others.map((o) => t(c.var.lang, 'editor.open-by', { name: o.name, time: clockOf(c, o.since) }))

function fieldsIn(sent: [string, string][]): Fields {
  const fields = new Map<string, string[]>()
  for (const [name, value] of sent) fields.set(name, [...(fields.get(name) ?? []), value])
  return fields
}
