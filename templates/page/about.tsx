/** The guide: what this service is, how a release is put right, how to check one, how to be told, whom to call, how to cite. */
import { type Lang, t } from '../words/index.ts'
import { ContactLink } from './frame.tsx'
import { pathTo, type Site, siteName } from './site.ts'
import { Page } from './statics.tsx'

const PARTS = ['what', 'right', 'check', 'told', 'find', 'reuse', 'press'] as const

export function AboutPage({ site, lang }: { site: Site; lang: Lang }) {
  const name = siteName(site, lang)
  const parts = PARTS.filter((part) => part !== 'press' || site.contact)
  return (
    <Page site={site} lang={lang} name="public.about" path="/about/">
      <div class="prose guide">
        <nav aria-label={t(lang, 'guide.inside')}>
          <ul>
            {parts.map((part) => (
              <li>
                <a href={`#${part}`}>{t(lang, `guide.${part}`)}</a>
              </li>
            ))}
          </ul>
        </nav>
        <section id="what">
          <h2>{t(lang, 'guide.what')}</h2>
          {['1', '2', '3'].map((n) => (
            <p>{t(lang, `public.about.${n}`, { name })}</p>
          ))}
        </section>
        <section id="right">
          <h2>{t(lang, 'guide.right')}</h2>
          <p>{t(lang, 'guide.right.1')}</p>
          <dl class="facts">
            {['erratum', 'correction', 'addition', 'withdrawal', 'takedown'].map((type) => (
              <>
                <dt>{t(lang, `public.type.${type}`)}</dt>
                <dd>{t(lang, `guide.right.${type}`)}</dd>
              </>
            ))}
          </dl>
        </section>
        <section id="check">
          <h2>{t(lang, 'guide.check')}</h2>
          <p>{t(lang, 'public.about.4')}</p>
          <p>
            {t(lang, 'guide.check.1')} <To site={site} lang={lang} path="/verify/" word="verify.title" />
          </p>
        </section>
        <section id="told">
          <h2>{t(lang, 'guide.told')}</h2>
          <ul>
            {site.mode === 'live' ? (
              <li>
                <To site={site} lang={lang} path="/subscribe/" word="public.subscribe" /> {t(lang, 'guide.told.mail')}
              </li>
            ) : null}
            <li>
              <To site={site} lang={lang} path="/feeds/" word="public.feeds" /> {t(lang, 'guide.told.feeds')}
            </li>
            <li>
              <To site={site} lang={lang} path="/calendar/" word="calendar.title" /> {t(lang, 'guide.told.calendar')}
            </li>
          </ul>
        </section>
        <section id="find">
          <h2>{t(lang, 'guide.find')}</h2>
          <p>
            {site.mode === 'live' ? <a href={`/search?lang=${lang}`}>{t(lang, 'search.title')}</a> : null}
            {['archive', 'topics', 'areas', 'agencies', 'kinds'].map((index) => (
              <>
                {' · '}
                <To site={site} lang={lang} path={`/${index}/`} word={`finding.${index}`} />
              </>
            ))}
          </p>
        </section>
        <section id="reuse">
          <h2>{t(lang, 'guide.reuse')}</h2>
          <p>{t(lang, 'guide.reuse.1')}</p>
          <p>{t(lang, 'guide.reuse.2')}</p>
          <blockquote>
            <p>{t(lang, 'guide.reuse.cite', { name, url: site.publicUrl })}</p>
          </blockquote>
          <p>{t(lang, 'guide.reuse.3')}</p>
        </section>
        {site.contact ? (
          <section id="press">
            <h2>{t(lang, 'guide.press')}</h2>
            <p>{t(lang, 'guide.press.1')}</p>
            <p>
              <ContactLink contact={site.contact} />
            </p>
          </section>
        ) : null}
      </div>
    </Page>
  )
}

const To = ({ site, lang, path, word }: { site: Site; lang: Lang; path: string; word: string }) => (
  <a href={pathTo(site, lang, path)}>{t(lang, word)}</a>
)
