/** Makes an agency below one's own, and keeps its names, areas and word list. */
import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { areaCovers } from '../lib/area-code.ts'
import { type Issue, invalid, issue } from '../lib/errors.ts'
import { newId, sha256 } from '../lib/id.ts'
import { readableZod } from '../lib/shape.ts'
import type { Tables } from '../store/tables.ts'
import { DEFAULT_CHAINS } from './chain.ts'
import { agencyOrNotFound } from './change.ts'
import { agencyFields } from './fields.ts'
import { admitAgency } from './gate.ts'
import type { Actor } from './member.ts'
import { type AgencyRow, agencyById, agencyBySlug, insertAgency, knownAreaCodes, updateAgency } from './store.ts'

export const agencyInput = z.strictObject({ parentId: z.string().max(40).optional(), ...agencyFields })
const { slug: _, ...changeable } = agencyFields
export const agencyChangeInput = z.strictObject({ ...changeable, wordList: z.string().max(500_000) }).partial()

/** Below one's own agency or one of its children. @throws Refusal `invalid`: slug-taken, area-outside-parent */
export async function createAgency(ctx: Ctx, by: Actor, sent: unknown): Promise<string> {
  const input = readableZod(agencyInput, sent)
  const parentId = input.parentId ?? by.agencyId
  return ctx.store.tx(async (trx) => {
    await admitAgency(trx, by, parentId, 'staff.manage')
    if (await agencyBySlug(trx, input.slug)) throw invalid([issue('slug', 'slug-taken', { slug: input.slug })])
    const parent = await agencyOrNotFound(trx, parentId)
    assertWithin(parent, input.areaCodes)
    await assertKnown(trx, input.areaCodes)
    const id = newId(ctx.clock.ms())
    await insertAgency(trx, {
      id,
      parent_id: parentId,
      slug: input.slug,
      name_zh: input.nameZh,
      name_en: input.nameEn,
      area_codes: JSON.stringify(input.areaCodes),
      chains: JSON.stringify(DEFAULT_CHAINS),
      phone_signoff: 0,
      word_list: '',
      created_at: ctx.clock.now(),
    })
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'agency.create',
      subject: `agency:${id}`,
      fact: { parent: parentId },
    })
    return id
  })
}

/** @param readWords what is wrong with a word list; reading one is the work of review, which stands further along */
export async function changeAgency(
  ctx: Ctx,
  by: Actor,
  id: string,
  sent: unknown,
  readWords: (csv: string) => { issues: Issue[] },
): Promise<void> {
  const input = readableZod(agencyChangeInput, sent)
  const wrong = input.wordList === undefined ? [] : readWords(input.wordList).issues
  if (wrong.length) throw invalid(wrong.map((i) => ({ ...i, field: `wordList.${i.field}` })))
  await ctx.store.tx(async (trx) => {
    await admitAgency(trx, by, id, 'staff.manage')
    const agency = await agencyOrNotFound(trx, id)
    if (input.areaCodes) {
      await assertWithinParent(trx, agency, input.areaCodes)
      await assertKnown(trx, input.areaCodes)
    }
    const set: Partial<AgencyRow> = {
      ...(input.nameZh === undefined ? {} : { name_zh: input.nameZh }),
      ...(input.nameEn === undefined ? {} : { name_en: input.nameEn }),
      ...(input.areaCodes === undefined ? {} : { area_codes: JSON.stringify(input.areaCodes) }),
      ...(input.wordList === undefined ? {} : { word_list: input.wordList }),
    }
    if (Object.keys(set).length === 0) return
    await updateAgency(trx, id, set)
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'agency.change',
      subject: `agency:${id}`,
      fact: {
        columns: Object.keys(set).sort().join(' '),
        ...(input.wordList === undefined ? {} : { wordList: sha256(input.wordList) }),
      },
    })
  })
}

async function assertWithinParent(trx: Kysely<Tables>, agency: AgencyRow, codes: string[]): Promise<void> {
  const parent = agency.parent_id ? await agencyById(trx, agency.parent_id) : undefined
  if (parent) assertWithin(parent, codes)
}

/** What is in no list can be chosen by nobody: neither for a release nor by who follows a place. */
async function assertKnown(trx: Kysely<Tables>, codes: string[]): Promise<void> {
  const known = await knownAreaCodes(trx, codes)
  const unknown = known ? unknownAreas(codes, known, 'areaCodes') : []
  if (unknown.length) throw invalid(unknown)
}

/** @param field of the list of codes */
export const unknownAreas = (codes: string[], known: ReadonlySet<string>, field: string): Issue[] =>
  codes.flatMap((code, i) => (known.has(code) ? [] : [issue(`${field}.${i}`, 'area-not-listed', { area: code })]))

/** An agency speaks for places its parent speaks for too. */
function assertWithin(parent: AgencyRow, codes: string[]): void {
  const outer = JSON.parse(parent.area_codes) as string[]
  const outside = codes.flatMap((code, i) =>
    outer.some((o) => areaCovers(o, code)) ? [] : [issue(`areaCodes.${i}`, 'area-outside-parent', { area: code })],
  )
  if (outside.length) throw invalid(outside)
}
