/** A rule of time: what starts a clock, what meets it, how long it is, and from which paper and day. Data, dated, never edited. */

/** How sure the source is: read in full (V1), in excerpt (V2), weak (V3), from memory (M), our own (D). */
export type Confidence = 'V1' | 'V2' | 'V3' | 'M' | 'D'

/** Who is woken: the role on duty. */
export type ClockRole = 'drafter' | 'reviewer' | 'confidentiality' | 'signer'

/** What happens in the house that starts, meets or pauses a clock. `by-hand` is a person's word. */
export type Happening =
  | 'incident-known'
  | 'incident-edition'
  | 'incident-report'
  | 'conference'
  | 'upward-report'
  | 'opinion'
  | 'opinion-answered'
  | 'incident-closed'
  | 'personal-destroyed'
  | 'formed'
  | 'first-edition'
  | 'flash-edition'
  | 'post-review'
  | 'phone-sign-off'
  | 'phone-confirmation'
  | 'leak'
  | 'refer-out'
  | 'referred'
  | 'fault'
  | 'fault-answer'
  | 'chinese-edition'
  | 'mongolian-edition'
  | 'promise'
  | 'step'
  | 'step-done'
  | 'error-known'
  | 'correction-out'
  | 'by-hand'

/**
 * `given`: the thing itself names the moment. `setting`: an operator's variable, 0 meaning that the clock is not kept; `own`: the
 * agency's, handed in when the clock is started.
 */
export type Length =
  | { hours: number }
  | { workingDays: number }
  | { given: true }
  | { setting: 'mongolianHours'; unit: 'hours' }
  | { setting: 'faultDays'; unit: 'working-days' }
  | { setting: 'own'; unit: 'working-days' }

export type ClockRule = {
  id: string
  version: string
  /** First and last local day on which a clock starts under this version. */
  from: string
  until?: string
  source: readonly [zh: string, en: string]
  confidence: Confidence
  starts: readonly Happening[]
  /** Grades of an incident it starts at by itself; others by a person's decision. */
  grades?: readonly string[]
  /** Classes of an incident it starts at by itself. */
  classes?: readonly string[]
  /** Started by decision, it runs from when the incident became known. */
  fromKnown?: true
  meets: readonly Happening[]
  /** While a clock of this rule runs on the same subject, this one stands still. */
  pausedBy?: readonly string[]
  length: Length
  role: ClockRole
  /** Shares of its time at which the person on duty is told, before the deadline itself. */
  tellAt: readonly number[]
  /** Whoever it waits for is called by another stage, one after the other. */
  ladder?: true
  /** Also for what belongs to an exercise: the thing itself is real wherever it lay. */
  inExercises?: true
}
