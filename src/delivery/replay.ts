/** Renders every edition, every turn and every issue of the gazette again, in their one order, through the outlets that are the public side. */
import type { Ctx } from '../context.ts'
import { catalogueAt, loadEdition } from '../publication/catalogue.ts'
import { type IssueRow, issuesAfter } from '../publication/gazette-store.ts'
import { type EditionRow, editionsAfter } from '../publication/store.ts'
import { type TurnRow, turnsAfter } from '../store/turn.ts'
import type { Channel } from './channel.ts'
import { carryIssue } from './gazette.ts'
import { putOut } from './put-out.ts'
import { renderTurn } from './turns.ts'

const BATCH = 100

/**
 * @param channels made with the writer the files are to go to
 * @param after the sequence to begin behind
 * @returns the last sequence replayed @throws when an outlet does not take an edition
 */
export async function replay(ctx: Ctx, channels: Channel[], after: number, step: (n: number) => void): Promise<number> {
  let last = after
  for (;;) {
    const rows = await next(ctx, last)
    if (rows.length === 0) return last
    for (const row of rows) {
      if ('why' in row) await renderTurn(ctx, channels, row)
      else if ('release_ids' in row) await carryIssue(ctx, channels, row)
      else await renderEdition(ctx, channels, row)
      last = row.sequence
      step(last)
    }
  }
}

async function next(ctx: Ctx, last: number): Promise<(EditionRow | TurnRow | IssueRow)[]> {
  const [editions, turns, issues] = await Promise.all([
    editionsAfter(ctx.store.db, last, BATCH),
    turnsAfter(ctx.store.db, last, BATCH),
    issuesAfter(ctx.store.db, last, BATCH),
  ])
  // Of all the first of a batch: beyond that one of them may have more in between.
  return [...editions, ...turns, ...issues].sort((a, b) => a.sequence - b.sequence).slice(0, BATCH)
}

async function renderEdition(ctx: Ctx, channels: Channel[], row: EditionRow): Promise<void> {
  const edition = await loadEdition(ctx.store.db, row)
  const catalogue = catalogueAt(ctx.store.db, ctx.blobs, row.sequence, edition.mode, edition.publishedAt)
  await putOut(channels, `sequence ${row.sequence}`, (channel) =>
    channel.audience === 'everyone' ? channel.prepare(edition, 'all', catalogue) : undefined,
  )
}
