/** The wire of the mail outlet: one window of recipients over the pool's sessions, one outcome each. */
import type { ChannelDeps, Outcome, Target } from '../../src/delivery/channel.ts'
import { wireAddress } from './address.ts'
import { isOurFault, noConnection, outcomeOf } from './outcome.ts'
import type { SmtpPool } from './pool.ts'
import { type MailTemplate, splice } from './render.ts'
import { type MailSender, returnPath } from './return-path.ts'
import type { Mail, SmtpSession } from './smtp.ts'

type Job = { index: number; target: Target; to: string; mail?: Mail; retried: boolean }

/** What one window shares among its sessions. */
type Window = {
  jobs: Job[]
  outcomes: (Outcome | undefined)[]
  signal: AbortSignal
  lastFailure: string
  mailOf(job: Job): Mail
}

export const badAddress: Outcome = { state: 'never', why: 'the address cannot be written in a mail header' }

/** One outcome per target, in order. What has not begun when the signal fires is `again` at once. */
export async function send(
  pool: SmtpPool,
  template: MailTemplate,
  targets: Target[],
  sender: MailSender,
  signal: AbortSignal,
  log: ChannelDeps['log'],
): Promise<Outcome[]> {
  const window = windowOf(template, targets, sender, signal)
  const places = Array.from({ length: Math.min(pool.width, window.jobs.length) }, () => pool.acquire(template.flash))
  const drained = (): void => {
    for (const place of places) place.cancel()
  }
  signal.addEventListener('abort', drained, { once: true })
  await Promise.all(
    places.map(async ({ got }) => {
      if (!(await got)) return
      const session = await work(window, pool, log)
      pool.release(session)
      if (window.jobs.length === 0) drained()
    }),
  )
  signal.removeEventListener('abort', drained)
  return targets.map((target, i) => window.outcomes[i] ?? leftOver(window, target))
}

function windowOf(template: MailTemplate, targets: Target[], sender: MailSender, signal: AbortSignal): Window {
  const outcomes: (Outcome | undefined)[] = []
  const jobs: Job[] = []
  for (const [index, target] of targets.entries()) {
    const to = wireAddress(target.address)
    if (to) jobs.push({ index, target, to, retried: false })
    else outcomes[index] = badAddress
  }
  jobs.reverse()
  const mailOf = (job: Job): Mail => {
    job.mail ??= {
      from: returnPath(sender, job.target.deliveryId),
      to: job.to,
      bytes: splice(template, job.target, job.to),
    }
    return job.mail
  }
  return { jobs, outcomes, signal, lastFailure: '', mailOf }
}

const take = (window: Window): Job | undefined => (window.signal.aborted ? undefined : window.jobs.pop())

/** One session's share of the window. Returns the session for the pool to keep. */
async function work(window: Window, pool: SmtpPool, log: ChannelDeps['log']): Promise<SmtpSession | undefined> {
  let session = pool.kept()
  let job = take(window)
  while (job) {
    if (!session || session.broken) {
      session = await open(window, pool, log)
      if (!session) {
        window.jobs.push(job)
        return undefined
      }
    }
    job = (await handOne(window, session, job, log)) ?? take(window)
  }
  return session
}

/** Hands over one mail and returns the one begun behind it, if any. */
async function handOne(window: Window, session: SmtpSession, job: Job, log: ChannelDeps['log']) {
  let next: Job | undefined
  const handed = await session.hand(window.mailOf(job), () => {
    next = take(window)
    return next && window.mailOf(next)
  })
  if (isOurFault(handed))
    log.error({ outlet: 'email', reply: handed.state === 'refused' && handed.reply.code }, 'sender refused')
  if (handed.state === 'broken' && !handed.sent && !job.retried) {
    // Most likely a kept session the relay had closed: nothing left us, so one more try is no repeat.
    job.retried = true
    window.jobs.push(job)
  } else {
    window.outcomes[job.index] = outcomeOf(handed, job.target)
  }
  job.mail = undefined
  return next
}

async function open(window: Window, pool: SmtpPool, log: ChannelDeps['log']): Promise<SmtpSession | undefined> {
  try {
    return await pool.open()
  } catch (error) {
    window.lastFailure = (error as Error).message
    log.warn({ outlet: 'email', why: window.lastFailure }, 'no session with the mail relay')
    return undefined
  }
}

const leftOver = (window: Window, { attempt }: Target): Outcome =>
  window.signal.aborted
    ? { state: 'again', why: 'stopped before it began', after: 0 }
    : noConnection(window.lastFailure || 'no session with the mail relay', attempt)
