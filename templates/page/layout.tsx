/** The frame of every public page: head, bands, header, footer. No inline script or style, so that a strict CSP holds. */
import type { Child } from 'hono/jsx'
import { type Lang, t } from '../words/index.ts'
import { Foot, Top } from './frame.tsx'
import { GovMeta, type GovTags } from './gov-meta.tsx'
import { type Article, OpenGraph } from './open-graph.tsx'
import { pathTo, rootOf, type Site, siteName, tagOf } from './site.ts'

export type LayoutProps = {
  site: Site
  lang: Lang
  title: string
  /** Canonical path of this page. */
  path: string
  /** Same page in other languages: BCP 47 tag and path. */
  alternates?: { tag: string; path: string }[]
  /** Other frame language of the same page, for the switch in the header. */
  other?: string
  description?: string
  gov?: GovTags
  /** What links to a release say of it where they are shared. */
  article?: Article
  /** Data for <script type="application/ld+json">, one element each: not executed, so no CSP source is needed. */
  jsonLd?: object[]
  /** List whose feeds this page names; everything where it is left out. */
  feed?: string
  /** Tombstones and 404 are kept out of indexes. */
  noindex?: boolean
  /** A page of one person: its address is told to nobody, not even by the link to report a fault on it. */
  own?: boolean
  /** Whose copy of what is not public yet this is. */
  copy?: string
  /** Address of a stylesheet of this page's own, after the site's. */
  style?: string | undefined
  /** Address of a script of our own. */
  script?: string
  /** How the page becomes paper where it is not the plain form: official (GB/T 9704), columns (Mongolian). */
  paper?: 'official' | 'columns'
  children: Child
}

/** JSON for a script element: `<`, `>` and `&` as escapes, so that `</script>` cannot close it. */
export const scriptJson = (data: object): string =>
  JSON.stringify(data).replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)

export function Layout(p: LayoutProps) {
  return (
    <html lang={tagOf(p.lang)}>
      <Head {...p} />
      <body class={bodyClass(p)}>
        <a class="skip" href="#main">
          {t(p.lang, 'public.skip')}
        </a>
        <Top site={p.site} lang={p.lang} path={p.path} other={p.other} />
        <main id="main" class="wrap" tabindex={-1}>
          {p.children}
        </main>
        <Foot site={p.site} lang={p.lang} path={p.own ? '/' : p.path} other={p.other} />
      </body>
    </html>
  )
}

function bodyClass(p: LayoutProps): string | undefined {
  const classes = [p.site.mode === 'live' ? '' : `mode-${p.site.mode}`, p.paper ? `paper-${p.paper}` : '']
  return classes.filter(Boolean).join(' ') || undefined
}

function Head(p: LayoutProps) {
  const name = siteName(p.site, p.lang)
  const full = p.title === name ? name : `${p.title} · ${name}`
  const hidden = p.noindex || p.site.mode !== 'live'
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{full}</title>
      {p.description ? <meta name="description" content={p.description} /> : null}
      {hidden ? <meta name="robots" content="noindex, nofollow" /> : null}
      {p.copy ? <meta name="copy" content={p.copy} /> : null}
      <meta name="format-detection" content="telephone=no" />
      {p.noindex ? null : <link rel="canonical" href={p.site.publicUrl + p.path} />}
      {(p.alternates ?? []).map((a) => (
        <link rel="alternate" hreflang={a.tag} href={p.site.publicUrl + a.path} />
      ))}
      <FeedLinks site={p.site} name={p.feed ? full : name} list={p.feed ?? 'all'} />
      <link rel="icon" type="image/png" href={p.site.icon} />
      <link rel="stylesheet" href={p.site.css} />
      {p.style ? <link rel="stylesheet" href={p.style} /> : null}
      <link rel="stylesheet" href={p.site.paper} media="print" />
      <script src={p.site.js} />
      {p.noindex ? null : <OpenGraph {...p} />}
      {p.site.siteCode ? <GovMeta site={p.site} tags={p.gov} lang={p.lang} /> : null}
      {(p.jsonLd ?? []).map((data) => (
        <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: scriptJson(data) }} />
      ))}
      {p.script ? <script src={p.script} defer /> : null}
    </head>
  )
}

const FEEDS = [
  ['application/atom+xml', 'atom', 'Atom'],
  ['application/rss+xml', 'rss', 'RSS'],
  ['application/feed+json', 'json', 'JSON Feed'],
] as const

function FeedLinks(p: { site: Site; name: string; list: string }) {
  return (
    <>
      {FEEDS.map(([type, ending, label]) => (
        <link
          rel="alternate"
          type={type}
          title={`${p.name} (${label})`}
          href={`${rootOf(p.site.mode)}/feeds/${p.list.split('/').map(encodeURIComponent).join('/')}.${ending}`}
        />
      ))}
    </>
  )
}

/** Alternates of a page that exists in both frame languages; whoever reads neither gets Chinese. */
export const bothLanguages = (site: Site, path: string): { tag: string; path: string }[] => [
  { tag: 'zh-CN', path: pathTo(site, 'zh', path) },
  { tag: 'en', path: pathTo(site, 'en', path) },
  { tag: 'x-default', path: pathTo(site, 'zh', path) },
]

/** The document as text: doctype, and no half surrogate pair left in it. */
export const documentOf = (page: unknown): string => `<!doctype html>\n${String(page).toWellFormed()}\n`
