/** Transactions: one door, and a guard on the other one while it is open. */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Kysely, Transaction } from 'kysely'

/** Whether the present call runs inside a transaction of this store. */
export type TxGuard = { inside: AsyncLocalStorage<{ open: boolean }>; beforeAcquire(): void }

export function txGuard(): TxGuard {
  const inside = new AsyncLocalStorage<{ open: boolean }>()
  return {
    inside,
    beforeAcquire() {
      // Work a transaction started and left running may use the database again once the transaction is over.
      if (inside.getStore()?.open) {
        throw new Error('store.db was used inside a transaction: use the trx that tx() handed you')
      }
    },
  }
}

/**
 * Runs `fn` in one transaction: commits when it returns, rolls back and rethrows the driver's own error when it throws.
 * Await nothing but SQL inside: the transaction owns the write lock.
 */
export function inTransaction<Tables, T>(
  db: Kysely<Tables>,
  guard: TxGuard,
  fn: (trx: Transaction<Tables>) => Promise<T>,
): Promise<T> {
  return db.transaction().execute(async (trx) => {
    const mark = { open: true }
    try {
      return await guard.inside.run(mark, () => fn(trx))
    } finally {
      mark.open = false
    }
  })
}
