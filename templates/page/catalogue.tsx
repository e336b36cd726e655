/** 政府信息公开目录 as a page (条例 2019 art. 12): a table that becomes a list on a phone, with the same as CSV, JSON and Atom. */
import type { Edition } from '../../src/publication/edition.ts'
import { type Lang, t } from '../words/index.ts'
import { goneAt, goneWord, linkOnly } from './display.ts'
import { ValidityMark } from './document-head.tsx'
import { bothLanguages, Layout } from './layout.tsx'
import { Empty, PER_PAGE } from './list.tsx'
import { isShown, type Shown } from './pick.ts'
import { titleFor } from './row.tsx'
import { dayOf, named, pathTo, type Site, shownTitle } from './site.ts'
import { validityOf } from './validity.ts'

type Props = {
  site: Site
  lang: Lang
  /** Newest first. */
  editions: Edition[]
  size: number
  page?: number
  relating: Map<string, Edition[]>
}

const COLUMNS = ['index', 'title', 'formed', 'document', 'agency', 'validity'] as const
const DOCUMENTS = ['policy', 'notice', 'response']

export function CataloguePage(p: Props) {
  const { site, lang } = p
  const base = p.page ? `/catalogue/page-${p.page}/` : '/catalogue/'
  const name = t(lang, 'gov.catalogue')
  const title = p.page ? `${name} · ${t(lang, 'public.page', { page: p.page })}` : name
  return (
    <Layout
      site={site}
      lang={lang}
      title={shownTitle(site, lang, title)}
      path={pathTo(site, lang, base)}
      other={pathTo(site, lang === 'zh' ? 'en' : 'zh', base)}
      alternates={bothLanguages(site, base)}
      description={t(lang, 'gov.catalogue.what')}
      gov={{ column: name }}
    >
      <div class="page-head">
        <h1>{shownTitle(site, lang, name)}</h1>
        <p>{t(lang, 'gov.catalogue.what')}</p>
        {p.editions.length ? (
          <p class="small-links">
            {t(lang, 'gov.catalogue.also')} <Downloads page={p.page} />
          </p>
        ) : null}
      </div>
      {p.editions.length === 0 ? <Empty site={site} lang={lang} /> : <Table {...p} />}
      <Pages {...p} />
    </Layout>
  )
}

function Downloads({ page }: { page?: number }) {
  const file = page ? `archive-${page}` : 'index'
  return (
    <>
      <a href={`/catalogue/${file}.csv`}>CSV</a> · <a href={`/catalogue/${file}.json`}>JSON</a> ·{' '}
      <a href={`/catalogue/${file}.atom`}>Atom</a> · <a href="/catalogue/schema.json">JSON Schema</a>
    </>
  )
}

function Table(p: Props) {
  return (
    <table class="catalogue-table">
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <th scope="col">{t(p.lang, `gov.catalogue.${column}`)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {p.editions.map((edition) =>
          isShown(edition) ? <Row {...p} edition={edition} /> : <GoneRow {...p} edition={edition} />,
        )}
      </tbody>
    </table>
  )
}

function Row({ site, lang, edition, relating }: Props & { edition: Shown }) {
  const { core } = edition.content
  const name = (column: string) => t(lang, `gov.catalogue.${column}`)
  const day = (iso: string) => dayOf(iso, site.offset)
  const formed = core.formedOn ?? day(edition.firstPublishedAt)
  const validity = DOCUMENTS.includes(edition.kind)
    ? validityOf(edition, relating.get(edition.releaseId) ?? [], day)
    : null
  return (
    <tr>
      <td class="number" data-name={core.indexNumber ? name('index') : t(lang, 'public.facts.number')}>
        {core.indexNumber ?? edition.releaseNumber}
      </td>
      <td>
        <Name site={site} lang={lang} edition={edition} />
      </td>
      <td class="nb" data-name={name('formed')}>
        <time datetime={formed}>{formed}</time>
      </td>
      <td
        data-name={core.documentNumber ? name('document') : undefined}
        lang={core.documentNumber ? 'zh-CN' : undefined}
      >
        {core.documentNumber ?? ''}
      </td>
      <td data-name={name('agency')}>{named(edition.agency.name, lang)}</td>
      <td class="nb" data-name={validity ? name('validity') : undefined}>
        {validity ? <ValidityMark validity={validity} lang={lang} /> : ''}
      </td>
    </tr>
  )
}

/** A 公示 is named by agency and number: portals copy this table, and a title may hold a name. */
function Name({ site, lang, edition }: { site: Site; lang: Lang; edition: Shown }) {
  const title = titleFor(site, edition, lang)
  const bare = linkOnly(edition) && site.gov?.endedTitle !== 'keep'
  const said = { agency: named(edition.agency.name, lang), number: edition.releaseNumber }
  return (
    <a href={title.href} lang={bare ? undefined : title.tag}>
      {bare ? t(lang, 'feeds.display.title', said) : title.text}
    </a>
  )
}

function GoneRow({ site, lang, edition }: Props & { edition: Edition }) {
  return (
    <tr>
      <td class="number">{edition.releaseNumber}</td>
      <td colspan={COLUMNS.length - 1}>
        <a href={edition.address}>{t(lang, `public.gone.${goneWord(edition)}`)}</a>{' '}
        <time datetime={goneAt(edition)}>{dayOf(goneAt(edition), site.offset)}</time>
      </td>
    </tr>
  )
}

function Pages({ site, lang, page, size }: Props) {
  const last = Math.ceil(size / PER_PAGE)
  const older = page ? page - 1 : Math.ceil((size - PER_PAGE) / PER_PAGE)
  const to = (n: number) => pathTo(site, lang, `/catalogue/page-${n}/`)
  if (!page && older < 1) return null
  return (
    <nav class="pages" aria-label={t(lang, 'gov.catalogue')}>
      <span>
        {page ? <a href={pathTo(site, lang, '/catalogue/')}>{t(lang, 'public.newest')}</a> : null}{' '}
        {page && page < last ? (
          <a href={to(page + 1)} rel="prev">
            {t(lang, 'public.newer')}
          </a>
        ) : null}
      </span>
      {older >= 1 ? (
        <a href={to(older)} rel="next">
          {t(lang, 'public.older')}
        </a>
      ) : null}
    </nav>
  )
}
