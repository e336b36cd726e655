/** Pages of accredited journalists: coming in, the terms, the list, one release before its hour. They work without script and are in no index. */
import { wallMinute, withOffset } from '../../src/lib/clock.ts'
import type { Attachment, Content, Language } from '../../src/publication/edition.ts'
import { type Lang, t } from '../words/index.ts'
import { sizeOf } from './article.tsx'
import { Issues, type ShownIssue } from './issues.tsx'
import { Layout } from './layout.tsx'
import { type MeetingRow, Meetings } from './media-meetings.tsx'
import { pickPart, type Shown } from './pick.ts'
import { ReleaseText } from './release.tsx'
import { FOLDER, named, type Site, shownTitle, tagOf } from './site.ts'
import { type Own, OwnPage } from './subscription.tsx'

type Who = { name: string; outlet: string }
const STYLE = '/assets/media.css'

export function MediaSignInPage({ issues = [], email = '', ...own }: Own & { issues?: ShownIssue[]; email?: string }) {
  const T = (key: string) => t(own.lang, key)
  return (
    <OwnPage {...own} style={STYLE} title={T('media.sign-in.title')}>
      <p>{T('media.sign-in.lead')}</p>
      <form method="post" action={`/media/sign-in?lang=${own.lang}`}>
        <Issues lang={own.lang} issues={issues} />
        <div class="field">
          <label for="email">{T('media.sign-in.email')}</label>
          <input id="email" name="email" type="email" required maxlength={254} autocomplete="email" value={email} />
        </div>
        <button type="submit" class="primary">
          {T('media.sign-in.do')}
        </button>
      </form>
      <p class="quiet">{T('media.sign-in.none')}</p>
    </OwnPage>
  )
}

export function MediaAskedPage(own: Own) {
  const T = (key: string) => t(own.lang, key)
  return (
    <OwnPage {...own} style={STYLE} title={T('media.asked.title')}>
      <p role="status">{T('media.asked.lead')}</p>
      <p>{T('media.asked.none')}</p>
      <p>
        <a href={`/media/sign-in?lang=${own.lang}`}>{T('media.asked.again')}</a>
      </p>
    </OwnPage>
  )
}

/** Spent by a press, because scanners open every link in a mail. */
export function MediaEnterPage({ who, ...own }: Own & { who: Who }) {
  return (
    <OwnPage {...own} style={STYLE} title={t(own.lang, 'media.enter.title')}>
      <p>{t(own.lang, 'media.enter.lead', who)}</p>
      <form method="post" action={`${own.here}?lang=${own.lang}`}>
        <button type="submit" class="primary">
          {t(own.lang, 'media.enter.do')}
        </button>
      </form>
    </OwnPage>
  )
}

type Terms = Own & { terms: readonly number[]; version: string; issues?: ShownIssue[] }

export function MediaTermsPage({ terms, version, issues = [], ...own }: Terms) {
  const T = (key: string) => t(own.lang, key)
  return (
    <OwnPage {...own} style={STYLE} title={T('media.terms.title')}>
      <p>{T('media.terms.lead')}</p>
      <ol class="media-terms">
        {terms.map((n) => (
          <li>{T(`media.terms.${n}`)}</li>
        ))}
      </ol>
      <p class="small quiet">{t(own.lang, 'media.terms.version', { version })}</p>
      <form method="post" action={`/media/terms?lang=${own.lang}`}>
        <Issues lang={own.lang} issues={issues} />
        <input type="hidden" name="version" value={version} />
        <label class="choice">
          <input type="checkbox" name="accept" value="yes" id="accept" />
          <span>{T('media.terms.accept')}</span>
        </label>
        <p>
          <button type="submit" class="primary">
            {T('media.terms.do')}
          </button>
        </p>
      </form>
      <SignOut lang={own.lang} />
    </OwnPage>
  )
}

const SignOut = ({ lang }: { lang: Lang }) => (
  <form method="post" action={`/media/sign-out?lang=${lang}`} class="media-out">
    <button type="submit">{t(lang, 'media.sign-out')}</button>
  </form>
)

/** 还有 2 小时 13 分; never less than nothing. */
export function timeLeft(lang: Lang, ms: number): string {
  const s = Math.floor(ms / 1000)
  if (s <= 0) return t(lang, 'media.left.now')
  if (s < 3600) return t(lang, 'media.left.minutes', { m: Math.floor(s / 60), s: s % 60 })
  const h = Math.floor(s / 3600)
  if (h < 48) return t(lang, 'media.left.hours', { h, m: Math.floor((s % 3600) / 60) })
  return t(lang, 'media.left.days', { d: Math.floor(h / 24), h: h % 24 })
}

export type WaitingRow = {
  id: string
  number: string
  kind: string
  opensAt: string
  agency: { zh: string; en: string }
  content: Content
}
type List = Own & {
  who: Who
  now: string
  waiting: WaitingRow[]
  before: { number: string; state: 'public' | 'removed'; address: string }[]
  meetings?: MeetingRow[]
  /** Why what was just asked was not done. */
  refused?: string
}

