/** Takes the pictures of README from the sample site and from a working day at the sample desk: `npm run pictures`. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { createRelease } from '../../src/desk/create.ts'
import { openIncident } from '../../src/incident/open.ts'
import { HOUR, plus } from '../../src/lib/clock.ts'
import { ROOT } from '../../src/lib/root.ts'
import { submit } from '../../src/review/submit.ts'
import { ORIGIN, visiting } from '../support/browser-site.ts'
import { demoSite } from '../support/demo-site.ts'
import { deskVisits } from '../support/desk-browser.ts'
import { deskScene, type Scene } from '../support/desk-scene.ts'
import { where } from '../support/needs.ts'
import { fireDraft } from '../support/sample.ts'

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

/** A first report with its next update still ahead, as it lies before the signer. */
async function firstReport({ place, people }: Scene): Promise<string> {
  const now = place.clock.now()
  const incident = await openIncident(place.ctx, people.own.drafter, {
    titleZh: '哈日诺尔旗草原火灾（示例）',
    titleEn: 'Harinur grassland fire (sample)',
    class: 'natural',
    grade: 'major',
    areas: ['159921'],
    knownAt: plus(now, -HOUR),
  })
  const draft = await createRelease(place.ctx, people.own.drafter, fireDraft(incident.id, now))
  await submit(place.ctx, people.own.drafter, draft.id, null)
  return draft.number
}

const scene = await deskScene()
const as = await deskVisits(browser, scene.origin)
const report = await firstReport(scene)
for (const [name, who, path, width, height] of [
  ['desk-mine', 'league-signer', '/desk', 1280, 900],
  ['desk-draft', 'league-drafter', `/desk/releases/${scene.numbers.returned}/edit`, 1280, 900],
  ['desk-sign-phone', 'league-signer', `/desk/releases/${report}/sign`, 375, 780],
  ['desk-watching', 'league-signer', `/desk/releases/${scene.numbers.published}`, 1280, 900],
] as const) {
  const scale = width < 500 ? 1.5 : 1
  const context = await as(who, { viewport: { width, height }, deviceScaleFactor: scale, locale: 'zh-CN' })
  const page = await context.newPage()
  await page.goto(`${scene.origin}${path}?lang=zh`)
  await page.evaluate(() => document.fonts.ready.then(() => {}))
  await page.screenshot({ path: join(dir, `${name}.png`) })
  await context.close()
}
await scene.close()
await browser.close()
process.exit(0)
