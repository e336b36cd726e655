/** Keys that took another's place, by whichever machine, are put into this machine's folder; every process of it then reads them. */
import type { Ctx } from '../context.ts'
import { unlock } from '../lib/lock.ts'
import { type KeyTurn, keyTurns } from '../staff/key-store.ts'
import { type Turn, takeTurns } from './keys.ts'

/** @returns whether anything changed here */
export async function takeUpKeys({ store, config, keys }: Pick<Ctx, 'store' | 'config' | 'keys'>): Promise<boolean> {
  const rows = await keyTurns(store.db)
  if (rows.length === 0) return false
  return takeTurns(
    config.dataDir,
    rows.flatMap((r) => opened(keys.secret, r)),
  )
}

/**
 * None where the folder of keys was lost and made anew: its secret opens nothing of before, and a service that will not start for it
 * tells nobody anything. What the lost keys signed `ortoo verify` names.
 */
function opened(secret: string, r: KeyTurn): Turn[] {
  try {
    const next = r.locked === null ? null : unlock(secret, r.locked)
    return [{ name: r.name, kid: r.kid, oldKid: r.old_kid, old: unlock(secret, r.old_locked), next }]
  } catch {
    return []
  }
}
