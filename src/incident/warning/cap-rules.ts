/** What the CAP schema lets through and the standard or its readers do not. Expects a document of the right shape. Pure. */
import { type Issue, issue } from '../../lib/errors.ts'
import { CAP_TIME, type CapAlert, type CapArea, type CapInfo } from './alert.ts'
import { circleFault, ringFault } from './geometry.ts'

/** Phones cut a headline there. */
const HEADLINE = 140
/** Characters that turn or hide text: what an officer reads is not what a machine compares. */
const HIDDEN = /[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]|[\u{e0000}-\u{e01ef}]/u

const when = (wrong: unknown, ...of: Parameters<typeof issue>): Issue[] => (wrong ? [issue(...of)] : [])

export function capRules(a: CapAlert): Issue[] {
  return [
    ...when(a.scope !== 'Public', 'alert.scope', 'cap-not-public', { scope: a.scope }),
    ...when(a.scope === 'Restricted' && !a.restriction, 'alert.restriction', 'cap-missing'),
    ...when(a.scope === 'Private' && !a.addresses, 'alert.addresses', 'cap-missing'),
    ...referenceRules(a),
    ...when(a.info.length === 0 && ['Alert', 'Update'].includes(a.msgType), 'alert.info', 'cap-no-info'),
    ...languageRules(a.info),
    ...a.info.flatMap((info, i) => infoRules(info, `alert.info[${i}]`)),
  ]
}

function referenceRules(a: CapAlert): Issue[] {
  const at = 'alert.references'
  const needs = a.msgType !== 'Alert'
  return [
    ...when(needs && a.references.length === 0, at, 'cap-references-missing', { type: a.msgType }),
    ...a.references.flatMap((r) => {
      const triple = [r.sender, r.identifier, r.sent].join()
      if (!r.sender || !r.identifier || !CAP_TIME.test(r.sent)) return [issue(at, 'cap-reference-form', { triple })]
      return [
        ...when(r.identifier === a.identifier && r.sender === a.sender, at, 'cap-reference-self'),
        ...when(Date.parse(r.sent) > Date.parse(a.sent), at, 'cap-reference-later', { triple }),
      ]
    }),
  ]
}

/** Several infos are one alert in several languages. */
function languageRules(infos: CapInfo[]): Issue[] {
  const differ = (of: (i: CapInfo) => unknown) => new Set(infos.map((i) => JSON.stringify(of(i)))).size > 1
  const languages = infos.map((i) => i.language.toLowerCase())
  const twice = new Set(languages).size < languages.length
  const at = 'alert.info'
  return [
    ...when(
      differ((i) => [i.category, i.eventCode]),
      at,
      'cap-infos-differ',
      undefined,
      'warning',
    ),
    ...when(twice, at, 'cap-language-twice', undefined, 'warning'),
  ]
}

function infoRules(i: CapInfo, at: string): Issue[] {
  const end = Date.parse(i.expires ?? '')
  const begins = ['effective', 'onset'] as const
  const words = ['event', 'headline', 'description', 'instruction'] as const
  return [
    ...begins.flatMap((n) => when(Date.parse(i[n] ?? '') >= end, `${at}.expires`, 'cap-expires-early', { than: n })),
    ...when(!i.expires, `${at}.expires`, 'cap-no-expiry', undefined, 'warning'),
    ...when(!i.description, `${at}.description`, 'cap-no-description', undefined, 'warning'),
    ...when(!i.senderName, `${at}.senderName`, 'cap-no-sender-name', undefined, 'warning'),
    ...when((i.headline?.length ?? 0) >= HEADLINE, `${at}.headline`, 'cap-headline-long', { most: HEADLINE }, 'hint'),
    ...words.flatMap((n) => when(HIDDEN.test(i[n] ?? ''), `${at}.${n}`, 'cap-hidden', undefined, 'warning')),
    ...when(i.web && !URL.canParse(i.web), `${at}.web`, 'cap-address', undefined, 'warning'),
    ...when(i.area.length === 0, `${at}.area`, 'cap-no-area', undefined, 'warning'),
    ...i.area.flatMap((area, n) => areaRules(area, `${at}.area[${n}]`)),
    ...i.resource.flatMap((r, n) =>
      when(r.uri && !URL.canParse(r.uri), `${at}.resource[${n}].uri`, 'cap-address', undefined, 'warning'),
    ),
  ]
}

function areaRules(area: CapArea, at: string): Issue[] {
  const placed = area.polygon.length + area.circle.length + area.geocode.length > 0
  return [
    ...when(!placed, at, 'cap-area-unplaced', undefined, 'warning'),
    ...when(area.ceiling && !area.altitude, `${at}.ceiling`, 'cap-ceiling'),
    ...area.polygon.flatMap((p, n) => {
      const fault = ringFault(p)
      return when(fault, `${at}.polygon[${n}]`, `cap-ring-${fault}`)
    }),
    ...area.circle.flatMap((c, n) => when(circleFault(c), `${at}.circle[${n}]`, 'cap-circle')),
  ]
}
