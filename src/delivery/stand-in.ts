/**
 * What a browser was to be told and was not is mailed in its stead, where its reader confirmed an address for that day. Rows
 * first: the window that hears of the end marks the stand-by as due; this finds it, and is safe to run twice.
 */
import { sendLetter } from '../audience/letter.ts'
import { claimStandby, dropStandby, dueStandbys, type StandbyRow, updateStandby } from '../audience/standby-store.ts'
import type { SubscriberRow } from '../audience/store.ts'
import { pagesOf } from '../audience/subscriber.ts'
import { takeOver } from '../audience/take-over.ts'
import type { Ctx } from '../context.ts'
import { HOUR, plus, SECOND } from '../lib/clock.ts'
import { untaken } from '../store/alarm.ts'
import { addToRun, hasMailOf, type Missed, mailRunsOf, missedBy } from './stand-in-store.ts'

type Trx = Parameters<typeof dropStandby>[0]

const AT_A_TIME = 50
/** Between two looks at a mail run that is not planned yet, or at a message that may still reach the browser. */
const LOOK_AGAIN = SECOND
/** A run held back longer than this is a person's to decide. */
const PATIENCE = 24 * HOUR

/** @returns how many were looked at: their runs have something to send */
export async function standIn(ctx: Ctx): Promise<number> {
  // In a copy that came back from a backup the other one may be mailing them, until a person says otherwise.
  if (await untaken(ctx.store.db, 'restored')) return 0
  const due = await dueStandbys(ctx.store.db, ctx.clock.now(), AT_A_TIME)
  for (const standby of due) {
    const mail = standby.email_id === null ? await begin(ctx, standby) : undefined
    if (mail) void tell(ctx, mail)
    await mailMissed(ctx, standby.push_id)
  }
  return due.length
}

/** @returns the mail subscriber, where it was this call that made it take over */
async function begin(ctx: Ctx, { push_id }: StandbyRow): Promise<SubscriberRow | null> {
  return ctx.store.tx(async (trx) => {
    const fresh = await claimStandby(trx, push_id)
    if (!fresh || fresh.email_id !== null) return null
    const mail = await takeOver(ctx, trx, fresh)
    if (mail) await updateStandby(trx, push_id, { email_id: mail.id })
    else await dropStandby(trx, push_id)
    return mail
  })
}

async function mailMissed(ctx: Ctx, pushId: number): Promise<void> {
  await ctx.store.tx(async (trx) => {
    const standby = await claimStandby(trx, pushId)
    if (!standby?.died_at || standby.email_id === null) return
    const now = ctx.clock.now()
    let waiting = false
    for (const missed of await missedBy(trx, pushId, standby.died_at))
      waiting = (await mailOne(trx, standby.email_id, missed, now)) === 'wait' || waiting
    if (waiting && plus(standby.died_at, PATIENCE) > now)
      await updateStandby(trx, pushId, { next_at: plus(now, LOOK_AGAIN) })
    else await dropStandby(trx, pushId)
  })
}

/** The newest edition alone: nobody is mailed what has been put right meanwhile, nor a withdrawal of what they never had. */
async function mailOne(trx: Trx, emailId: number, missed: Missed, now: string): Promise<'done' | 'wait'> {
  if (missed.open) return 'wait'
  if (await hasMailOf(trx, missed.release_id, emailId)) return 'done'
  const [run] = await mailRunsOf(trx, missed.release_id, missed.sequence)
  if (!run || ['withdrawal', 'takedown'].includes(run.type)) return 'done'
  // Whom its plan finds it finds by itself, and nobody twice.
  if (['waiting', 'planning', 'held'].includes(run.state)) return 'wait'
  await addToRun(trx, run.dispatch_id, emailId, missed.language, now)
  return 'done'
}

async function tell(ctx: Ctx, mail: SubscriberRow): Promise<void> {
  const { preferences, leave } = pagesOf(ctx.config.publicUrl, mail)
  await sendLetter(ctx, mail.language, mail.address, {
    about: 'taken-over',
    preferencesUrl: preferences,
    leaveUrl: leave,
  })
}
