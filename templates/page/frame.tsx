/** Bands, header and footer of a public page. */
import type { Mode } from '../../src/publication/edition.ts'
import { type Lang, t } from '../words/index.ts'
import { PrintMark } from './paper.tsx'
import { SearchBox } from './search-box.tsx'
import { named, pathTo, rootOf, type Site, siteName } from './site.ts'

/** Where the menu leads, in order. Exercises have no subscription page: their readers are named at the desk. */
const MENU: { key: string; path: string; modes: readonly Mode[] }[] = [
  { key: 'public.all', path: '/all/', modes: ['live', 'exercise', 'test'] },
  { key: 'public.kind.warning', path: '/kinds/warning/', modes: ['live', 'exercise', 'test'] },
  { key: 'public.kind.policy', path: '/kinds/policy/', modes: ['live', 'exercise', 'test'] },
  { key: 'public.kind.press-conference', path: '/calendar/', modes: ['live', 'exercise', 'test'] },
  { key: 'public.subscribe', path: '/subscribe/', modes: ['live'] },
  { key: 'public.feeds', path: '/feeds/', modes: ['live', 'exercise', 'test'] },
]

type FrameProps = { site: Site; lang: Lang; path: string; other?: string }

/** What this page is not: an exercise, a test, a demonstration. Stands above everything else. */
function Bands(p: { site: Site; lang: Lang }) {
  const { mode, mark } = p.site
  return (
    <>
      {mode === 'live' ? null : (
        <div class={`band ${mode}`} role="note">
          <strong>{t(p.lang, `public.mode.${mode}`)}</strong>
          {t(p.lang, `public.mode.${mode}.note`)}
        </div>
      )}
      {mark === '' ? null : (
        <div class="band sample" role="note">
          <strong>{mark}</strong>
          {t(p.lang, 'public.mark')}
        </div>
      )}
      <PrintMark site={p.site} lang={p.lang} />
    </>
  )
}

export function Top(p: FrameProps) {
  return (
    <header class="top">
      <Bands site={p.site} lang={p.lang} />
      <div class="wrap">
        <a class="brand" href={pathTo(p.site, p.lang, '/')}>
          <span class="seal" aria-hidden="true" lang="zh-CN">
            驿
          </span>
          {siteName(p.site, p.lang)}
        </a>
        {p.site.mode === 'live' ? (
          <a class="to-find" href={`/search?lang=${p.lang}`}>
            {t(p.lang, 'search.title')}
          </a>
        ) : null}
        <a class="to-menu" href="#menu">
          {t(p.lang, 'public.menu')}
        </a>
        <nav aria-label={t(p.lang, 'public.nav')}>
          <Menu {...p} />
        </nav>
        {p.path === '/search' ? null : <SearchBox site={p.site} lang={p.lang} at="top" />}
      </div>
    </header>
  )
}

function Menu(p: FrameProps) {
  return (
    <ul>
      {MENU.filter((item) => item.modes.includes(p.site.mode)).map((item) => {
        const path = pathTo(p.site, p.lang, item.path)
        return (
          <li>
            <a href={path} aria-current={path === p.path ? 'page' : undefined}>
              {t(p.lang, item.key)}
            </a>
          </li>
        )
      })}
      <li>
        <OtherLanguage {...p} />
      </li>
    </ul>
  )
}

/** Leads to this page in the other frame language where there is one, else to that language's home. */
function OtherLanguage(p: FrameProps) {
  const other: Lang = p.lang === 'zh' ? 'en' : 'zh'
  const tag = other === 'en' ? 'en' : 'zh-CN'
  return (
    <a href={p.other ?? pathTo(p.site, other, '/')} lang={tag} hreflang={tag}>
      {other === 'en' ? 'English' : '中文'}
    </a>
  )
}

export function Foot(p: FrameProps) {
  return (
    <footer class="foot" id="menu" tabindex={-1}>
      <div class="wrap">
        {p.path === '/search' ? null : <SearchBox site={p.site} lang={p.lang} at="foot" />}
        <nav aria-label={t(p.lang, 'public.nav.foot')}>
          <Menu {...p} />
        </nav>
        <label class="large">
          <input type="checkbox" id="large-type" /> {t(p.lang, 'public.large')}
        </label>
        <FaultButton {...p} />
        <SiteFacts {...p} />
      </div>
    </footer>
  )
}

