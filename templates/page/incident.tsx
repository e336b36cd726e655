/** The page of an incident: what it is and where, what to do now, whom to call, how fresh this is, then everything said about it. */
import type { AreaFace, Edition, Named } from '../../src/publication/edition.ts'
import { type Lang, t } from '../words/index.ts'
import { dialled, Level, OverNotice, Title, When } from './bits.tsx'
import { hoursOf } from './conference.tsx'
import { isOver } from './expiry.ts'
import { AsOf, publicContacts } from './facts.tsx'
import { bothLanguages, Layout } from './layout.tsx'
import { breadcrumbs } from './linked-data.ts'
import { Pages, Timeline } from './list.tsx'
import { isReport, isShown, languagePath, languagesIn, pickPart, type Shown } from './pick.ts'
import { ChangeNotice } from './release-head.tsx'
import { titleFor } from './row.tsx'
import { dayName, named, OWN_NAME, pathTo, type Site, shownTitle } from './site.ts'

/** An incident as its page shows it. */
export type IncidentView = {
  number: string
  title: Named
  closed: boolean
  /** UTC ISO, where it is known. */
  closedAt: string | null
  areas: AreaFace[]
  /** The report that speaks for it now; null when nothing of it may be shown. */
  latest: Shown | null
  /** Newest slots of its list, newest first. */
  editions: Edition[]
  /** Slots in the whole list. */
  size: number
}
type Props = { site: Site; lang: Lang; view: IncidentView }

export const incidentBase = (number: string): string => `/incidents/${encodeURIComponent(number)}/`

/** `mark` changes when anything does that a reader would want to see; the script asks for it. Empty: not watched. */
export function IncidentPage(p: Props & { mark: string }) {
  const { site, lang, view } = p
  const base = incidentBase(view.number)
  const path = pathTo(site, lang, base)
  return (
    <Layout
      site={site}
      lang={lang}
      title={shownTitle(site, lang, named(view.title, lang))}
      path={path}
      other={pathTo(site, lang === 'zh' ? 'en' : 'zh', base)}
      alternates={bothLanguages(site, base)}
      description={view.latest ? adviceLines(view.latest, lang).lines[0] : undefined}
      gov={{ column: named(view.title, lang) }}
      feed={`incident/${view.number}`}
      jsonLd={[breadcrumbs(site, lang, [{ name: shownTitle(site, lang, named(view.title, lang)), path }])]}
      script={site.incidentScript}
    >
      <div
        id="incident"
        data-now={`${path}now.json`}
        data-mark={p.mark}
        data-open={view.closed ? undefined : ''}
        data-checked={t(lang, 'public.watch.checked')}
        data-failed={t(lang, 'public.watch.failed')}
        data-changed={t(lang, 'public.watch.changed')}
      >
        <IncidentNowPart {...p} />
        <p id="said" class="visually-hidden" role="status" />
        <p id="checked" class="small quiet" hidden />
        <IncidentTimeline {...p} />
      </div>
      <Pages site={site} lang={lang} base={base} size={view.size} />
    </Layout>
  )
}

/** Everything above the timeline. */
export function IncidentNowPart({ site, lang, view }: Props) {
  const { latest } = view
  const over = latest !== null && isOver(latest.content.core, site.asOf)
  return (
    <section id="now" class={`incident-now ${level(view, over) ?? ''}`}>
      <header>
        <ul class="chips">
          {latest?.content.core.warningLevel ? (
            <li>
              <Level level={latest.content.core.warningLevel} lang={lang} over={over || view.closed} />
            </li>
          ) : null}
          <li class={view.closed ? 'chip' : 'chip changed'}>
            {t(lang, view.closed ? 'public.incident.closed' : 'public.incident.open')}
          </li>
          {over ? <li class="chip changed">{t(lang, 'public.over')}</li> : null}
        </ul>
        <h1>{shownTitle(site, lang, named(view.title, lang))}</h1>
        <div class="place">
          <Place view={view} lang={lang} />
          <Languages site={site} lang={lang} view={view} />
        </div>
        {view.closed ? <Closed site={site} lang={lang} view={view} /> : null}
      </header>
      {latest ? <Latest site={site} lang={lang} view={view} latest={latest} /> : null}
      <Beside site={site} lang={lang} view={view} />
    </section>
  )
}

const BESIDE = ['warning', 'response', 'press-conference', 'clarification']

