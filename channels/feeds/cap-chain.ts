/** Which editions of a release are CAP messages, of which type, and which earlier ones each of them speaks about. Pure. */
import type { ChannelConfig } from '../../src/delivery/channel.ts'
import { DAY, plus, withOffset } from '../../src/lib/clock.ts'
import type { CapTerms, Edition } from '../../src/publication/edition.ts'
import { capIdentifier, capSender } from './addresses.ts'
import { severityOf } from './event-names.ts'

export type CapMessage = {
  edition: Edition
  msgType: 'Alert' | 'Update' | 'Cancel'
  identifier: string
  sender: string
  sent: string
  /** UTC ISO until which it holds; a Cancel holds as long as what it cancels would have. */
  expires: string
  references: CapMessage[]
}

/** Validity of an alert nobody gave an end: readers then need not guess (CAP 1.2 §3.2.2 leaves it to each of them). */
const DEFAULT_VALIDITY = DAY

/** Not the site's offset, which an operator may change: `sent` may never differ from what was once published. */
const CAP_OFFSET = '+08:00'
/** 2026-11-23T14:12:03+08:00 (CAP 1.2 §3.3.2: no Z, no fractions). */
export const capTime = (iso: string): string => withOffset(iso, CAP_OFFSET)

export function capExpiry(edition: Edition): string {
  const core = edition.content?.core
  return core?.cap?.expires ?? core?.expiresAt ?? plus(edition.publishedAt, DEFAULT_VALIDITY)
}

/**
 * The CAP terms an edition is published under, or null. Every warning is an alert; a release about an incident is one
 * only where the signer says the public must act now and urgency, severity and certainty are known. What had expired
 * before it was published is no alert.
 */
export function capTerms(edition: Edition): CapTerms | null {
  const core = edition.content?.core
  // Two agencies' alerts about one thing would be two things: the source's own stands in the feed.
  if (
    !core ||
    core.repostOf ||
    core.relayOf ||
    core.falseAlarmOf !== undefined ||
    core.over ||
    taken(edition) ||
    Date.parse(capExpiry(edition)) < Date.parse(edition.publishedAt) + 1000
  )
    return null
  if (edition.kind === 'warning') return core.cap ?? unstated(core.warningLevel)
  const known = core.cap && [core.cap.urgency, core.cap.severity, core.cap.certainty].every((x) => x && x !== 'Unknown')
  return aboutIncident(edition) && core.cap?.actNow && known ? core.cap : null
}

const unstated = (level: Parameters<typeof severityOf>[0]): CapTerms => ({
  actNow: false,
  category: 'Other',
  urgency: 'Unknown',
  severity: severityOf(level),
  certainty: 'Unknown',
})

const taken = (edition: Edition) => edition.type === 'withdrawal' || edition.type === 'takedown'
const aboutIncident = (edition: Edition) =>
  edition.kind.startsWith('incident-') || edition.content?.core.incidentId !== undefined

/** Text erased since: whether it was an alert can no longer be told, and a Cancel nobody needs beats one that is missing. */
const mayHaveWarned = (edition: Edition) =>
  edition.content === null && !taken(edition) && (edition.kind === 'warning' || aboutIncident(edition))

/** False for an alert whose text was erased since; a Cancel has no text to lose. */
export const readable = (m: CapMessage): boolean => m.msgType === 'Cancel' || m.edition.content !== null

/** The messages of one release, oldest first. `editions` are all of its editions up to the one in hand. */
export function capChain(config: ChannelConfig, editions: Edition[]): CapMessage[] {
  const messages: CapMessage[] = []
  let standing: CapMessage[] = []
  for (const edition of editions) {
    const message = next(config, edition, standing)
    if (!message) continue
    messages.push(message)
    standing = message.msgType === 'Cancel' ? [] : [...standing, message]
  }
  return messages
}

/**
 * Update names every earlier message still in force; with none left the alert starts anew. A withdrawal, takedown or false alarm
 * cancels all that was never cancelled, also what has expired, for it was wrong and not merely over.
 */
function next(config: ChannelConfig, edition: Edition, standing: CapMessage[]): CapMessage | null {
  const inForce = standing.filter((m) => Date.parse(m.expires) > Date.parse(edition.publishedAt))
  if (capTerms(edition) || mayHaveWarned(edition))
    return message(config, edition, inForce.length > 0 ? 'Update' : 'Alert', inForce)
  const wrong = taken(edition) || edition.content?.core.falseAlarmOf !== undefined
  const ended = wrong ? standing : inForce
  return ended.length > 0 ? message(config, edition, 'Cancel', ended) : null
}

function message(
  config: ChannelConfig,
  edition: Edition,
  msgType: CapMessage['msgType'],
  references: CapMessage[],
): CapMessage {
  const latest =
    references
      .map((m) => m.expires)
      .sort((a, b) => Date.parse(a) - Date.parse(b))
      .at(-1) ?? ''
  return {
    edition,
    msgType,
    identifier: capIdentifier(edition),
    sender: capSender(config, edition),
    sent: capTime(edition.publishedAt),
    expires: msgType === 'Cancel' ? latest : capExpiry(edition),
    references,
  }
}
