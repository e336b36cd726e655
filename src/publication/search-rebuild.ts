/** Makes the search index anew from the editions there are: after an upgrade, after a restored backup, or on an operator's word. */
import type { Ctx } from '../context.ts'
import type { Content } from '../desk/content.ts'
import { lockRelease } from '../desk/store.ts'
import type { Faces } from './face.ts'
import { indexEdition, SEARCH_VERSION } from './search.ts'
import { anyDoc, anyLiveRelease, counted, liveReleasesAfter, setCount } from './search-store.ts'
import { lastEditionOf } from './store.ts'

/** Releases in one transaction: publication waits no longer than for those. */
const BATCH = 25
const VERSION = 'search-version'
/** The slot up to which a remaking has come, so that one that is interrupted goes on. */
const CURSOR = 'search-cursor'

/** Whether the index is of another version, or empty although something is public. */
export async function searchIsStale(ctx: Ctx): Promise<boolean> {
  const { db } = ctx.store
  if ((await counted(db, VERSION)) !== SEARCH_VERSION) return true
  return !(await anyDoc(db)) && (await anyLiveRelease(db))
}

/** The timetable's: does nothing where the index is whole. */
export async function keepSearch(ctx: Ctx): Promise<void> {
  if (await searchIsStale(ctx)) await rebuildSearch(ctx, () => {}, true)
}

/**
 * Each release in the order of its slot, under its lock: one that is withdrawn meanwhile is not put back.
 * @param goOn continue where one that was interrupted stopped @returns how many releases were looked at
 */
export async function rebuildSearch(ctx: Ctx, step: (n: number) => void, goOn = false): Promise<number> {
  const { db } = ctx.store
  let slot = goOn && (await anyDoc(db)) ? await counted(db, CURSOR) : 0
  for (let n = 0; ; ) {
    const places = await liveReleasesAfter(db, slot, BATCH)
    if (places.length === 0) {
      await setCount(db, CURSOR, 0)
      await setCount(db, VERSION, SEARCH_VERSION)
      return n
    }
    slot = Number(places.at(-1)?.slot)
    await ctx.store.tx(async (trx) => {
      for (const { release_id } of places) await reindex(ctx, trx, release_id)
      await setCount(trx, CURSOR, slot)
    })
    n += places.length
    step(n)
  }
}

async function reindex(ctx: Ctx, trx: Parameters<typeof indexEdition>[0], releaseId: string): Promise<void> {
  await lockRelease(trx, ctx.store.dialect, releaseId)
  const row = await lastEditionOf(trx, releaseId)
  if (!row) return
  const content = row.content ? (JSON.parse(row.content) as Content) : null
  const until = content?.core.displayUntil
  const ended = until !== undefined && until <= ctx.clock.now()
  await indexEdition(trx, ctx.store.dialect, row, ended ? null : content, JSON.parse(row.faces) as Partial<Faces>)
}
