/** The names of all places, read once for each version of the list: by the tens of thousands they cost more than all the rest of a judgement. */
import type { Kysely } from 'kysely'
import type { Ctx } from '../context.ts'
import type { Tables } from '../store/tables.ts'
import { areas, areasVersion } from './store.ts'

export type KnownPlace = { code: string; zh: string; en: string; mn: string; parent: string | null }

const kept = new WeakMap<Ctx['store'], { version: number; places: readonly KnownPlace[] }>()

/** The version is read first: a list kept under it is never older than it says. */
export async function knownPlaces(ctx: Pick<Ctx, 'store'>, db: Kysely<Tables>): Promise<readonly KnownPlace[]> {
  const version = await areasVersion(db)
  const found = kept.get(ctx.store)
  if (found?.version === version) return found.places
  const places = (await areas(db)).map((a) => ({
    code: a.code,
    zh: a.name_zh,
    en: a.name_en,
    mn: a.name_mn,
    parent: a.parent,
  }))
  kept.set(ctx.store, { version, places })
  return places
}
