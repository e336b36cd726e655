/** The forwarding kit of what now stands of a release: never of an earlier edition, so that nobody passes on what was put right. */
import { type Kit, kitsOf } from '../../templates/kit/kit.ts'
import { seenAt } from '../../templates/page/display.ts'
import type { Ctx } from '../context.ts'
import { admit, type Standing } from '../desk/gate.ts'
import { wrongState } from '../lib/errors.ts'
import { loadEdition } from '../publication/catalogue.ts'
import type { Edition } from '../publication/edition.ts'
import { lastEditionOf } from '../publication/store.ts'
import type { Actor } from '../staff/member.ts'

export type KitOf = { at: Standing; edition: Edition; kits: Kit[] }

/** @throws Refusal `wrong-state` nothing-published */
export async function kitFor(ctx: Ctx, by: Actor, ref: string): Promise<KitOf> {
  const at = await admit(ctx.store.db, by, ref, 'dispatch.read')
  const last = await lastEditionOf(ctx.store.db, at.release.id)
  if (!last) throw wrongState('nothing-published')
  // A notice whose display is over is carried nowhere any more: the kit says so.
  const edition = seenAt(await loadEdition(ctx.store.db, last), ctx.clock.now())
  return { at, edition, kits: kitsOf(ctx.config, edition) }
}
