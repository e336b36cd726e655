/** Rules about one page (国办发〔2017〕47号 annex, R-060 to R-069e). Pure. */
import { type Finding, found } from './findings.ts'
import type { PageFacts } from './page-facts.ts'

export type PageRules = {
  /** 网站标识码: with it the rules of a government site hold, without it those of any good site. */
  siteCode?: string
  mostKilobytes: number
}

/** A sheet for a wall has no menu, no foot and no column. */
const isSheet = ({ path }: PageFacts): boolean => path.endsWith('/poster/')

export function pageFindings(page: PageFacts, rules: PageRules): Finding[] {
  if (isSheet(page)) return anyPage(page, rules)
  return [
    ...anyPage(page, rules),
    ...(page.status === 200 && rules.siteCode ? [...tagFindings(page), ...footFindings(page, rules.siteCode)] : []),
    ...(page.status === 200 && isArticle(page) ? articleFindings(page) : []),
  ]
}

export const isArticle = (page: PageFacts): boolean => page.kind !== undefined
const isColumn = (page: PageFacts): boolean => !isArticle(page) && page.metas.has('ColumnName')

function anyPage(page: PageFacts, { mostKilobytes }: PageRules): Finding[] {
  const { path } = page
  const kilobytes = Math.ceil(page.bytes / 1000)
  return [
    ...(page.lang ? [] : [found(path, 'error', 'lang-missing')]),
    ...(page.title.trim() ? [] : [found(path, 'error', 'title-missing')]),
    ...(page.h1.length === 1 ? [] : [found(path, 'warning', 'h1-count', { n: page.h1.length })]),
    ...page.imagesWithoutAlt.map((src) => found(path, 'error', 'alt-missing', { src })),
    ...(kilobytes > mostKilobytes ? [found(path, 'warning', 'heavy', { kilobytes, most: mostKilobytes })] : []),
    ...page.times
      .map((text) => text.trim())
      .filter((text) => !isTime(text))
      .map((text) => found(path, 'error', 'time-shape', { text: text.slice(0, 40) })),
  ]
}

/** YYYY-MM-DD HH:MM, or a part of it where a heading says the rest; a document's date as it is written in Chinese. */
const TIME = /^(?:(\d{4}-\d\d-\d\d)(?: ([01]\d|2[0-3]):[0-5]\d)?|([01]\d|2[0-3]):[0-5]\d|\d{4}年\d{1,2}月\d{1,2}日)$/
const isTime = (text: string): boolean => {
  const day = TIME.exec(text)
  return day !== null && (day[1] === undefined || new Date(`${day[1]}T00:00:00Z`).toJSON()?.startsWith(day[1]) === true)
}

const SITE_TAGS = ['SiteName', 'SiteDomain', 'SiteIDCode']
const COLUMN_TAGS = ['ColumnName', 'ColumnDescription', 'ColumnKeywords', 'ColumnType']
const ARTICLE_TAGS = ['ArticleTitle', 'PubDate', 'ContentSource']

/** Three on every page, seven on a column, ten on an article: each exactly once, and not the text "null". */
function tagFindings(page: PageFacts): Finding[] {
  const { path, metas } = page
  const wanted = [
    ...SITE_TAGS,
    ...(isColumn(page) || isArticle(page) ? COLUMN_TAGS : []),
    ...(isArticle(page) ? ARTICLE_TAGS : []),
  ]
  const strange = [...COLUMN_TAGS, ...ARTICLE_TAGS].filter((name) => metas.has(name) && !wanted.includes(name))
  return [
    ...wanted.flatMap((name) => {
      const contents = metas.get(name) ?? []
      if (contents.length === 0) return [found(path, 'error', 'tag-missing', { name })]
      if (contents.length > 1) return [found(path, 'error', 'tag-repeated', { name })]
      return /^\s*(null|undefined)?\s*$/i.test(contents[0] as string)
        ? [found(path, 'error', 'tag-empty', { name })]
        : []
    }),
    ...strange.map((name) => found(path, 'warning', 'tag-out-of-place', { name })),
  ]
}

/** Words and shapes each part of the seven is known by, in either language of the page. */
const FOOT: [part: string, is: (page: PageFacts, code: string) => boolean][] = [
  ['sponsor', ({ foot }) => /主办单位|Sponsor/.test(foot)],
  [
    'contact',
    ({ footLinks, foot }) => footLinks.some((l) => /^(mailto|tel):/.test(l.href)) || /(联系|Contact)\s*\S/.test(foot),
  ],
  ['code', ({ foot }, code) => foot.includes(code)],
  ['icp', ({ foot }) => /ICP备\s*\d+号/i.test(foot)],
  ['police', ({ foot }) => /公网安备\s*\d+号?/.test(foot)],
  ['badge', ({ footLinks }) => footLinks.some((l) => /党政机关|badge/i.test(l.text))],
  ['fault', ({ footLinks }) => footLinks.some((l) => /找错|fault/i.test(l.text))],
  ['sitemap', ({ footLinks }) => footLinks.some((l) => /站点地图|网站地图|site ?map/i.test(l.text))],
]

const footFindings = (page: PageFacts, code: string): Finding[] =>
  FOOT.filter(([, is]) => !is(page, code)).map(([part]) => found(page.path, 'error', `foot-${part}`))

function articleFindings(page: PageFacts): Finding[] {
  const { path, metas } = page
  const [at] = metas.get('PubDate') ?? []
  const [title] = metas.get('ArticleTitle') ?? []
  const words = (text: string) => text.replace(/\s+/g, ' ').trim()
  return [
    ...(/(来源|Source)[:：]?\s*\S/.test(page.main) ? [] : [found(path, 'error', 'source-missing')]),
    ...(at === undefined || /^\d{4}-\d\d-\d\d ([01]\d|2[0-3]):[0-5]\d$/.test(at)
      ? []
      : [found(path, 'error', 'pubdate-shape', { text: at })]),
    ...(at === undefined || page.times.some((t) => t.trim() === at)
      ? []
      : [found(path, 'error', 'pubdate-not-shown', { text: at })]),
    ...(title === undefined || page.h1.map(words).includes(words(title))
      ? []
      : [found(path, 'error', 'title-differs')]),
    ...(page.kind === 'policy' && !page.terms.some((t) => /政策解读|Explained in/.test(t))
      ? [found(path, 'hint', 'policy-unexplained')]
      : []),
  ]
}
