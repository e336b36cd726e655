/** The wire of the mail outlet: recipients put in the line of the relay's sessions, one outcome each, told as soon as it is known. */
import type { ChannelDeps, Outcome, Target, Told } from '../../src/delivery/channel.ts'
import { wireAddress } from './address.ts'
import type { Job, MailLine } from './line.ts'
import { isOurFault, noConnection, outcomeOf } from './outcome.ts'
import { type MailSender, returnPath } from './return-path.ts'
import { type MailTemplate, splice } from './splice.ts'

/** What of a template goes over the wire. */
export type SendTemplate = Pick<MailTemplate, 'flash' | 'stuffed'>

export const badAddress: Outcome = { state: 'never', why: 'the address cannot be written in a mail header' }

/** One outcome per target, in order. What has not begun when the signal fires is `again` at once. */
export function send(
  line: MailLine,
  template: SendTemplate,
  targets: Target[],
  sender: MailSender,
  signal: AbortSignal,
  log: ChannelDeps['log'],
  told: Told = () => {},
): Promise<Outcome[]> {
  const outcomes: Outcome[] = new Array(targets.length)
  return new Promise((resolve) => {
    let open = targets.length
    const mine = new Set<Job>()
    const finish = (): void => {
      signal.removeEventListener('abort', stop)
      resolve(outcomes)
    }
    const settle = (i: number, outcome: Outcome): void => {
      outcomes[i] = outcome
      told(i, outcome)
      if (--open === 0) finish()
    }
    const stop = (): void => {
      const left = line.withdraw((job) => mine.has(job))
      for (const job of left) job.unsent('stopped')
    }
    const jobFor = (target: Target, i: number, to: string): Job => ({
      flash: template.flash,
      mail: () => ({ from: returnPath(sender, target.deliveryId), to, bytes: splice(template.stuffed, target, to) }),
      handed(handed) {
        if (isOurFault(handed))
          log.error({ outlet: 'email', reply: handed.state === 'refused' && handed.reply.code }, 'sender refused')
        settle(i, outcomeOf(handed, target))
      },
      unwritable: (why) => settle(i, { state: 'never', why }),
      unsent: (why) => settle(i, signal.aborted ? STOPPED : noConnection(why, target.attempt)),
    })
    if (open === 0) return resolve(outcomes)
    for (const [i, target] of targets.entries()) {
      const to = wireAddress(target.address)
      if (to) mine.add(jobFor(target, i, to))
      else settle(i, badAddress)
    }
    if (signal.aborted) for (const job of mine) job.unsent('stopped')
    else {
      signal.addEventListener('abort', stop, { once: true })
      line.put([...mine])
    }
  })
}

const STOPPED: Outcome = { state: 'again', why: 'stopped before it began', after: 0 }
