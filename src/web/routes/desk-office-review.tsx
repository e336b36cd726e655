/** Of the office, for reviewing: absences and who stands in, the list of officials, proofs and deadlines. */
import { csvText } from '../../lib/csv.ts'
import { type Issue, invalid, issue, type Refusal } from '../../lib/errors.ts'
import { keepOfficials, officialsCsv, officialsOf } from '../../review/keep-officials.ts'
import { changeLimits, limitsFor, STEP_ROLES } from '../../review/limit.ts'
import { endAbsence, enterAbsence, sharedRoles } from '../../staff/absence.ts'
import { absencesFrom } from '../../staff/absence-store.ts'
import { type Chains, isProof, MOST_PROOFS, withProofs } from '../../staff/chain.ts'
import { changeChains } from '../../staff/change-chain.ts'
import { agencyById, membersOf, openChanges } from '../../staff/store.ts'
import type { App, Req } from '../env.ts'
import { actorIn, mayAtHome } from '../guards/route.ts'
import { AbsencePage } from '../views/absence.tsx'
import { exactTime, type Fields, first } from '../views/fields.ts'
import { OfficialsPage } from '../views/officials.tsx'
import { ReviewRulesPage } from '../views/review-rules.tsx'
import { CSV } from './contacts.ts'
import { asMissing, fieldsFrom, frameOf, goTo, page, refusalIn, refusalOn, screen, sentIn } from './desk-frame.ts'

const ABSENCE = '/desk/account/absence'
const OFFICIALS = '/desk/office/officials'
const RULES = '/desk/office/review-rules'

export function mountOfficeReview(app: App): void {
  screen(app, { method: 'get', path: ABSENCE, act: 'absence.own' }, (c) => absence(c, {}))
  screen(app, { method: 'post', path: ABSENCE, act: 'absence.own' }, enter)
  screen(app, { method: 'post', path: `${ABSENCE}/{key}/end`, act: 'absence.own' }, async (c) => {
    await endAbsence(c.var.ctx, actorIn(c), c.req.param('key') as string)
    return goTo(c, ABSENCE, 'absence-ended')
  })
  screen(app, { method: 'get', path: OFFICIALS, act: 'staff.read' }, (c) => officials(c, {}))
  screen(app, { method: 'get', path: `${OFFICIALS}.csv`, act: 'staff.read' }, async (c) =>
    c.body(officialsCsv(await officialsOf(c.var.ctx, actorIn(c), actorIn(c).agencyId)), 200, CSV),
  )
  screen(app, { method: 'post', path: OFFICIALS, act: 'staff.manage', maxBytes: 1024 * 1024 }, replace)
  screen(app, { method: 'get', path: RULES, act: 'staff.read' }, (c) => rules(c, {}))
  screen(app, { method: 'post', path: `${RULES}/proofs`, act: 'staff.manage' }, proofs)
  screen(app, { method: 'post', path: `${RULES}/limits`, act: 'staff.manage' }, limits)
}

type Extra = { fields?: Fields; issues?: Issue[]; refused?: string; status?: number }
const refused = (c: Req, refusal: Refusal, fields: Fields): Extra => ({
  fields,
  ...refusalOn(c, refusal),
  issues: asMissing(refusal.issues, fields),
})
const shown = (extra: Extra) => ({
  fields: extra.fields ?? new Map<string, string[]>(),
  issues: extra.issues ?? [],
  ...(extra.refused ? { refused: extra.refused } : {}),
})

async function absence(c: Req, extra: Extra): Promise<Response> {
  const { ctx } = c.var
  const { db } = ctx.store
  const by = actorIn(c)
  const manage = mayAtHome(by, 'staff.manage')
  const now = ctx.clock.now()
  const [rows, members] = await Promise.all([absencesFrom(db, [by.agencyId], now), membersOf(db, [by.agencyId])])
  const active = members.filter((m) => m.active === 1)
  const me = members.find((m) => m.id === by.memberId)
  const may = (m: (typeof members)[number]) =>
    manage || (me !== undefined && m.id !== me.id && sharedRoles(me, m).length > 0)
  const props = {
    f: await frameOf(c),
    ...shown(extra),
    absences: rows.map((a) => ({
      id: a.id,
      name: a.name,
      delegate: a.delegate_name,
      from: a.starts_at,
      to: a.ends_at,
      running: a.starts_at <= now,
      mayEnd: manage || a.member_id === by.memberId,
    })),
    members: manage ? active.map((m) => ({ value: m.id, label: m.name })) : [],
    delegates: active.filter(may).map((m) => ({ value: m.id, label: m.name })),
  }
  return page(c, <AbsencePage {...props} />, extra.status ?? 200)
}

