/** What a shared link shows: Open Graph (ogp.me), and the card that takes it over. */
import type { Language } from '../../src/publication/edition.ts'
import { type Lang, t } from '../words/index.ts'
import { type Site, siteName } from './site.ts'

/** Times with their offset. */
export type Article = { published: string; modified: string; section: string; tags: string[]; language: Language }

type Props = {
  site: Site
  lang: Lang
  title: string
  path: string
  description?: string
  alternates?: { tag: string; path: string }[]
  article?: Article
}

const LOCALES: Record<string, string> = { 'zh-CN': 'zh_CN', 'mn-Mong-CN': 'mn_CN', en: 'en_GB' }

export function OpenGraph(p: Props) {
  const { article, site } = p
  const own = LOCALES[article?.language ?? (p.lang === 'en' ? 'en' : 'zh-CN')]
  const others = (p.alternates ?? []).flatMap(({ tag }) => LOCALES[tag] ?? []).filter((locale) => locale !== own)
  const alt = t(p.lang, 'page.share.alt', { name: siteName(site, p.lang) })
  return (
    <>
      <meta property="og:type" content={article ? 'article' : 'website'} />
      <meta property="og:title" content={p.title} />
      <meta property="og:url" content={site.publicUrl + p.path} />
      <meta property="og:site_name" content={siteName(site, p.lang)} />
      <meta property="og:locale" content={own} />
      {others.map((locale) => (
        <meta property="og:locale:alternate" content={locale} />
      ))}
      <meta property="og:image" content={site.publicUrl + site.share} />
      <meta property="og:image:type" content="image/png" />
      <meta property="og:image:width" content="1200" />
      <meta property="og:image:height" content="630" />
      <meta property="og:image:alt" content={alt} />
      {p.description ? <meta property="og:description" content={p.description} /> : null}
      {article ? <ArticleTimes {...article} /> : null}
      <meta name="twitter:card" content="summary_large_image" />
    </>
  )
}

const ArticleTimes = (a: Article) => (
  <>
    <meta property="article:published_time" content={a.published} />
    <meta property="article:modified_time" content={a.modified} />
    <meta property="article:section" content={a.section} />
    {a.tags.map((tag) => (
      <meta property="article:tag" content={tag} />
    ))}
  </>
)
