/** Where a message belongs among those already known: files come twice, late, and out of order. Pure. */
import type { CapAlert, Reference } from './alert.ts'

/** Of one message received before. `sha256`: of its bytes. `expires`: the last of its infos, as it stands in the file. */
export type Known = Pick<CapAlert, 'identifier' | 'sender' | 'sent' | 'msgType' | 'references'> & {
  sha256: string
  expires?: string
}

export type Place =
  /** The same bytes were here before: nothing to do. */
  | { is: 'duplicate'; of: Known }
  /** The same name on other bytes: one of the two is not what it says. A person looks. */
  | { is: 'conflict'; of: Known }
  /** A newer message of the thread was here first, or its cancel: kept on file, and changes nothing. */
  | { is: 'late'; behind: Known }
  /** It cancels what never came here: kept, and nothing is announced as over that was never announced. */
  | { is: 'unknown-cancel' }
  /** Begins a thread. `missed`: it says it goes on from something that never came here. */
  | { is: 'new'; missed: boolean }
  /** Goes on from `from`, the thread's newest. */
  | { is: 'update' | 'cancel'; from: Known }

const key = (r: Pick<Reference, 'sender' | 'identifier'>): string => `${r.sender},${r.identifier}`
const at = (m: { sent: string }): number => Date.parse(m.sent)

export function placeOf(alert: CapAlert, sha256: string, known: readonly Known[]): Place {
  const same = known.find((k) => key(k) === key(alert))
  if (same) return { is: same.sha256 === sha256 ? 'duplicate' : 'conflict', of: same }
  const thread = threadOf(alert, known)
  const newest = thread.toSorted((a, b) => at(a) - at(b)).at(-1)
  if (!newest)
    return alert.msgType === 'Cancel' ? { is: 'unknown-cancel' } : { is: 'new', missed: alert.references.length > 0 }
  // Over is over: what was sent before the cancel and comes after it may not bring the warning back.
  const over = thread.find((k) => k.msgType === 'Cancel' && at(k) >= at(alert))
  if (over) return { is: 'late', behind: over }
  if (at(newest) > at(alert)) return { is: 'late', behind: newest }
  return { is: alert.msgType === 'Cancel' ? 'cancel' : 'update', from: newest }
}

/**
 * Everything tied to the alert by references, in either direction and over several steps: a message that came late is named by the one
 * that overtook it, and in the Chinese form all name the first.
 */
function threadOf(alert: CapAlert, known: readonly Known[]): Known[] {
  const names = new Set([key(alert), ...alert.references.map(key)])
  const thread = new Set<Known>()
  for (let grew = true; grew; ) {
    grew = false
    for (const k of known) {
      if (thread.has(k) || ![key(k), ...k.references.map(key)].some((n) => names.has(n))) continue
      thread.add(k)
      for (const n of [key(k), ...k.references.map(key)]) names.add(n)
      grew = true
    }
  }
  return [...thread]
}

/** How a warning stands now. Running out of time is not 解除: nobody said the danger is over. */
export type State = 'in-force' | 'expired' | 'cancelled'

export function stateOf(newest: Pick<Known, 'msgType' | 'expires'>, now: string): State {
  if (newest.msgType === 'Cancel') return 'cancelled'
  return newest.expires !== undefined && Date.parse(newest.expires) <= Date.parse(now) ? 'expired' : 'in-force'
}