/** 找错 on every page of the real site, leading back with the page it was pressed on. */
function FaultButton({ site, lang, path }: FrameProps) {
  if (site.mode !== 'live') return null
  return (
    <a class="fault" href={faultPath(lang, path)} rel="nofollow">
      {t(lang, 'gov.fault.button')}
    </a>
  )
}

/** What a government site must name at its foot (国办发〔2017〕47号 annex); only what the configuration gives. */
function SiteFacts({ site, lang, path }: FrameProps) {
  return (
    <ul class="site-facts">
      <li>
        <a href={pathTo(site, lang, '/about/')}>{t(lang, 'public.about')}</a>
      </li>
      <li>
        <a href={pathTo(site, lang, '/archive/')}>{t(lang, 'finding.archive')}</a>
      </li>
      <li>
        <a href={pathTo(site, lang, '/verify/')}>{t(lang, 'verify.title')}</a>
      </li>
      {site.mode === 'live' ? (
        <li>
          <a href={pathTo(site, lang, '/catalogue/')}>{t(lang, 'gov.catalogue')}</a>
        </li>
      ) : null}
      {site.mode === 'live' ? (
        <li>
          <a href="/gazette/" hreflang="zh-CN">
            {t(lang, 'gazette')}
          </a>
        </li>
      ) : null}
      {site.contact ? (
        <li>
          {t(lang, 'public.contact')} <ContactLink contact={site.contact} />
        </li>
      ) : null}
      {site.siteCode ? <GovFacts site={site} lang={lang} path={path} /> : null}
      {site.mode === 'live' ? (
        <li>
          <a href={`${rootOf(site.mode)}/sitemap.xml`}>{t(lang, 'public.sitemap')}</a>
        </li>
      ) : null}
    </ul>
  )
}

function GovFacts({ site, lang, path }: FrameProps) {
  const gov = site.gov ?? {}
  return (
    <>
      <li>
        {t(lang, 'public.foot.sponsor')} {gov.sponsor ? named(gov.sponsor, lang) : siteName(site, lang)}
      </li>
      <li>
        {t(lang, 'public.foot.code')} {site.siteCode}
      </li>
      {gov.icp ? (
        <li lang="zh-CN">
          <MaybeLink href={gov.icpUrl} text={gov.icp} />
        </li>
      ) : null}
      {gov.police ? (
        <li lang="zh-CN">
          <MaybeLink href={gov.policeUrl} text={gov.police} />
        </li>
      ) : null}
      {gov.badgeUrl ? (
        <li>
          <a href={gov.badgeUrl}>{t(lang, 'public.foot.badge')}</a>
        </li>
      ) : null}
      {site.mode === 'live' ? (
        <li>
          <a href={gov.faultUrl ?? faultPath(lang, path)}>{t(lang, 'public.foot.fault')}</a>
        </li>
      ) : null}
    </>
  )
}

const MaybeLink = (p: { href?: string; text: string }) =>
  p.href ? <a href={p.href}>{p.text}</a> : <span>{p.text}</span>

/** Our own form for a fault on this page. It works without script and without a log-in. */
export const faultPath = (lang: Lang, path: string): string =>
  `/fault/?page=${encodeURIComponent(path)}${lang === 'en' ? '&lang=en' : ''}`

/** The address a contact stands for: an e-mail address, a web address or a telephone number; else undefined. */
export function contactUri(contact: string): string | undefined {
  if (/^(mailto:|https:|tel:)/.test(contact)) return contact
  if (/^\S+@\S+$/.test(contact)) return `mailto:${contact}`
  return /^\+?[\d\s-]{5,}$/.test(contact) ? `tel:${contact.replace(/[^\d+]/g, '')}` : undefined
}

export function ContactLink(p: { contact: string }) {
  const uri = contactUri(p.contact)
  return uri ? <a href={uri}>{p.contact.replace(/^(mailto|tel):/, '')}</a> : <span>{p.contact}</span>
}
