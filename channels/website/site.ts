/** Files of the site as the store takes them: stylesheet, script, seal, pages. */
import type { SiteFile } from '../../src/delivery/channel.ts'
import { incidentScript, mongolianFace, mongolianLicence, sealImage, shareImage } from '../../templates/page/held.ts'
import { readingScript } from '../../templates/page/reading-script.ts'
import { rootOf, type Site } from '../../templates/page/site.ts'
import { choiceCss, paperCss, siteCss } from '../../templates/page/style.ts'

const FOR_EVER = { 'cache-control': 'public, max-age=31536000, immutable' }

/** Stylesheets, scripts, pictures and the Mongolian face, named by their content so that they may be cached for ever. */
export const assetFiles = (site: Site): SiteFile[] => [
  ...scriptFile(site),
  {
    path: `${assetsOf(site)}${mongolianFace().name}`,
    type: 'font/woff2',
    body: mongolianFace().bytes,
    headers: FOR_EVER,
  },
  { path: `${assetsOf(site)}mongolian-OFL.txt`, type: 'text/plain; charset=utf-8', body: mongolianLicence() },
  { path: site.css, type: 'text/css; charset=utf-8', body: siteCss, headers: FOR_EVER },
  { path: site.paper, type: 'text/css; charset=utf-8', body: paperCss, headers: FOR_EVER },
  { path: site.choice, type: 'text/css; charset=utf-8', body: choiceCss, headers: FOR_EVER },
  { path: site.js, type: 'text/javascript; charset=utf-8', body: readingScript, headers: FOR_EVER },
  { path: site.icon, type: 'image/png', body: sealImage().bytes, headers: FOR_EVER },
  { path: site.share, type: 'image/png', body: shareImage().bytes, headers: FOR_EVER },
]

const assetsOf = (site: Site): string => `${rootOf(site.mode)}/assets/`

function scriptFile(site: Site): SiteFile[] {
  const script = incidentScript()
  if (!script || !site.incidentScript) return []
  return [{ path: site.incidentScript, type: 'text/javascript; charset=utf-8', body: script.bytes, headers: FOR_EVER }]
}

/** An HTML page. Exercises and tests tell robots so in the header too, where no page can forget it. */
export const htmlFile = (site: Site, path: string, body: string, status: 200 | 410 = 200): SiteFile => ({
  path,
  type: 'text/html; charset=utf-8',
  body,
  ...(status === 200 ? {} : { status }),
  ...(site.mode === 'live' && status === 200 ? {} : { headers: { 'x-robots-tag': 'noindex, nofollow' } }),
})
