/** The office's list of officials: read whole from CSV, with what is wrong in which row, and kept as it was sent. */
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { writeCsv } from '../lib/csv.ts'
import { invalid } from '../lib/errors.ts'
import { sha256 } from '../lib/id.ts'
import { readableZod } from '../lib/shape.ts'
import { admitAgency } from '../staff/gate.ts'
import type { Actor } from '../staff/member.ts'
import { asOfficial, officialRows, replaceOfficials } from './official-store.ts'
import { type Official, parseOfficials } from './officials.ts'

export const officialsInput = z.strictObject({ csv: z.string().max(500_000) })

/** @returns how many there are now @throws Refusal invalid official-*, one for each row */
export async function keepOfficials(ctx: Ctx, by: Actor, agencyId: string, sent: unknown): Promise<number> {
  const { csv } = readableZod(officialsInput, sent)
  const { officials, issues } = parseOfficials(csv)
  if (issues.length) throw invalid(issues.slice(0, 50).map((i) => ({ ...i, field: `csv.${i.field}` })))
  await ctx.store.tx(async (trx) => {
    await admitAgency(trx, by, agencyId, 'staff.manage')
    await replaceOfficials(trx, agencyId, officials)
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'agency.officials',
      subject: `agency:${agencyId}`,
      fact: { n: officials.length, hash: sha256(csv) },
    })
  })
  return officials.length
}

export async function officialsOf(ctx: Ctx, by: Actor, agencyId: string): Promise<Official[]> {
  await admitAgency(ctx.store.db, by, agencyId, 'staff.read')
  return (await officialRows(ctx.store.db, agencyId)).map(asOfficial)
}

export const officialsCsv = (list: readonly Official[]): string =>
  writeCsv([['姓名', '职务', '任职日期', '离任日期'], ...list.map((o) => [o.name, o.title, o.from, o.until ?? ''])])
