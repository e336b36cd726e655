/** Which editions of a release are CAP messages, of which type, and which earlier ones each of them speaks about. Pure. */
import type { ChannelConfig } from '../../src/delivery/channel.ts'
import { withOffset } from '../../src/lib/clock.ts'
import type { CapTerms, Edition } from '../../src/publication/edition.ts'
import { capExpiry, isAlert, isTaken } from '../../templates/page/cap-alert.ts'
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

/** Not the site's offset, which an operator may change: `sent` may never differ from what was once published. */
const CAP_OFFSET = '+08:00'
/** 2026-11-23T14:12:03+08:00 (CAP 1.2 §3.3.2: no Z, no fractions). */
export const capTime = (iso: string): string => withOffset(iso, CAP_OFFSET)

/** The CAP terms an edition is published under, or null where it is no alert. */
export function capTerms(edition: Edition): CapTerms | null {
  const core = edition.content?.core
  if (!core || !isAlert(edition)) return null
  return edition.kind === 'warning' ? (core.cap ?? unstated(core.warningLevel)) : (core.cap ?? null)
}

const unstated = (level: Parameters<typeof severityOf>[0]): CapTerms => ({
  actNow: false,
  category: 'Other',
  urgency: 'Unknown',
  severity: severityOf(level),
  certainty: 'Unknown',
})

const aboutIncident = (edition: Edition) =>
  edition.kind.startsWith('incident-') || edition.content?.core.incidentId !== undefined

/**
 * Purged, it says whether it was one. Where a display has ended that can no longer be told, and a Cancel nobody needs beats one
 * that is missing.
 */
const hasWarned = (edition: Edition) =>
  edition.warnedUntil !== undefined ||
  (edition.ended !== undefined && (edition.kind === 'warning' || aboutIncident(edition)))

/** It took the place of a false alarm; the history keeps that when the words are gone. */
const saysFalse = (edition: Edition): boolean =>
  edition.content?.core.falseAlarmOf !== undefined || edition.history.at(-1)?.as === 'false-alarm'

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
  if (capTerms(edition) || hasWarned(edition))
    return message(config, edition, inForce.length > 0 ? 'Update' : 'Alert', inForce)
  const wrong = isTaken(edition) || saysFalse(edition)
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
