/** What goes by hand, in a real browser: the kit and the list of who has signed at the desk, and the page a contact signs on. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { build } from 'esbuild'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROOT } from '../../src/lib/root.ts'
import { mongolianFace } from '../../templates/page/held.ts'
import { readingScript } from '../../templates/page/reading-script.ts'
import { choiceCss, paperCss, siteCss } from '../../templates/page/style.ts'
import { type ByHandScene, byHandScene } from '../support/by-hand-scene.ts'
import { needs, where } from '../support/needs.ts'
import { emailOf, PASSWORD } from '../support/office.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
/** A folder to leave pictures in, for looking at. */
const LOOK = process.env['LOOK_AT']
type Options = Parameters<Browser['newContext']>[0]

describe.skipIf(!needs('chromium'))('by hand, in a real browser', () => {
  let browser: Browser
  let scene: ByHandScene
  let script = ''
  const sessions = new Map<string, NonNullable<Options>['storageState']>()

  beforeAll(async () => {
    const entry = join(ROOT, 'src/web/client/desk.ts')
    script = (await build({ entryPoints: [entry], bundle: true, format: 'esm', write: false })).outputFiles[0]!.text
    scene = await byHandScene()
    browser = await chromium.launch({ executablePath: where('chromium')!, args: ['--no-sandbox'] })
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await scene?.close()
  })

  async function as(who: string | null, options: Options = {}): Promise<BrowserContext> {
    const storageState = who ? (sessions.get(who) ?? (await signIn(who))) : undefined
    const context = await browser.newContext({ ...options, ...(storageState ? { storageState } : {}) })
    await context.route('**/assets/desk.js', (r) => r.fulfill({ contentType: 'text/javascript', body: script }))
    await context.route('**/assets/site.*.css', (r) => r.fulfill({ contentType: 'text/css', body: siteCss }))
    const face = Buffer.from(mongolianFace().bytes)
    await context.route('**/assets/mongolian.*.woff2', (r) => r.fulfill({ contentType: 'font/woff2', body: face }))
    await context.route('**/assets/choice.*.css', (r) => r.fulfill({ contentType: 'text/css', body: choiceCss }))
    await context.route('**/assets/paper.*.css', (r) => r.fulfill({ contentType: 'text/css', body: paperCss }))
    await context.route('**/assets/site.*.js', (r) =>
      r.fulfill({ contentType: 'text/javascript', body: readingScript }),
    )
    await context.route('**/assets/seal.*.png', (r) => r.fulfill({ contentType: 'image/png', body: '' }))
    return context
  }
  async function signIn(who: string): Promise<NonNullable<Options>['storageState']> {
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(`${scene.origin}/desk/sign-in`)
    await page.fill('#email', emailOf(who))
    await page.fill('#password', PASSWORD)
    await page.click('main button[type=submit]')
    await page.waitForURL('**/desk')
    const state = await context.storageState()
    sessions.set(who, state)
    await context.close()
    return state
  }
  async function violations(page: Page): Promise<string[]> {
    await page.evaluate(axeSource)
    return page.evaluate(async (rules) => {
      type Axe = {
        run(o: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[]; passes: unknown[] }>
      }
      const { violations: found, passes } = await (window as unknown as { axe: Axe }).axe.run({ runOnly: rules })
      if (passes.length < 5) throw new Error('axe looked at nothing')
      return found.map((v) => `${v.id}: ${v.nodes.map((x) => x.html.slice(0, 160)).join(' | ')}`)
    }, RULES)
  }

  const screens = (s: ByHandScene): [name: string, who: string | null, path: string][] => [
    ['kit', 'league-drafter', `/desk/releases/${s.numbers.corrected}/kit`],
    ['kit-exercise', 'league-drafter', `/desk/releases/${s.numbers.exercise}/kit`],
    ['roll', 'region-signer', `/desk/releases/${s.numbers.corrected}/acknowledgements`],
    ['roll-none', 'league-drafter', `/desk/releases/${s.numbers.plain}/acknowledgements`],
    ['release', 'league-drafter', `/desk/releases/${s.numbers.corrected}`],
    ['carried', 'banner-drafter', `/desk/releases/${s.numbers.carried}`],
    ['repost', 'banner-drafter', `/desk/releases/${s.numbers.plain}/repost`],
    ['contacts', 'league-drafter', '/desk/office/contacts'],
    ['contact', 'league-drafter', '/desk/office/contacts/1'],
    ['channels', 'league-drafter', '/desk/office/channels'],
    ['outlets', 'league-drafter', '/desk/outlets'],
    ['sign', null, s.links.open],
    ['signed', null, s.links.signed],
    ['sign-exercise', null, s.links.exercise],
  ]

  /** By day and by night in Chinese; in English what is read outside the office, by day. */
  const ENGLISH = ['kit', 'roll', 'sign']
  test.each(['zh', 'en'] as const)(
    'every screen can be used by everybody, in %s',
    async (lang) => {
      const found: string[] = []
      for (const [who, list] of Map.groupBy(screens(scene), ([, one]) => one)) {
        const context = await as(who, { viewport: { width: 1440, height: 900 } })
        const page = await context.newPage()
        page.on(
          'console',
          (m) => m.type() === 'error' && found.push(`${page.url()} says ${m.text()} ${m.location().url}`),
        )
        page.on('pageerror', (e) => found.push(`${page.url()} breaks: ${e.message}`))
        for (const [name, , path] of list) {
          if (lang === 'en' && !LOOK && !ENGLISH.includes(name)) continue
          await page.setViewportSize({ width: 1440, height: 900 })
          const answer = await page.goto(`${scene.origin}${path}?lang=${lang}`)
          expect(answer?.status(), path).toBe(200)
          for (const colorScheme of lang === 'zh' || LOOK ? (['dark', 'light'] as const) : (['light'] as const)) {
            await page.emulateMedia({ colorScheme })
            found.push(...(await violations(page)).map((v) => `${path} ${colorScheme} ${v}`))
            if (LOOK) await page.screenshot({ path: `${LOOK}/${name}-${lang}-1440-${colorScheme}.png`, fullPage: true })
          }
          if (LOOK) {
            await page.setViewportSize({ width: 360, height: 740 })
            await page.screenshot({ path: `${LOOK}/${name}-${lang}-360-light.png`, fullPage: true })
          }
          await page.setViewportSize({ width: 320, height: 640 })
          const over = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          )
          if (over > 0) found.push(`${path} scrolls sideways by ${over} at 320 px`)
          const words = await page.evaluate(() => document.body.textContent ?? '')
          const bare =
            /\b(?:desk|issue|field|kit|roll|contacts|channels|acknowledge|repost|public|cause)\.[a-z][\w.-]+/g
          found.push(...[...words.matchAll(bare)].map((m) => `${path} has no words for ${m[0]}`))
        }
        await context.close()
      }
      expect(found).toEqual([])
      expect(scene.place.logged).toEqual([])
    },
    240_000,
  )

  test('a member copies the SMS with one press, and without script has the text and a file', async () => {
    const context = await as('league-drafter', { viewport: { width: 360, height: 740 } })
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const page = await context.newPage()
    await page.goto(`${scene.origin}/desk/releases/${scene.numbers.corrected}/kit?lang=zh`)
    const sms = (await page.locator('#sms-zh-CN').textContent()) ?? ''
    expect(sms).toMatch(/^（示例）【青格勒盟行政公署（示例）】更正：/)
    await page.click('button[data-copy="#sms-zh-CN"]')
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(sms)
    await context.close()

    const plain = await as('league-drafter', { javaScriptEnabled: false })
    const still = await plain.newPage()
    await still.goto(`${scene.origin}/desk/releases/${scene.numbers.corrected}/kit?lang=zh`)
    expect(await still.locator('button[data-copy]').first().isVisible()).toBe(false)
    expect(await still.locator('#sms-zh-CN').textContent()).toBe(sms)
    const file = await plain.request.get(`${scene.origin}/desk/releases/${scene.numbers.corrected}/kit/sms-zh-CN.txt`)
    expect((await file.text()).replace('\uFEFF', '').trim()).toBe(sms.trim())
    await plain.close()
  })

  test('a contact on a phone without script reads to the end, presses once, and has signed', async () => {
    const context = await as(null, { javaScriptEnabled: false, viewport: { width: 360, height: 640 } })
    const page = await context.newPage()
    await page.goto(`${scene.origin}${scene.links.open}?lang=zh`)
    expect(await page.locator('main').textContent()).toContain('哈日诺尔旗草原火灾避险提示')
    expect(await page.locator('meta[name=robots]').getAttribute('content')).toContain('noindex')
    await page.goto(`${scene.origin}${scene.links.open}?lang=zh`)
    const button = page.locator('form.acknowledge button')
    const box = await button.boundingBox()
    expect(box?.height).toBeGreaterThanOrEqual(44)
    await button.click()
    expect(await page.locator('[role=status]').textContent()).toContain('您已签收')
    expect(await button.count()).toBe(0)
    const league = await as('region-signer')
    const roll = await league.newPage()
    await roll.goto(`${scene.origin}/desk/releases/${scene.numbers.corrected}/acknowledgements?lang=zh`)
    expect(await roll.locator('.told').textContent()).toContain('3 / 4')
    expect(await roll.locator('a[href^="tel:"]').count()).toBe(1)
    await league.close()
    await context.close()
  })
})
