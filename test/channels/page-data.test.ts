/** What pages tell machines, held against what they show people: linked data, share cards, sitemaps. */
import { Parser } from 'htmlparser2'
import { beforeAll, describe, expect, test } from 'vitest'
import { newsSitemap } from '../../channels/website/news-sitemap.ts'
import type { SiteFile } from '../../src/delivery/channel.ts'
import { DAY, HOUR, plus } from '../../src/lib/clock.ts'
import { siteOf } from '../../templates/page/assets.ts'
import { demoEditions, demoSite, publishAll, sampleConfig } from '../support/demo-site.ts'
import { nextEdition, sampleEdition, samplePart, textOf } from '../support/editions.ts'

type Data = Record<string, unknown> & { '@type': string }
type Site = Awaited<ReturnType<typeof demoSite>>
type Page = { text: string; data: Data[]; metas: [string, string][]; links: Record<string, string>[] }

/** A page as a machine and a person read it, by a parser that shares nothing with the renderer. */
function read(html: string): Page {
  const page: Page = { text: '', data: [], metas: [], links: [] }
  let inside = ''
  let script = ''
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name === 'script' || name === 'head') inside = name
      if (name === 'meta') page.metas.push([attributes.property ?? attributes.name ?? '', attributes.content ?? ''])
      if (name === 'link') page.links.push(attributes)
    },
    ontext(text) {
      if (inside === 'script') script += text
      else if (inside === '') page.text += text
    },
    onclosetag(name) {
      if (name === 'script' && script) page.data.push(JSON.parse(script) as Data)
      if (name === 'script') script = ''
      if (name === 'script' || name === 'head') inside = name === 'script' ? 'head' : ''
    },
  })
  parser.end(html)
  return { ...page, text: page.text.replace(/\s+/g, '') }
}

const bare = (text: unknown) => String(text).replace(/\s+/g, '')
const of = (page: Page, type: string) => page.data.find((d) => d['@type'] === type)
const meta = (page: Page, name: string) => page.metas.filter(([n]) => n === name).map(([, content]) => content)
const SITE = 'https://press.example'
const ZONED = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/

let site: Site
let pages: Map<string, Page>
beforeAll(async () => {
  site = await demoSite()
  pages = new Map()
  for (const path of site.paths()) {
    const file = site.at(path) as SiteFile
    if (file.type.startsWith('text/html') && file.status !== 410) pages.set(path, read(textOf(file)))
  }
})

