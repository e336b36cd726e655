/** What a subscriber chooses: language, urgency, frequency, topics, areas. */
import type { Kysely } from 'kysely'
import { z } from 'zod'
import { type Issue, invalid, issue } from '../lib/errors.ts'
import type { Tables } from '../store/tables.ts'
import { areas, setInterests, topics } from './store.ts'

type Db = Kysely<Tables>

export const SUBSCRIBER_LANGUAGES = ['zh-CN', 'mn-Mong-CN', 'en'] as const
export const SUBSCRIBER_URGENCIES = ['normal', 'important', 'critical'] as const
export const FREQUENCIES = ['at-once', 'daily', 'weekly'] as const

/** Fields as a form or a program sends them. No topic chosen means every topic, also those still to come; the same for areas. */
export const choiceFields = {
  language: z.enum(SUBSCRIBER_LANGUAGES).default('zh-CN'),
  urgency: z.enum(SUBSCRIBER_URGENCIES).default('normal'),
  frequency: z.enum(FREQUENCIES).default('at-once'),
  topics: z.array(z.string().max(63)).max(100).default([]),
  areas: z.array(z.string().max(12)).max(500).default([]),
}
const choices = z.strictObject(choiceFields)
export type Choices = z.output<typeof choices>
export const choicesInput = choices

/** Columns of the subscriber row. */
export const columnsOf = (c: Choices) => ({
  language: c.language,
  urgency: c.urgency,
  frequency: c.frequency,
  all_topics: c.topics.length ? 0 : 1,
  all_areas: c.areas.length ? 0 : 1,
})

export const keepInterests = (trx: Db, id: number, c: Choices): Promise<void> =>
  setInterests(trx, id, [...new Set(c.topics)], [...new Set(c.areas)])

/** Refuses topics and areas nobody offers, and a frequency that cannot be kept: every message leaves at once. */
export async function assertOffered(db: Db, c: Choices): Promise<void> {
  const [slugs, codes] = await Promise.all([
    topics(db).then((rows) => new Set(rows.map((r) => r.slug))),
    areas(db).then((rows) => new Set(rows.map((r) => r.code))),
  ])
  const found: Issue[] = []
  if (c.frequency !== 'at-once') found.push(issue('frequency', 'frequency-not-offered'))
  for (const [i, slug] of c.topics.entries())
    if (!slugs.has(slug)) found.push(issue(`topics.${i}`, 'unknown-topic', { slug }))
  for (const [i, code] of c.areas.entries())
    if (!codes.has(code)) found.push(issue(`areas.${i}`, 'unknown-area', { code }))
  if (found.length) throw invalid(found)
}
