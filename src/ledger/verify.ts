/** Walks the ledger and says where the chain breaks. */
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'
import { entryHash, GENESIS } from './append.ts'
import { entriesAfter } from './store.ts'

export type LedgerFault = { seq: number; fault: 'hash' | 'link' | 'gap' }

/** Reads every entry in order; `entries` is how many there were, `head` the hash to compare with a copy kept elsewhere. */
export async function verifyLedger(
  db: Kysely<Tables>,
): Promise<{ entries: number; head: string; faults: LedgerFault[] }> {
  const faults: LedgerFault[] = []
  let prev = GENESIS
  let seq = 0
  for (;;) {
    const batch = await entriesAfter(db, seq, 1000)
    for (const entry of batch) {
      if (entry.seq !== seq + 1) faults.push({ seq: entry.seq, fault: 'gap' })
      if (entry.prev !== prev) faults.push({ seq: entry.seq, fault: 'link' })
      if (entryHash(entry) !== entry.hash) faults.push({ seq: entry.seq, fault: 'hash' })
      prev = entry.hash
      seq = entry.seq
    }
    if (batch.length < 1000) return { entries: seq, head: prev, faults }
  }
}
