/** What the public pages fetch, for a context at an app without the site's files beside it. */
import type { BrowserContext } from 'playwright-core'
import { mongolianFace } from '../../templates/page/held.ts'
import { readingScript } from '../../templates/page/reading-script.ts'
import { choiceCss, paperCss, siteCss } from '../../templates/page/style.ts'

export async function withPublicAssets(context: BrowserContext): Promise<BrowserContext> {
  const css = { site: siteCss, choice: choiceCss, paper: paperCss }
  for (const [name, body] of Object.entries(css))
    await context.route(`**/assets/${name}.*.css`, (r) => r.fulfill({ contentType: 'text/css', body }))
  const face = Buffer.from(mongolianFace().bytes)
  await context.route('**/assets/mongolian.*.woff2', (r) => r.fulfill({ contentType: 'font/woff2', body: face }))
  await context.route('**/assets/site.*.js', (r) => r.fulfill({ contentType: 'text/javascript', body: readingScript }))
  await context.route('**/assets/seal.*.png', (r) => r.fulfill({ contentType: 'image/png', body: '' }))
  return context
}
