/** The pages of an edition that is not published yet: the release's own, and its poster. Lists are left out: nothing stands in them yet. */
import type { Catalogue, ChannelConfig, PreviewDocument } from '../../src/delivery/channel.ts'
import type { Edition, Language } from '../../src/publication/edition.ts'
import { siteOf } from '../../templates/page/assets.ts'
import { catalogueSeenAt, seenAt } from '../../templates/page/display.ts'
import { isShown, languagePath, languagesIn } from '../../templates/page/pick.ts'
import { posterPath } from '../../templates/page/poster.tsx'
import { FOLDER } from '../../templates/page/site.ts'
import { relatedTo } from './gather.ts'
import { posterFiles } from './poster-files.ts'
import { releasePages, tombstones } from './release-files.tsx'

/** As a reader would see it at the moment of publication. What is taken back shows its tombstone. */
export async function previewPages(
  config: ChannelConfig,
  edition: Edition,
  language: Language,
  catalogue: Catalogue,
): Promise<PreviewDocument[]> {
  const asOf = edition.publishedAt
  const keepTitle = config.site.gov?.endedTitle === 'keep'
  const seen = seenAt(edition, asOf, keepTitle)
  const site = siteOf(config, edition.mode, asOf)
  if (!isShown(seen)) {
    const at = edition.address + FOLDER[language]
    const stone = tombstones(site, seen).find((file) => file.path === at)
    return stone ? [{ name: 'page', shape: 'page', body: String(stone.body) }] : []
  }
  if (!languagesIn(seen.content).includes(language)) return []
  const related = await relatedTo(seen, catalogueSeenAt(catalogue, asOf, keepTitle))
  const bodyAt = (path: string, files: { path: string; body: string | Uint8Array }[]): string =>
    String(files.find((file) => file.path === path)?.body ?? '')
  const page = bodyAt(languagePath(seen, language), releasePages(site, seen, related))
  return [
    { name: 'page', shape: 'page', body: page },
    { name: 'paper', shape: 'sheet', body: page },
    { name: 'poster', shape: 'sheet', body: bodyAt(posterPath(seen, language), posterFiles(site, seen)) },
  ]
}
