/** Renders every edition again, in order of publication, through the outlets that are the public side. */
import type { Ctx } from '../context.ts'
import { catalogueAt, loadEdition } from '../publication/catalogue.ts'
import { issuesBetween } from '../publication/gazette-store.ts'
import { editionsAfter } from '../publication/store.ts'
import type { Channel, Target } from './channel.ts'
import { carryIssue } from './gazette.ts'

const EVERYONE: Target = { deliveryId: 0, subscriberId: 0, address: '', token: '', language: 'zh-CN', attempt: 1 }
const BATCH = 100

/**
 * @param channels made with the writer the files are to go to
 * @param after the sequence to begin behind
 * @returns the last sequence replayed @throws when an outlet does not take an edition
 */
export async function replay(ctx: Ctx, channels: Channel[], after: number, step: (n: number) => void): Promise<number> {
  let last = after
  /** Issues of the gazette have numbers of the same sequence. */
  const issuesUpTo = async (sequence: number): Promise<void> => {
    for (const row of await issuesBetween(ctx.store.db, last, sequence)) {
      await carryIssue(ctx, channels, row)
      last = row.sequence
    }
  }
  for (;;) {
    const rows = await editionsAfter(ctx.store.db, last, BATCH)
    if (rows.length === 0) {
      await issuesUpTo(Number.MAX_SAFE_INTEGER)
      return last
    }
    for (const row of rows) {
      await issuesUpTo(row.sequence)
      const edition = await loadEdition(ctx.store.db, row)
      const catalogue = catalogueAt(ctx.store.db, ctx.blobs, row.sequence, edition.mode)
      for (const channel of channels) {
        if (channel.audience !== 'everyone') continue
        const prepared = await channel.prepare(edition, 'all', catalogue)
        const [outcome] = await channel.send(prepared, [EVERYONE], new AbortController().signal)
        if (outcome?.state !== 'accepted')
          throw new Error(`${channel.name} did not take sequence ${row.sequence}: ${JSON.stringify(outcome)}`)
      }
      last = row.sequence
      step(last)
    }
  }
}
