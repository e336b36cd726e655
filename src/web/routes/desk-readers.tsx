/** Who has read a draft, and to whom it is kept. */
import { mayOn } from '../../desk/gate.ts'
import { shownTitle } from '../../desk/list.ts'
import { limitReaders, readLog } from '../../desk/read-log.ts'
import type { Issue } from '../../lib/errors.ts'
import { readsEverything } from '../../staff/member.ts'
import { membersOf, rolesOf } from '../../staff/store.ts'
import { namesOf } from '../desk-store.ts'
import type { App, Req } from '../env.ts'
import { actorIn } from '../guards/route.ts'
import { every, type Fields, first } from '../views/fields.ts'
import { ReadersPage } from '../views/readers.tsx'
import { fieldsFrom, frameOf, goTo, page, refusalIn, refusalOn, screen, sentIn } from './desk-frame.ts'

const HERE = '/desk/releases/{id}/readers'

export function mountReaders(app: App): void {
  screen(app, { method: 'get', path: HERE, act: 'release.read-log' }, (c) => show(c, {}))
  screen(app, { method: 'post', path: HERE, act: 'release.limit' }, limit)
}

type Extra = { fields?: Fields; issues?: Issue[]; refused?: string; status?: number }

async function show(c: Req, extra: Extra): Promise<Response> {
  const { ctx } = c.var
  const { db } = ctx.store
  const by = actorIn(c)
  const { at, readers, openings, limited, named } = await readLog(ctx, by, c.req.param('id') as string)
  const names = await namesOf(db, [limited?.set_by ?? null, ...named])
  const members = await membersOf(db, [at.release.agency_id])
  const others = members.filter(
    (m) => m.active === 1 && rolesOf(m).includes('drafter') && !readsEverything({ roles: rolesOf(m) }),
  )
  const props = {
    f: await frameOf(c, at.release.mode as 'live'),
    fields: extra.fields ?? fieldsFrom({ readers: named }),
    issues: extra.issues ?? [],
    number: at.release.number,
    title: await shownTitle(ctx, by, at),
    readers: readers.map((r) => ({ name: r.name, times: r.times, last: r.last, revision: r.revision })),
    openings,
    limited: limited
      ? { by: names.get(limited.set_by) ?? '', at: limited.set_at, named: named.map((id) => names.get(id) ?? '') }
      : null,
    colleagues: others.filter((m) => !at.barred.includes(m.id)).map((m) => ({ value: m.id, label: m.name })),
    mayLimit: mayOn('release.limit', by, at).ok,
    ...(extra.refused ? { refused: extra.refused } : {}),
  }
  return page(c, <ReadersPage {...props} />, extra.status ?? 200)
}

async function limit(c: Req): Promise<Response> {
  const { fields } = await sentIn(c)
  const ref = c.req.param('id') as string
  try {
    const limited = first(fields, 'limited') === 'yes'
    await limitReaders(c.var.ctx, actorIn(c), ref, { limited, readers: [...every(fields, 'readers')] })
    return goTo(c, `/desk/releases/${ref}/readers`, limited ? 'limited' : 'limit-lifted')
  } catch (err) {
    const refusal = refusalIn(err)
    return show(c, {
      fields,
      ...refusalOn(c, refusal),
    })
  }
}
