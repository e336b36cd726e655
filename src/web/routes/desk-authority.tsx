/** 预警发布权限 at the desk: the matrix of an agency, changed as a whole and by two. */
import { areas } from '../../audience/store.ts'
import type { Issue } from '../../lib/errors.ts'
import { changeAuthority } from '../../staff/authority.ts'
import { authorityOf } from '../../staff/authority-store.ts'
import { changeIn } from '../../staff/change.ts'
import { admitAgency } from '../../staff/gate.ts'
import { agencyById, agencyFamily, ancestorsOf, openChanges } from '../../staff/store.ts'
import type { App, Req } from '../env.ts'
import { actorIn } from '../guards/route.ts'
import { AuthorityPage, type AuthorityProps, fieldsOfRules, rulesFrom } from '../views/authority.tsx'
import { type Fields, first } from '../views/fields.ts'
import { frameOf, goTo, page, refusalIn, refusalOn, screen, sentIn } from './desk-frame.ts'

const PATH = '/desk/office/authority'

export function mountAuthority(app: App): void {
  screen(app, { method: 'get', path: PATH, act: 'staff.read' }, (c) => show(c, {}))
  screen(app, { method: 'post', path: PATH, act: 'staff.manage' }, change)
}

type Extra = { agency?: string; fields?: Fields; issues?: Issue[]; refused?: string; status?: number }

async function show(c: Req, extra: Extra): Promise<Response> {
  const { ctx, lang } = c.var
  const { db } = ctx.store
  const by = actorIn(c)
  const asked = extra.agency || c.req.query('agency') || by.agencyId
  await admitAgency(db, by, asked, 'staff.read')
  const manage = await admitAgency(db, by, asked, 'staff.manage').then(
    () => true,
    () => false,
  )
  const above = await ancestorsOf(db, asked)
  const family = await agencyFamily(db, asked)
  const over = await Promise.all(above.map((id) => agencyById(db, id)))
  const names = [...family, ...over.flatMap((a) => (a ? [a] : []))].map((a) => ({
    value: a.id,
    label: lang === 'en' ? a.name_en || a.name_zh : a.name_zh,
  }))
  const own = await authorityOf(db, [asked])
  const waiting = (await openChanges(db, [asked])).map(changeIn).some((ch) => ch.kind === 'authority')
  const props: AuthorityProps = {
    f: await frameOf(c),
    fields: extra.fields ?? fieldsOfRules(own),
    issues: extra.issues ?? [],
    agency: names.find((n) => n.value === asked) ?? { value: asked, label: '' },
    agencies: names,
    areas: (await areas(db)).map((a) => ({ value: a.code, label: lang === 'en' ? a.name_en || a.name_zh : a.name_zh })),
    own,
    above: await authorityOf(db, above),
    manage,
    waiting,
    ...(extra.refused ? { refused: extra.refused } : {}),
  }
  return page(c, <AuthorityPage {...props} />, extra.status ?? 200)
}

async function change(c: Req): Promise<Response> {
  const { fields } = await sentIn(c)
  const agency = first(fields, 'agencyId')
  try {
    const done = await changeAuthority(c.var.ctx, actorIn(c), agency, { rules: rulesFrom(fields) })
    return goTo(c, `${PATH}?agency=${agency}`, done.state === 'open' ? 'change-open' : 'change-applied')
  } catch (err) {
    const refusal = refusalIn(err)
    return show(c, {
      agency,
      fields,
      ...refusalOn(c, refusal),
    })
  }
}
