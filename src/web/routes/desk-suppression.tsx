/** The suppression list at the desk: an administrator types an address to look it up, add it or lift it. */
import { addToList, liftFromList, lookUp, suppressionList } from '../../audience/office-list.ts'
import type { Issue } from '../../lib/errors.ts'
import { namesOf } from '../desk-store.ts'
import type { App, Req } from '../env.ts'
import { actorIn } from '../guards/route.ts'
import { type Fields, first } from '../views/fields.ts'
import { type Found, SuppressionPage } from '../views/suppression.tsx'
import { frameOf, goTo, page, refusalIn, refusalOn, screen, sentIn } from './desk-frame.ts'

const HERE = '/desk/office/suppression'

export function mountSuppressionDesk(app: App): void {
  screen(app, { method: 'get', path: HERE, act: 'staff.manage' }, (c) => show(c, {}))
  screen(app, { method: 'post', path: HERE, act: 'staff.manage' }, act)
  screen(app, { method: 'post', path: `${HERE}/{id}/lift`, act: 'staff.manage' }, async (c) => {
    await liftFromList(c.var.ctx, actorIn(c), c.req.param('id') as string)
    return goTo(c, HERE, 'suppression-lifted')
  })
}

/** Looking up shows the answer; the address stands in the form again and nowhere else. */
async function act(c: Req): Promise<Response> {
  const { ctx } = c.var
  const by = actorIn(c)
  const { fields } = await sentIn(c)
  const address = first(fields, 'address')
  try {
    if (first(fields, 'do') === 'look-up')
      return show(c, { fields, found: { entry: await lookUp(ctx, by, { address }) } })
    await addToList(ctx, by, { address, reason: first(fields, 'reason') || 'asked' })
    return goTo(c, HERE, 'suppression-added')
  } catch (err) {
    const refusal = refusalIn(err)
    return show(c, {
      fields,
      ...refusalOn(c, refusal),
    })
  }
}

type Extra = { fields?: Fields; issues?: Issue[]; refused?: string; status?: number; found?: Found }

async function show(c: Req, extra: Extra): Promise<Response> {
  const { ctx } = c.var
  const rows = await suppressionList(ctx, actorIn(c), c.req.query('before') || undefined)
  const names = await namesOf(
    ctx.store.db,
    rows.map((r) => r.member_id),
  )
  const props = {
    f: await frameOf(c),
    fields: extra.fields ?? new Map<string, string[]>(),
    issues: extra.issues ?? [],
    entries: rows.map((r) => ({ ...r, by: r.member_id ? (names.get(r.member_id) ?? '') : null })),
    ...(extra.found ? { found: extra.found } : {}),
    ...(extra.refused ? { refused: extra.refused } : {}),
  }
  return page(c, <SuppressionPage {...props} />, extra.status ?? 200)
}