async function enter(c: Req): Promise<Response> {
  const { ctx } = c.var
  const { fields } = await sentIn(c)
  const { offset } = ctx.config.site
  try {
    await enterAbsence(ctx, actorIn(c), {
      ...(first(fields, 'memberId') ? { memberId: first(fields, 'memberId') } : {}),
      delegateId: first(fields, 'delegateId'),
      startsAt: exactTime(first(fields, 'startsAt'), offset),
      endsAt: exactTime(first(fields, 'endsAt'), offset),
    })
    return goTo(c, ABSENCE, 'absence-entered')
  } catch (err) {
    return absence(c, refused(c, refusalIn(err), fields))
  }
}

async function nameIn(c: Req): Promise<string> {
  const agency = await agencyById(c.var.ctx.store.db, actorIn(c).agencyId)
  return (c.var.lang === 'en' ? agency?.name_en : agency?.name_zh) ?? ''
}

async function officials(c: Req, extra: Extra): Promise<Response> {
  const by = actorIn(c)
  const props = {
    f: await frameOf(c),
    ...shown(extra),
    agency: await nameIn(c),
    officials: await officialsOf(c.var.ctx, by, by.agencyId),
    manage: mayAtHome(by, 'staff.manage'),
  }
  return page(c, <OfficialsPage {...props} />, extra.status ?? 200)
}

/** A file, or what was typed; the text of a file with wrong rows comes back in the form, so that it can be put right there. */
async function replace(c: Req): Promise<Response> {
  const by = actorIn(c)
  const { fields, file } = await sentIn(c)
  const csv = file ? csvText(new Uint8Array(await file.arrayBuffer())) : first(fields, 'csv')
  try {
    if (!csv.trim()) throw invalid([issue('csv', 'required')])
    await keepOfficials(c.var.ctx, by, by.agencyId, { csv })
    return goTo(c, OFFICIALS, 'officials-kept')
  } catch (err) {
    return officials(c, refused(c, refusalIn(err), fieldsFrom({ csv })))
  }
}

async function rules(c: Req, extra: Extra): Promise<Response> {
  const { ctx } = c.var
  const by = actorIn(c)
  const { db } = ctx.store
  const chain = await routineOf(c)
  const found = await limitsFor(db, by.agencyId)
  const asTyped = Object.fromEntries(
    (['flash', 'routine'] as const).flatMap((lane) =>
      STEP_ROLES.map((role) => [`${lane}.${role}`, String(found[lane][role])]),
    ),
  )
  const fields = new Map([
    ...fieldsFrom({ ...asTyped, proofs: String(chain.filter(isProof).length) }),
    ...(extra.fields ?? []),
  ])
  const props = {
    f: await frameOf(c),
    ...shown({ ...extra, fields }),
    agency: await nameIn(c),
    chain: chain.map((s) => s.name),
    limits: found,
    waiting: (await openChanges(db, [by.agencyId])).some((ch) => ch.kind === 'chains'),
    manage: mayAtHome(by, 'staff.manage'),
  }
  return page(c, <ReviewRulesPage {...props} />, extra.status ?? 200)
}

const chainsOf = async (c: Req): Promise<Chains> =>
  JSON.parse((await agencyById(c.var.ctx.store.db, actorIn(c).agencyId))?.chains ?? '{}') as Chains
const routineOf = async (c: Req) => (await chainsOf(c)).routine

/** Through the same door as any change of a chain: a second administrator agrees. */
async function proofs(c: Req): Promise<Response> {
  const by = actorIn(c)
  const { fields } = await sentIn(c)
  try {
    const n = first(fields, 'proofs')
    if (!/^\d$/.test(n) || Number(n) > MOST_PROOFS) throw invalid([issue('proofs', 'required')])
    const chains = await chainsOf(c)
    const changed = { ...chains, routine: withProofs(chains.routine, Number(n)) }
    const { state } = await changeChains(c.var.ctx, by, by.agencyId, changed)
    return goTo(c, RULES, state === 'open' ? 'change-open' : 'rules-kept')
  } catch (err) {
    return rules(c, refused(c, refusalIn(err), fields))
  }
}

async function limits(c: Req): Promise<Response> {
  const by = actorIn(c)
  const { fields } = await sentIn(c)
  const numbers = (lane: string) =>
    Object.fromEntries(
      STEP_ROLES.map((role) => {
        const typed = first(fields, `${lane}.${role}`).trim()
        return [role, /^\d{1,4}$/.test(typed) ? Number(typed) : typed]
      }),
    )
  try {
    await changeLimits(c.var.ctx, by, by.agencyId, { flash: numbers('flash'), routine: numbers('routine') })
    return goTo(c, RULES, 'rules-kept')
  } catch (err) {
    return rules(c, refused(c, refusalIn(err), fields))
  }
}
