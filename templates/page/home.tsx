/** The home page: what is going on now, then recent releases day by day, then how to be told. */
import type { Edition } from '../../src/publication/edition.ts'
import { type Lang, t } from '../words/index.ts'
import { bothLanguages, Layout } from './layout.tsx'
import { webSite } from './linked-data.ts'
import { Empty } from './list.tsx'
import type { Shown } from './pick.ts'
import { Days, Hero } from './row.tsx'
import { pathTo, rootOf, type Site, shownTitle, siteName } from './site.ts'

/** `running` stands on top, large; `recent` is ordered by last change, newest first. */
export function HomePage(p: { site: Site; lang: Lang; running: Shown[]; recent: Edition[] }) {
  const { site, lang } = p
  const name = siteName(site, lang)
  return (
    <Layout
      site={site}
      lang={lang}
      title={shownTitle(site, lang, name)}
      path={pathTo(site, lang, '/')}
      other={pathTo(site, lang === 'zh' ? 'en' : 'zh', '/')}
      alternates={bothLanguages(site, '/')}
      description={t(lang, 'public.about.1', { name })}
      jsonLd={[webSite(site, lang)]}
    >
      <h1 class="visually-hidden">{shownTitle(site, lang, name)}</h1>
      {p.running.length ? <h2 class="visually-hidden">{t(lang, 'public.running')}</h2> : null}
      {p.running.map((edition) => (
        <Hero site={site} edition={edition} lang={lang} />
      ))}
      <div class="columns">
        <div>
          {p.recent.length === 0 ? (
            <Empty site={site} lang={lang} />
          ) : (
            <>
              <Days site={site} lang={lang} editions={p.recent} at={(e) => e.publishedAt} />
              <p>
                <a href={pathTo(site, lang, '/all/')}>{t(lang, 'public.all')}</a>
              </p>
            </>
          )}
        </div>
        <Boxes site={site} lang={lang} />
      </div>
    </Layout>
  )
}

function Boxes({ site, lang }: { site: Site; lang: Lang }) {
  const feeds = `${rootOf(site.mode)}/feeds/`
  return (
    <div class="side">
      {site.mode === 'live' ? (
        <section>
          <h2>{t(lang, 'public.subscribe')}</h2>
          <p>{t(lang, 'public.box.subscribe')}</p>
          <p>
            <a class="button primary" href={pathTo(site, lang, '/subscribe/')}>
              {t(lang, 'public.subscribe')}
            </a>
          </p>
        </section>
      ) : null}
      <section>
        <h2>{t(lang, 'public.box.feeds')}</h2>
        <p class="small-links">
          <a href={`${feeds}all.rss`}>RSS</a> · <a href={`${feeds}all.atom`}>Atom</a> ·{' '}
          <a href={`${feeds}all.json`}>JSON Feed</a>
          <br />
          <a href={pathTo(site, lang, '/feeds/')}>{t(lang, 'public.box.feeds.all')}</a>
        </p>
      </section>
      <section>
        <h2>{t(lang, 'public.receipt')}</h2>
        <p>{t(lang, 'public.box.verify')}</p>
        <p>
          <a href={pathTo(site, lang, '/verify/')}>{t(lang, 'verify.title')}</a>
        </p>
      </section>
    </div>
  )
}
