/** An agency at the desk: names and places, the chain its releases travel, and a new agency below it. */
import { areas } from '../../audience/store.ts'
import { areaCovers } from '../../lib/area-code.ts'
import type { Issue } from '../../lib/errors.ts'
import { changeAgency, createAgency } from '../../staff/agency.ts'
import { type Chains, chainIssues } from '../../staff/chain.ts'
import { changeIn } from '../../staff/change.ts'
import { changeChains } from '../../staff/change-chain.ts'
import { admitAgency } from '../../staff/gate.ts'
import { type AgencyRow, agencyById, agencyFamily, openChanges } from '../../staff/store.ts'
import { namesOf } from '../desk-store.ts'
import type { App, Req } from '../env.ts'
import { actorIn } from '../guards/route.ts'
import { AgencyPage, type AgencyProps } from '../views/agency.tsx'
import { chainFields, chainsFrom } from '../views/chain-form.tsx'
import type { AreaChoice } from '../views/draft.tsx'
import { every, type Fields, first } from '../views/fields.ts'
import { takeTypedPlaces } from './desk-draft-data.ts'
import { asMissing, frameOf, goTo, page, refusalIn, refusedWords, screen, sentIn, statusOf } from './desk-frame.ts'

const HERE = '/desk/office/agency'

export function mountAgencyDesk(app: App): void {
  screen(app, { method: 'get', path: HERE, act: 'staff.read' }, (c) =>
    show(c, c.req.query('agency') || actorIn(c).agencyId, {}),
  )
  screen(app, { method: 'post', path: HERE, act: 'staff.manage' }, create)
  screen(app, { method: 'post', path: `${HERE}/{id}`, act: 'staff.manage' }, rename)
  screen(app, { method: 'post', path: `${HERE}/{id}/chains`, act: 'staff.manage' }, chains)
}

const idIn = (c: Req): string => c.req.param('id') as string
const at = (id: string): string => `${HERE}?agency=${id}`

type Extra = {
  fields?: Fields
  sent?: AgencyProps['sent']
  issues?: Issue[]
  refused?: string
  status?: number
  preview?: Chains
}

function extraOf(c: Req, err: unknown, fields: Fields, sent: AgencyProps['sent'], prefix = ''): Extra {
  const refusal = refusalIn(err)
  const issues = refusal.issues.map((i) => ({ ...i, field: prefix + i.field }))
  return {
    fields,
    sent,
    issues: asMissing(issues, fields),
    status: statusOf(refusal),
    ...(issues.length ? {} : { refused: refusedWords(c, refusal) }),
  }
}

async function rename(c: Req): Promise<Response> {
  const { ctx } = c.var
  const { fields } = await sentIn(c)
  try {
    await admitAgency(ctx.store.db, actorIn(c), idIn(c), 'staff.manage')
    const parent = (await agencyById(ctx.store.db, idIn(c)))?.parent_id
    if (parent) await takeTypedPlaces(ctx, parent, fields, 'areaCodes')
    const sent = {
      nameZh: first(fields, 'nameZh'),
      nameEn: first(fields, 'nameEn'),
      areaCodes: every(fields, 'areaCodes').filter(Boolean),
    }
    await changeAgency(ctx, actorIn(c), idIn(c), sent, () => ({ issues: [] }))
    return goTo(c, at(idIn(c)), 'agency-kept')
  } catch (err) {
    return show(c, idIn(c), extraOf(c, err, fields, 'names'))
  }
}

async function create(c: Req): Promise<Response> {
  const { ctx } = c.var
  const { fields } = await sentIn(c)
  const parentId = first(fields, 'parentId') || actorIn(c).agencyId
  try {
    await admitAgency(ctx.store.db, actorIn(c), parentId, 'staff.manage')
    await takeTypedPlaces(ctx, parentId, fields, 'new.areaCodes')
    const id = await createAgency(ctx, actorIn(c), {
      parentId,
      slug: first(fields, 'new.slug').trim(),
      nameZh: first(fields, 'new.nameZh'),
      nameEn: first(fields, 'new.nameEn'),
      areaCodes: every(fields, 'new.areaCodes').filter(Boolean),
    })
    return goTo(c, at(id), 'agency-made')
  } catch (err) {
    const prefix = err instanceof Error && 'issues' in err && typedAlready(err.issues) ? '' : 'new.'
    return show(c, parentId, extraOf(c, err, fields, 'new', prefix))
  }
}

