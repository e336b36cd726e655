/** The subscription page: a form for e-mail that needs no script, and a section for browser notifications that does. */
import { type Lang, t } from '../words/index.ts'
import { ChoiceFields, type Chosen, type Offered } from './choice-fields.tsx'
import { Issues, type ShownIssue } from './issues.tsx'
import { pathTo, tagOf } from './site.ts'
import { type Choices, Page, type PageProps } from './statics.tsx'

type SubscribeProps = PageProps & { choices: Choices }

/** The form works without script; the section on notifications is shown by /assets/subscribe.js where it can work. */
export function SubscribePage({ site, lang, choices }: SubscribeProps) {
  return (
    <Page site={site} lang={lang} name="public.subscribe" path="/subscribe/" script="/assets/subscribe.js">
      <div class="columns">
        <SubscribeForm lang={lang} offered={choices} offset={site.offset} />
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

/** `issues` and what was typed come back together when something was wrong. */
export function SubscribeForm(p: {
  lang: Lang
  offered: Offered
  offset: string
  email?: string
  chosen?: Chosen
  issues?: ShownIssue[]
}) {
  const wrong = p.issues?.some((i) => i.field === 'email')
  return (
    <form method="post" action={`/subscriptions?lang=${p.lang}`} data-subscribe>
      <h2>{t(p.lang, 'public.subscribe.email')}</h2>
      <p class="quiet">{t(p.lang, 'public.subscribe.intro')}</p>
      <Issues lang={p.lang} issues={p.issues ?? []} />
      <div class="field">
        <label for="email">{t(p.lang, 'public.subscribe.address')}</label>
        <input
          id="email"
          name="email"
          type="email"
          required
          maxlength={254}
          autocomplete="email"
          inputmode="email"
          value={p.email}
          aria-invalid={wrong ? 'true' : undefined}
          aria-describedby={wrong ? 'issues' : undefined}
        />
      </div>
      <ChoiceFields
        lang={p.lang}
        offered={p.offered}
        offset={p.offset}
        chosen={p.chosen ?? { language: tagOf(p.lang) }}
      />
      <button type="submit" class="primary">
        {t(p.lang, 'public.subscribe.send')}
      </button>
      <Push lang={p.lang} />
    </form>
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
