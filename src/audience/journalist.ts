/** 已备案记者: somebody outside who may read what is under embargo. No member of an office: no roles, no desk. Pure. */
import type { Tables } from '../store/tables.ts'

export type Journalist = Tables['journalist']

/** Proposed and not agreed to, suspended, and past the day their accreditation ends, they are out at once, whatever link or session they hold. */
export const isAccredited = (j: Pick<Journalist, 'state' | 'valid_until'>, now: string): boolean =>
  j.state !== 'suspended' && j.state !== 'proposed' && j.valid_until > now

/** Who did it, as the ledger names them. */
export const journalistActor = (j: Pick<Journalist, 'id'>): string => `journalist:${j.id}`