/** Issues about typed places name the field of the form already. */
const typedAlready = (issues: unknown): boolean =>
  Array.isArray(issues) && issues.some((i: Issue) => i.field.startsWith('new.'))

async function chains(c: Req): Promise<Response> {
  const { fields } = await sentIn(c)
  const wanted = chainsFrom(fields)
  try {
    await admitAgency(c.var.ctx.store.db, actorIn(c), idIn(c), 'staff.manage')
    if (first(fields, 'do') !== 'propose')
      return await show(c, idIn(c), { fields, sent: 'chains', preview: wanted, issues: chainIssues(wanted) })
    const done = await changeChains(c.var.ctx, actorIn(c), idIn(c), wanted)
    return goTo(c, at(idIn(c)), done.state === 'open' ? 'change-open' : 'change-applied')
  } catch (err) {
    return show(c, idIn(c), extraOf(c, err, fields, 'chains'))
  }
}

async function show(c: Req, id: string, extra: Extra): Promise<Response> {
  const { ctx, lang } = c.var
  const { db } = ctx.store
  const by = actorIn(c)
  await admitAgency(db, by, id, 'staff.read')
  const row = (await agencyById(db, id)) as AgencyRow
  const parent = row.parent_id ? await agencyById(db, row.parent_id) : undefined
  const family = await agencyFamily(db, by.agencyId)
  const named = (a: { name_zh: string; name_en: string }) => (lang === 'en' ? a.name_en || a.name_zh : a.name_zh)
  const mine = JSON.parse(row.area_codes) as string[]
  const all = await areas(db)
  const fields = extra.fields ?? new Map<string, string[]>()
  const standing = JSON.parse(row.chains) as Chains
  const open = (await openChanges(db, [id])).map((r) => ({ row: r, change: changeIn(r) }))
  const names = await namesOf(
    db,
    open.map((o) => o.row.proposed_by),
  )
  const props = {
    f: await frameOf(c),
    fields,
    issues: extra.issues ?? [],
    agency: {
      id,
      name: named(row),
      slug: row.slug,
      own: id === by.agencyId,
      areas: all
        .filter((a) => mine.includes(a.code))
        .map(named)
        .join('、'),
      chains: standing,
    },
    family: family.map((a) => ({ id: a.id, name: named(a), depth: 0 })),
    choices: choicesIn(all, parent ? (JSON.parse(parent.area_codes) as string[]) : null, named),
    below: choicesIn(all, mine, named),
    waiting: open.flatMap(({ row: r, change }) =>
      change.kind === 'chains' ? [{ by: names.get(r.proposed_by) ?? '', chains: change.chains }] : [],
    ),
    preview: extra.preview ?? null,
    manage: await admitAgency(db, by, id, 'staff.manage').then(
      () => true,
      () => false,
    ),
    sent: extra.sent ?? null,
    stored: {
      names: new Map([
        ['nameZh', [row.name_zh]],
        ['nameEn', [row.name_en]],
        ['areaCodes', mine],
      ]),
      chains: chainFields(standing),
    },
    ...(extra.refused ? { refused: extra.refused } : {}),
  }
  return page(c, <AgencyPage {...props} />, extra.status ?? 200)
}

type Area = Awaited<ReturnType<typeof areas>>[number]

/** Places within those codes, or all where there are none above. */
function choicesIn(all: Area[], within: string[] | null, named: (a: Area) => string): AreaChoice[] {
  const shown = within ? all.filter((a) => within.some((code) => areaCovers(code, a.code))) : all
  return shown.map((a) => ({ code: a.code, name: named(a), depth: 0, parent: a.parent }))
}
