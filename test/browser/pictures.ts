/** Takes the pictures of README from the sample site: `npm run pictures`. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { ROOT } from '../../src/lib/root.ts'
import { ORIGIN, visiting } from '../support/browser-site.ts'
import { demoSite } from '../support/demo-site.ts'
import { where } from '../support/needs.ts'

type Picture = { name: string; path: string; width: number; height: number; dark?: boolean; whole?: boolean }

const site = await demoSite()
const incident = site.paths().find((p) => /^\/incidents\/[^/]+\/$/.test(p)) as string
const release = site
  .paths()
  .find((p) => /^\/releases\/[^/]+\/mn\/$/.test(p) && site.at(p)?.status !== 410)
  ?.replace('mn/', '') as string
const all = (process.env['PICTURES'] ?? '') !== ''
const PICTURES: Picture[] = [
  { name: 'home', path: '/', width: 1280, height: 900 },
  { name: 'incident-phone', path: incident, width: 375, height: 780 },
  { name: 'release', path: release, width: 1280, height: 900 },
  { name: 'mongolian-phone', path: `${release}mn/`, width: 375, height: 780 },
  { name: 'home-dark', path: '/en/', width: 1280, height: 900, dark: true },
  { name: 'poster', path: `${release}poster/`, width: 794, height: 1123 },
]
const MORE: Picture[] = [
  '/subscribe/',
  '/verify/',
  '/calendar/',
  '/archive/',
  '/about/',
  '/feeds/',
  '/catalogue/',
  '/gazette/',
  '/all/',
  '/topics/',
  '/areas/',
].flatMap((path) => [
  { name: `x${path.replaceAll('/', '-')}1440`, path, width: 1440, height: 1000, whole: true },
  { name: `x${path.replaceAll('/', '-')}360-dark`, path, width: 360, height: 800, dark: true, whole: true },
])

const dir = process.env['PICTURES'] || join(ROOT, 'test/pictures')
mkdirSync(dir, { recursive: true })
const browser = await chromium.launch({ executablePath: where('chromium') as string, args: ['--no-sandbox'] })
for (const p of [...PICTURES, ...(all ? MORE : [])]) {
  const context = await visiting(browser, site, {
    viewport: { width: p.width, height: p.height },
    deviceScaleFactor: p.width < 500 ? 1.5 : 1,
    colorScheme: p.dark ? 'dark' : 'light',
  })
  const page = await context.newPage()
  await page.goto(ORIGIN + p.path)
  await page.evaluate(() => document.fonts.ready.then(() => {}))
  await page.screenshot({ path: join(dir, `${p.name}.png`), fullPage: p.whole ?? false })
  await context.close()
}
await browser.close()
process.exit(0)
