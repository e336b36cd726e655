/** Press conferences a journalist may come to: hours, place, places left, the button, and papers they may read beforehand. */
import { type Lang, t } from '../words/index.ts'
import { type Conference, hoursOf } from './conference.tsx'
import { dayName, named, type Site } from './site.ts'

export type MeetingRow = {
  releaseId: string
  number: string
  title: { zh: string; en: string }
  conference: Conference
  coming: boolean
  /** Null where there is no limit. */
  left: number | null
  papers: { href: string; title: string; lang: string }[]
}

export function Meetings({ site, lang, meetings }: { site: Site; lang: Lang; meetings: MeetingRow[] }) {
  if (meetings.length === 0) return null
  return (
    <section aria-labelledby="meetings">
      <h2 id="meetings">{t(lang, 'media.meetings')}</h2>
      <ul class="media-list">
        {meetings.map((m) => (
          <Meeting site={site} lang={lang} meeting={m} />
        ))}
      </ul>
    </section>
  )
}

function Meeting({ site, lang, meeting: m }: { site: Site; lang: Lang; meeting: MeetingRow }) {
  const { startsAt, place, cancelled } = m.conference
  return (
    <li>
      <p class="media-when">
        <strong>
          {dayName(startsAt, site.offset, lang)} {hoursOf(m.conference, site.offset, lang)}
        </strong>{' '}
        {place}
      </p>
      <h3>{named(m.title, lang)}</h3>
      <p class="small quiet">
        {m.number} · {cancelled ? t(lang, 'media.meeting.off') : places(lang, m)}
      </p>
      {m.papers.length ? (
        <>
          <p class="small">{t(lang, 'media.meeting.papers')}</p>
          <ul>
            {m.papers.map((paper) => (
              <li>
                <a href={paper.href} lang={paper.lang}>
                  {paper.title}
                </a>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {cancelled ? null : <Answer lang={lang} meeting={m} />}
    </li>
  )
}

function places(lang: Lang, { coming, left }: MeetingRow): string {
  const mine = coming ? [t(lang, 'media.meeting.coming')] : []
  const free =
    left === null ? [] : [left === 0 ? t(lang, 'media.meeting.full') : t(lang, 'media.meeting.left', { n: left })]
  return [...mine, ...free].join(' · ')
}

function Answer({ lang, meeting: m }: { lang: Lang; meeting: MeetingRow }) {
  if (!m.coming && m.left === 0) return null
  const act = m.coming ? 'stay-away' : 'attend'
  return (
    <form method="post" action={`/media/meetings/${m.releaseId}/${act}?lang=${lang}`}>
      <button type="submit" class={m.coming ? undefined : 'primary'}>
        {t(lang, `media.meeting.${act}`)}
        <span class="visually-hidden"> {named(m.title, lang)}</span>
      </button>
    </form>
  )
}
