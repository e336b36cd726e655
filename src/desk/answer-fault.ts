/** Answers what a reader wrote, or says why not. The answer is read with number and code; a mail only says that there is one. */
import { z } from 'zod'
import { sendLetter } from '../audience/letter.ts'
import { mailAddress } from '../audience/mail-address.ts'
import { barred } from '../audience/suppression.ts'
import type { Ctx } from '../context.ts'
import { meetClock } from '../incident/clock-store.ts'
import { append } from '../ledger/append.ts'
import { invalid, issue, notFound, wrongState } from '../lib/errors.ts'
import { readableZod } from '../lib/shape.ts'
import { cleanText, textIssues } from '../lib/text.ts'
import { admitAgency } from '../staff/gate.ts'
import type { Actor } from '../staff/member.ts'
import { clearAlarm } from '../store/alarm.ts'
import type { FaultRow } from './fault.ts'
import { closeFault, faultById } from './fault-store.ts'
import { asSeen } from './look-up-fault.ts'
import { secrecyMarks } from './secrecy.ts'

export const answerInput = z.strictObject({
  state: z.enum(['answered', 'refused']),
  answer: z.string().max(4000),
})

/** @throws Refusal not-found, not-allowed, wrong-state when it is answered already, invalid */
export async function answerFault(ctx: Ctx, by: Actor, id: string, sent: unknown): Promise<FaultRow> {
  const input = readableZod(answerInput, sent)
  const answer = cleanText(input.answer).text.trim()
  const marked = secrecyMarks({ part: 'zh-CN', field: 'answer', name: 'answer', text: answer, raw: answer }).length > 0
  const issues = [
    ...(answer === '' ? [issue('answer', 'required')] : []),
    ...textIssues('answer', answer),
    ...(marked ? [issue('answer', 'secrecy-mark')] : []),
  ]
  if (issues.length) throw invalid(issues)
  const fault = await ctx.store.tx(async (trx) => {
    const found = await faultById(trx, id)
    if (!found) throw notFound('fault')
    await admitAgency(trx, by, found.agency_id, 'fault.answer')
    const now = ctx.clock.now()
    const closed = { state: input.state, answer, answered_by: by.memberId, answered_at: now }
    if (!(await closeFault(trx, id, closed))) throw wrongState('fault-closed')
    await meetClock(trx, `fault:${id}`, 'fault-answer', now)
    await clearAlarm(trx, ctx.clock, 'clock-breached', `fault:${id}`)
    await append(trx, ctx, { actor: by.memberId, act: `fault.${input.state}`, subject: `fault:${id}` })
    return { ...found, ...closed }
  })
  await tell(ctx, fault)
  return asSeen(ctx.store.db, fault)
}

/** No word of ours goes by mail without those who agree to what is published, so the mail holds the number and the way. */
async function tell(ctx: Ctx, fault: FaultRow): Promise<void> {
  const to = fault.contact ? mailAddress(fault.contact) : null
  if (!to || (await barred(ctx, ctx.store.db, 'email', to))) return
  const answerUrl = `${ctx.config.publicUrl}/fault/look-up?number=${fault.number}${fault.language === 'en' ? '&lang=en' : ''}`
  void sendLetter(ctx, fault.language, to, { about: 'answered', number: fault.number, answerUrl })
}
