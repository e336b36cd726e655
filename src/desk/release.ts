/** A release: its states and the moves between them. */
import type { ReleaseState } from '../staff/policy.ts'

export type { ReleaseState } from '../staff/policy.ts'

/** What the public sees of it. */
export type Face = 'none' | 'live' | 'withdrawn' | 'taken-down'

/** Allowed moves; anything else is refused by assertMove. */
export const MOVES: Record<ReleaseState, readonly ReleaseState[]> = {
  draft: ['in-review', 'published', 'taken-down', 'quarantined'],
  'in-review': ['draft', 'approved', 'taken-down', 'quarantined'],
  approved: ['draft', 'scheduled', 'published', 'withdrawn', 'taken-down', 'quarantined'],
  scheduled: ['draft', 'held', 'published', 'withdrawn', 'taken-down', 'quarantined'],
  held: ['draft', 'scheduled', 'published', 'withdrawn', 'taken-down', 'quarantined'],
  published: ['draft', 'in-review', 'taken-down', 'quarantined'],
  withdrawn: ['taken-down', 'quarantined'],
  'taken-down': ['quarantined'],
  quarantined: ['draft', 'taken-down', 'purged'],
  purged: [],
}

export const canMove = (from: ReleaseState, to: ReleaseState): boolean => MOVES[from].includes(to)

/** 2026-000042: the year it was begun and a number that never changes. */
export const releaseNumber = (year: number, serial: number): string => `${year}-${String(serial).padStart(6, '0')}`

/** Public path; exercises live under their own root. */
export const releaseAddress = (number: string, mode: string): string =>
  `${mode === 'live' ? '' : '/exercise'}/releases/${number}/`
