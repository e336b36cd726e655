/** The subscription page: a form for e-mail that needs no script, and a section for browser notifications that does. */
import type { Language } from '../../src/publication/edition.ts'
import { type Lang, t } from '../words/index.ts'
import { named, OWN_NAME, pathTo } from './site.ts'
import { type Choices, Page, type PageProps } from './statics.tsx'

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
          <Push lang={lang} />
        </form>
        <div class="side">
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

/** Empty until /assets/subscribe.js says in `data-push` where things stand; the stylesheet hides it until then. */
function Push({ lang }: { lang: Lang }) {
  return (
    <>
      <section id="push">
        <h2>{t(lang, 'public.subscribe.push')}</h2>
        <p class="quiet">{t(lang, 'public.subscribe.push.why')}</p>
        <div data-push />
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
