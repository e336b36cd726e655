/** What the linter sees of a page: read from its bytes alone, with no code of what made them. */
import { Parser } from 'htmlparser2'

export type PageFacts = {
  path: string
  status: number
  bytes: number
  lang: string
  title: string
  h1: string[]
  /** Meta tags by name, each with every content it has. */
  metas: Map<string, string[]>
  /** href of every link, as written. */
  links: string[]
  /** Addresses of stylesheets, scripts, icons and pictures. */
  assets: string[]
  imagesWithoutAlt: string[]
  /** Visible text of every <time>. */
  times: string[]
  /** Words inside <main>. */
  main: string
  foot: string
  /** Where the links in the foot lead, with their words. */
  footLinks: { href: string; text: string }[]
  /** data-kind of the article, where there is one. */
  kind?: string
  /** Words of <dt> in <main>: what a list of facts names. */
  terms: string[]
}

/** Pictures say nothing to who cannot see them; an empty alt says that they need not. */
export function readPage(path: string, status: number, html: string): PageFacts {
  const page: PageFacts = {
    path,
    status,
    bytes: Buffer.byteLength(html),
    lang: '',
    title: '',
    h1: [],
    metas: new Map(),
    links: [],
    assets: [],
    imagesWithoutAlt: [],
    times: [],
    main: '',
    foot: '',
    footLinks: [],
    terms: [],
  }
  const open: string[] = []
  const inside = (name: string) => open.includes(name)
  const parser = new Parser({
    onopentag(name, a) {
      open.push(name)
      if (name === 'html') page.lang = a['lang'] ?? ''
      if (name === 'meta' && a['name'])
        page.metas.set(a['name'], [...(page.metas.get(a['name']) ?? []), a['content'] ?? ''])
      if (name === 'h1') page.h1.push('')
      if (name === 'time') page.times.push('')
      if (name === 'dt' && inside('main')) page.terms.push('')
      if (name === 'article' && a['data-kind']) page.kind ??= a['data-kind']
      if (name === 'img' && a['alt'] === undefined) page.imagesWithoutAlt.push(a['src'] ?? '')
      if (name === 'a' && a['href'] !== undefined) {
        page.links.push(a['href'])
        if (inside('footer')) page.footLinks.push({ href: a['href'], text: '' })
      }
      const asset = name === 'link' && /stylesheet|icon/.test(a['rel'] ?? '') ? a['href'] : a['src']
      if (asset && ['link', 'script', 'img'].includes(name)) page.assets.push(asset)
    },
    ontext(text) {
      if (inside('script') || inside('style')) return
      if (inside('title')) page.title += text
      if (inside('h1')) add(page.h1, text)
      if (inside('time')) add(page.times, text)
      if (inside('main')) page.main += text
      if (inside('main') && inside('dt')) add(page.terms, text)
      if (inside('footer')) page.foot += text
      const last = page.footLinks.at(-1)
      if (last && inside('footer') && inside('a')) last.text += text
    },
    onclosetag(name) {
      const at = open.lastIndexOf(name)
      if (at >= 0) open.length = at
    },
  })
  parser.end(html)
  return page
}

function add(list: string[], text: string): void {
  list[list.length - 1] = (list.at(-1) ?? '') + text
}
