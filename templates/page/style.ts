/** The stylesheets: one for the public site, and the base the desk builds upon. */
import { sha256 } from '../../src/lib/id.ts'
import { baseCss } from './style-base.ts'
import { findingCss } from './style-finding.ts'
import { govCss } from './style-gov.ts'
import { hubCss } from './style-hub.ts'
import { incidentCss } from './style-incident.ts'
import { gazetteCss, looksCss } from './style-looks.ts'
import { manualPublicCss } from './style-manual.ts'
import { posterCss } from './style-poster.ts'
import { printCss } from './style-print.ts'
import { publicCss } from './style-public.ts'
import { readersCss } from './style-readers.ts'
import { tokenCss } from './tokens.ts'

const packed = (css: string): string => css.replace(/\n\s*/g, '')

/** The whole stylesheet of the public site. */
export const siteCss: string = packed(
  tokenCss + baseCss + publicCss + incidentCss + findingCss + govCss + gazetteCss + looksCss + manualPublicCss + hubCss,
)

/** File name with the hash of its content, so that it may be cached for ever: site.1a2b3c4d.css */
export const siteCssName = `site.${sha256(siteCss).slice(0, 8)}.css`

/** The stylesheet of paper: print forms and poster. Apart, so that a phone on a weak line draws the page before it comes. */
export const paperCss: string = packed(printCss + posterCss)
export const paperCssName = `paper.${sha256(paperCss).slice(0, 8)}.css`

/** The stylesheet of subscribing, for the pages that need it alone: a release must stay light. */
export const choiceCss: string = packed(readersCss)
export const choiceCssName = `choice.${sha256(choiceCss).slice(0, 8)}.css`
