/** A list of releases: its current page, and archive pages numbered from the oldest whose slots never move. */
import { wallMinute } from '../../src/lib/clock.ts'
import type { Edition, IncidentFace, ListKey } from '../../src/publication/edition.ts'
import { type Lang, t } from '../words/index.ts'
import { changeWordOf } from './change-word.ts'
import { goneWord } from './display.ts'
import { isOver } from './expiry.ts'
import { bothLanguages, Layout } from './layout.tsx'
import { breadcrumbs } from './linked-data.ts'
import { isShown } from './pick.ts'
import type { Station } from './relay.tsx'
import { RelayLine } from './relay.tsx'
import { Days, titleFor } from './row.tsx'
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
      feed={p.size > 0 && !p.face.key.startsWith('month/') ? p.face.key : undefined}
    >
      <div class="page-head">
        <h1>{shownTitle(p.site, p.lang, name)}</h1>
        <p>
          {p.face.incident ? t(p.lang, 'public.incident.number', { number: p.face.incident.number }) : null}
          {p.face.word ? t(p.lang, p.face.word) : null}
          {p.page ? ` · ${t(p.lang, 'public.page', { page: p.page })}` : null}
        </p>
      </div>
      {p.editions.length === 0 ? <Empty site={p.site} lang={p.lang} /> : <Entries {...p} />}
      <Pages site={p.site} lang={p.lang} base={p.face.base} size={p.size} page={p.page} />
    </Layout>
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
  if (p.face.incident) return <Timeline site={p.site} lang={p.lang} editions={p.editions} running={false} />
  return <Days site={p.site} lang={p.lang} editions={p.editions} at={(e) => e.firstPublishedAt} />
}

type TimelineProps = { site: Site; lang: Lang; editions: Edition[]; running: boolean }

/** Everything said about an incident, newest first; `running`: the first of them is what holds now. */
export function Timeline(p: TimelineProps) {
  return (
    <div class="timeline">
      <RelayLine
        lang={p.lang}
        offset={p.site.offset}
        quietStates
        stations={p.editions.map((e, i) => station(p, e, p.running && i === 0))}
      />
    </div>
  )
}

function station(p: TimelineProps, edition: Edition, now: boolean): Station {
  const base = {
    at: edition.firstPublishedAt,
    state: now ? ('now' as const) : ('done' as const),
    key: edition.releaseNumber,
  }
  if (!isShown(edition)) {
    const note = t(p.lang, `public.gone.${goneWord(edition)}`)
    return { ...base, name: edition.releaseNumber, href: edition.address, note }
  }
  const title = titleFor(p.site, edition, p.lang)
  const { core } = edition.content
  const changed = edition.type === 'first' ? '' : ` · ${t(p.lang, `public.type.${changeWordOf(edition)}`)}`
  return {
    ...base,
    name: title.text,
    nameLang: title.tag,
    href: title.href,
    who: `${t(p.lang, `public.kind.${edition.kind}`)} · ${named(edition.agency.name, p.lang)}${changed}`,
    ...(core.asOf ? { note: `${t(p.lang, 'public.asOf')} ${wallMinute(core.asOf, p.site.offset)}` } : {}),
    ...(isOver(core, p.site.asOf) ? { mark: t(p.lang, 'public.over') } : {}),
  }
}

type PagesProps = { site: Site; lang: Lang; base: string; size: number; page?: number }

/** Newer and older by page number; the current page leads to the page where its own slots end. */
export function Pages(p: PagesProps) {
  const last = pagesOf(p.size)
  const older = p.page ? p.page - 1 : pagesOf(p.size - PER_PAGE)
  const newer = p.page && p.page < last ? p.page + 1 : undefined
  const to = (page: number) => pathTo(p.site, p.lang, `${p.base}page-${page}/`)
  if (!p.page && older < 1) return null
  return (
    <nav class="pages" aria-label={t(p.lang, 'public.all')}>
      <span>
        {p.page ? <a href={pathTo(p.site, p.lang, p.base)}>{t(p.lang, 'public.newest')}</a> : null}{' '}
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
