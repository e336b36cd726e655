/** Keys that took another's place, by whichever machine, are put into this machine's folder; every process of it then reads them. */
import type { Ctx } from '../context.ts'
import { unlock } from '../lib/lock.ts'
import { keyTurns } from '../staff/key-store.ts'
import { takeTurns } from './keys.ts'

/** @returns whether anything changed here */
export async function takeUpKeys({ store, config, keys }: Pick<Ctx, 'store' | 'config' | 'keys'>): Promise<boolean> {
  const rows = await keyTurns(store.db)
  if (rows.length === 0) return false
  return takeTurns(
    config.dataDir,
    rows.map((r) => ({
      name: r.name,
      kid: r.kid,
      oldKid: r.old_kid,
      old: unlock(keys.secret, r.old_locked),
      next: r.locked === null ? null : unlock(keys.secret, r.locked),
    })),
  )
}