describe('a search engine', () => {
  test('finds a NewsArticle on every release page that says what the page shows', () => {
    const articles = [...pages].filter(([path]) => /\/releases\/\d{4}-\d+\/((zh|mn|en)\/)?$/.test(path))
    expect(articles.length).toBeGreaterThan(10)
    for (const [path, page] of articles) {
      const article = of(page, 'NewsArticle') as Data
      expect(article, path).toBeDefined()
      expect(article.mainEntityOfPage).toBe(SITE + path)
      for (const time of [article.datePublished, article.dateModified]) expect(time).toMatch(ZONED)
      const [author, publisher] = [article.author, article.publisher] as Data[]
      for (const one of [author, publisher] as Data[]) {
        expect(one['@type']).toMatch(/Organization$/)
        expect((one.logo as Data).url).toMatch(/^https:\/\/press\.example\/.+\.png$/)
      }
      const fix = article.correction as Data | undefined
      const places = ((article.contentLocation ?? []) as Data[]).map((p) => p.name)
      const said = [
        article.headline,
        article.description ?? '',
        article.articleSection,
        author?.name,
        publisher?.name,
        article.identifier,
        fix?.text ?? '',
      ]
      for (const words of [...said, ...places]) expect(page.text, path).toContain(bare(words))
      for (const time of [article.datePublished, article.dateModified])
        expect(page.text, path).toContain(bare(String(time).slice(0, 16).replace('T', ' ')))
    }
  })

  test('finds emergencies as announcements and nothing else as one, and corrections where there were some', () => {
    for (const [path, page] of pages) {
      const article = of(page, 'NewsArticle')
      const announced = of(page, 'SpecialAnnouncement')
      if (!article) continue
      const kind = site.at(path) && /data-kind="([^"]+)"/.exec(textOf(site.at(path)))?.[1]
      expect(announced !== undefined, path).toBe(/^(incident-.*|warning|response)$/.test(kind ?? ''))
      if (!announced) continue
      expect(announced.datePosted).toBe(article.dateModified)
      for (const line of String(announced.text).split('\n')) expect(page.text, path).toContain(bare(line))
      expect(page.text).toContain(bare(announced.category))
    }
    const corrected = [...pages.values()].flatMap((p) =>
      of(p, 'NewsArticle')?.correction ? [of(p, 'NewsArticle')] : [],
    )
    expect(corrected).toHaveLength(1)
    const warning = [...pages.values()].map((p) => of(p, 'SpecialAnnouncement')).find((a) => a?.expires)
    expect(warning).toMatchObject({ expires: '2026-11-24T12:00:00+08:00', category: '预警' })
  })

  test('is led from an interpretation to the policy it is based on', () => {
    const based = [...pages.values()]
      .map((p) => of(p, 'NewsArticle')?.isBasedOn as string[] | undefined)
      .filter(Boolean)
    expect(based).toHaveLength(1)
    expect(pages.has((based[0]?.[0] ?? '').slice(SITE.length))).toBe(true)
  })

  test('finds the search of the site on its home page, and where each list stands', () => {
    const home = of(pages.get('/') as Page, 'WebSite') as Data
    expect((home.potentialAction as { target: Data }).target.urlTemplate).toBe(`${SITE}/search?q={search_term_string}`)
    for (const path of ['/all/', '/en/all/', '/kinds/policy/', '/incidents/2026-0007/']) {
      const page = pages.get(path) as Page
      const steps = (of(page, 'BreadcrumbList') as Data).itemListElement as Data[]
      expect(steps.map((s) => s.position)).toEqual(steps.map((_, i) => i + 1))
      expect(steps.at(-1)?.item).toBe(SITE + path)
      for (const step of steps) expect(page.text).toContain(bare(step.name))
    }
  })

  test('is told of a press conference with a time as an event', async () => {
    const conference = { startsAt: '2026-11-23T08:00:00.000Z', place: '盟行署新闻发布厅', cancelled: true }
    const edition = sampleEdition({ kind: 'press-conference', core: { conference } as object })
    const page = read(textOf((await publishAll([edition])).at(edition.address)))
    expect(of(page, 'Event')).toMatchObject({
      startDate: '2026-11-23T16:00:00+08:00',
      eventStatus: 'https://schema.org/EventCancelled',
      location: { '@type': 'Place', name: '盟行署新闻发布厅' },
    })
  })

  test('cannot be made to run what a title holds', async () => {
    const title = '</script><script>alert(1)</script><!--'
    const edition = sampleEdition({ kind: 'warning', parts: { 'zh-CN': samplePart({ title, summary: title }) } })
    const html = textOf((await publishAll([edition])).at(edition.address))
    expect(html).not.toContain('<script>alert')
    expect(read(html).data.map((d) => d.headline ?? d.name)).toContain(title)
  })
})

describe('whoever shares a link', () => {
  test('shows title, time, section and a picture that is there, of the size it says', () => {
    for (const [path, page] of pages) {
      // A sheet for a wall is not shared.
      if (path.endsWith('/poster/')) continue
      const canonical = page.links.filter((l) => l.rel === 'canonical').map((l) => l.href)
      if (canonical.length === 0) continue
      expect(meta(page, 'og:url'), path).toEqual(canonical)
      expect(meta(page, 'og:title')[0], path).toBeTruthy()
      const picture = site.at((meta(page, 'og:image')[0] ?? '').slice(SITE.length)) as SiteFile
      const header = new DataView((picture.body as Uint8Array).buffer)
      expect([String(header.getUint32(16)), String(header.getUint32(20))]).toEqual([
        meta(page, 'og:image:width')[0],
        meta(page, 'og:image:height')[0],
      ])
      expect(meta(page, 'og:image:alt')[0]).toBeTruthy()
      if (meta(page, 'og:type')[0] !== 'article') continue
      for (const name of ['article:published_time', 'article:modified_time']) expect(meta(page, name)[0]).toMatch(ZONED)
      expect(page.text).toContain(bare(meta(page, 'article:section')[0]))
      expect(meta(page, 'og:locale:alternate')).not.toContain(meta(page, 'og:locale')[0])
    }
  })
})

