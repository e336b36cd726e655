/** Files of the site as the store takes them: stylesheet, script, seal, pages. */
import type { SiteFile } from '../../src/delivery/channel.ts'
import { sealImage } from '../../templates/page/assets.ts'
import { readingScript } from '../../templates/page/reading-script.ts'
import type { Site } from '../../templates/page/site.ts'
import { paperCss, siteCss } from '../../templates/page/style.ts'

const FOR_EVER = { 'cache-control': 'public, max-age=31536000, immutable' }

/** Stylesheet, script and seal, named by their content so that they may be cached for ever. */
export const assetFiles = (site: Site): SiteFile[] => [
  { path: site.css, type: 'text/css; charset=utf-8', body: siteCss, headers: FOR_EVER },
  { path: site.paper, type: 'text/css; charset=utf-8', body: paperCss, headers: FOR_EVER },
  { path: site.js, type: 'text/javascript; charset=utf-8', body: readingScript, headers: FOR_EVER },
  { path: site.icon, type: 'image/png', body: sealImage().bytes, headers: FOR_EVER },
]

/** An HTML page. Exercises and tests tell robots so in the header too, where no page can forget it. */
export const htmlFile = (site: Site, path: string, body: string, status: 200 | 410 = 200): SiteFile => ({
  path,
  type: 'text/html; charset=utf-8',
  body,
  ...(status === 200 ? {} : { status }),
  ...(site.mode === 'live' && status === 200 ? {} : { headers: { 'x-robots-tag': 'noindex, nofollow' } }),
})
