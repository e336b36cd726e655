/** The topics and areas readers choose from: one list for the whole site, kept by administrators of a topmost agency. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { isAreaCode } from '../lib/area-code.ts'
import { invalid, issue, notAllowed, notFound } from '../lib/errors.ts'
import { ROOT } from '../lib/root.ts'
import { readableZod } from '../lib/shape.ts'
import { admitHome } from '../staff/gate.ts'
import type { Actor } from '../staff/member.ts'
import { nextCount } from '../store/counter.ts'
import { AREAS_VERSION, areas, putArea, putTopic, retireTopicRow, topicBySlug } from './store.ts'

const name = z.string().trim().min(1, 'filled').max(80)
const code = z.string().refine(isAreaCode, 'area-code')
export const topicInput = z.strictObject({
  nameZh: name,
  nameEn: name,
  position: z.number().int().min(0).max(9999).default(100),
})
export const areasInput = z
  .array(
    z.strictObject({
      code,
      nameZh: name,
      nameEn: z.string().trim().max(80).default(''),
      nameMn: z.string().trim().max(80).optional(),
      parent: code.nullish(),
    }),
  )
  .min(1, 'filled')
  .max(20_000)
export type Area = z.output<typeof areasInput>[number]

const slugInput = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'slug')

/** Adds a topic or renames it. Topics are never deleted: releases and subscribers name them. */
export async function keepTopic(ctx: Ctx, by: Actor, slug: string, sent: unknown): Promise<void> {
  assertTop(by)
  readableZod(z.strictObject({ slug: slugInput }), { slug })
  const input = readableZod(topicInput, sent)
  await ctx.store.tx(async (trx) => {
    await putTopic(trx, { slug, name_zh: input.nameZh, name_en: input.nameEn, position: input.position })
    await append(trx, ctx, { actor: by.memberId, act: 'topic.put', subject: `topic:${slug}` })
  })
}

/**
 * Nobody can choose a retired topic any more; releases and subscribers that have it keep it, and it can come back.
 * @throws Refusal `not-found`; `not-allowed` top-agency-only
 */
export async function retireTopic(ctx: Ctx, by: Actor, slug: string, sent: unknown): Promise<void> {
  assertTop(by)
  const { retired } = readableZod(z.strictObject({ retired: z.boolean() }), sent)
  await ctx.store.tx(async (trx) => {
    if (!(await topicBySlug(trx, slug))) throw notFound('topic')
    await retireTopicRow(trx, slug, retired ? ctx.clock.now() : null)
    await append(trx, ctx, {
      actor: by.memberId,
      act: retired ? 'topic.retire' : 'topic.revive',
      subject: `topic:${slug}`,
    })
  })
}

/** Adds areas or renames them. @throws Refusal `invalid`: area-parent-unknown */
export async function keepAreas(ctx: Ctx, by: Actor, sent: unknown): Promise<number> {
  assertTop(by)
  return putAreas(ctx, by.memberId, readableZod(areasInput, sent))
}

type Shipped = { code: string; name: string; nameEn?: string; parent?: string }
const shippedAreas = async (): Promise<Shipped[]> =>
  JSON.parse(await readFile(join(ROOT, 'templates/areas/nmg.json'), 'utf8')) as Shipped[]

/** Codes an agency may be set up with: of the areas there are, or of those first setup will put. */
export async function codesAtSetup(ctx: Ctx): Promise<Set<string>> {
  const there = await areas(ctx.store.db)
  return new Set((there.length > 0 ? there : await shippedAreas()).map((a) => a.code))
}

/**
 * At first setup: the divisions of Inner Mongolia, where no area is known yet and the agency (`codes`) speaks for one of them; and
 * places of no list by the names (`named`: by code) it gave them. @returns how many were put
 */
export async function putFirstAreas(
  ctx: Ctx,
  memberId: string,
  codes: string[],
  named: ReadonlyMap<string, string>,
): Promise<number> {
  const there = (await areas(ctx.store.db)).length > 0
  const shipped = there ? [] : await shippedAreas()
  const list = shipped.some((a) => codes.includes(a.code)) ? shipped : []
  const own = [...named].map(([code, nameZh]) => ({ code, nameZh, nameEn: '', parent: null }))
  return putAreas(ctx, memberId, [
    ...list.map((a) => ({ code: a.code, nameZh: a.name, nameEn: a.nameEn ?? '', parent: a.parent ?? null })),
    ...own,
  ])
}

async function putAreas(ctx: Ctx, memberId: string, list: Area[]): Promise<number> {
  if (list.length === 0) return 0
  await ctx.store.tx(async (trx) => {
    const known = new Set([...(await areas(trx)).map((a) => a.code), ...list.map((a) => a.code)])
    const orphans = list.flatMap((a, i) =>
      a.parent && (!known.has(a.parent) || a.parent === a.code)
        ? [issue(`${i}.parent`, 'area-parent-unknown', { area: a.parent })]
        : [],
    )
    if (orphans.length) throw invalid(orphans)
    for (const a of list)
      await putArea(trx, {
        code: a.code,
        name_zh: a.nameZh,
        name_en: a.nameEn,
        parent: a.parent ?? null,
        ...(a.nameMn === undefined ? {} : { name_mn: a.nameMn }),
      })
    await nextCount(trx, AREAS_VERSION)
    await append(trx, ctx, { actor: memberId, act: 'areas.put', subject: 'area:all', fact: { areas: list.length } })
  })
  return list.length
}

/** One list for the whole site: whoever is at the top keeps it. */
export function assertTop(by: Actor): void {
  admitHome(by, 'staff.manage')
  if (by.ancestors.length) throw notAllowed('top-agency-only')
}
