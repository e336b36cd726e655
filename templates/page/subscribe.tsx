/** The subscription page: a form for e-mail that needs no script, and a section for browser notifications that does. */
import { type Lang, t } from '../words/index.ts'
import { ChoiceFields, type Chosen, type Offered } from './choice-fields.tsx'
import { FieldIssues, Issues, issuesAt, type ShownIssue } from './issues.tsx'
import { pathTo, tagOf } from './site.ts'
import { type Choices, Page, type PageProps } from './statics.tsx'

type SubscribeProps = PageProps & { choices: Choices }

/** The form works without script; the section on notifications is shown by /assets/subscribe.js where it can work. */
export function SubscribePage({ site, lang, choices }: SubscribeProps) {
  return (
    <Page
      site={site}
      lang={lang}
      name="public.subscribe"
      path="/subscribe/"
      script="/assets/subscribe.js"
      style={site.choice}
    >
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

/** Where in the form an issue's field is. */
export const placeOf = (field: string): string | undefined => {
  const name = field.split('.')[0] as string
  return ['email', 'language', 'urgency', 'frequency', 'zone', 'topics', 'areas', 'places'].includes(name)
    ? name
    : undefined
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
  const issues = p.issues ?? []
  return (
    <form method="post" action={`/subscriptions?lang=${p.lang}`} data-subscribe>
      <Issues lang={p.lang} issues={issues} at={placeOf} />
      <Ways lang={p.lang} email={p.email} issues={issues} />
      <ChoiceFields
        lang={p.lang}
        offered={p.offered}
        offset={p.offset}
        chosen={p.chosen ?? { language: tagOf(p.lang) }}
        issues={issues}
      />
      <button type="submit" class="primary">
        {t(p.lang, 'ways.send')}
      </button>
      <Push lang={p.lang} />
    </form>
  )
}

/** Mail, and where the browser can, notifications: what needs script is shown by script alone. */
function Ways({ lang, email, issues }: { lang: Lang; email: string | undefined; issues: ShownIssue[] }) {
  const wrong = issuesAt(issues, 'email').length > 0
  return (
    <fieldset class="field ways">
      <legend>{t(lang, 'ways.title')}</legend>
      <label for="email" data-email-label>
        {t(lang, 'public.subscribe.address')}
      </label>
      <FieldIssues lang={lang} issues={issues} field="email" />
      <input
        id="email"
        name="email"
        type="email"
        required
        maxlength={254}
        autocomplete="email"
        inputmode="email"
        value={email}
        aria-invalid={wrong ? 'true' : undefined}
        aria-describedby={wrong ? 'email-issue email-hint' : 'email-hint'}
      />
      <p class="hint" id="email-hint">
        {t(lang, 'ways.mail.hint')}
      </p>
      <div data-way hidden>
        <label class="choice">
          <input type="checkbox" data-by-push aria-describedby="push-hint" />
          {t(lang, 'ways.push')}
        </label>
        <p class="hint" id="push-hint">
          {t(lang, 'ways.push.hint')}
        </p>
        <fieldset data-uses hidden>
          <legend>{t(lang, 'ways.use')}</legend>
          {(['each', 'standby'] as const).map((use) => (
            <label class="choice">
              <input type="radio" name="use" value={use} checked={use === 'each'} />
              {t(lang, `ways.use.${use}`)}
            </label>
          ))}
        </fieldset>
      </div>
    </fieldset>
  )
}

/** Empty until /assets/subscribe.js says in `data-push` where things stand; the stylesheet hides it until then. */
function Push({ lang }: { lang: Lang }) {
  return (
    <>
      <section id="push">
        <h2>{t(lang, 'public.subscribe.push')}</h2>
        <div data-push />
      </section>
      <noscript>
        <p class="quiet small">{t(lang, 'public.subscribe.noscript')}</p>
      </noscript>
    </>
  )
}
