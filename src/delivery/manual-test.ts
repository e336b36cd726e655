/** A test of what is carried by hand: a sheet and texts that say 测试 and nothing else, and somebody's word whether they arrived. */
import { z } from 'zod'
import { type Kit, kitsOf } from '../../templates/kit/kit.ts'
import { type Lang, t } from '../../templates/words/index.ts'
import type { Ctx } from '../context.ts'
import { invalid } from '../lib/errors.ts'
import { hashOf } from '../lib/id.ts'
import { readableZod } from '../lib/shape.ts'
import { cleanText, textIssues } from '../lib/text.ts'
import type { Content, Edition, Part } from '../publication/edition.ts'
import { admitHome } from '../staff/gate.ts'
import type { Actor } from '../staff/member.ts'
import { agencyById } from '../staff/store.ts'
import { keep } from './outlet-test.ts'
import type { OutletTest } from './outlet-test-store.ts'

export const manualTestInput = z.strictObject({
  /** The channel or person it was carried to, in the office's own words. */
  where: z.string().trim().min(1).max(60),
  arrived: z.enum(['yes', 'no']),
})

/** No release has it, and nothing can be verified by it. */
const NUMBER = '0000-000000'

/** What is carried in a test: an edition that was never published, of mode test, whose address is our home page. */
export type TestKit = { edition: Edition & { content: Content }; kits: Kit[] }

export async function manualTestKit(ctx: Ctx, by: Actor): Promise<TestKit> {
  admitHome(by, 'outlet.test')
  const agency = await agencyById(ctx.store.db, by.agencyId)
  const at = ctx.clock.now()
  const content: Content = {
    core: {
      ...{ kind: 'notice', lane: 'routine', mode: 'test', agencyId: by.agencyId, areas: [], topics: [], contacts: [] },
      ...{ outlets: ['manual'], urgency: 'normal' },
    },
    parts: { 'zh-CN': partIn('zh'), en: partIn('en') },
    attachments: [],
  }
  const edition: TestKit['edition'] = {
    ...{ id: 'manual-test', sequence: 0, releaseId: 'manual-test', releaseNumber: NUMBER, number: 1, type: 'first' },
    ...{ mode: 'test', kind: 'notice', lane: 'routine', topics: [], areas: [], address: '/', history: [], seal: '' },
    agency: {
      id: by.agencyId,
      slug: agency?.slug ?? '',
      name: { zh: agency?.name_zh ?? '', en: agency?.name_en ?? '' },
    },
    content,
    firstPublishedAt: at,
    publishedAt: at,
    hash: hashOf(content),
  }
  return { edition, kits: kitsOf(ctx.config, edition) }
}

const partIn = (lang: Lang): Part => ({
  title: t(lang, 'office.test.kit.name'),
  summary: t(lang, 'office.test.kit.summary'),
  blocks: { advice: t(lang, 'office.test.kit.advice') },
  body: '',
})

/** Ticks a test off, or says it did not arrive. @throws Refusal `invalid` */
export async function recordManualTest(ctx: Ctx, by: Actor, sent: unknown): Promise<OutletTest> {
  admitHome(by, 'outlet.test')
  const input = readableZod(manualTestInput, sent)
  const where = cleanText(input.where).text
  const dirty = textIssues('where', where)
  if (dirty.length) throw invalid(dirty)
  return keep(ctx, 'manual', { outcome: input.arrived === 'yes' ? 'accepted' : 'again', why: where }, by)
}
