/** Pages that tell about the site: about, feeds, subscribe, not found. */
import type { AgencyFace, AreaFace, Language, TopicFace } from '../../src/publication/edition.ts'
import { type Lang, t } from '../words/index.ts'
import { ContactLink } from './frame.tsx'
import { bothLanguages, Layout } from './layout.tsx'
import { named, OWN_NAME, pathTo, rootOf, type Site, shownTitle, siteName } from './site.ts'

/** What readers can choose from; `releases` is 0 where nothing has been published yet. */
export type Choices = {
  topics: (TopicFace & { releases: number })[]
  areas: (AreaFace & { releases: number })[]
  agencies: (AgencyFace & { releases: number })[]
}
type PageProps = { site: Site; lang: Lang }

function Page(p: PageProps & { name: string; path: string; script?: string; children: unknown }) {
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
    >
      <div class="page-head">
        <h1>{shownTitle(p.site, p.lang, name)}</h1>
      </div>
      {p.children as string}
    </Layout>
  )
}

export function AboutPage({ site, lang }: PageProps) {
  const name = siteName(site, lang)
  return (
    <Page site={site} lang={lang} name="public.about" path="/about/">
      <div class="prose">
        {['1', '2', '3', '4'].map((n) => (
          <p>{t(lang, `public.about.${n}`, { name })}</p>
        ))}
        <h2>{t(lang, 'public.about.words')}</h2>
        <dl class="facts">
          {['erratum', 'correction', 'withdrawal'].map((type) => (
            <>
              <dt>{t(lang, `public.type.${type}`)}</dt>
              <dd>{t(lang, `public.about.${type}`)}</dd>
            </>
          ))}
        </dl>
        {site.contact ? (
          <>
            <h2>{t(lang, 'public.contact')}</h2>
            <p>
              <ContactLink contact={site.contact} />
            </p>
          </>
        ) : null}
      </div>
    </Page>
  )
}

/** Every feed there is, by list. A list without releases has no feed yet and is not shown. */
export function FeedsPage({ site, lang, choices }: PageProps & { choices: Choices }) {
  const groups = [
    { word: 'public.feeds.topics', lists: choices.topics.map((x) => ({ ...x, key: `topic/${x.slug}` })) },
    { word: 'public.feeds.areas', lists: choices.areas.map((x) => ({ ...x, key: `area/${x.code}` })) },
    { word: 'public.feeds.agencies', lists: choices.agencies.map((x) => ({ ...x, key: `agency/${x.slug}` })) },
  ]
  const cap = `${rootOf(site.mode)}/cap/index.atom`
  return (
    <Page site={site} lang={lang} name="public.feeds" path="/feeds/">
      <p>{t(lang, 'public.feeds.intro')}</p>
      <ul class="feeds">
        <FeedLine site={site} name={t(lang, 'public.feeds.everything')} list="all" />
        <li>
          {t(lang, 'public.feeds.warnings')} <a href={cap}>Atom</a>
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

const LANGUAGES: readonly Language[] = ['zh-CN', 'mn-Mong-CN', 'en']
const URGENCIES = ['normal', 'important', 'critical'] as const
const FREQUENCIES = ['at-once', 'daily', 'weekly'] as const

/** The form works without script; the section on notifications is shown by /assets/subscribe.js where it can work. */
export function SubscribePage({ site, lang, choices }: PageProps & { choices: Choices }) {
  return (
    <Page site={site} lang={lang} name="public.subscribe" path="/subscribe/" script="/assets/subscribe.js">
      <div class="columns">
        <form method="post" action="/subscriptions" data-subscribe>
          <h2>{t(lang, 'public.subscribe.email')}</h2>
          <p class="quiet">{t(lang, 'public.subscribe.intro')}</p>
          <div class="field">
            <label for="email">{t(lang, 'public.subscribe.address')}</label>
            <input
              id="email"
              name="email"
              type="email"
              required
              maxlength={254}
              autocomplete="email"
              inputmode="email"
            />
          </div>
          <div class="field">
            <label for="language">{t(lang, 'public.subscribe.language')}</label>
            <select id="language" name="language">
              {LANGUAGES.map((l) => (
                <option value={l} lang={l} selected={l === (lang === 'en' ? 'en' : 'zh-CN')}>
                  {OWN_NAME[l]}
                </option>
              ))}
            </select>
          </div>
          <Radios lang={lang} name="urgency" values={URGENCIES} />
          <Radios lang={lang} name="frequency" values={FREQUENCIES} hint="public.subscribe.frequency.hint" />
          <Ticks
            lang={lang}
            name="topics"
            options={choices.topics.map((x) => ({ value: x.slug, label: named(x.name, lang) }))}
          />
          <Ticks
            lang={lang}
            name="areas"
            options={choices.areas.map((x) => ({ value: x.code, label: named(x.name, lang) }))}
          />
          <button type="submit" class="primary">
            {t(lang, 'public.subscribe.send')}
          </button>
        </form>
        <div class="side">
          <Push lang={lang} />
          <section>
            <h2>{t(lang, 'public.feeds')}</h2>
            <p class="small-links">
              <a href={pathTo(site, lang, '/feeds/')}>{t(lang, 'public.box.feeds.all')}</a>
            </p>
          </section>
        </div>
      </div>
    </Page>
  )
}

function Push({ lang }: { lang: Lang }) {
  return (
    <>
      <section id="push" hidden>
        <h2>{t(lang, 'public.subscribe.push')}</h2>
        <p>{t(lang, 'public.subscribe.push.why')}</p>
        <p>
          <button type="button" data-push>
            {t(lang, 'public.subscribe.push.button')}
          </button>
        </p>
        <p role="status" data-push-status />
      </section>
      <noscript>
        <p class="quiet small">{t(lang, 'public.subscribe.noscript')}</p>
      </noscript>
    </>
  )
}

function Radios(p: { lang: Lang; name: 'urgency' | 'frequency'; values: readonly string[]; hint?: string }) {
  return (
    <fieldset class="field">
      <legend>{t(p.lang, `public.subscribe.${p.name}`)}</legend>
      {p.values.map((value, i) => (
        <label class="choice">
          <input type="radio" name={p.name} value={value} checked={i === 0} />
          {t(p.lang, `public.subscribe.${p.name}.${value}`)}
        </label>
      ))}
      {p.hint ? <p class="hint">{t(p.lang, p.hint)}</p> : null}
    </fieldset>
  )
}

function Ticks(p: { lang: Lang; name: 'topics' | 'areas'; options: { value: string; label: string }[] }) {
  if (p.options.length === 0) return null
  return (
    <fieldset class="field">
      <legend>{t(p.lang, `public.subscribe.${p.name}`)}</legend>
      <p class="hint">{t(p.lang, 'public.subscribe.none')}</p>
      <div class="choices">
        {p.options.map((option) => (
          <label class="choice">
            <input type="checkbox" name={`${p.name}[]`} value={option.value} />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
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
