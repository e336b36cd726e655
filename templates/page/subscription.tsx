/** Pages of one subscriber: please confirm, confirmed, my choices, leave, left, deleted. They belong to one person and are in no index. */
import type { Child } from 'hono/jsx'
import { type Lang, t } from '../words/index.ts'
import { When } from './bits.tsx'
import { ChoiceFields, type Chosen, type Offered } from './choice-fields.tsx'
import { Issues, type ShownIssue } from './issues.tsx'
import { Layout } from './layout.tsx'
import { pathTo, type Site, siteName } from './site.ts'
import { placeOf, SubscribeForm } from './subscribe.tsx'

/** `here` is the address the language switch leads to. */
export type Own = { site: Site; lang: Lang; here: string }
type OwnPage = Own & { title: string; heading?: string; script?: string; style?: string; children: Child }

/** A page of one purpose in the frame of the public site. */
export function OwnPage(p: OwnPage) {
  const other = p.lang === 'zh' ? 'en' : 'zh'
  const mark = p.here.includes('?') ? '&' : '?'
  return (
    <Layout
      site={p.site}
      lang={p.lang}
      title={p.title}
      path={p.here}
      other={`${p.here}${mark}lang=${other}`}
      noindex
      own
      script={p.script}
      style={p.style ?? p.site.choice}
    >
      <div class="prose">
        <div class="page-head">
          <h1>{p.heading ?? p.title}</h1>
        </div>
        {p.children}
      </div>
    </Layout>
  )
}

type Said = Own & { about: 'asked' | 'late' | 'over' | 'left' | 'deleted' | 'stood-down' }

/** What has been done, or cannot be done any more, and the way on. */
export function SaidPage({ about, ...own }: Said) {
  const { site, lang } = own
  const lines = about === 'asked' ? ['asked.1', 'asked.2'] : [`${about}.lead`]
  const anew = about === 'late' || about === 'over'
  return (
    <OwnPage {...own} title={t(lang, `subscription.${about}.title`)}>
      {lines.map((line) => (
        <p role="status">{t(lang, `subscription.${line}`)}</p>
      ))}
      <p>
        {anew ? (
          <a class="button primary" href={pathTo(site, lang, '/subscribe/')}>
            {t(lang, 'subscription.anew')}
          </a>
        ) : (
          <a href={pathTo(site, lang, '/')}>{t(lang, 'subscription.home')}</a>
        )}
      </p>
    </OwnPage>
  )
}

/** `will` says what is confirmed, in one sentence. */
export function ConfirmPage({
  address,
  action,
  will,
  ...own
}: Own & { address: string; action: string; will: string }) {
  const { site, lang } = own
  return (
    <OwnPage {...own} title={t(lang, 'subscription.confirm.title')}>
      <p>{t(lang, 'subscription.confirm.lead', { site: siteName(site, lang), address })}</p>
      <p class="in-words">{will}</p>
      <form method="post" action={action}>
        <p>
          <button type="submit" class="primary">
            {t(lang, 'subscription.confirm.button')}
          </button>
        </p>
      </form>
    </OwnPage>
  )
}

export function ConfirmedPage({ address, choices, ...own }: Own & { address: string; choices: string }) {
  const { lang } = own
  return (
    <OwnPage {...own} title={t(lang, 'subscription.done.title')}>
      <p role="status">{t(lang, 'subscription.done.lead', { address })}</p>
      <p>
        <a href={choices}>{t(lang, 'subscription.done.choices')}</a>
      </p>
    </OwnPage>
  )
}

/** Opening it changes nothing: scanners open every link of a mail. */
export function LeavePage({ action, choices, ...own }: Own & { action: string; choices: string }) {
  const { lang } = own
  return (
    <OwnPage {...own} title={t(lang, 'subscription.leave.title')}>
      <p>{t(lang, 'subscription.leave.lead')}</p>
      <form method="post" action={action}>
        <p>
          <button type="submit" class="primary">
            {t(lang, 'subscription.leave.button')}
          </button>
        </p>
      </form>
      <p>
        <a href={choices}>{t(lang, 'subscription.leave.instead')}</a>
      </p>
    </OwnPage>
  )
}

