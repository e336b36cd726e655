/** The pages of the 政府信息公开目录, in both languages of the frame; of the real site only. */
import type { SiteFile } from '../../src/delivery/channel.ts'
import type { Edition } from '../../src/publication/edition.ts'
import { CataloguePage } from '../../templates/page/catalogue.tsx'
import { documentOf } from '../../templates/page/layout.tsx'
import { pathTo, type Site } from '../../templates/page/site.ts'
import type { CataloguePages } from './gather-catalogue.ts'
import { htmlFile } from './site.ts'

export const NO_CATALOGUE: CataloguePages = { size: 0, newest: [], pages: [], relating: new Map() }

export function catalogueFiles(site: Site, { size, newest, pages, relating }: CataloguePages): SiteFile[] {
  if (site.mode !== 'live') return []
  const page = (lang: 'zh' | 'en', editions: Edition[], number?: number) =>
    htmlFile(
      site,
      pathTo(site, lang, number ? `/catalogue/page-${number}/` : '/catalogue/'),
      documentOf(
        <CataloguePage
          site={site}
          lang={lang}
          editions={editions.toReversed()}
          size={size}
          page={number}
          relating={relating}
        />,
      ),
    )
  return (['zh', 'en'] as const).flatMap((lang) => [
    page(lang, newest),
    ...pages.map(({ editions, number }) => page(lang, editions, number)),
  ])
}
