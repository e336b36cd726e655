/** The calendar of press conferences: what is still to come as of a time, then what has been. */
import { wallMinute, withOffset } from '../../src/lib/clock.ts'
import type { Edition } from '../../src/publication/edition.ts'
import { type Lang, t } from '../words/index.ts'
import { type Conference, conferencePath, hoursOf } from './conference.tsx'
import { isShown } from './pick.ts'
import { titleFor } from './row.tsx'
import { dayName, dayOf, monthName, named, pathTo, rootOf, type Site } from './site.ts'
import { Page } from './statics.tsx'

/** A press conference as it stands: of one whose release was withdrawn only number and time are left. */
export type Held = { edition: Edition; conference: Conference }
export type CalendarProps = { site: Site; lang: Lang; held: Held[]; asOf: string }

const endOf = ({ conference }: Held): string => conference.endsAt ?? conference.startsAt
const begins = (a: Held, b: Held): number => (a.conference.startsAt < b.conference.startsAt ? -1 : 1)

export function CalendarPage({ site, lang, held, asOf }: CalendarProps) {
  const coming = held.filter((h) => endOf(h) > asOf).toSorted(begins)
  const past = held.filter((h) => endOf(h) <= asOf).toSorted((a, b) => begins(b, a))
  const at = wallMinute(asOf, site.offset)
  return (
    <Page site={site} lang={lang} name="calendar.title" path="/calendar/">
      <div class="columns">
        <div>
          <section aria-labelledby="coming">
            {/* An empty calendar names no time: it is written before anything is published, and once more by a rebuild. */}
            <h2 id="coming">{held.length ? t(lang, 'calendar.coming', { at }) : t(lang, 'calendar.empty')}</h2>
            {coming.length ? (
              <Months site={site} lang={lang} held={coming} />
            ) : (
              <p class="empty quiet">{t(lang, 'calendar.none')}</p>
            )}
          </section>
          {past.length ? (
            <section class="past" aria-labelledby="past">
              <h2 id="past">{t(lang, 'calendar.past')}</h2>
              <Months site={site} lang={lang} held={past} />
            </section>
          ) : null}
          <p>
            <a href={pathTo(site, lang, '/kinds/press-conference/')}>{t(lang, 'calendar.all')}</a>
          </p>
        </div>
        <Take site={site} lang={lang} feed={held.length > 0} />
      </div>
    </Page>
  )
}

/** Under a heading per month, in the order given. */
function Months({ site, lang, held }: Omit<CalendarProps, 'asOf'>) {
  const months = Map.groupBy(held, (h) => dayOf(h.conference.startsAt, site.offset).slice(0, 7))
  return (
    <>
      {[...months].map(([month, of]) => (
        <>
          <h3 class="day">{monthName(month, lang)}</h3>
          <ol class="rows">
            {of.map((h) => (
              <Row site={site} lang={lang} held={h} />
            ))}
          </ol>
        </>
      ))}
    </>
  )
}

function Row({ site, lang, held }: { site: Site; lang: Lang; held: Held }) {
  const { edition, conference } = held
  const off = conference.cancelled || !isShown(edition)
  const title = isShown(edition) ? titleFor(site, edition, lang) : null
  const day = dayName(conference.startsAt, site.offset, lang)
  return (
    <li class={off ? 'row meeting off' : 'row meeting'}>
      <time datetime={withOffset(conference.startsAt, site.offset)}>
        <span>{lang === 'zh' ? day.replace(/^\d+年/, '') : day.replace(/ \d+$/, '')}</span>{' '}
        <b>{hoursOf(conference, site.offset, lang)}</b>
      </time>
      <div>
        <h4>
          <a href={title?.href ?? edition.address} lang={title?.tag}>
            {title?.text ?? edition.releaseNumber}
          </a>
        </h4>
        {isShown(edition) && conference.place ? <p>{conference.place}</p> : null}
        <ul class="chips">
          {off ? (
            <li class="chip changed">{t(lang, isShown(edition) ? 'calendar.cancelled' : 'public.gone.withdrawal')}</li>
          ) : null}
          <li class="by">{named(edition.agency.name, lang)}</li>
          <li class="by">
            <a href={conferencePath(edition)}>
              <span class="visually-hidden">{title?.text ?? edition.releaseNumber} </span>
              {t(lang, off ? 'calendar.remove' : 'calendar.add')}
            </a>
          </li>
        </ul>
      </div>
    </li>
  )
}

/** A list nothing was ever published in has no feed to lead to. */
function Take({ site, lang, feed }: { site: Site; lang: Lang; feed: boolean }) {
  const path = `${pathTo(site, lang, '')}/calendar.ics`
  return (
    <div class="side">
      <section>
        <h2>{t(lang, 'calendar.take')}</h2>
        <p>{t(lang, 'calendar.take.how')}</p>
        <p class="small-links">
          <a href={path}>calendar.ics</a> ·{' '}
          <a href={`${site.publicUrl.replace(/^https?:/, 'webcal:')}${path}`}>{t(lang, 'calendar.take.app')}</a>
          {feed ? (
            <>
              {' '}
              · <a href={`${rootOf(site.mode)}/feeds/kind/press-conference.atom`}>Atom</a>
            </>
          ) : null}
        </p>
      </section>
    </div>
  )
}
