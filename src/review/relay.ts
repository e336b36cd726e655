/** A relayed warning says what its origin said, with the original beside it. Pure. */
import type { Content } from '../desk/content.ts'
import { type Issue, issue } from '../lib/errors.ts'
import { sha256 } from '../lib/id.ts'

export function relayIssues(content: Content): Issue[] {
  const { relayOf } = content.core
  if (!relayOf) return []
  const { language } = relayOf.quoted
  const facts = content.parts[language]?.blocks.facts ?? ''
  const kept = content.attachments.some((a) => a.sha256 === relayOf.sha256)
  return [
    ...(sha256(facts) === relayOf.quoted.sha256
      ? []
      : [issue(`parts.${language}.blocks.facts`, 'relay-text-changed', { station: relayOf.station })]),
    ...(relayOf.public && !kept ? [issue('attachments', 'relay-original-missing')] : []),
    ...(!relayOf.public && kept ? [issue('attachments', 'relay-officer')] : []),
  ]
}
