/** Takes what a reader wrote about a page: the same answer for every page, a number, and a code to look it up by. */
import { randomInt } from 'node:crypto'
import { z } from 'zod'
import { assertPatience } from '../audience/ask.ts'
import { mailAddress } from '../audience/mail-address.ts'
import type { Ctx } from '../context.ts'
import { calendarOf } from '../incident/calendar.ts'
import { insertClock } from '../incident/clock-store.ts'
import { MINUTE } from '../lib/clock.ts'
import { type Issue, invalid, issue } from '../lib/errors.ts'
import { newId } from '../lib/id.ts'
import { readableZod } from '../lib/shape.ts'
import { cleanText, textIssues } from '../lib/text.ts'
import { CalendarMissing } from '../lib/working-days.ts'
import { allAgencies } from '../staff/store.ts'
import { raiseAlarm } from '../store/alarm.ts'
import { nextCount } from '../store/counter.ts'
import { codeHash, FAULTS, type FaultRow, releaseIn } from './fault.ts'
import { insertFault } from './fault-store.ts'
import { secrecyMarks } from './secrecy.ts'
import { releaseByNumber } from './store.ts'

export const faultInput = z.strictObject({
  /** Path of the page on this site. */
  page: z.string().max(500),
  what: z.enum(FAULTS),
  text: z.string().max(2000),
  /** E-mail address or telephone number, or nothing. */
  contact: z.string().max(120).default(''),
  language: z.enum(['zh-CN', 'en']).default('zh-CN'),
})

/** One reader may find several faults; a program that finds hundreds is stopped. */
const BY_ONE = { max: 6, windowMs: 10 * MINUTE }
const BY_ALL = { max: 120, windowMs: 10 * MINUTE }
const LEAST_TEXT = 4
const PHONE = /^\+?[\d -]{5,20}$/

/** No letters that look alike: it is read from a screen and typed on another. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
const newCode = (): string =>
  Array.from({ length: 8 }, () => ALPHABET[randomInt(ALPHABET.length)])
    .join('')
    .replace(/^(.{4})/, '$1-')

export type Reported = { number: string; code: string; dueAt: string | null }

/** @param ip who writes @throws Refusal `invalid` naming each field; `unavailable` too-many-tries */
export async function reportFault(ctx: Ctx, ip: string, sent: unknown): Promise<Reported> {
  const input = readableZod(faultInput, sent)
  const text = cleanText(input.text).text.trim()
  const contact = input.contact.trim()
  assertSound(input.page, text, contact)
  await assertPatience(ctx, 'fault', ip, BY_ONE)
  await assertPatience(ctx, 'faults', 'everybody', BY_ALL)
  const due = await dueOf(ctx)
  return ctx.store.tx(async (trx) => {
    const now = ctx.clock.now()
    const year = now.slice(0, 4)
    const release = releaseIn(input.page)
    const about = release ? await releaseByNumber(trx, release) : undefined
    const head = headOf(await allAgencies(trx))
    const number = `F${year}-${String(await nextCount(trx, `fault-${year}`)).padStart(5, '0')}`
    const code = newCode()
    const row: FaultRow = {
      id: newId(ctx.clock.ms()),
      number,
      code_hash: codeHash(number, code),
      page: input.page,
      release_id: about?.id ?? null,
      agency_id: about?.agency_id ?? head?.id ?? '',
      what: input.what,
      body: text,
      contact: contact === '' ? null : (mailAddress(contact) ?? contact),
      language: input.language,
      at: now,
      due_at: 'at' in due ? due.at : null,
      state: 'open',
      answer: '',
      answered_by: null,
      answered_at: null,
    }
    await insertFault(trx, row)
    if ('at' in due) await insertClock(trx, clockFor(row, due.at, ctx))
    else await raiseAlarm(trx, ctx.clock, 'calendar-missing', `calendar:${due.missing}`)
    return { number, code, dueAt: row.due_at }
  })
}

type Agency = Awaited<ReturnType<typeof allAgencies>>[number]
/** Who keeps the site: of the agencies under nobody the first there was, and of several the one with most below it. */
function headOf(agencies: Agency[]): Agency | undefined {
  const below = (a: Agency) => agencies.filter((other) => other.parent_id === a.id).length
  return agencies
    .filter((a) => a.parent_id === null)
    .sort((a, b) => (a.created_at < b.created_at ? -1 : a.created_at > b.created_at ? 1 : below(b) - below(a)))[0]
}

/** 三个工作日 is a local rule (R-068), so it is configuration; past the calendar that is known there is no due day. */
async function dueOf(ctx: Ctx): Promise<{ at: string } | { missing: number }> {
  const { days } = await calendarOf(ctx.config.dataDir)
  try {
    return { at: days.after(ctx.clock.now(), ctx.config.gov.faultDays, ctx.config.site.offset) }
  } catch (err) {
    if (err instanceof CalendarMissing) return { missing: err.year }
    throw err
  }
}

export const clockFor = (fault: Pick<FaultRow, 'id' | 'at'>, due: string, ctx: Ctx) => ({
  id: newId(ctx.clock.ms()),
  subject: `fault:${fault.id}`,
  rule: 'fault-answer',
  rule_version: `GOV_FAULT_DAYS=${ctx.config.gov.faultDays}`,
  started_at: fault.at,
  due_at: due,
})

/** A page of this site by its path alone, words somebody can act on, an address that can be one; and no mark of secrecy (保密法 art. 31). */
function assertSound(page: string, text: string, contact: string): void {
  const marked = secrecyMarks({ part: 'zh-CN', field: 'text', name: 'text', text, raw: text }).length > 0
  const issues: Issue[] = [
    ...(/^\/(?!\/)[^\s\\]*$/.test(page) ? [] : [issue('page', 'fault-page')]),
    ...(text.length < LEAST_TEXT ? [issue('text', 'fault-text', { least: LEAST_TEXT })] : []),
    ...textIssues('text', text),
    ...(marked ? [issue('text', 'secrecy-mark')] : []),
    ...(contact && !mailAddress(contact) && !PHONE.test(contact) ? [issue('contact', 'fault-contact')] : []),
  ]
  if (issues.length) throw invalid(issues)
}