export type Mine = Chosen & { kind: string; address: string; state: string; since: string }
type MyPage = Own & { mine: Mine; offered: Offered; saved?: boolean; issues?: ShownIssue[] }

export function MyPage({ mine, offered, saved, issues = [], ...own }: MyPage) {
  const { lang, here, site } = own
  return (
    <OwnPage
      {...own}
      title={titled(lang, t(lang, 'subscription.mine.title'), issues)}
      heading={t(lang, 'subscription.mine.title')}
      script={SCRIPT}
    >
      {saved ? (
        <p class="notice ok" role="status">
          {t(lang, 'subscription.mine.saved')}
        </p>
      ) : null}
      <dl class="facts">
        <dt>{t(lang, 'subscription.mine.address')}</dt>
        <dd>{mine.kind === 'email' ? mine.address : browserName(mine.address, lang)}</dd>
        <dt>{t(lang, 'subscription.mine.state')}</dt>
        <dd>{t(lang, `subscription.state.${mine.state}`)}</dd>
        <dt>{t(lang, 'subscription.mine.since')}</dt>
        <dd>
          <When at={mine.since} offset={site.offset} />
        </dd>
      </dl>
      {mine.state === 'active' ? (
        <>
          <form method="post" action={`${here}?lang=${lang}`}>
            <Issues lang={lang} issues={issues} at={placeOf} />
            <ChoiceFields
              lang={lang}
              offered={offered}
              chosen={mine}
              offset={site.offset}
              mail={mine.kind === 'email'}
              issues={issues}
            />
            <button type="submit" class="primary">
              {t(lang, 'subscription.mine.save')}
            </button>
          </form>
          <h2>{t(lang, 'subscription.leave.title')}</h2>
          <p>
            <a href={`${here}leave?lang=${lang}`}>{t(lang, 'subscription.mine.leave')}</a>
          </p>
        </>
      ) : null}
      <h2>{t(lang, 'subscription.data.title')}</h2>
      <p>
        <a href={`${here}export`}>{t(lang, 'subscription.data.export')}</a>
      </p>
      <form method="post" action={`${here}delete?lang=${lang}`}>
        <p>{t(lang, 'subscription.data.delete.lead')}</p>
        <button type="submit" class="danger">
          {t(lang, 'subscription.data.delete')}
        </button>
      </form>
    </OwnPage>
  )
}

const SCRIPT = '/assets/subscribe.js'

/** Whoever hears the title of the page first hears that something is wrong. */
const titled = (lang: Lang, title: string, issues: ShownIssue[]): string =>
  issues.length ? t(lang, 'readers.error.at') + title : title

/** The address of a browser is a secret of its push service: only the service is shown. */
const browserName = (endpoint: string, lang: Lang): string =>
  t(lang, 'subscription.mine.browser', { service: URL.canParse(endpoint) ? new URL(endpoint).host : '–' })

type AgainPage = Own & { offered: Offered; email: string; chosen: Chosen; issues: ShownIssue[] }

/** The subscription form once more, with what was typed and what is wrong with it. */
export function AgainPage({ offered, email, chosen, issues, ...own }: AgainPage) {
  return (
    <OwnPage
      {...own}
      title={titled(own.lang, t(own.lang, 'public.subscribe'), issues)}
      heading={t(own.lang, 'public.subscribe')}
      script={SCRIPT}
    >
      <SubscribeForm
        lang={own.lang}
        offered={offered}
        offset={own.site.offset}
        email={email}
        chosen={chosen}
        issues={issues}
      />
    </OwnPage>
  )
}

/** Something could not be given: what happened, and a way on. */
export function ProblemPage({
  title,
  detail,
  issues,
  ...own
}: Own & { title: string; detail: string; issues: ShownIssue[] }) {
  return (
    <OwnPage {...own} title={title}>
      <p>{detail}</p>
      <Issues lang={own.lang} issues={issues} />
      <p>
        <a href={pathTo(own.site, own.lang, '/')}>{t(own.lang, 'subscription.home')}</a>
      </p>
    </OwnPage>
  )
}
