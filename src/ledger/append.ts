/** Adds one act to the ledger: ids, kinds, times and hashes only, chained by the hash of the entry before. */
import type { Kysely } from 'kysely'
import type { Clock } from '../lib/clock.ts'
import { hashOf } from '../lib/id.ts'
import type { Store } from '../store/open.ts'
import type { Tables } from '../store/tables.ts'
import { type Entry, insertEntry, lastEntry, lockChain } from './store.ts'

export const GENESIS = '0'.repeat(64)

/** What happened. `actor` is a member id or 'system'; `subject` is kind:id; `fact` holds ids, kinds, times and hashes, no free text. */
export type Happening = { actor: string; act: string; subject: string; fact?: Record<string, string | number | null> }

/** The hash that an entry must carry. */
export const entryHash = (e: Omit<Entry, 'hash'>): string =>
  hashOf({ seq: e.seq, at: e.at, actor: e.actor, act: e.act, subject: e.subject, fact: e.fact, prev: e.prev })

/** Appends inside the caller's transaction, so that an act and its record stand or fall together. */
export async function append(
  trx: Kysely<Tables>,
  { clock, store }: { clock: Clock; store: Pick<Store, 'dialect'> },
  happening: Happening,
): Promise<void> {
  // SQLite's BEGIN IMMEDIATE already admits one writer; PostgreSQL needs one lock for the chain.
  await lockChain(trx, store.dialect)
  const last = await lastEntry(trx)
  const entry = {
    seq: (last?.seq ?? 0) + 1,
    at: clock.now(),
    actor: happening.actor,
    act: happening.act,
    subject: happening.subject,
    fact: JSON.stringify(happening.fact ?? {}),
    prev: last?.hash ?? GENESIS,
  }
  await insertEntry(trx, { ...entry, hash: entryHash(entry) })
}
