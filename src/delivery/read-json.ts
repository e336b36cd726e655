/** Reads a JSON Feed. */
import { z } from 'zod'
import type { Found, FoundItem } from './read-back.ts'
import { flowOf } from './read-text.ts'

const extension = z.looseObject({
  release: z.string().optional(),
  edition: z.number().optional(),
  type: z.string().optional(),
  hash: z.string().optional(),
  asOf: z.string().optional(),
  nextUpdate: z.string().optional(),
  areas: z.array(z.looseObject({ code: z.string() })).optional(),
})
const item = z.looseObject({
  id: z.string(),
  title: z.string(),
  language: z.string().optional(),
  summary: z.string().optional(),
  content_html: z.string(),
  date_published: z.string(),
  date_modified: z.string(),
  _ortoo: extension,
})
const feed = z.looseObject({
  version: z.literal('https://jsonfeed.org/version/1.1'),
  feed_url: z.string(),
  items: z.array(item),
})

export function readJsonFeed(text: string): Partial<Found> {
  const read = feed.safeParse(JSON.parse(text))
  if (!read.success) return { problems: [`not a JSON Feed: ${read.error.issues[0]?.path.join('.')}`] }
  return { self: read.data.feed_url, items: read.data.items.map(itemOf) }
}

function itemOf(i: z.infer<typeof item>): FoundItem {
  const own = i._ortoo
  return {
    id: i.id,
    release: own.release,
    title: i.title,
    text: flowOf(i.content_html),
    whole: [i.title, i.summary, flowOf(i.content_html)].join('\n'),
    published: i.date_published,
    updated: i.date_modified,
    times: [i.date_modified, own.asOf, own.nextUpdate].filter((t) => t !== undefined),
    areas: (own.areas ?? []).map((a) => a.code),
    editionNumber: own.edition,
    type: own.type,
    hash: own.hash,
    language: i.language,
  }
}
