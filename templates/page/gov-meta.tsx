/** Page tags of a government site (国办发〔2017〕47号 annex): three on every page, seven on a column, ten and more on an article. */
import { type Lang, t } from '../words/index.ts'
import { type Site, siteName } from './site.ts'

/** Column and content tags; printed only when the site has its code, since SiteIDCode may not be empty. */
export type GovTags = {
  column: string
  article?: {
    title: string
    /** YYYY-MM-DD HH:MM, 24 hours: when the release was published, as the page says it. */
    at: string
    source: string
    keywords: string[]
    description?: string
    /** Absolute address of the article. */
    url: string
  }
}

/** An article carries the column's seven too: which of them count among its ten is read in two ways. */
export function GovMeta(p: { site: Site; tags?: GovTags; lang: Lang }) {
  const { site, tags, lang } = p
  const { column, article } = tags ?? {}
  return (
    <>
      <Tag name="SiteName" content={siteName(site, lang)} />
      <Tag name="SiteDomain" content={new URL(site.publicUrl).hostname} />
      <Tag name="SiteIDCode" content={site.siteCode} />
      {column ? (
        <>
          <Tag name="ColumnName" content={column} />
          <Tag name="ColumnDescription" content={t(lang, 'public.list.describe', { name: column })} />
          <Tag name="ColumnKeywords" content={column} />
          <Tag name="ColumnType" content={column} />
        </>
      ) : null}
      {article ? (
        <>
          <Tag name="ArticleTitle" content={article.title} />
          <Tag name="PubDate" content={article.at} />
          <Tag name="ContentSource" content={article.source} />
          <Tag name="Author" content={article.source} />
          <Tag name="Keywords" content={article.keywords.join(lang === 'zh' ? '，' : ', ')} />
          <Tag name="Description" content={article.description ?? article.title} />
          <Tag name="Url" content={article.url} />
        </>
      ) : null}
    </>
  )
}

const Tag = (p: { name: string; content?: string }) => <meta name={p.name} content={p.content} />
