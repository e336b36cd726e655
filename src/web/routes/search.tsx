/** Searching what is public: a page for readers, JSON for newsrooms. */
import { z } from 'zod'
import { siteOf } from '../../../templates/page/assets.ts'
import { type Option, SearchPage, type SearchProps } from '../../../templates/page/search.tsx'
import { named } from '../../../templates/page/site.ts'
import { t } from '../../../templates/words/index.ts'
import { areas, topics } from '../../audience/store.ts'
import { KINDS } from '../../desk/content.ts'
import { withOffset } from '../../lib/clock.ts'
import { type Asked, type Fault, isBlank, MOST_HITS, readAsked } from '../../publication/asked.ts'
import { find, type Hit } from '../../publication/find.ts'
import { allAgencies } from '../../staff/store.ts'
import type { App, Req } from '../env.ts'
import { BadRequest, tagOf } from '../errors.ts'
import { assertMayAsk } from '../guards/asking.ts'
import { route } from '../guards/route.ts'
import { answerPage, publicly } from '../views/public-page.tsx'

const text = z.string().optional()
/** Everything is read as text and judged in one place, so that nothing a reader types is more than a plain sentence. */
const asking = z.object({
  ...{ q: text, kind: text, agency: text, area: text, topic: text },
  ...{ from: text, to: text, order: text, page: text },
})
const name = z.object({ zh: z.string(), en: z.string() })
const answer = z.strictObject({
  q: z.string(),
  page: z.number(),
  pages: z.number(),
  total: z.number(),
  /** There are more than `total`, which were not counted. */
  more: z.boolean(),
  items: z.array(
    z.strictObject({
      release: z.string(),
      url: z.string(),
      receipt: z.string(),
      kind: z.string(),
      agency: z.strictObject({ slug: z.string(), name }),
      areas: z.array(name),
      topics: z.array(name),
      documentNumber: z.string().nullable(),
      edition: z.number(),
      type: z.string(),
      firstPublishedAt: z.string(),
      publishedAt: z.string(),
      languages: z.array(z.string()),
      language: z.string(),
      title: z.string(),
      excerpt: z.string(),
    }),
  ),
})

export function mountSearch(app: App): void {
  route(
    app,
    {
      ...{ method: 'get', path: '/search', act: 'public', html: true, query: asking },
      doc: {
        tag: 'public',
        summary: 'Search public releases: a page',
        answers: { 200: 'text/html', 400: 'text/html' },
      },
    },
    (c, { query }) => publicly(c, '/search', () => page(c, query)),
  )
  route(
    app,
    {
      ...{ method: 'get', path: '/search.json', act: 'public', query: asking },
      doc: {
        tag: 'public',
        summary:
          'Search public releases by words, numbers, kind, agency, area, topic and local day; best or newest first',
        answers: { 200: answer, 400: null, 429: null },
      },
    },
    (c, { query }) => program(c, query),
  )
}

type Sent = z.output<typeof asking>

async function page(c: Req, sent: Sent): Promise<Response> {
  await assertMayAsk(c, 'search')
  const { lang } = c.var
  const asked = readAsked(sent)
  const found = typeof asked === 'string' || isBlank(asked) ? undefined : await ask(c, asked)
  const fault = typeof asked === 'string' ? asked : undefined
  const props: SearchProps = {
    site: siteOf(c.var.ctx.config, 'live'),
    lang,
    asked: typedIn(sent),
    options: await optionsOf(c),
    ...(fault ? { fault: t(lang, `problem.${fault}`) } : {}),
    ...(found ? { found: { ...found, most: MOST_HITS, page: (asked as Asked).page } } : {}),
  }
  return answerPage(c, <SearchPage {...props} />, fault ? 400 : 200)
}

/** What was typed, for the form; nobody gets ten thousand characters back. */
const typedIn = (sent: Sent): Record<string, string> =>
  Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, (value ?? '').slice(0, 200).toWellFormed()]))

const ask = (c: Req, asked: Asked) =>
  find(c.var.ctx.store, asked, { language: tagOf(c.var.lang) as 'zh-CN' | 'en', offset: c.var.ctx.config.site.offset })

async function program(c: Req, sent: Sent): Promise<Response> {
  await assertMayAsk(c, 'search')
  const asked: Asked | Fault = readAsked(sent)
  if (typeof asked === 'string') throw new BadRequest(400, asked)
  const found = await ask(c, asked)
  const { publicUrl, site } = c.var.ctx.config
  const items = found.hits.map((hit) => itemOf(hit, publicUrl, site.offset))
  const { pages, total } = found
  return c.json({ q: asked.q, page: asked.page, pages, total, more: total >= MOST_HITS, items }, 200, {
    'access-control-allow-origin': '*',
  })
}

function itemOf(hit: Hit, publicUrl: string, offset: string): z.output<typeof answer>['items'][number] {
  const plain = (pieces: Hit['title']) => pieces.map((p) => p.text).join('')
  const { number, address, kind, agency, areas: places, topics: about, edition, type, languages, language } = hit
  return {
    ...{ release: number, url: publicUrl + address, receipt: `${publicUrl}${address}receipt.json`, kind, agency },
    ...{ areas: places, topics: about, documentNumber: hit.documentNumber ?? null, edition, type },
    firstPublishedAt: withOffset(hit.firstPublishedAt, offset),
    publishedAt: withOffset(hit.publishedAt, offset),
    ...{ languages, language, title: plain(hit.title), excerpt: plain(hit.excerpt) },
  }
}

/** With more places than this, villages and townships are left to words. */
const MOST_PLACES = 400

async function optionsOf(c: Req): Promise<SearchProps['options']> {
  const { lang, ctx } = c.var
  const [places, about, agencies] = await Promise.all([
    areas(ctx.store.db),
    topics(ctx.store.db),
    allAgencies(ctx.store.db),
  ])
  const called = (row: { name_zh: string; name_en: string }) => named({ zh: row.name_zh, en: row.name_en }, lang)
  const shown = places.length > MOST_PLACES ? places.filter((a) => a.code.length === 6) : places
  return {
    kind: KINDS.map((kind) => ({ value: kind, label: t(lang, `public.kind.${kind}`) })),
    agency: agencies.map((a) => ({ value: a.slug, label: called(a) })),
    topic: about.map((x) => ({ value: x.slug, label: called(x) })),
    area: asTree(shown.map((a) => ({ ...a, label: called(a) }))),
  }
}

type Place = { code: string; parent: string | null; label: string }

/** Places under the place that contains them, set in by their depth. */
function asTree(places: Place[]): Option[] {
  const codes = new Set(places.map((p) => p.code))
  const children = Map.groupBy(places, (p) => (p.parent && codes.has(p.parent) ? p.parent : null))
  const below = (at: string | null, deep: number): Option[] =>
    (children.get(at) ?? []).flatMap((p) => [
      { value: p.code, label: `${'\u3000'.repeat(deep)}${p.label}` },
      ...below(p.code, deep + 1),
    ])
  return below(null, 0)
}
