/** Reads a press release as the GOV.UK content API gives it (schema `news_article`). */
import { plainText, sanitise } from '../lib/html.ts'
import { cleanText } from '../lib/text.ts'
import type { Language } from './content.ts'
import type { ImportNote, Recognised, Segment } from './recognise.ts'

type GovUk = {
  title: string
  description?: string | null
  locale?: string
  first_published_at?: string | null
  details: { body: string; images?: unknown[]; attachments?: unknown[] }
}

/** Whether a parsed JSON document is one that `recogniseGovUk` reads. */
export function isGovUk(json: unknown): json is GovUk {
  const doc = json as Partial<GovUk> | null
  return typeof doc === 'object' && typeof doc?.title === 'string' && typeof doc.details?.body === 'string'
}

/** Title, description as summary, body sanitised, first publication as the day it was formed; what was left out is noted. */
export function recogniseGovUk(json: GovUk): Recognised {
  const title = cleanText(json.title).text
  const summary = json.description ? cleanText(json.description).text : undefined
  const { html: bodyHtml, dropped } = sanitise(cleanText(json.details.body).text)
  const formedOn = /^\d{4}-\d\d-\d\d/.exec(json.first_published_at ?? '')?.[0]
  const segments: Segment[] = [
    { to: 'title', text: title },
    ...(summary ? [{ to: 'summary' as const, text: summary }] : []),
    { to: 'body', text: plainText(bodyHtml) },
  ]
  return {
    title,
    ...(formedOn && { formedOn }),
    headings: headingsOf(bodyHtml),
    bodyHtml,
    part: { title, ...(summary && { summary }), blocks: {}, body: bodyHtml },
    core: formedOn ? { formedOn } : {},
    language: languageOfLocale(json.locale),
    notes: notesOn(json, dropped),
    unrecognised: [],
    segments,
  }
}

/** h2 to h4 as levels 1 to 3. */
export const headingsOf = (html: string): { level: number; text: string }[] =>
  [...html.matchAll(/<h([234])>(.*?)<\/h\1>/gs)].map((m) => ({ level: Number(m[1]) - 1, text: plainText(m[2]!) }))

const languageOfLocale = (locale = 'en'): Language => {
  if (locale.startsWith('zh')) return 'zh-CN'
  return locale.startsWith('mn') ? 'mn-Mong-CN' : 'en'
}

function notesOn(json: GovUk, dropped: string[]): ImportNote[] {
  const files = (json.details.images?.length ?? 0) + (json.details.attachments?.length ?? 0)
  return [
    ...(dropped.length
      ? [{ field: 'body', code: 'html-dropped', params: { dropped: dropped.slice(0, 20).join(', ') } }]
      : []),
    ...(files ? [{ field: 'attachments', code: 'files-left-out', params: { count: files } }] : []),
  ]
}