/** What stands beside the reports: warnings, responses, press conferences with their hours, clarifications; the newest of each release. */
function Beside({ site, lang, view }: Props) {
  const found = view.editions.filter((e): e is Shown => isShown(e) && BESIDE.includes(e.kind))
  if (found.length === 0) return null
  return (
    <section class="beside">
      <h2>{t(lang, 'public.incident.links')}</h2>
      <ul>
        {found.map((e) => {
          const title = titleFor(site, e, lang)
          const { conference } = e.content.core
          return (
            <li>
              <span class="small quiet">{t(lang, `public.kind.${e.kind}`)}</span>{' '}
              <a href={title.href} lang={title.tag}>
                {title.text}
              </a>
              {conference ? (
                <span class="small nb">
                  {' '}
                  {dayName(conference.startsAt, site.offset, lang)} {hoursOf(conference, site.offset, lang)}
                  {conference.cancelled ? ` ${t(lang, 'calendar.cancelled')}` : ''}
                </span>
              ) : null}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

const level = (view: IncidentView, over: boolean) =>
  over || view.closed ? undefined : view.latest?.content.core.warningLevel

function Place({ view, lang }: Pick<Props, 'view' | 'lang'>) {
  const areas = view.latest?.areas.length ? view.latest.areas : view.areas
  return <p>{areas.map((a) => named(a.name, lang)).join(lang === 'zh' ? '、' : ', ')}</p>
}

function Closed({ site, lang, view }: Props) {
  return (
    <div class="notice ok" role="note">
      <p>
        <strong>{t(lang, 'public.incident.over')}</strong>{' '}
        {view.closedAt ? <When at={view.closedAt} offset={site.offset} /> : null}
      </p>
    </div>
  )
}

function Latest({ site, lang, view, latest }: Props & { latest: Shown }) {
  const { core } = latest.content
  const { part, language } = pickPart(latest.content, lang === 'en' ? 'en' : 'zh-CN')
  const title = titleFor(site, latest, lang)
  return (
    <>
      <OverAndChange site={site} lang={lang} latest={latest} />
      <Instructions view={view} latest={latest} lang={lang} />
      <div class="incident-facts">
        <AsOf site={site} core={view.closed ? withoutNext(core) : core} lang={lang} published={latest.publishedAt} />
        {core.nextUpdateAt && !view.closed ? (
          <p id="overdue" class="overdue" data-next={core.nextUpdateAt} hidden>
            {t(lang, 'public.next.overdue')}
          </p>
        ) : null}
        <h2 class="latest">
          <a href={title.href} lang={title.tag}>
            <Title text={title.text} />
          </a>
        </h2>
        {part.summary ? (
          <p class="summary" lang={language}>
            {part.summary}
          </p>
        ) : null}
        <p class="small quiet">{t(lang, 'public.incident.number', { number: view.number })}</p>
      </div>
    </>
  )
}

/** A closed incident promises no further word. */
const withoutNext = ({ nextUpdateAt: _, ...core }: Shown['content']['core']) => core

function OverAndChange({ site, lang, latest }: { site: Site; lang: Lang; latest: Shown }) {
  const { part, language } = pickPart(latest.content, lang === 'en' ? 'en' : 'zh-CN')
  return latest.type === 'first' ? (
    <OverNotice site={site} core={latest.content.core} lang={lang} />
  ) : (
    <ChangeNotice site={site} edition={latest} language={language} part={part} lang={lang} />
  )
}

export function adviceLines(latest: Shown, lang: Lang): { lines: string[]; language: string } {
  const { part, language } = pickPart(latest.content, lang === 'en' ? 'en' : 'zh-CN')
  return { lines: (part.blocks.advice ?? '').split('\n').filter((line) => line.trim() !== ''), language }
}

/** 现在请您: what to do in a few lines, and the numbers to tap. The first thing to be read, also on a slow line. */
function Instructions({ view, latest, lang }: { view: IncidentView; latest: Shown; lang: Lang }) {
  const { lines, language } = adviceLines(latest, lang)
  const calls = publicContacts(latest.content.core)
  if (lines.length === 0 && calls.length === 0) return null
  return (
    <div class="advice please">
      {lines.length ? (
        <>
          <h2>{t(lang, view.closed ? 'public.advice' : 'public.please')}</h2>
          <ul lang={language}>
            {lines.map((line) => (
              <li>{line}</li>
            ))}
          </ul>
        </>
      ) : null}
      <ul class="tap" lang={language}>
        {calls.map((c) => (
          <li>
            {c.phone ? (
              <a class="button" href={`tel:${dialled(c.phone)}`}>
                {c.label} {c.phone}
              </a>
            ) : null}
          </li>
        ))}
      </ul>
    </div>
  )
}

const MONGOLIAN = 'mn-Mong-CN'

/** The page in the other frame, and the latest text in Mongolian, which has no frame of its own. */
function Languages({ site, lang, view }: Props) {
  const base = incidentBase(view.number)
  const { latest } = view
  return (
    <ul class="tongues" aria-label={t(lang, 'public.nav.language')}>
      {(['zh', 'en'] as const).map((l) => {
        const tag = l === 'en' ? 'en' : 'zh-CN'
        return (
          <li>
            {l === lang ? (
              <span lang={tag} aria-current="true">
                {OWN_NAME[tag]}
              </span>
            ) : (
              <a href={pathTo(site, l, base)} lang={tag} hreflang={tag}>
                {OWN_NAME[tag]}
              </a>
            )}
          </li>
        )
      })}
      {latest && languagesIn(latest.content).includes(MONGOLIAN) ? (
        <li>
          <a href={languagePath(latest, MONGOLIAN)} lang={MONGOLIAN} hreflang={MONGOLIAN}>
            {OWN_NAME[MONGOLIAN]}
          </a>{' '}
          <span class="quiet">{t(lang, 'public.language.mn')}</span>
        </li>
      ) : null}
    </ul>
  )
}

/** The relay line of everything said about it, newest first. */
export function IncidentTimeline({ site, lang, view }: Props) {
  return (
    <section id="timeline">
      <h2 class="day">{t(lang, 'public.incident.timeline')}</h2>
      {view.editions.length ? (
        <Timeline site={site} lang={lang} editions={view.editions} running={!view.closed} />
      ) : (
        <p>{t(lang, 'public.empty')}</p>
      )}
    </section>
  )
}

/** What stands for the incident now: its newest report, else whatever of it may be shown. `editions` newest first. */
export const speaks = (editions: Edition[]): Shown | null => editions.find(isReport) ?? editions.find(isShown) ?? null
