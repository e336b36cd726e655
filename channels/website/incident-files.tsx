/** The files of an incident: its page and what its script asks for, in both frames, and the archive pages a change touches. */
import type { IncidentNow, SiteFile } from '../../src/delivery/channel.ts'
import { withOffset } from '../../src/lib/clock.ts'
import { sha256 } from '../../src/lib/id.ts'
import type { Edition } from '../../src/publication/edition.ts'
import { isOver } from '../../templates/page/expiry.ts'
import { publicContacts } from '../../templates/page/facts.tsx'
import {
  adviceLines,
  IncidentNowPart,
  IncidentPage,
  IncidentTimeline,
  type IncidentView,
  incidentBase,
  speaks,
} from '../../templates/page/incident.tsx'
import { documentOf } from '../../templates/page/layout.tsx'
import { ListPage } from '../../templates/page/list.tsx'
import { isShown } from '../../templates/page/pick.ts'
import { titleFor } from '../../templates/page/row.tsx'
import { named, pathTo, type Site, shownTitle } from '../../templates/page/site.ts'
import type { Lang } from '../../templates/words/index.ts'
import type { Listing } from './gather.ts'
import { htmlFile } from './site.ts'

export function incidentFiles(site: Site, listing: Listing, incident: IncidentNow): SiteFile[] {
  const editions = aboutIt(listing.newest, incident).toReversed()
  const view: IncidentView = { ...incident, latest: speaks(editions), editions, size: listing.size }
  return (['zh', 'en'] as const).flatMap((lang) => {
    const path = pathTo(site, lang, incidentBase(incident.number))
    const props = { site, lang, view }
    const mark = sha256(`${String(<IncidentNowPart {...props} />)}${String(<IncidentTimeline {...props} />)}`).slice(
      0,
      16,
    )
    return [
      htmlFile(site, path, documentOf(<IncidentPage {...props} mark={mark} />)),
      nowFile(site, lang, view, mark, `${path}now.json`),
      ...listing.pages.map((page) => archivePage(site, lang, listing, incident, page)),
    ]
  })
}

/** A slot never moves: what a correction moved to another incident keeps its place here and is shown there. */
const aboutIt = (editions: Edition[], incident: IncidentNow): Edition[] =>
  editions.filter((e) => !isShown(e) || e.incident?.number === incident.number)

function archivePage(
  site: Site,
  lang: Lang,
  listing: Listing,
  incident: IncidentNow,
  { number, editions }: Listing['pages'][number],
): SiteFile {
  const base = incidentBase(incident.number)
  const face = {
    ...{ key: listing.list, base, incident },
    zh: incident.title.zh || incident.number,
    en: incident.title.en || incident.title.zh || incident.number,
  }
  const page = {
    site,
    lang,
    face,
    editions: aboutIt(editions, incident).toReversed(),
    size: listing.size,
    page: number,
  }
  return htmlFile(site, pathTo(site, lang, `${base}page-${number}/`), documentOf(<ListPage {...page} />))
}

/**
 * A few hundred bytes that change only when what is shown does: asked for again and again by a million readers, and answered
 * by any cache with 304. `mark` is that of the page; `changed` names what is new, for those who hear the page.
 */
function nowFile(site: Site, lang: Lang, view: IncidentView, mark: string, path: string): SiteFile {
  const { latest } = view
  const at = (iso: string | null | undefined) => (iso ? withOffset(iso, site.offset) : undefined)
  const core = latest?.content.core
  const now = {
    incident: view.number,
    mode: site.mode,
    title: shownTitle(site, lang, named(view.title, lang)),
    closed: view.closed,
    closedAt: at(view.closedAt),
    mark,
    ...(latest && core
      ? {
          release: latest.releaseNumber,
          edition: latest.number,
          type: latest.type,
          latest: titleFor(site, latest, lang).text,
          url: site.publicUrl + titleFor(site, latest, lang).href,
          level: core.warningLevel,
          expired: isOver(core, site.asOf),
          areas: latest.areas.map((a) => ({ code: a.code, name: named(a.name, lang) })),
          advice: adviceLines(latest, lang).lines,
          calls: publicContacts(core).map((c) => ({ label: c.label, phone: c.phone })),
          asOf: at(core.asOf),
          nextUpdateAt: view.closed ? undefined : at(core.nextUpdateAt),
          publishedAt: at(latest.publishedAt),
        }
      : {}),
  }
  return {
    path,
    type: 'application/json; charset=utf-8',
    body: `${JSON.stringify(now)}\n`,
    headers: { 'x-robots-tag': 'noindex', 'access-control-allow-origin': '*' },
  }
}
