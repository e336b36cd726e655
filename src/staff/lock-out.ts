/**
 * Failed sign-ins: a login is shut for a while after ten, a network after a hundred, longer each time. The last signer on duty is
 * never shut out: at most half a minute's wait at their own network, and an alarm.
 */
import type { Kysely } from 'kysely'
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { DAY, HOUR, MINUTE, plus, SECOND } from '../lib/clock.ts'
import { Refusal } from '../lib/errors.ts'
import { sha256 } from '../lib/id.ts'
import { clearAlarm, raiseAlarm } from '../store/alarm.ts'
import type { Tables } from '../store/tables.ts'
import { dropTalliesBefore, dropTally, keepTally, shutAmong, tallyOf } from './factor-store.ts'
import { memberByEmail, membersOf, rolesOf, rosterOf } from './store.ts'

type Db = Kysely<Tables>

export const LOCK_AFTER = 10
export const NETWORK_AFTER = 100
/** A whole office mistypes in one morning: a network that was quiet for so long begins anew. */
const QUIET = 15 * MINUTE
const FIRST_LOCK = 15 * MINUTE
const LONGEST_LOCK = 4 * HOUR
/** What failed so long ago is forgotten. */
const REMEMBERED = DAY
/** Three slips are free; then 2, 4, 8 … seconds. */
const FREE_SLIPS = 3
const LONGEST_WAIT = 30 * SECOND

/** Hashes: who tries which address is nobody's business who reads the table. */
export const loginSubject = (email: string): string => `login:${sha256(email.trim().toLowerCase())}`
const networkSubject = (network: string): string => `network:${sha256(network).slice(0, 32)}`
const pairSubject = (email: string, network: string): string =>
  `pair:${sha256(`${email.trim().toLowerCase()}\n${network}`)}`

/** Whether this address belongs to the last active signer on duty whose login is not shut; where nobody keeps a roster, the last signer. */
export async function isLastSigner(db: Db, email: string, now: string): Promise<boolean> {
  const member = await memberByEmail(db, email.trim())
  if (!member?.active || !rolesOf(member).includes('signer')) return false
  const signers = (await membersOf(db, [member.agency_id])).filter(
    (m) => m.active === 1 && m.user_id !== null && rolesOf(m).includes('signer'),
  )
  const duty = (await rosterOf(db, [member.agency_id], now)).filter((d) => d.role === 'signer').map((d) => d.member_id)
  const onDuty = signers.filter((m) => duty.includes(m.id))
  const counted = onDuty.length ? onDuty : signers
  if (!counted.some((m) => m.id === member.id)) return false
  const others = counted.filter((m) => m.id !== member.id).map((m) => loginSubject(m.email))
  return (await shutAmong(db, others, now)).length === others.length
}

/** @throws Refusal too-many-tries (with seconds), sign-in-locked (with minutes) */
export async function assertMaySignIn(ctx: Ctx, email: string, network: string, last: boolean): Promise<void> {
  const { db } = ctx.store
  const now = ctx.clock.now()
  if (last) {
    const pair = await tallyOf(db, pairSubject(email, network))
    if (pair?.until && pair.until > now) throw wait(pair.until, now)
    return
  }
  for (const subject of [loginSubject(email), networkSubject(network)]) {
    const tally = await tallyOf(db, subject)
    if (tally?.until && tally.until > now)
      throw new Refusal('not-allowed', 'sign-in-locked', [], {
        minutes: Math.max(1, Math.ceil((Date.parse(tally.until) - Date.parse(now)) / MINUTE)),
        seconds: Math.ceil((Date.parse(tally.until) - Date.parse(now)) / SECOND),
      })
  }
}

const wait = (until: string, now: string): Refusal =>
  new Refusal('not-allowed', 'too-many-tries', [], {
    seconds: Math.max(1, Math.ceil((Date.parse(until) - Date.parse(now)) / SECOND)),
  })

/** A password or code was wrong. One transaction, so that two signers attacked at once are not both shut out. */
export async function noteFailure(ctx: Ctx, email: string, network: string): Promise<void> {
  const now = ctx.clock.now()
  await ctx.store.tx(async (trx) => {
    await dropTalliesBefore(trx, plus(now, -REMEMBERED))
    const last = await isLastSigner(trx, email, now)
    await count(trx, pairSubject(email, network), now, (n) =>
      n <= FREE_SLIPS ? null : Math.min(LONGEST_WAIT, 2 ** (n - FREE_SLIPS) * SECOND),
    )
    const login = await count(trx, loginSubject(email), now, (n, rounds) =>
      n < LOCK_AFTER || last ? null : longer(rounds),
    )
    const net = await count(
      trx,
      networkSubject(network),
      now,
      (n, rounds) => (n < NETWORK_AFTER ? null : longer(rounds)),
      QUIET,
    )
    const member = await memberByEmail(trx, email.trim())
    if (member && (login.shut || (last && login.failures % LOCK_AFTER === 0)))
      await tell(ctx, trx, last ? 'sign-in-attacked' : 'sign-in-locked', `member:${member.id}`, login.until)
    if (net.shut) await tell(ctx, trx, 'sign-in-network', networkSubject(network), net.until)
  })
}

const longer = (rounds: number): number => Math.min(LONGEST_LOCK, FIRST_LOCK * 2 ** rounds)

/** `waitOf` says for how long, in milliseconds, the subject is to wait after its nth failure; null: not at all. */
async function count(
  trx: Db,
  subject: string,
  now: string,
  waitOf: (failures: number, rounds: number) => number | null,
  quiet: number = REMEMBERED,
): Promise<{ failures: number; shut: boolean; until: string | null }> {
  const before = await tallyOf(trx, subject)
  const failures = (before && before.last_at > plus(now, -quiet) ? before.failures : 0) + 1
  const ms = waitOf(failures, before?.rounds ?? 0)
  const until = ms === null ? (before?.until ?? null) : plus(now, ms)
  // A lock begins a new count; the short waits of a pair go on growing.
  const locks = ms !== null && ms >= FIRST_LOCK
  const rounds = (before?.rounds ?? 0) + (locks ? 1 : 0)
  await keepTally(trx, { subject, failures: locks ? 0 : failures, rounds, last_at: now, until })
  return { failures, shut: locks, until }
}

async function tell(ctx: Ctx, trx: Db, act: string, subject: string, until: string | null): Promise<void> {
  await append(trx, ctx, { actor: 'system', act, subject, fact: until ? { until } : {} })
  await raiseAlarm(trx, ctx.clock, act, subject)
}

/** They came in: nothing is held against the login any more. */
export async function forgetFailures(ctx: Ctx, email: string, network: string): Promise<void> {
  const { db } = ctx.store
  const held = await dropTally(db, loginSubject(email))
  await dropTally(db, pairSubject(email, network))
  if (!held) return
  const member = await memberByEmail(db, email.trim())
  for (const cause of ['sign-in-locked', 'sign-in-attacked'])
    if (member) await clearAlarm(db, ctx.clock, cause, `member:${member.id}`)
}
