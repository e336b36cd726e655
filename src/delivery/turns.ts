/** Turns rendered: what changes by the clock or by closing an incident is written like an edition, by the outlets that are the public side. */
import type { Ctx } from '../context.ts'
import { incidentById } from '../incident/store.ts'
import { MINUTE, plus, SECOND } from '../lib/clock.ts'
import { catalogueAt } from '../publication/catalogue.ts'
import type { ListKey, Mode } from '../publication/edition.ts'
import { turnDue } from '../publication/turn.ts'
import { clearAlarm, raiseAlarm } from '../store/alarm.ts'
import { endTurn, openTurns, putOffTurn, type TurnRow, type TurnWhy, takeTurn } from '../store/turn.ts'
import type { Catalogue, Channel, Turn } from './channel.ts'
import { putOut } from './put-out.ts'

const BATCH = 20
/** Tried so often before somebody is told. It goes on being tried. */
const PATIENCE = 3
const LONGEST_WAIT = MINUTE

/** Makes turns of what is due and renders what is open. Each is safe to render twice: the same files of the same sequence. */
export async function carryTurns(ctx: Ctx): Promise<void> {
  for (let due = BATCH; due >= BATCH; ) {
    due = await turnDue(ctx, BATCH)
    for (let rows = await open(ctx); rows.length > 0; rows = await open(ctx))
      for (const row of rows) await carry(ctx, row)
  }
}

/** Whoever is taken or put off is not open meanwhile. */
function open(ctx: Ctx): Promise<TurnRow[]> {
  const now = ctx.clock.now()
  return openTurns(ctx.store.db, now, plus(now, 2 * Math.max(LONGEST_WAIT, ctx.config.leaseMs)), BATCH)
}

async function carry(ctx: Ctx, row: TurnRow): Promise<void> {
  if (!(await takeTurn(ctx.store.db, row, plus(ctx.clock.now(), ctx.config.leaseMs)))) return
  const subject = `turn:${row.sequence}`
  try {
    await renderTurn(ctx, ctx.channels, row)
    // What a release showed for a time only is not left lying among the public files.
    if (row.why === 'display-ended') await ctx.site.deleteUnreferenced()
    await endTurn(ctx.store.db, row.sequence, ctx.clock.now())
    if (row.attempts > 0) await clearAlarm(ctx.store.db, ctx.clock, 'turn-failing', subject)
  } catch (err) {
    // One that cannot be rendered must not keep the others waiting.
    ctx.log[row.attempts + 1 >= PATIENCE ? 'error' : 'warn']({ err, turn: row.sequence }, 'turn failed')
    if (row.attempts + 1 >= PATIENCE) await raiseAlarm(ctx.store.db, ctx.clock, 'turn-failing', subject)
    const wait = Math.min(LONGEST_WAIT, SECOND * 2 ** Math.min(row.attempts, 10))
    await putOffTurn(ctx.store.db, row.sequence, plus(ctx.clock.now(), wait))
  }
}

/** Through every outlet that has files to change. @throws when one does not take it */
export async function renderTurn(ctx: Ctx, channels: Channel[], row: TurnRow): Promise<void> {
  const mode = row.mode as Mode
  const catalogue = catalogueAt(ctx.store.db, ctx.blobs, row.sequence, mode, row.at)
  const turn = await turnOf(ctx, row, catalogue)
  if (!turn) return
  await putOut(channels, `sequence ${row.sequence}`, (channel) => channel.turn?.(turn, catalogue))
}

/** Its release as it stands at the turn; of an incident the release that changed last. null: nothing of it is public. */
async function turnOf(ctx: Ctx, row: TurnRow, catalogue: Catalogue): Promise<Turn | null> {
  const incident = row.incident_id ? await incidentById(ctx.store.db, row.incident_id) : undefined
  const edition = incident
    ? (await catalogue.recent(`incident/${incident.number}` as ListKey, 1))[0]
    : await catalogue.latest(row.release_id ?? '')
  return edition ? { sequence: row.sequence, at: row.at, why: row.why as TurnWhy, mode: edition.mode, edition } : null
}
