/** Posters of a release, one per language; and the addresses they can ever have had, for tombstones. */
import type { SiteFile } from '../../src/delivery/channel.ts'
import { languagesIn, type Shown } from '../../templates/page/pick.ts'
import { posterDocument, posterPath } from '../../templates/page/poster.tsx'
import type { Site } from '../../templates/page/site.ts'
import { htmlFile } from './site.ts'

export const posterFiles = (site: Site, edition: Shown): SiteFile[] =>
  languagesIn(edition.content).map((language) =>
    htmlFile(site, posterPath(edition, language), posterDocument({ site, edition, language })),
  )

/** A page and the poster below it: whatever takes the one away takes both. */
export const withPoster = (path: string): string[] => [path, `${path}poster/`]
