/** What the table of the Chinese form cannot say. Expects a file of the right shape. Pure. */
import { type Issue, issue } from '../../lib/errors.ts'
import type { Dialect } from './dialect.ts'
import { formedHeadline, isFormed } from './headline.ts'

const when = (wrong: unknown, ...of: Parameters<typeof issue>): Issue[] => (wrong ? [issue(...of)] : [])
const at = (time: string | undefined): number => Date.parse((time ?? '').replace(' ', 'T'))

export function dialectRules(d: Dialect): Issue[] {
  const right = formedHeadline(d)
  return [
    ...when(!d.identifier.startsWith(`${d.senderCode}_`), 'alert.identifier', 'cn-identifier-sender'),
    ...when(d.secClassification === 'Inner', 'alert.secClassification', 'cn-inner'),
    ...when(d.msgType !== 'Alert' && !d.references, 'alert.references', 'cn-references-missing', { type: d.msgType }),
    ...when(d.references === d.identifier, 'alert.references', 'cap-reference-self'),
    ...when(d.msgType === 'Cancel' && !d.note, 'alert.note', 'cn-note-missing', undefined, 'warning'),
    ...when(!isFormed(d.headline, d), 'alert.info.headline', 'cn-headline', { right }, 'warning'),
    ...when(at(d.expires) <= at(d.effective), 'alert.info.expires', 'cap-expires-early', { than: 'effective' }),
    ...when(!d.expires, 'alert.info.expires', 'cap-no-expiry', undefined, 'hint'),
    ...when(d.severity === 'Unknown', 'alert.info.severity', 'cn-no-colour', undefined, 'warning'),
  ]
}
