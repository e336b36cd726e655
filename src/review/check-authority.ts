/** Whether this agency may be the first to warn of this; if not, the way is to relay. Pure. */
import type { Content } from '../desk/content.ts'
import { type Issue, issue } from '../lib/errors.ts'
import { type AuthorityRule, mayOriginate } from '../staff/authority.ts'

/** 11B of GB/T 35561: weather, which stations alone may warn of first. */
const WEATHER = /^11B/

/** `names`: agencies by id, for saying who may. */
export type Authority = { rules: AuthorityRule[]; names: Map<string, string> }

/** A relay has its origin, a repost its source; what is over or was false warns of nothing. */
export function authorityIssues({ core }: Content, { rules, names }: Authority): Issue[] {
  const relayed = core.relayOf || core.repostOf || core.over || core.falseAlarmOf !== undefined
  if (core.kind !== 'warning' || relayed || core.areas.length === 0) return []
  const hazard = core.cap?.eventCode ?? ''
  const at = core.cap?.eventCode ? 'core.cap.eventCode' : 'core.warningLevel'
  const standing = mayOriginate(rules, { agencyId: core.agencyId, hazard, level: core.warningLevel, areas: core.areas })
  if (standing.may === 'relay') {
    const who = standing.who.map((r) => (r.originator ? (names.get(r.originator) ?? '') : r.station))
    return [issue(at, 'authority-relay', { who: [...new Set(who.filter(Boolean))].join('、') })]
  }
  const weather = WEATHER.test(hazard) || (hazard === '' && core.cap?.category === 'Met')
  return standing.may === 'unset' && weather ? [issue(at, 'authority-unset', undefined, 'warning')] : []
}
