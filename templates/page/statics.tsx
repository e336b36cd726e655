/** Pages that tell about the site: about, feeds, subscribe, not found. */
import type { AgencyFace, AreaFace, TopicFace } from '../../src/publication/edition.ts'
import { type Lang, t } from '../words/index.ts'
import { bothLanguages, Layout } from './layout.tsx'
import { named, pathTo, rootOf, type Site, shownTitle } from './site.ts'

/** What readers can choose from; `releases` is 0 where nothing has been published yet. */
export type Choices = {
  topics: (TopicFace & { releases: number })[]
  areas: (AreaFace & { releases: number; parent?: string | null })[]
  agencies: (AgencyFace & { releases: number })[]
  months?: { month: string; releases: number }[]
  kinds?: { kind: string; releases: number }[]
}
export type PageProps = { site: Site; lang: Lang }

/** The frame of a page that exists in both languages, with its heading. */
export function Page(
  p: PageProps & { name: string; path: string; script?: string; style?: string; children: unknown },
) {
  const name = t(p.lang, p.name)
  return (
    <Layout
      site={p.site}
      lang={p.lang}
      title={shownTitle(p.site, p.lang, name)}
      path={pathTo(p.site, p.lang, p.path)}
      other={pathTo(p.site, p.lang === 'zh' ? 'en' : 'zh', p.path)}
      alternates={bothLanguages(p.site, p.path)}
      gov={{ column: name }}
      script={p.script}
      style={p.style}
    >
      <div class="page-head">
        <h1>{shownTitle(p.site, p.lang, name)}</h1>
      </div>
      {p.children as string}
    </Layout>
  )
}

/** Every feed there is, by list. A list without releases has no feed yet and is not shown. */
export function FeedsPage({ site, lang, choices }: PageProps & { choices: Choices }) {
  const groups = [
    { word: 'public.feeds.topics', lists: choices.topics.map((x) => ({ ...x, key: `topic/${x.slug}` })) },
    { word: 'public.feeds.areas', lists: choices.areas.map((x) => ({ ...x, key: `area/${x.code}` })) },
    {
      word: 'finding.kinds',
      lists: (choices.kinds ?? []).map(({ kind, releases }) => ({
        name: { zh: t('zh', `public.kind.${kind}`), en: t('en', `public.kind.${kind}`) },
        key: `kind/${kind}`,
        releases,
      })),
    },
    { word: 'public.feeds.agencies', lists: choices.agencies.map((x) => ({ ...x, key: `agency/${x.slug}` })) },
  ]
  const cap = `${rootOf(site.mode)}/cap/index`
  return (
    <Page site={site} lang={lang} name="public.feeds" path="/feeds/">
      <p>{t(lang, 'public.feeds.intro')}</p>
      <p>
        <a href={`${pathTo(site, lang, '')}/feeds.opml`}>{t(lang, 'guide.opml')}</a>
      </p>
      <ul class="feeds">
        <FeedLine site={site} name={t(lang, 'public.feeds.everything')} list="all" />
        {LANGUAGES.map((folder) => (
          <FeedLine site={site} name={t(lang, `page.feeds.${folder}`)} list={`${folder}/all`} />
        ))}
        <li>
          {t(lang, 'public.feeds.warnings')} <a href={`${cap}.atom`}>Atom</a> · <a href={`${cap}.rss`}>RSS</a>
        </li>
        <li>
          {t(lang, 'page.feeds.wire')} <a href={`${rootOf(site.mode)}/ninjs/all.json`}>ninjs 3.1</a>
        </li>
      </ul>
      {groups.map((group) => {
        const lists = group.lists.filter((list) => list.releases > 0)
        return lists.length === 0 ? null : (
          <section>
            <h2>{t(lang, group.word)}</h2>
            <ul class="feeds">
              {lists.map((list) => (
                <FeedLine site={site} name={named(list.name, lang)} list={list.key} />
              ))}
            </ul>
          </section>
        )
      })}
    </Page>
  )
}

const LANGUAGES = ['zh', 'mn', 'en'] as const

const FORMATS = [
  ['atom', 'Atom'],
  ['rss', 'RSS'],
  ['json', 'JSON Feed'],
] as const

function FeedLine({ site, name, list }: { site: Site; name: string; list: string }) {
  const path = `${rootOf(site.mode)}/feeds/${list.split('/').map(encodeURIComponent).join('/')}`
  return (
    <li>
      {name}{' '}
      {FORMATS.map(([ending, label], i) => (
        <>
          {i > 0 ? ' · ' : null}
          <a href={`${path}.${ending}`}>
            <span class="visually-hidden">{name} </span>
            {label}
          </a>
        </>
      ))}
    </li>
  )
}

/** One page in both languages: nobody knows which one the reader was looking for. */
export function NotFoundPage({ site }: { site: Site }) {
  return (
    <Layout site={site} lang="zh" title={t('zh', 'public.404')} path={`${rootOf(site.mode)}/404.html`} noindex>
      <div class="gone">
        {(['zh', 'en'] as const).map((lang) => (
          <section lang={lang === 'en' ? 'en' : undefined}>
            {lang === 'zh' ? <h1>{t(lang, 'public.404')}</h1> : <h2>{t(lang, 'public.404')}</h2>}
            <p>{t(lang, 'public.404.why')}</p>
            <p>
              <a href={pathTo(site, lang, '/')}>{t(lang, 'public.home')}</a> ·{' '}
              <a href={pathTo(site, lang, '/all/')}>{t(lang, 'public.all')}</a>
            </p>
          </section>
        ))}
      </div>
    </Layout>
  )
}
