/** 政报: an issue is compiled from what a period published. Every text in it was approved before; the issue holds their ids alone. */
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { nextCount } from '../desk/store.ts'
import { append } from '../ledger/append.ts'
import { DAY, plus } from '../lib/clock.ts'
import { invalid, issue } from '../lib/errors.ts'
import { newId } from '../lib/id.ts'
import { readableZod } from '../lib/shape.ts'
import { admitHome } from '../staff/gate.ts'
import type { Actor } from '../staff/member.ts'
import { catalogueAt } from './catalogue.ts'
import { type IssueRow, insertIssue, issueByNumber, publishedBetween } from './gazette-store.ts'

const day = z.iso.date()
export const issueInput = z.strictObject({
  /** 2026-11, or with a serial where a month has two: 2026-11-2 */
  number: z.string().regex(/^\d{4}-\d{2}(-[1-9])?$/),
  /** First and last day of the period, as the site's wall calendar counts them. */
  from: day,
  to: day,
  /** The texts are the standard texts (规章制定程序条例 art. 31). */
  standard: z.boolean().default(false),
})

/** @throws Refusal invalid when the number is taken, the period is not over or nothing was published in it */
export async function compileIssue(ctx: Ctx, by: Actor, sent: unknown): Promise<IssueRow> {
  const input = readableZod(issueInput, sent)
  admitHome(by, 'gazette.compile')
  const { offset } = ctx.config.site
  const midnight = (date: string) => new Date(`${date}T00:00:00${offset}`).toISOString()
  const starts = midnight(input.from)
  const ends = plus(midnight(input.to), DAY)
  const now = ctx.clock.now()
  if (ends <= starts) throw invalid([issue('to', 'gazette-period')])
  if (ends > now) throw invalid([issue('to', 'gazette-not-over')])
  const row = await ctx.store.tx(async (trx) => {
    if (await issueByNumber(trx, input.number))
      throw invalid([issue('number', 'gazette-number', { number: input.number })])
    const catalogue = catalogueAt(trx, ctx.blobs, Number.MAX_SAFE_INTEGER, 'live')
    const found = await publishedBetween(trx, starts, ends)
    const releases: string[] = []
    for (const id of found) {
      const edition = await catalogue.latest(id)
      if (edition?.content && (edition.kind === 'policy' || edition.content.core.documentNumber)) releases.push(id)
    }
    if (releases.length === 0) throw invalid([issue('from', 'gazette-empty')])
    const made: IssueRow = {
      id: newId(ctx.clock.ms()),
      number: input.number,
      sequence: await nextCount(trx, 'sequence'),
      starts_at: starts,
      ends_at: ends,
      standard: input.standard ? 1 : 0,
      release_ids: JSON.stringify(releases),
      made_by: by.memberId,
      made_at: now,
      built_at: null,
    }
    await insertIssue(trx, made)
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'gazette.compile',
      subject: `gazette:${made.id}`,
      fact: { sequence: made.sequence, releases: releases.length },
    })
    return made
  })
  ctx.bell.ring('dispatch', row.id)
  return row
}
