/** What a subscriber chooses: language, urgency, frequency and time zone of digests, topics, areas. */
import type { Kysely } from 'kysely'
import { z } from 'zod'
import { type Issue, invalid, issue } from '../lib/errors.ts'
import { isZone } from '../lib/zone.ts'
import type { Tables } from '../store/tables.ts'
import { areas, setInterests, topics } from './store.ts'

type Db = Kysely<Tables>

export const SUBSCRIBER_LANGUAGES = ['zh-CN', 'mn-Mong-CN', 'en'] as const
export const SUBSCRIBER_URGENCIES = ['normal', 'important', 'critical'] as const
export const FREQUENCIES = ['at-once', 'daily', 'weekly'] as const

/** Of several topics chosen: one of them is enough, or a release must name all. */
export const TOPIC_RULES = ['any', 'all'] as const

/**
 * Fields as a form or a program sends them. No topic chosen means every topic, also those still to come; the same for areas.
 * `zone` is an offset (+08:00) or an IANA name; '' is the site's own. Flash ignores the frequency.
 */
export const choiceFields = {
  language: z.enum(SUBSCRIBER_LANGUAGES).default('zh-CN'),
  urgency: z.enum(SUBSCRIBER_URGENCIES).default('normal'),
  frequency: z.enum(FREQUENCIES).default('at-once'),
  zone: z.string().max(64).default(''),
  topicRule: z.enum(TOPIC_RULES).default('any'),
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
  zone: c.zone,
  every_topic: c.topicRule === 'all' ? 1 : 0,
  all_topics: c.topics.length ? 0 : 1,
  all_areas: c.areas.length ? 0 : 1,
})

export const keepInterests = (trx: Db, id: number, c: Choices): Promise<void> =>
  setInterests(trx, id, [...new Set(c.topics)], [...new Set(c.areas)])

/** Refuses topics and areas nobody offers, time zones nobody has, and digests for what is no mail. */
export async function assertOffered(db: Db, c: Choices, kind: string): Promise<void> {
  const [slugs, codes] = await Promise.all([
    topics(db).then((rows) => new Set(rows.map((r) => r.slug))),
    areas(db).then((rows) => new Set(rows.map((r) => r.code))),
  ])
  const found: Issue[] = []
  if (c.frequency !== 'at-once' && kind !== 'email') found.push(issue('frequency', 'digest-by-mail-only'))
  if (c.zone !== '' && !isZone(c.zone)) found.push(issue('zone', 'unknown-zone', { zone: c.zone }))
  for (const [i, slug] of c.topics.entries())
    if (!slugs.has(slug)) found.push(issue(`topics.${i}`, 'unknown-topic', { slug }))
  for (const [i, code] of c.areas.entries())
    if (!codes.has(code)) found.push(issue(`areas.${i}`, 'unknown-area', { code }))
  if (found.length) throw invalid(found)
}
