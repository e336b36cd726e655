/**
 * 预警发布权限: who may be the first to warn of what, at which level, where; everybody else relays. Each agency's rules hold for it and
 * for those below it. Weather is the station's alone (气象法 2016 art. 22; 气象灾害防御条例 2017 art. 30).
 */
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { areaCovers, isAreaCode } from '../lib/area-code.ts'
import { type Issue, invalid, issue } from '../lib/errors.ts'
import { readableZod } from '../lib/shape.ts'
import { authorityOf } from './authority-store.ts'
import { admitAgency } from './gate.ts'
import type { Actor } from './member.ts'
import { type Proposal, propose } from './propose.ts'
import { agencyFamily, ancestorsOf } from './store.ts'

const LEVELS = ['red', 'orange', 'yellow', 'blue'] as const
/** `hazard`: beginning of GB/T 35561 codes, '' is every hazard; no levels: every level; no originator: nobody here, `station` issues. */
const rule = z.strictObject({
  hazard: z.string().regex(/^(1([1-49]([0-9A-Z](\d{2})?)?)?)?$/, 'event-code'),
  levels: z.array(z.enum(LEVELS)).max(4).default([]),
  area: z.string().max(12),
  originator: z.string().max(40).nullable(),
  station: z.string().max(120).default(''),
})
export const authorityInput = z.strictObject({ rules: z.array(rule).max(60) })
export type AuthorityRule = z.output<typeof rule>

/** Replaces the matrix of an agency: a dangerous change, made by two as soon as there are two. @throws Refusal `invalid` */
export async function changeAuthority(ctx: Ctx, by: Actor, agencyId: string, sent: unknown): Promise<Proposal> {
  const { rules } = readableZod(authorityInput, sent)
  return ctx.store.tx(async (trx) => {
    await admitAgency(trx, by, agencyId, 'staff.manage')
    const family = [...(await agencyFamily(trx, agencyId)).map((a) => a.id), ...(await ancestorsOf(trx, agencyId))]
    const found = rules.flatMap((r, i) => ruleIssues(`rules.${i}`, r, family))
    if (found.length) throw invalid(found)
    return propose(ctx, trx, by, agencyId, { kind: 'authority', rules })
  })
}

function ruleIssues(at: string, r: AuthorityRule, family: string[]): Issue[] {
  return [
    ...(isAreaCode(r.area) ? [] : [issue(`${at}.area`, 'area-shape', { code: r.area })]),
    ...(r.originator === null && r.station.trim() === '' ? [issue(`${at}.station`, 'authority-nobody')] : []),
    ...(r.originator !== null && !family.includes(r.originator) ? [issue(`${at}.originator`, 'unknown-agency')] : []),
  ]
}

/** Rules that bind an agency: its own and those of the agencies above it. */
export const rulesFor = async (db: Parameters<typeof authorityOf>[0], agencyId: string): Promise<AuthorityRule[]> =>
  authorityOf(db, [agencyId, ...(await ancestorsOf(db, agencyId))])

export type Asked = { agencyId: string; hazard: string; level: string | undefined; areas: string[] }
/**
 * yes: a rule names this agency for every place · relay: rules name others, who are to be relayed · unset: no rule speaks of it.
 */
export type Standing = { may: 'yes' | 'unset' } | { may: 'relay'; who: AuthorityRule[] }

/** May this agency be the first to say it? A place named twice is open to each who is named. Pure. */
export function mayOriginate(rules: AuthorityRule[], asked: Asked): Standing {
  const about = rules.filter(
    (r) =>
      asked.hazard.startsWith(r.hazard) &&
      (r.levels.length === 0 || r.levels.some((l) => l === asked.level)) &&
      asked.areas.some((code) => areaCovers(r.area, code) || areaCovers(code, r.area)),
  )
  if (about.length === 0) return { may: 'unset' }
  const named = (code: string) =>
    about.some((r) => r.originator === asked.agencyId && areaCovers(r.area, code)) ||
    !about.some((r) => areaCovers(r.area, code) || areaCovers(code, r.area))
  return asked.areas.every(named) ? { may: 'yes' } : { may: 'relay', who: about }
}
