/** The site as its pages see it: its configuration, and the addresses of what every page loads, named by their content. */
import type { Mode } from '../../src/publication/edition.ts'
import { incidentScript, sealImage, shareImage } from './held.ts'
import { readingScriptName } from './reading-script.ts'
import { rootOf, type Site } from './site.ts'
import { choiceCssName, paperCssName, siteCssName } from './style.ts'

type SiteConfig = {
  publicUrl: string
  site: Omit<
    Site,
    'publicUrl' | 'mode' | 'asOf' | 'css' | 'paper' | 'choice' | 'js' | 'icon' | 'share' | 'incidentScript'
  >
}

/** `asOf`: the time its pages are true as of. */
export function siteOf(config: SiteConfig, mode: Mode, asOf?: string): Site {
  const at = (name: string) => `${rootOf(mode)}/assets/${name}`
  const script = incidentScript()
  return {
    ...config.site,
    publicUrl: config.publicUrl,
    mode,
    ...(asOf ? { asOf } : {}),
    css: at(siteCssName),
    paper: at(paperCssName),
    choice: at(choiceCssName),
    js: at(readingScriptName),
    icon: at(sealImage().name),
    share: at(shareImage().name),
    ...(script ? { incidentScript: at(script.name) } : {}),
  }
}
