/** When and where a press conference is held, on the page of its release. */
import { withOffset } from '../../src/lib/clock.ts'
import type { Core, Edition } from '../../src/publication/edition.ts'
import { type Lang, t } from '../words/index.ts'
import { dayName, dayOf, type Site } from './site.ts'

export type Conference = NonNullable<Core['conference']>

/** Path of a release's own calendar entry. */
export const conferencePath = (edition: Pick<Edition, 'address'>): string => `${edition.address}conference.ics`

/** 14:00 or 14:00–15:30; a day is added where it ends on another. */
export function hoursOf({ startsAt, endsAt }: Conference, offset: string, lang: Lang): string {
  const clock = (iso: string) => withOffset(iso, offset).slice(11, 16)
  if (!endsAt) return clock(startsAt)
  const other = dayOf(startsAt, offset) === dayOf(endsAt, offset) ? '' : `${dayName(endsAt, offset, lang)} `
  return `${clock(startsAt)}–${other}${clock(endsAt)}`
}

export function ConferenceFacts({ site, edition, lang }: { site: Site; edition: Edition; lang: Lang }) {
  const conference = edition.content?.core.conference
  if (!conference) return null
  const { startsAt, place, cancelled } = conference
  const hours = hoursOf(conference, site.offset, lang)
  return (
    <div class={cancelled ? 'notice warn conference' : 'notice conference'}>
      {cancelled ? (
        <p>
          <strong>{t(lang, 'calendar.cancelled')}</strong>
        </p>
      ) : null}
      <dl class="facts">
        <dt>{t(lang, 'calendar.when')}</dt>
        <dd>
          <time datetime={withOffset(startsAt, site.offset)}>{dayName(startsAt, site.offset, lang)}</time>{' '}
          {/* One that goes past midnight names its second day, and has to wrap. */}
          <span class={hours.length > 13 ? undefined : 'nb'}>{hours}</span>
        </dd>
        {place ? (
          <>
            <dt>{t(lang, 'calendar.where')}</dt>
            <dd>{place}</dd>
          </>
        ) : null}
      </dl>
      <p class="small-links no-print">
        <a href={conferencePath(edition)}>{t(lang, cancelled ? 'calendar.remove' : 'calendar.add')}</a>
      </p>
    </div>
  )
}
