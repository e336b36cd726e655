/** Another key takes the place of one, once two administrators agreed to it. */
import type { Kysely } from 'kysely'
import type { Ctx } from '../context.ts'
import { wrongState } from '../lib/errors.ts'
import { newId } from '../lib/id.ts'
import { kidOf, makeKey, type Turning, verifying } from '../lib/key-make.ts'
import { lock } from '../lib/lock.ts'
import type { Tables } from '../store/tables.ts'
import { insertTurn, keyTurns } from './key-store.ts'

/** What is there now, whole: a pair as its private half. */
export function presentOf({ keys }: Pick<Ctx, 'keys'>, name: Turning): string {
  if (name === 'bounce') return keys.bounce
  const { privateKey } = name === 'seal' ? keys.live : keys.exercise
  return privateKey.export({ format: 'pem', type: 'pkcs8' }) as string
}

/**
 * Makes the new key and locks it into its row; each machine takes it up from there. @param kid of the key that was to go
 * @throws Refusal key-turned
 */
export async function turnKey(ctx: Ctx, trx: Kysely<Tables>, name: Turning, kid: string): Promise<void> {
  const present = presentOf(ctx, name)
  if (kidOf(name, present) !== kid) throw wrongState('key-turned')
  // Another process or machine may have put one in its place that has not been taken up here: two after one key would part the machines.
  if ((await keyTurns(trx)).some((turn) => turn.name === name && turn.old_kid === kid)) throw wrongState('key-turned')
  const next = makeKey(name)
  const { secret } = ctx.keys
  await insertTurn(trx, {
    id: newId(ctx.clock.ms()),
    name,
    kid: kidOf(name, next),
    old_kid: kid,
    old_locked: lock(secret, verifying(name, present)),
    locked: lock(secret, next),
    at: ctx.clock.now(),
  })
}
