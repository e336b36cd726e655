/** Whether an edition is a CAP alert, and until when it holds: asked where it is rendered, and once more where its text is forgotten. Pure. */
import { DAY, plus } from '../../src/lib/clock.ts'
import type { Edition } from '../../src/publication/edition.ts'

type Asked = Pick<Edition, 'content' | 'kind' | 'type' | 'publishedAt'>

/** Validity of an alert nobody gave an end: readers then need not guess (CAP 1.2 §3.2.2 leaves it to each of them). */
const DEFAULT_VALIDITY = DAY

export function capExpiry(edition: Pick<Edition, 'content' | 'publishedAt' | 'warnedUntil'>): string {
  const core = edition.content?.core
  return edition.warnedUntil ?? core?.cap?.expires ?? core?.expiresAt ?? plus(edition.publishedAt, DEFAULT_VALIDITY)
}

/**
 * Every warning is an alert; a release about an incident is one only where the signer says the public must act now and urgency,
 * severity and certainty are known. What had expired before it was published is no alert.
 */
export function isAlert(edition: Asked): boolean {
  const core = edition.content?.core
  // Two agencies' alerts about one thing would be two things: the source's own stands in the feed.
  if (
    !core ||
    core.repostOf ||
    core.relayOf ||
    core.falseAlarmOf !== undefined ||
    core.over ||
    isTaken(edition) ||
    Date.parse(capExpiry(edition)) < Date.parse(edition.publishedAt) + 1000
  )
    return false
  if (edition.kind === 'warning') return true
  const known = core.cap && [core.cap.urgency, core.cap.severity, core.cap.certainty].every((x) => x && x !== 'Unknown')
  return (edition.kind.startsWith('incident-') || core.incidentId !== undefined) && core.cap?.actNow === true && !!known
}

export const isTaken = (edition: Pick<Edition, 'type'>) => edition.type === 'withdrawal' || edition.type === 'takedown'
