/** What an SMTP server's answer means for the recipient. Pure. */
import type { Outcome, Target } from '../../src/delivery/channel.ts'
import { HOUR, MINUTE, SECOND } from '../../src/lib/clock.ts'
import { saysNoMailbox } from '../../src/lib/mailbox-words.ts'
import { patienceOf } from './patience.ts'
import type { Reply } from './replies.ts'
import type { Handed, Refusal } from './smtp.ts'

/** Enhanced codes (RFC 3463, RFC 7505) that say there is no such mailbox. */
const NO_MAILBOX = new Set(['5.1.1', '5.1.6', '5.1.10'])
/** A busy server or a lost connection; a mailbox that asks to be tried later; a fault of our own that a person must mend. */
const WAIT = { least: 5 * SECOND, server: 15 * SECOND, mailbox: MINUTE, ours: 10 * MINUTE }

/** Twice as long with every attempt, an hour at most. */
export const backOff = (base: number, attempt: number): number => Math.min(HOUR, base * 2 ** Math.max(0, attempt - 1))

export function outcomeOf(handed: Handed, target: Pick<Target, 'attempt'>): Outcome {
  switch (handed.state) {
    case 'taken':
      return { state: 'accepted', remoteId: remoteIdOf(handed.reply) }
    case 'refused':
      return refusedOutcome(handed, target.attempt)
    case 'broken':
      return handed.sent ? { state: 'unknown', why: handed.why } : noConnection(handed.why, target.attempt)
    default:
      return handed satisfies never
  }
}

export const noConnection = (why: string, attempt: number): Outcome => ({
  state: 'again',
  why,
  after: backOff(WAIT.server, attempt),
})

/** True where the server refuses us, not the recipient: no subscriber may be lost over it, and a person must be told. */
export const isOurFault = (handed: Handed): boolean =>
  handed.state === 'refused' && handed.at === 'sender' && handed.reply.code >= 500

function refusedOutcome(refusal: Refusal, attempt: number): Outcome {
  const { reply, at } = refusal
  const why = reply.text
  if (reply.code < 500) return { state: 'again', why, after: waitFor(reply, attempt) }
  if (at === 'sender') return { state: 'again', why, after: backOff(WAIT.ours, attempt), ours: true }
  return noSuchMailbox(refusal) ? { state: 'gone', why } : { state: 'never', why }
}

/**
 * As long as the server asks for, else our own habit. A wish does not grow with each try, only its least does: one that
 * always says "in a second" would use up every attempt in a minute.
 */
function waitFor({ code, text, lines }: Reply, attempt: number): number {
  const asked = patienceOf(text) ?? patienceOf(Buffer.from(lines.join(' '), 'latin1').toString('utf8'))
  if (asked !== undefined) return Math.max(asked, backOff(WAIT.least, attempt))
  return backOff(code === 421 ? WAIT.server : WAIT.mailbox, attempt)
}

const noSuchMailbox = ({ reply, at }: Refusal): boolean =>
  reply.status ? NO_MAILBOX.has(reply.status) : at === 'recipient' && saysNoMailbox(reply.text)

/** The relay's own name for the mail, to ask it by: 250 2.0.0 Ok: queued as 4F1A2. */
const remoteIdOf = ({ text }: Reply): string =>
  /queued(?: mail)? as <?([\w.@-]+)/i.exec(text)?.[1] ?? text.replace(/^250[ -]?/, '').slice(0, 120)
