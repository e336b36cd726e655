/** Reads a release's page: the article, its heading, areas and times, by the marks every page carries. */
import { Parser } from 'htmlparser2'
import type { Found, FoundItem } from './read-back.ts'
import { flowOf } from './read-text.ts'

export function readHtml(html: string): Partial<Found> {
  const seen: Seen = { attributes: null, depth: 0, article: '', title: '', areas: [], times: [] }
  let language = ''
  let inTitle = false
  let from = 0
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name === 'html') language = attributes.lang ?? ''
      if (name === 'article' && seen.attributes === null) {
        seen.attributes = attributes
        from = parser.endIndex + 1
      }
      if (seen.attributes === null || seen.article !== '') return
      if (name === 'article') seen.depth++
      if (name === 'h1' && seen.title === '') inTitle = true
      if (attributes['data-area']) seen.areas.push(attributes['data-area'])
      if (name === 'time' && attributes.datetime) seen.times.push(attributes.datetime)
    },
    ontext(text) {
      if (inTitle) seen.title += text
    },
    onclosetag(name, implied) {
      if (name === 'h1') inTitle = false
      if (name !== 'article' || seen.attributes === null || seen.article !== '') return
      if (--seen.depth === 0 && !implied) seen.article = html.slice(from, parser.startIndex)
    },
  })
  parser.end(html)
  if (!seen.attributes || seen.article === '') return { problems: ['the page has no whole article'] }
  return { items: [itemOf(html, seen, language)] }
}

type Seen = {
  attributes: Record<string, string> | null
  depth: number
  article: string
  title: string
  areas: string[]
  times: string[]
}

function itemOf(html: string, seen: Seen, pageLanguage: string): FoundItem {
  const a = seen.attributes ?? {}
  return {
    id: a['data-edition'] ?? '',
    ...(a['data-release'] ? { release: a['data-release'] } : {}),
    title: seen.title,
    text: flowOf(seen.article),
    whole: `${html}\n${flowOf(html)}`,
    times: seen.times,
    areas: seen.areas,
    ...(a['data-number'] ? { editionNumber: Number(a['data-number']) } : {}),
    ...(a['data-type'] ? { type: a['data-type'] } : {}),
    ...(a['data-hash'] ? { hash: a['data-hash'] } : {}),
    language: a['data-language'] ?? a.lang ?? pageLanguage,
  }
}
