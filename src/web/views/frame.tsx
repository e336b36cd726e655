/** The frame of every desk screen: what this is (LIVE, EXERCISE), who is at the desk, where one can go. */
import type { Child } from 'hono/jsx'
import { tagOf } from '../../../templates/page/site.ts'
import { hasWords, type Lang, t } from '../../../templates/words/index.ts'
import type { Mode } from '../../desk/content.ts'
import { wallMinute, withOffset } from '../../lib/clock.ts'
import type { Role } from '../../staff/member.ts'

export type DeskSite = { nameZh: string; nameEn: string; offset: string; mark: string; publicUrl: string }
export type Who = { memberId: string; name: string; agencyZh: string; agencyEn: string; roles: Role[] }

/** What every screen is handed besides its own data. */
export type Frame = {
  lang: Lang
  /** Path of this screen with its query, without `lang`. */
  here: string
  /** Path asked for, whatever the method: which entry of the menu is marked. */
  at: string
  /** UTC ISO. */
  now: string
  site: DeskSite
  mode: Mode
  who: Who | null
  menu: MenuItem[]
  /** Buttons at the end of the menu: what this person can begin. */
  begin: { flash: boolean; release: boolean }
  /** Single keys are heard in this browser. */
  keys: boolean
  css: string
  js: string
  /** Code of what has just been done: desk.said.<code>. */
  said?: string
}
export type MenuItem = { key: string; href: string; count?: number }

export const say =
  (f: Pick<Frame, 'lang'>) =>
  (key: string, params?: Record<string, string | number>): string =>
    t(f.lang, key, params)

type PageProps = { f: Frame; title: string; wide?: boolean; plain?: boolean; children: Child }

/** `plain` leaves the menu to the foot of the page: for a screen with one job. */
export function Page(p: PageProps) {
  const { f } = p
  return (
    <html lang={tagOf(f.lang)}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow" />
        <meta name="format-detection" content="telephone=no" />
        <title>{`${modePrefix(f)}${p.title} · ${say(f)('desk.name')}`}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href={f.css} />
        <script src={f.js} defer />
      </head>
      <body
        data-keys={f.who && f.keys ? 'on' : 'off'}
        data-close={say(f)('desk.keys.close')}
        data-keys-more={say(f)('desk.keys.more')}
        class={['desk', f.mode === 'live' ? '' : `mode-${f.mode}`, p.plain ? 'plain' : ''].filter(Boolean).join(' ')}
      >
        <a class="skip" href="#main">
          {say(f)('public.skip')}
        </a>
        <Band f={f} plain={p.plain ?? false} />
        <Head f={f} />
        <main id="main" class={p.wide ? 'd-wrap wide' : 'd-wrap'} tabindex={-1}>
          <Said f={f} />
          {p.children}
        </main>
        <Foot f={f} />
      </body>
    </html>
  )
}

const modePrefix = (f: Frame) => (f.mode === 'live' ? '' : say(f)(`public.mode.${f.mode}.prefix`))

/** LIVE, EXERCISE and TEST differ in colour and in words; the mark of a demonstration stands beside them. */
function Band({ f, plain }: { f: Frame; plain: boolean }) {
  const T = say(f)
  return (
    <div class={`band d-band ${f.mode}`}>
      <span>
        <strong>
          <span aria-hidden="true">{f.mode === 'live' ? '●' : '▨'}</span> {T(`desk.mode.${f.mode}`)}
        </strong>
        {T(`desk.mode.${f.mode}.note`)}
      </span>
      {f.site.mark ? <span class="mark">{f.site.mark}</span> : null}
      <time class="d-now" datetime={withOffset(f.now, f.site.offset)}>
        {wallMinute(f.now, f.site.offset)}
      </time>
      {plain && f.who ? (
        <a class="d-band-menu" href="#menu">
          {T('public.menu')}
        </a>
      ) : null}
    </div>
  )
}

