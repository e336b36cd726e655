/** Ways in without a word to search for: the archive by month, and every list by topic, place, agency and kind, with how much is in it. */
import { type Lang, t } from '../words/index.ts'
import { monthName, named, pathTo, type Site } from './site.ts'
import { type Choices, Page } from './statics.tsx'

type Props = { site: Site; lang: Lang; choices: Choices }
/** Index pages, in the order the foot of each names them. */
export const INDEXES = ['archive', 'topics', 'areas', 'agencies', 'kinds'] as const
export type Index = (typeof INDEXES)[number]

export function IndexPage({ index, ...p }: Props & { index: Index }) {
  return (
    <Page site={p.site} lang={p.lang} name={`finding.${index}`} path={`/${index}/`}>
      <div class="prose index">
        <p>{t(p.lang, `finding.${index}.lead`)}</p>
        <Inside index={index} {...p} />
        <nav class="index-nav" aria-label={t(p.lang, 'finding.ways')}>
          <h2>{t(p.lang, 'finding.ways')}</h2>
          <ul>
            {INDEXES.filter((other) => other !== index).map((other) => (
              <li>
                <a href={pathTo(p.site, p.lang, `/${other}/`)}>{t(p.lang, `finding.${other}`)}</a>
              </li>
            ))}
            {p.site.mode === 'live' ? (
              <li>
                <a href={`/search?lang=${p.lang}`}>{t(p.lang, 'search.title')}</a>
              </li>
            ) : null}
          </ul>
        </nav>
      </div>
    </Page>
  )
}

function Inside({ index, ...p }: Props & { index: Index }) {
  switch (index) {
    case 'archive':
      return <Months {...p} />
    case 'areas':
      return <Places {...p} parent={null} />
    case 'topics':
      return <Plain {...p} items={p.choices.topics.map((x) => ({ ...x, path: `/topics/${x.slug}/` }))} />
    case 'agencies':
      return <Plain {...p} items={p.choices.agencies.map((x) => ({ ...x, path: `/agencies/${x.slug}/` }))} />
    case 'kinds':
      return <Plain {...p} items={kindsOf(p)} />
    default:
      return index satisfies never
  }
}

const kindsOf = ({ choices }: Props): Item[] =>
  (choices.kinds ?? []).map(({ kind, releases }) => ({
    name: { zh: t('zh', `public.kind.${kind}`), en: t('en', `public.kind.${kind}`) },
    path: `/kinds/${kind}/`,
    releases,
  }))

type Item = { name: { zh: string; en: string }; path: string; releases: number }

/** A list nobody has published in has no page yet: its name stands without a link. */
function Line({ site, lang, item }: { site: Site; lang: Lang; item: Item }) {
  const name = named(item.name, lang)
  return (
    <>
      {item.releases > 0 ? <a href={pathTo(site, lang, item.path)}>{name}</a> : <span class="quiet">{name}</span>}{' '}
      <span class="count">{t(lang, 'finding.count', { n: item.releases })}</span>
    </>
  )
}

function Plain(p: Props & { items: Item[] }) {
  if (p.items.length === 0) return <p class="empty quiet">{t(p.lang, 'public.empty')}</p>
  return (
    <ul class="counts">
      {p.items.map((item) => (
        <li>
          <Line site={p.site} lang={p.lang} item={item} />
        </li>
      ))}
    </ul>
  )
}

/** Places inside places. One whose parent is not known stands at the top. */
function Places(p: Props & { parent: string | null }) {
  const codes = new Set(p.choices.areas.map((a) => a.code))
  const here = p.choices.areas.filter((a) => (a.parent && codes.has(a.parent) ? a.parent : null) === p.parent)
  if (here.length === 0) return p.parent === null ? <p class="empty quiet">{t(p.lang, 'public.empty')}</p> : null
  return (
    <ul class="counts tree">
      {here.map((area) => (
        <li>
          <Line site={p.site} lang={p.lang} item={{ ...area, path: `/areas/${area.code}/` }} />
          <Places {...p} parent={area.code} />
        </li>
      ))}
    </ul>
  )
}

/** Years, newest first, each with its months. */
function Months({ site, lang, choices }: Props) {
  const months = choices.months ?? []
  if (months.length === 0) return <p class="empty quiet">{t(lang, 'public.empty')}</p>
  const years = Map.groupBy(months, ({ month }) => month.slice(0, 4))
  return (
    <>
      {[...years].map(([year, of]) => (
        <section>
          <h2 class="day">
            {t(lang, 'finding.year', { year })}{' '}
            <span class="count">{t(lang, 'finding.count', { n: of.reduce((sum, m) => sum + m.releases, 0) })}</span>
          </h2>
          <ul class="counts months">
            {of.map(({ month, releases }) => (
              <li>
                <a href={pathTo(site, lang, `/months/${month}/`)}>{monthName(month, lang)}</a>{' '}
                <span class="count">{t(lang, 'finding.count', { n: releases })}</span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}
