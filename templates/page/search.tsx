/** The search page: what is asked for, what was found with the words marked, and what to do when nothing was. */
import type { EditionType, Language, Named, WarningLevel } from '../../src/publication/edition.ts'
import { type Lang, t } from '../words/index.ts'
import { EditionChip, Level } from './bits.tsx'
import { Layout } from './layout.tsx'
import { dayOf, named, OWN_NAME, pathTo, type Site } from './site.ts'

type Piece = { text: string; hit: boolean }
export type ShownHit = {
  number: string
  address: string
  kind: string
  agency: { slug: string; name: Named }
  areas: Named[]
  level?: WarningLevel
  documentNumber?: string
  edition: number
  type: EditionType
  firstPublishedAt: string
  languages: Language[]
  language: Language
  title: Piece[]
  excerpt: Piece[]
}
export type Option = { value: string; label: string }
export type SearchProps = {
  site: Site
  lang: Lang
  /** As typed, by the names of the fields. */
  asked: Record<string, string>
  options: Record<'kind' | 'agency' | 'area' | 'topic', Option[]>
  /** A sentence on what is wrong with the question. */
  fault?: string
  /** Undefined where nothing was asked for. */
  found?: { hits: ShownHit[]; total: number; pages: number; most: number; exact: boolean; page: number }
}

const FIELDS = ['q', 'kind', 'agency', 'area', 'topic', 'from', 'to', 'order'] as const
const FILTERS = ['kind', 'agency', 'area', 'topic', 'from', 'to'] as const

/** The address of this question, changed in some fields. */
function here(p: SearchProps, change: Record<string, string>): string {
  const all: Record<string, string> = { ...p.asked, ...change }
  const given = [...FIELDS, 'page'].flatMap((name) => (all[name] ? [[name, all[name]] as [string, string]] : []))
  return `/search?${new URLSearchParams([...given, ['lang', all['lang'] ?? p.lang]])}`
}

export function SearchPage(p: SearchProps) {
  const { lang, site } = p
  const name = t(lang, 'search.title')
  const q = p.asked['q'] ?? ''
  return (
    <Layout
      site={site}
      lang={lang}
      title={q ? t(lang, 'search.title.of', { q }) : name}
      path="/search"
      other={here(p, { lang: lang === 'zh' ? 'en' : 'zh' })}
      noindex
    >
      <div class="page-head">
        <h1>{name}</h1>
      </div>
      <Form {...p} />
      {p.fault ? (
        <div class="issues" role="alert">
          {p.fault}
        </div>
      ) : null}
      {p.found ? <Results {...p} found={p.found} /> : null}
    </Layout>
  )
}

function Form(p: SearchProps) {
  const { lang, asked } = p
  const filtered = FILTERS.some((name) => asked[name])
  return (
    <search aria-label={t(lang, 'search.title')}>
      <form class="search" method="get" action="/search">
        <input type="hidden" name="lang" value={lang} />
        <div class="field">
          <label for="q">{t(lang, 'search.words')}</label>
          <div class="search-line">
            <input id="q" type="search" name="q" value={asked['q']} maxlength={200} aria-describedby="q-hint" />
            <button type="submit" class="primary">
              {t(lang, 'search.go')}
            </button>
          </div>
          <p class="hint" id="q-hint">
            {t(lang, 'search.hint')}
          </p>
        </div>
        <details open={filtered}>
          <summary>{t(lang, 'search.filters')}</summary>
          <div class="search-filters">
            {(['kind', 'agency', 'area', 'topic'] as const).map((name) => (
              <Select {...p} name={name} />
            ))}
            {(['from', 'to'] as const).map((name) => (
              <div class="field">
                <label for={name}>{t(lang, `search.${name}`)}</label>
                <input id={name} name={name} type="date" value={asked[name]} />
              </div>
            ))}
          </div>
        </details>
        <fieldset class="search-order">
          <legend class="visually-hidden">{t(lang, 'search.order')}</legend>
          {(['best', 'newest'] as const).map((order) => (
            <label class="choice">
              <input type="radio" name="order" value={order} checked={(asked['order'] || 'best') === order} />
              {t(lang, `search.order.${order}`)}
            </label>
          ))}
        </fieldset>
      </form>
    </search>
  )
}

function Select({ lang, asked, options, name }: SearchProps & { name: 'kind' | 'agency' | 'area' | 'topic' }) {
  const value = asked[name] ?? ''
  const known = options[name].some((o) => o.value === value)
  return (
    <div class="field">
      <label for={name}>{t(lang, `search.${name}`)}</label>
      <select id={name} name={name}>
        <option value="">{t(lang, 'search.any')}</option>
        {value && !known ? (
          <option value={value} selected>
            {value}
          </option>
        ) : null}
        {options[name].map((o) => (
          <option value={o.value} selected={o.value === value}>
            {o.label}
          </option>
        ))}
      </select>
    </div>
  )
}