function Head({ f }: { f: Frame }) {
  const T = say(f)
  return (
    <header class="d-top">
      <div class="d-wrap">
        <a class="brand" href="/desk">
          <span class="seal" aria-hidden="true" lang="zh-CN">
            驿
          </span>
          <span>{T('desk.name')}</span>
        </a>
        {f.who ? (
          <>
            <a class="d-to-menu" href="#menu">
              {T('public.menu')}
            </a>
            <nav class="d-nav" aria-label={T('public.nav')}>
              <Menu f={f} />
            </nav>
            <SearchBox f={f} id="q-head" />
            <Begin f={f} />
          </>
        ) : (
          <LanguageSwitch f={f} />
        )}
      </div>
    </header>
  )
}

function SearchBox({ f, id }: { f: Frame; id: string }) {
  const T = say(f)
  if (f.here.split('?')[0] === '/desk/search') return null
  return (
    <search class="d-search-place">
      <form method="get" action="/desk/search" class="d-search">
        <label for={id} class="visually-hidden">
          {T('desk.search.label')}
        </label>
        <input id={id} type="search" name="q" placeholder={T('desk.search.short')} autocomplete="off" />
        <button type="submit">{T('desk.search.do')}</button>
      </form>
    </search>
  )
}

function Menu({ f }: { f: Frame }) {
  return (
    <ul>
      {f.menu.map((item) => (
        <li>
          <a href={item.href} aria-current={currentOf(item.href, f.at)}>
            {say(f)(item.key)}
            {item.count ? <span class="count">{item.count}</span> : null}
          </a>
        </li>
      ))}
    </ul>
  )
}

/** The screen itself, or one under it; everything lies under my desk, which is only itself. */
const currentOf = (href: string, path: string): 'page' | 'true' | undefined => {
  if (href === path) return 'page'
  return href !== '/desk' && path.startsWith(`${href}/`) ? 'true' : undefined
}

function Begin({ f }: { f: Frame }) {
  if (!f.begin.release && !f.begin.flash) return null
  return (
    <p class="d-begin">
      {f.begin.flash ? (
        <a class="button danger" href="/desk/flash">
          {say(f)('desk.flash')}
        </a>
      ) : null}
      {f.begin.release ? (
        <a class="button" href="/desk/releases/new">
          {say(f)('desk.new')}
        </a>
      ) : null}
    </p>
  )
}

/** The same screen in the other language; nothing typed is lost where a script can ask first. */
function LanguageSwitch({ f }: { f: Frame }) {
  const other: Lang = f.lang === 'zh' ? 'en' : 'zh'
  const tag = tagOf(other)
  return (
    <a class="d-language" href={`${f.here}${f.here.includes('?') ? '&' : '?'}lang=${other}`} lang={tag} hreflang={tag}>
      {other === 'en' ? 'English' : '中文'}
    </a>
  )
}

function Foot({ f }: { f: Frame }) {
  const T = say(f)
  return (
    <footer class="d-foot" id="menu" tabindex={-1}>
      <div class="d-wrap">
        {f.who ? (
          <>
            <SearchBox f={f} id="q-foot" />
            <nav aria-label={T('public.nav.foot')}>
              <Menu f={f} />
            </nav>
          </>
        ) : null}
        <div class="d-who">
          {f.who ? (
            <span>
              <strong>{f.who.name}</strong> · {f.lang === 'en' ? f.who.agencyEn || f.who.agencyZh : f.who.agencyZh} ·{' '}
              {f.who.roles.map((r) => T(`role.${r}`)).join(T('desk.list-comma'))}
            </span>
          ) : null}
          {f.who ? <a href="/desk/account">{T('account')}</a> : null}
          {f.who ? <a href="/desk/account/absence">{T('desk.absence')}</a> : null}
          <LanguageSwitch f={f} />
          {f.who ? <a href="/desk/shortcuts">{T('desk.keys')}</a> : null}
          <a href={f.site.publicUrl}>{T('desk.public-site')}</a>
          {f.who ? (
            <form method="post" action="/desk/sign-out">
              <button type="submit" class="link">
                {T('desk.sign-out')}
              </button>
            </form>
          ) : null}
        </div>
      </div>
    </footer>
  )
}

function Said({ f }: { f: Frame }) {
  const key = `desk.said.${f.said ?? ''}`
  if (!f.said || !hasWords(key)) return null
  return (
    <p class="notice ok d-said" role="status">
      {say(f)(key)}
    </p>
  )
}
