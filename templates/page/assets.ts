/** What every public page loads: stylesheet and seal, named by their content; and the site as its pages see it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sha256 } from '../../src/lib/id.ts'
import { ROOT } from '../../src/lib/root.ts'
import type { Mode } from '../../src/publication/edition.ts'
import { rootOf, type Site } from './site.ts'
import { siteCssName } from './style.ts'

type Image = { bytes: Uint8Array; name: string }
const images = new Map<string, Image>()

function image(name: string): Image {
  const known = images.get(name)
  if (known) return known
  const bytes = new Uint8Array(readFileSync(join(ROOT, `templates/page/${name}.png`)))
  const fresh = { bytes, name: `${name}.${sha256(bytes).slice(0, 8)}.png` }
  images.set(name, fresh)
  return fresh
}

export const sealImage = (): Image => image('seal')
/** What a shared link shows beside its title: 1200 × 630, the seal over a relay line, without a word that could be wrong. */
export const shareImage = (): Image => image('share')

type SiteConfig = { publicUrl: string; site: Omit<Site, 'publicUrl' | 'mode' | 'css' | 'icon' | 'share'> }

export const siteOf = (config: SiteConfig, mode: Mode): Site => ({
  ...config.site,
  publicUrl: config.publicUrl,
  mode,
  css: `${rootOf(mode)}/assets/${siteCssName}`,
  icon: `${rootOf(mode)}/assets/${sealImage().name}`,
  share: `${rootOf(mode)}/assets/${shareImage().name}`,
})