const locs = (xml: string) => [...xml.matchAll(/<loc>([^<]+)<\/loc>/g)].map((m) => m[1] as string)

describe('a robot', () => {
  test('finds by robots.txt and the index every page that stands, and none that is gone', () => {
    const maps = [...textOf(site.at('/robots.txt')).matchAll(/^Sitemap: (.+)$/gm)].map((m) =>
      (m[1] as string).slice(SITE.length),
    )
    expect(maps).toEqual(['/sitemap.xml', '/sitemaps/news.xml'])
    const all = [...locs(textOf(site.at('/sitemap.xml'))).map((u) => u.slice(SITE.length)), ...maps.slice(1)]
    for (const map of all) {
      const xml = textOf(site.at(map))
      expect(locs(xml).length).toBeLessThanOrEqual(50_000)
      for (const url of locs(xml)) expect(site.at(url.slice(SITE.length))?.status ?? 200, url).toBe(200)
      for (const url of locs(xml)) expect(site.at(url.slice(SITE.length)), url).toBeDefined()
    }
  })

  test('finds every language of a page from every other', () => {
    for (const map of ['/sitemaps/1.xml', '/sitemaps/pages.xml']) {
      const urls = textOf(site.at(map)).split('<url>').slice(1)
      const named = new Map(
        urls.map((u) => [
          locs(u)[0] as string,
          [...u.matchAll(/hreflang="([^"]+)" href="([^"]+)"/g)].map((m) => [m[1], m[2]]),
        ]),
      )
      const several = [...named].filter(([, links]) => links.length > 0)
      expect(several.length).toBeGreaterThan(1)
      for (const [url, links] of several)
        for (const [, href] of links) expect(named.get(href as string), url).toEqual(links)
    }
  })

  test('finds as news what was first published in two days, in its language, and nothing older or taken back', () => {
    const own = siteOf(sampleConfig(), 'live')
    const now = '2026-11-23T07:00:00.000Z'
    const made = (sequence: number, publishedAt: string) =>
      sampleEdition({
        sequence,
        publishedAt,
        releaseNumber: `2026-00009${sequence}`,
        address: `/releases/2026-00009${sequence}/`,
      })
    const fresh = made(3, plus(now, -HOUR))
    const old = nextEdition(made(1, plus(now, -3 * DAY)), 'correction', 4, { publishedAt: plus(now, -HOUR) })
    const body = (at: string, editions = [fresh, old]) => textOf(newsSitemap(own, editions, at)[0])
    expect(locs(body(now))).toEqual([SITE + fresh.address])
    expect(body(now)).toContain('<news:language>zh-cn</news:language>')
    expect(body(now)).toContain('<news:publication_date>2026-11-23T14:00:00+08:00</news:publication_date>')
    expect(body(plus(now, 2 * DAY))).not.toContain('news:news>')
    expect(locs(body(now, [{ ...fresh, type: 'withdrawal' }]))).toEqual([`${SITE}/`])
    expect(locs(body(now, Array(1500).fill(fresh)))).toHaveLength(1000)
    expect(newsSitemap(siteOf(sampleConfig(), 'exercise'), [fresh], now)).toEqual([])
    expect(textOf(site.at('/sitemaps/news.xml'))).toContain(
      `<news:title>${demoEditions().at(-1)?.content?.parts['zh-CN']?.title}`,
    )
  })
})
