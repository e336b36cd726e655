/** What every public page loads: stylesheet and seal, named by their content; and the site as its pages see it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sha256 } from '../../src/lib/id.ts'
import { ROOT } from '../../src/lib/root.ts'
import type { Mode } from '../../src/publication/edition.ts'
import { readingScriptName } from './reading-script.ts'
import { rootOf, type Site } from './site.ts'
import { paperCssName, siteCssName } from './style.ts'

let seal: { bytes: Uint8Array; name: string } | undefined

export function sealImage(): { bytes: Uint8Array; name: string } {
  if (!seal) {
    const bytes = new Uint8Array(readFileSync(join(ROOT, 'templates/page/seal.png')))
    seal = { bytes, name: `seal.${sha256(bytes).slice(0, 8)}.png` }
  }
  return seal
}

type SiteConfig = { publicUrl: string; site: Omit<Site, 'publicUrl' | 'mode' | 'css' | 'paper' | 'js' | 'icon'> }

export const siteOf = (config: SiteConfig, mode: Mode): Site => ({
  ...config.site,
  publicUrl: config.publicUrl,
  mode,
  css: `${rootOf(mode)}/assets/${siteCssName}`,
  paper: `${rootOf(mode)}/assets/${paperCssName}`,
  js: `${rootOf(mode)}/assets/${readingScriptName}`,
  icon: `${rootOf(mode)}/assets/${sealImage().name}`,
})
