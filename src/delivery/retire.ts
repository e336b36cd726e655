/** What has grown old is removed, as the retention says: addresses and who was told what are not kept for their own sake. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { dropOldSoftBounces } from '../audience/bounce-store.ts'
import { removeFormer } from '../audience/store.ts'
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { DAY, plus, SECOND } from '../lib/clock.ts'
import { dropClearedAlarms, raiseAlarm } from '../store/alarm.ts'
import { dropOldKeys } from '../store/idempotency.ts'
import { forgetOutboxFile, oldOutboxFiles } from '../store/outbox.ts'
import { closeRetired, removeRows, retirableRuns, retiredBefore } from './retire-store.ts'
import type { RunRow } from './run-store.ts'

/** Rows a transaction removes; others write between two of them. */
const BATCH = 2_000
const PAUSE_MS = 10
/** The timetable comes again; a stopping process must not wait for years of rows. */
const BUDGET = 2 * SECOND

/** Goes on where it was broken off: everything it still has to do is found in the rows. */
export async function retire(ctx: Ctx): Promise<void> {
  const until = ctx.clock.ticks() + BUDGET
  const left = () => ctx.clock.ticks() < until
  const { deliveryDays, subscriberDays } = ctx.config.retention
  if (deliveryDays) await retireRuns(ctx, daysAgo(ctx, deliveryDays), left)
  if (subscriberDays) await retireSubscribers(ctx, daysAgo(ctx, subscriberDays), left)
  if (deliveryDays) {
    await retireOutbox(ctx, daysAgo(ctx, deliveryDays), left)
    await dropOldSoftBounces(ctx.store.db, daysAgo(ctx, deliveryDays))
    await dropClearedAlarms(ctx.store.db, daysAgo(ctx, deliveryDays), BATCH)
  }
  await dropOldKeys(ctx.store.db, ctx.clock, BATCH)
}

/** Midnight (UTC) so many days ago: what falls due falls due once a day, and the ledger says so once a day. */
const daysAgo = (ctx: Ctx, days: number): string => `${plus(ctx.clock.now(), -days * DAY).slice(0, 10)}T00:00:00.000Z`

async function retireRuns(ctx: Ctx, before: string, left: () => boolean): Promise<void> {
  for (let progress = true; progress && left(); ) {
    progress = false
    for (const run of await retirableRuns(ctx.store.db, before, 50))
      progress = (await retireRun(ctx, run, left)) || progress
  }
}

/** @returns whether anything of it went */
async function retireRun(ctx: Ctx, run: RunRow, left: () => boolean): Promise<boolean> {
  for (let gone = 0; left(); await sleep(PAUSE_MS)) {
    const { removed, closed } = await ctx.store.tx(async (trx) => {
      const now = ctx.clock.now()
      const n = await removeRows(trx, run.dispatch_id, BATCH, now)
      const over = n < BATCH && (await closeRetired(trx, run.dispatch_id, now))
      const { outlet, audience, done_at } = run
      if (over)
        await append(trx, ctx, {
          actor: 'system',
          act: 'dispatch.retire',
          subject: `dispatch:${run.dispatch_id}`,
          fact: { outlet, audience, done_at },
        })
      return { removed: n, closed: over }
    })
    gone += removed
    if (closed || removed < BATCH) return closed || gone > 0
  }
  return true
}

/** Who left or whose address died. Who complained stays: nobody may sign them up again in their name. */
async function retireSubscribers(ctx: Ctx, before: string, left: () => boolean): Promise<void> {
  for (let removed = BATCH; removed === BATCH && left(); await sleep(PAUSE_MS))
    removed = await ctx.store.tx(async (trx) => {
      const n = await removeFormer(trx, before, BATCH)
      if (n > 0)
        await append(trx, ctx, {
          actor: 'system',
          act: 'audience.retire',
          subject: 'audience:former',
          fact: { removed: n, before },
        })
      return n
    })
}

/** The file first: a row without a file is cleared next time, a file without a row would lie there for good. */
async function retireOutbox(ctx: Ctx, before: string, left: () => boolean): Promise<void> {
  for (const { name } of await oldOutboxFiles(ctx.store.db, before, BATCH)) {
    if (!left()) return
    await rm(join(ctx.config.dataDir, 'outbox', name), { force: true })
    await forgetOutboxFile(ctx.store.db, name)
  }
}

/** An edition for those told before cannot reach those whose rows are gone: somebody must know, and say it another way. */
export async function warnOfRetired(ctx: Ctx, run: RunRow): Promise<void> {
  if (await retiredBefore(ctx.store.db, run))
    await raiseAlarm(ctx.store.db, ctx.clock, 'retired-audience', `edition:${run.edition_id}`)
}
