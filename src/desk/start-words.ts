/** Words a draft starts from: those that came with the service, or an agency's own in their place. */
import type { Kysely } from 'kysely'
import { z } from 'zod'
import { kinds } from '../../templates/draft/index.ts'
import type { StartWords } from '../../templates/draft/kind.ts'
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { type Issue, invalid } from '../lib/errors.ts'
import { hashOf } from '../lib/id.ts'
import { readableZod } from '../lib/shape.ts'
import { cleanText, textIssues } from '../lib/text.ts'
import { admitAgency } from '../staff/gate.ts'
import type { Actor } from '../staff/member.ts'
import type { Tables } from '../store/tables.ts'
import { BLOCKS, KINDS, type Kind } from './content.ts'
import { dropStart, putStart, startsOf } from './start-store.ts'

/** The Chinese ones fill the form; English ones only where an agency has written its own. */
export const START_LANGUAGES = ['zh-CN', 'en'] as const
export type StartLanguage = (typeof START_LANGUAGES)[number]

const text = (max: number) => z.string().max(max).default('')
export const startInput = z.strictObject({
  title: text(300),
  blocks: z.strictObject(Object.fromEntries(BLOCKS.map((b) => [b, text(5000).optional()]))).default({}),
  body: text(50_000),
})

export type Start = StartWords & { own: boolean; setAt?: string }

/** What a draft of this kind begins with here, by language. */
export async function startFor(
  db: Kysely<Tables>,
  agencyId: string,
  kind: Kind,
): Promise<Record<StartLanguage, Start | null>> {
  const rows = (await startsOf(db, agencyId)).filter((r) => r.kind === kind)
  const own = (language: StartLanguage): Start | null => {
    const row = rows.find((r) => r.language === language)
    if (!row) return null
    const blocks = JSON.parse(row.blocks) as NonNullable<StartWords['blocks']>
    return { title: row.title, blocks, body: row.body, own: true, setAt: row.set_at }
  }
  return { 'zh-CN': own('zh-CN') ?? { ...kinds[kind].start['zh-CN'], own: false }, en: own('en') }
}

/** Keeps an agency's own words; all empty goes back to those that came with the service. @throws Refusal `invalid`: text-… */
export async function keepStart(
  ctx: Ctx,
  by: Actor,
  agencyId: string,
  where: { kind: string; language: string },
  sent: unknown,
): Promise<'kept' | 'dropped'> {
  const { kind, language } = readableZod(
    z.strictObject({ kind: z.enum(KINDS), language: z.enum(START_LANGUAGES) }),
    where,
  )
  const input = readableZod(startInput, sent)
  const blocks = Object.entries(input.blocks).filter((e): e is [string, string] => Boolean(e[1]?.trim()))
  const issues: Issue[] = [
    ...textIssues('title', input.title, language),
    ...blocks.flatMap(([b, words]) => textIssues(`blocks.${b}`, words, language)),
    ...textIssues('body', input.body, language),
  ]
  if (issues.length) throw invalid(issues)
  const start = {
    title: cleanText(input.title).text.trim(),
    blocks: JSON.stringify(Object.fromEntries(blocks.map(([b, words]) => [b, cleanText(words).text]))),
    body: cleanText(input.body).text.trim(),
  }
  const empty = start.title === '' && blocks.length === 0 && start.body === ''
  await ctx.store.tx(async (trx) => {
    await admitAgency(trx, by, agencyId, 'staff.manage')
    if (empty) await dropStart(trx, agencyId, kind, language)
    else
      await putStart(trx, {
        agency_id: agencyId,
        kind,
        language,
        ...start,
        set_by: by.memberId,
        set_at: ctx.clock.now(),
      })
    await append(trx, ctx, {
      actor: by.memberId,
      act: empty ? 'start.drop' : 'start.keep',
      subject: `agency:${agencyId}`,
      fact: { kind, language, ...(empty ? {} : { hash: hashOf(start) }) },
    })
  })
  return empty ? 'dropped' : 'kept'
}
