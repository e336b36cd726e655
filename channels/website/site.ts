/** The site as its pages see it: names, root of the mode, addresses of stylesheet and seal. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ChannelConfig, SiteFile } from '../../src/delivery/channel.ts'
import { sha256 } from '../../src/lib/id.ts'
import { ROOT } from '../../src/lib/root.ts'
import type { Mode } from '../../src/publication/edition.ts'
import { rootOf, type Site } from '../../templates/page/site.ts'
import { siteCss, siteCssName } from '../../templates/page/style.ts'

const FOR_EVER = { 'cache-control': 'public, max-age=31536000, immutable' }
const SEAL = join(ROOT, 'templates/page/seal.png')

let seal: { bytes: Uint8Array; name: string } | undefined
function sealImage() {
  if (!seal) {
    const bytes = new Uint8Array(readFileSync(SEAL))
    seal = { bytes, name: `seal.${sha256(bytes).slice(0, 8)}.png` }
  }
  return seal
}

export const siteOf = (config: ChannelConfig, mode: Mode): Site => ({
  ...config.site,
  publicUrl: config.publicUrl,
  mode,
  css: `${rootOf(mode)}/assets/${siteCssName}`,
  icon: `${rootOf(mode)}/assets/${sealImage().name}`,
})

/** Stylesheet and seal, named by their content so that they may be cached for ever. */
export const assetFiles = (site: Site): SiteFile[] => [
  { path: site.css, type: 'text/css; charset=utf-8', body: siteCss, headers: FOR_EVER },
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