type Found = NonNullable<SearchProps['found']>

function Results(p: SearchProps & { found: Found }) {
  const { found, lang } = p
  if (found.total === 0) return <Nothing {...p} />
  const many = found.total >= found.most
  const count = found.exact ? 'search.count.exact' : many ? 'search.count.many' : 'search.count'
  return (
    <section aria-labelledby="found">
      <h2 class="day" id="found" role="status">
        {t(lang, count, { n: found.total })}
      </h2>
      <ol class="rows hits">
        {found.hits.map((hit) => (
          <HitRow site={p.site} lang={lang} hit={hit} />
        ))}
      </ol>
      <Pages {...p} />
    </section>
  )
}

/** Words that were asked for, marked; the text around them is text and nothing else. */
const Marked = ({ pieces }: { pieces: Piece[] }) => (
  <>{pieces.map((piece) => (piece.hit ? <mark>{piece.text}</mark> : piece.text))}</>
)

function HitRow({ site, lang, hit }: { site: Site; lang: Lang; hit: ShownHit }) {
  const folder = { 'zh-CN': 'zh/', 'mn-Mong-CN': 'mn/', en: 'en/' }[hit.language]
  const href = hit.address + (hit.language === hit.languages[0] ? '' : folder)
  const others = hit.languages.filter((l) => l !== hit.language)
  return (
    <li class="row hit">
      <time datetime={dayOf(hit.firstPublishedAt, site.offset)}>{dayOf(hit.firstPublishedAt, site.offset)}</time>
      <div>
        <h3>
          <a href={href} lang={hit.language}>
            <Marked pieces={hit.title} />
          </a>
        </h3>
        <p lang={hit.language}>
          <Marked pieces={hit.excerpt} />
        </p>
        <ul class="chips">
          {hit.level ? (
            <li>
              <Level level={hit.level} lang={lang} />
            </li>
          ) : null}
          <li class="chip">{t(lang, `public.kind.${hit.kind}`)}</li>
          {hit.documentNumber ? (
            <li class="chip" lang="zh-CN">
              {hit.documentNumber}
            </li>
          ) : null}
          {others.length ? <li class="chip">{others.map((l) => OWN_NAME[l]).join(' · ')}</li> : null}
          {hit.type === 'first' ? null : (
            <li>
              <EditionChip number={hit.edition} type={hit.type} lang={lang} />
            </li>
          )}
          <li class="by">
            {[...new Set([hit.agency.name, ...hit.areas.slice(0, 3)].map((n) => named(n, lang)))].join(' · ')} ·{' '}
            <span class="nb">{hit.number}</span>
          </li>
        </ul>
      </div>
    </li>
  )
}

function Pages(p: SearchProps & { found: Found }) {
  const { page, pages } = p.found
  if (pages < 2) return null
  return (
    <nav class="pages" aria-label={t(p.lang, 'search.pages')}>
      <span>
        {page > 1 ? (
          <a href={here(p, { page: String(page - 1) })} rel="prev">
            {t(p.lang, 'search.previous')}
          </a>
        ) : null}
      </span>
      <span>{t(p.lang, 'search.page', { page, pages })}</span>
      <span>
        {page < pages ? (
          <a href={here(p, { page: String(page + 1) })} rel="next">
            {t(p.lang, 'search.next')}
          </a>
        ) : null}
      </span>
    </nav>
  )
}

/** What to try next, most likely first. */
function Nothing(p: SearchProps) {
  const { lang, site } = p
  const filtered = FILTERS.some((name) => p.asked[name])
  const none = Object.fromEntries(FILTERS.map((name) => [name, '']))
  return (
    <section class="empty" aria-labelledby="found">
      <h2 id="found" role="status">
        {t(lang, 'search.none')}
      </h2>
      <ul>
        {filtered && p.asked['q'] ? (
          <li>
            <a href={here(p, { ...none, page: '' })}>{t(lang, 'search.none.filters')}</a>
          </li>
        ) : null}
        <li>{t(lang, 'search.none.words')}</li>
        <li>{t(lang, 'search.none.number')}</li>
        <li>
          <a href={pathTo(site, lang, '/archive/')}>{t(lang, 'search.none.archive')}</a>
        </li>
        <li>
          <a href={pathTo(site, lang, '/verify/')}>{t(lang, 'search.none.verify')}</a>
        </li>
      </ul>
    </section>
  )
}
