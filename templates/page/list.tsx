/** A list of releases: its current page, and archive pages numbered from the oldest whose slots never move. */
import type { Edition, IncidentFace, ListKey } from '../../src/publication/edition.ts'
import { type Lang, t } from '../words/index.ts'
import { bothLanguages, Layout } from './layout.tsx'
import { breadcrumbs } from './linked-data.ts'
import { isReport, isShown } from './pick.ts'
import type { Station } from './relay.tsx'
import { RelayLine } from './relay.tsx'
import { Days, Hero, titleFor } from './row.tsx'
import { named, pathTo, type Site, shownTitle } from './site.ts'

/** Slots on one archive page, and on the current page of a list. */
export const PER_PAGE = 20

export type ListFace = {
  key: ListKey
  /** Path without root or language: /topics/livestock/ */
  base: string
  /** Name for people, in both languages. */
  zh: string
  en: string
  /** Small word above the name: 主题, 地区 … */
  word?: string
  incident?: IncidentFace
}

export type ListProps = {
  site: Site
  lang: Lang
  face: ListFace
  /** Newest first. */
  editions: Edition[]
  /** Slots in the whole list. */
  size: number
  /** Archive page number; undefined on the current page. */
  page?: number
}

const pagesOf = (size: number): number => Math.ceil(size / PER_PAGE)

export function ListPage(p: ListProps) {
  const name = p.face[p.lang]
  const base = p.page ? `${p.face.base}page-${p.page}/` : p.face.base
  const title = p.page ? `${name} · ${t(p.lang, 'public.page', { page: p.page })}` : name
  return (
    <Layout
      site={p.site}
      lang={p.lang}
      title={shownTitle(p.site, p.lang, title)}
      path={pathTo(p.site, p.lang, base)}
      other={pathTo(p.site, p.lang === 'zh' ? 'en' : 'zh', base)}
      alternates={bothLanguages(p.site, base)}
      description={t(p.lang, 'public.list.describe', { name })}
      gov={{ column: name }}
      jsonLd={[breadcrumbs(p.site, p.lang, [{ name: title, path: pathTo(p.site, p.lang, base) }])]}
      feed={p.size > 0 ? p.face.key : undefined}
    >
      <div class="page-head">
        <h1>{shownTitle(p.site, p.lang, name)}</h1>
        <p>
          {p.face.incident ? <IncidentState incident={p.face.incident} lang={p.lang} /> : null}
          {p.face.word ? t(p.lang, p.face.word) : null}
          {p.page ? ` · ${t(p.lang, 'public.page', { page: p.page })}` : null}
        </p>
      </div>
      {p.editions.length === 0 ? <Empty site={p.site} lang={p.lang} /> : <Entries {...p} />}
      <Pages {...p} />
    </Layout>
  )
}

function IncidentState({ incident, lang }: { incident: IncidentFace; lang: Lang }) {
  return (
    <>
      {t(lang, 'public.incident.number', { number: incident.number })} ·{' '}
      {t(lang, incident.closed ? 'public.incident.closed' : 'public.incident.open')}
    </>
  )
}

/** Says what to do next, rather than nothing. */
export function Empty({ site, lang }: { site: Site; lang: Lang }) {
  return (
    <div class="empty">
      <p>
        <strong>{t(lang, 'public.empty')}</strong>
      </p>
      {site.mode === 'live' ? (
        <>
          <p class="quiet">{t(lang, 'public.empty.next')}</p>
          <p>
            <a class="button primary" href={pathTo(site, lang, '/subscribe/')}>
              {t(lang, 'public.subscribe')}
            </a>
          </p>
        </>
      ) : null}
    </div>
  )
}

function Entries(p: ListProps) {
  if (p.face.incident) return <Timeline {...p} incident={p.face.incident} />
  return <Days site={p.site} lang={p.lang} editions={p.editions} at={(e) => e.firstPublishedAt} />
}

/** An incident: the latest word large, then the relay line of everything said about it. */
function Timeline(p: ListProps & { incident: IncidentFace }) {
  const latest = p.page ? undefined : (p.editions.find(isReport) ?? p.editions.find(isShown))
  return (
    <>
      {latest ? <Hero site={p.site} edition={latest} lang={p.lang} /> : null}
      <h2 class="day">{t(p.lang, 'public.incident.timeline')}</h2>
      <div class="timeline">
        <RelayLine
          lang={p.lang}
          offset={p.site.offset}
          quietStates
          stations={p.editions.map((e, i) => station(p, e, i))}
        />
      </div>
    </>
  )
}

function station(p: ListProps & { incident: IncidentFace }, edition: Edition, index: number): Station {
  const now = index === 0 && !p.page && !p.incident.closed
  const base = { at: edition.firstPublishedAt, state: now ? ('now' as const) : ('done' as const) }
  if (!isShown(edition)) {
    const what = edition.type === 'withdrawal' ? 'withdrawal' : 'takedown'
    return { ...base, name: edition.releaseNumber, href: edition.address, note: t(p.lang, `public.gone.${what}`) }
  }
  const title = titleFor(p.site, edition, p.lang)
  const changed = edition.type === 'first' ? '' : ` · ${t(p.lang, `public.type.${edition.type}`)}`
  return {
    ...base,
    name: title.text,
    nameLang: title.tag,
    href: title.href,
    who: `${t(p.lang, `public.kind.${edition.kind}`)} · ${named(edition.agency.name, p.lang)}${changed}`,
  }
}

/** Newer and older by page number; the current page leads to the page where its own slots end. */
function Pages(p: ListProps) {
  const last = pagesOf(p.size)
  const older = p.page ? p.page - 1 : pagesOf(p.size - PER_PAGE)
  const newer = p.page && p.page < last ? p.page + 1 : undefined
  const to = (page: number) => pathTo(p.site, p.lang, `${p.face.base}page-${page}/`)
  if (!p.page && older < 1) return null
  return (
    <nav class="pages" aria-label={t(p.lang, 'public.all')}>
      <span>
        {p.page ? <a href={pathTo(p.site, p.lang, p.face.base)}>{t(p.lang, 'public.newest')}</a> : null}{' '}
        {newer ? (
          <a href={to(newer)} rel="prev">
            {t(p.lang, 'public.newer')}
          </a>
        ) : null}
      </span>
      {older >= 1 ? (
        <a href={to(older)} rel="next">
          {t(p.lang, 'public.older')}
        </a>
      ) : null}
    </nav>
  )
}
