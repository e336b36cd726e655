/** Files of the site as the store takes them: stylesheet, seal, pages. */
import type { SiteFile } from '../../src/delivery/channel.ts'
import { sealImage, shareImage } from '../../templates/page/assets.ts'
import type { Site } from '../../templates/page/site.ts'
import { siteCss } from '../../templates/page/style.ts'

const FOR_EVER = { 'cache-control': 'public, max-age=31536000, immutable' }

/** Stylesheet, seal and share picture, named by their content so that they may be cached for ever. */
export const assetFiles = (site: Site): SiteFile[] => [
  { path: site.css, type: 'text/css; charset=utf-8', body: siteCss, headers: FOR_EVER },
  { path: site.icon, type: 'image/png', body: sealImage().bytes, headers: FOR_EVER },
  { path: site.share, type: 'image/png', body: shareImage().bytes, headers: FOR_EVER },
]

/** An HTML page. Exercises and tests tell robots so in the header too, where no page can forget it. */
export const htmlFile = (site: Site, path: string, body: string, status: 200 | 410 = 200): SiteFile => ({
  path,
  type: 'text/html; charset=utf-8',
  body,
  ...(status === 200 ? {} : { status }),
  ...(site.mode === 'live' && status === 200 ? {} : { headers: { 'x-robots-tag': 'noindex, nofollow' } }),
})
