/** Gives an issue of the gazette to the outlets that show it; at its making by the timetable, at a rebuild by the replay. */
import type { Ctx } from '../context.ts'
import { catalogueAt, issueOf } from '../publication/catalogue.ts'
import { type IssueRow, issuesToBuild, setBuilt } from '../publication/gazette-store.ts'
import type { Channel } from './channel.ts'
import { putOut } from './put-out.ts'

/** @throws when an outlet does not take it */
export async function carryIssue(ctx: Ctx, channels: Channel[], row: IssueRow): Promise<void> {
  const catalogue = catalogueAt(ctx.store.db, ctx.blobs, row.sequence, 'live', row.made_at)
  await putOut(channels, `issue ${row.number}`, (channel) => channel.prepareIssue?.(issueOf(row), catalogue))
}

/** What was compiled and does not stand on the site yet. @returns how many */
export async function buildIssues(ctx: Ctx): Promise<number> {
  const waiting = await issuesToBuild(ctx.store.db)
  for (const row of waiting) {
    await carryIssue(ctx, ctx.channels, row)
    await setBuilt(ctx.store.db, row.id, ctx.clock.now())
  }
  return waiting.length
}
