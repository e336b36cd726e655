/** 上报登记: that a report went up. To whom, how, when, under which number; never what it said, and no file. */
import { z } from 'zod'
import { UPWARD_RULES } from '../../templates/clocks/index.ts'
import { type Issue, issue } from '../lib/errors.ts'
import { cleanText, textIssues } from '../lib/text.ts'
import type { ReceiptRow, UpwardRow } from './upward-store.ts'

export const MEANS = ['phone', 'fax', 'system', 'written', 'in-person'] as const

/** There is no field for content: one that is sent is refused as unknown. */
export const upwardInput = z.strictObject({
  recipient: z.string().max(80),
  means: z.enum(MEANS),
  reportedAt: z.iso.datetime({ offset: true }),
  number: z.string().max(40).default(''),
  /** The entry this one takes the place of. */
  supersedes: z.string().max(40).optional(),
  /** Deadlines it meets; all that run where none is named. */
  meets: z
    .array(z.enum(UPWARD_RULES as [string, ...string[]]))
    .max(10)
    .optional(),
})
export const receiptInput = z.strictObject({
  receivedAt: z.iso.datetime({ offset: true }),
  number: z.string().max(40).default(''),
})

/** A number as registers give them: letters, figures, brackets and 号; a sentence has no place in it. */
const NUMBER = /^[\p{Script=Han}A-Za-z0-9〔〕()（）[\]【】\-/.·号第]{1,40}$/u
/** The name of a body: no marks that end or part a sentence, no figures of a toll. */
const BODY = /^[\p{Script=Han}\p{L}0-9（）()·\-\s'’&.,、]{2,80}$/u

export function upwardIssues(
  input: { recipient: string; number: string; reportedAt: string },
  knownAt: string,
  now: string,
): Issue[] {
  const at = new Date(input.reportedAt).toISOString()
  return [
    ...(input.recipient === ''
      ? [issue('recipient', 'required')]
      : BODY.test(input.recipient)
        ? []
        : [issue('recipient', 'upward-body')]),
    ...textIssues('recipient', input.recipient),
    ...numberIssues(input.number),
    ...(at > now ? [issue('reportedAt', 'upward-in-future')] : []),
    ...(at < knownAt ? [issue('reportedAt', 'upward-before-known')] : []),
  ]
}

export const numberIssues = (number: string): Issue[] =>
  number === '' || NUMBER.test(number) ? [] : [issue('number', 'upward-number')]

export const cleanLine = (sent: string): string => cleanText(sent).text.replace(/\s+/g, ' ').trim()

/** One report as it stands: the newest entry, what was corrected before it, and its receipt. */
export type Upward = { entry: UpwardRow; corrected: UpwardRow[]; receipt: ReceiptRow | undefined }

/** Pure: entries of a series, each with those it took the place of, oldest first. */
export function standing(rows: readonly UpwardRow[], receipts: readonly ReceiptRow[]): Upward[] {
  const replaced = new Set(rows.map((r) => r.supersedes))
  return rows
    .filter((r) => !replaced.has(r.id))
    .map((entry) => ({
      entry,
      corrected: before(rows, entry),
      receipt: receipts.find((r) => r.report_id === entry.id),
    }))
}

function before(rows: readonly UpwardRow[], entry: UpwardRow): UpwardRow[] {
  const earlier = rows.find((r) => r.id === entry.supersedes)
  return earlier ? [...before(rows, earlier), earlier] : []
}
