/** Gives an issue of the gazette to the outlets that show it; at its making by the timetable, at a rebuild by the replay. */
import type { Ctx } from '../context.ts'
import { catalogueAt, issueOf } from '../publication/catalogue.ts'
import { type IssueRow, issuesToBuild, setBuilt } from '../publication/gazette-store.ts'
import type { Channel, Target } from './channel.ts'

const EVERYONE: Target = { deliveryId: 0, subscriberId: 0, address: '', token: '', language: 'zh-CN', attempt: 1 }

/** @throws when an outlet does not take it */
export async function carryIssue(ctx: Ctx, channels: Channel[], row: IssueRow): Promise<void> {
  const catalogue = catalogueAt(ctx.store.db, ctx.blobs, row.sequence, 'live', row.made_at)
  for (const channel of channels) {
    if (!channel.prepareIssue) continue
    const prepared = await channel.prepareIssue(issueOf(row), catalogue)
    const [outcome] = await channel.send(prepared, [EVERYONE], new AbortController().signal)
    if (outcome?.state !== 'accepted')
      throw new Error(`${channel.name} did not take issue ${row.number}: ${JSON.stringify(outcome)}`)
  }
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