export function MediaListPage({ who, now, waiting, before, meetings = [], refused, ...own }: List) {
  const { lang, site } = own
  return (
    <OwnPage {...own} style={STYLE} title={t(lang, 'media.title')}>
      <p class="quiet">
        {t(lang, 'media.list.lead', who)} · <ServerTime lang={lang} site={site} now={now} />
      </p>
      {refused ? (
        <p class="notice warn" role="alert">
          {refused}
        </p>
      ) : null}
      {waiting.length === 0 ? <p>{t(lang, 'media.list.none')}</p> : null}
      <ul class="media-list">
        {waiting.map((w) => (
          <Waiting {...own} now={now} row={w} />
        ))}
      </ul>
      <Meetings site={site} lang={lang} meetings={meetings} />
      {before.length ? <h2>{t(lang, 'media.list.before')}</h2> : null}
      <ul>
        {before.map((b) => (
          <li>
            {b.state === 'public' ? <a href={b.address}>{b.number}</a> : <strong>{b.number}</strong>} ·{' '}
            {t(lang, `media.before.${b.state}`)}
          </li>
        ))}
      </ul>
      <SignOut lang={lang} />
    </OwnPage>
  )
}

function Waiting({ row, now, lang, site }: Own & { row: WaitingRow; now: string }) {
  const { language, part } = pickPart(row.content, lang === 'en' ? 'en' : 'zh-CN')
  return (
    <li>
      <p class="media-when">
        <strong>{t(lang, 'media.list.opens', { at: wallMinute(row.opensAt, site.offset) })}</strong>{' '}
        {timeLeft(lang, Date.parse(row.opensAt) - Date.parse(now))}
      </p>
      <h2 lang={language}>
        <a href={itemPath(row.id, language)}>{part.title}</a>
      </h2>
      <p class="small quiet">
        {row.number} · {t(lang, `public.kind.${row.kind}`)} · {named(row.agency, lang)}
      </p>
    </li>
  )
}

export const itemPath = (id: string, language: Language): string => `/media/releases/${id}/${FOLDER[language]}`

const ServerTime = ({ lang, site, now }: { lang: Lang; site: Site; now: string }) => (
  <span class="nb">{t(lang, 'media.list.now', { at: withOffset(now, site.offset).slice(11, 19) })}</span>
)

type Release = Own & {
  who: Who
  id: string
  edition: Shown
  language: Language
  copy: string
  at: string
  opensAt: string
}

/** The text is drawn by what draws the public page; its languages and files lead to places of this journalist's own. */
export function MediaReleasePage(p: Release) {
  const { lang, site, edition, language } = p
  const mark = t(lang, 'media.mark', {
    ...p.who,
    copy: p.copy,
    at: withOffset(p.at, site.offset).slice(0, 19).replace('T', ' '),
  })
  const { part } = pickPart(edition.content, language)
  const here = { ...edition, address: `/media/releases/${p.id}/` }
  const other = lang === 'zh' ? 'en' : 'zh'
  return (
    <Layout
      site={site}
      lang={lang}
      title={shownTitle(site, lang, part.title)}
      path={p.here}
      other={`${p.here}?lang=${other}`}
      copy={`${p.copy} ${p.who.name} ${p.who.outlet} ${p.at}`}
      style={STYLE}
      noindex
      own
    >
      <div class="embargo" role="note">
        <p>
          <strong>{t(lang, 'media.band')}</strong>{' '}
          {t(lang, 'media.band.until', { at: wallMinute(p.opensAt, site.offset) })}
        </p>
        <p class="copy-mark">{mark}</p>
      </div>
      <CopyGround mark={`${p.copy} ${p.who.name}`} />
      <p class="small quiet no-print">
        {t(lang, 'media.left.label', {
          left: timeLeft(lang, Date.parse(p.opensAt) - Date.parse(p.at)),
          now: withOffset(p.at, site.offset).slice(11, 19),
        })}{' '}
        · {t(lang, 'media.reload')} {t(lang, 'media.print')}
      </p>
      <div class="media-text">
        <ReleaseText site={site} edition={here} language={language} fileHref={() => null} />
        <Files id={p.id} lang={lang} files={edition.content.attachments} />
      </div>
      <p class="copy-mark end">
        {t(lang, 'media.band')} · {t(lang, 'media.band.until', { at: wallMinute(p.opensAt, site.offset) })} · {mark}
      </p>
      <p class="no-print">
        <a href={`/media/?lang=${lang}`} lang={tagOf(lang)}>
          {t(lang, 'media.back')}
        </a>
      </p>
    </Layout>
  )
}

/** Upon the ground of the page, so that a picture of any part of it bears the mark; said once above, so not read out again. */
const CopyGround = ({ mark }: { mark: string }) => (
  <div class="copy-ground" aria-hidden="true">
    {Array.from({ length: 60 }, () => (
      <span>{mark}</span>
    ))}
  </div>
)

function Files({ id, lang, files }: { id: string; lang: Lang; files: Attachment[] }) {
  if (files.length === 0) return null
  return (
    <section class="after">
      <h2>{t(lang, 'public.attachments')}</h2>
      <ul class="files">
        {files.map((file) => (
          <li>
            <a href={`/media/releases/${id}/files/${file.sha256}`}>{file.title || file.name}</a>{' '}
            <small class="quiet">
              {file.name} · {sizeOf(file.bytes)}
            </small>
          </li>
        ))}
      </ul>
      <p class="small quiet no-print">{t(lang, 'media.files.hint')}</p>
    </section>
  )
}

/** The hour has come: where everybody reads it, also in the moment before its page stands. */
export function MediaOpenedPage({ address, ...own }: Own & { address: string }) {
  const href = own.site.publicUrl + address
  return (
    <OwnPage {...own} style={STYLE} title={t(own.lang, 'media.opened.title')}>
      <p role="status">{t(own.lang, 'media.opened.lead')}</p>
      <p>
        <a href={address}>{href}</a>
      </p>
      <p>
        <a href={`/media/?lang=${own.lang}`}>{t(own.lang, 'media.back')}</a>
      </p>
    </OwnPage>
  )
}
