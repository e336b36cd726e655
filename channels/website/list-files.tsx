/** The files of lists and of the home page, in both languages of the frame. */
import type { SiteFile } from '../../src/delivery/channel.ts'
import type { Edition } from '../../src/publication/edition.ts'
import { HomePage } from '../../templates/page/home.tsx'
import { documentOf } from '../../templates/page/layout.tsx'
import { ListPage } from '../../templates/page/list.tsx'
import type { Shown } from '../../templates/page/pick.ts'
import { pathTo, type Site } from '../../templates/page/site.ts'
import type { Listing } from './gather.ts'
import { faceOf, type Names } from './names.ts'
import { htmlFile } from './site.ts'

const FRAMES = ['zh', 'en'] as const

/** A list's current page and the archive pages this edition touches, in both languages. */
export function listFiles(site: Site, listing: Listing, names: Names): SiteFile[] {
  const face = faceOf(listing.list, names, listing.newest.at(-1))
  const newestFirst = (editions: Edition[]) => editions.toReversed()
  return FRAMES.flatMap((lang) => {
    const page = (editions: Edition[], number?: number) =>
      htmlFile(
        site,
        pathTo(site, lang, number ? `${face.base}page-${number}/` : face.base),
        documentOf(
          <ListPage
            site={site}
            lang={lang}
            face={face}
            editions={newestFirst(editions)}
            size={listing.size}
            page={number}
          />,
        ),
      )
    return [page(listing.newest), ...listing.pages.map((p) => page(p.editions, p.number))]
  })
}

export const homeFiles = (site: Site, runningNow: Shown[], recent: Edition[]): SiteFile[] =>
  FRAMES.map((lang) =>
    htmlFile(
      site,
      pathTo(site, lang, '/'),
      documentOf(<HomePage site={site} lang={lang} running={runningNow} recent={recent} />),
    ),
  )
