/** What goes by hand, in a real browser: the kit and the list of who has signed at the desk, and the page a contact signs on. */
import { type Browser, type BrowserContext, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mongolianFace } from '../../templates/page/held.ts'
import { readingScript } from '../../templates/page/reading-script.ts'
import { choiceCss, paperCss, siteCss } from '../../templates/page/style.ts'
import { overflow, violations } from '../support/browser-site.ts'
import { type ByHandScene, byHandScene } from '../support/by-hand-scene.ts'
import { type As, deskVisits } from '../support/desk-browser.ts'
import { needs, where } from '../support/needs.ts'

/** A folder to leave pictures in, for looking at. */
const LOOK = process.env['LOOK_AT']

describe.skipIf(!needs('chromium'))('by hand, in a real browser', () => {
  let browser: Browser
  let scene: ByHandScene
  let as: As

  beforeAll(async () => {
    scene = await byHandScene()
    browser = await chromium.launch({ executablePath: where('chromium')!, args: ['--no-sandbox'] })
    as = await deskVisits(browser, scene.origin)
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await scene?.close()
  })

  /** Public pages too: a contact signs on one, under the site's style sheets. */
  async function asPublic(who: string | null, options?: Parameters<As>[1]): Promise<BrowserContext> {
    const context = await as(who, options)
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
        const context = await asPublic(who, { viewport: { width: 1440, height: 900 } })
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
          const over = await overflow(page)
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
    const context = await asPublic('league-drafter', { viewport: { width: 360, height: 740 } })
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const page = await context.newPage()
    await page.goto(`${scene.origin}/desk/releases/${scene.numbers.corrected}/kit?lang=zh`)
    const sms = (await page.locator('#sms-zh-CN').textContent()) ?? ''
    expect(sms).toMatch(/^（示例）【青格勒盟行政公署（示例）】更正：/)
    await page.click('button[data-copy="#sms-zh-CN"]')
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(sms)
    await context.close()

    const plain = await asPublic('league-drafter', { javaScriptEnabled: false })
    const still = await plain.newPage()
    await still.goto(`${scene.origin}/desk/releases/${scene.numbers.corrected}/kit?lang=zh`)
    expect(await still.locator('button[data-copy]').first().isVisible()).toBe(false)
    expect(await still.locator('#sms-zh-CN').textContent()).toBe(sms)
    const file = await plain.request.get(`${scene.origin}/desk/releases/${scene.numbers.corrected}/kit/sms-zh-CN.txt`)
    expect((await file.text()).replace('\uFEFF', '').trim()).toBe(sms.trim())
    await plain.close()
  })

  test('a contact on a phone without script reads to the end, presses once, and has signed', async () => {
    const context = await asPublic(null, { javaScriptEnabled: false, viewport: { width: 360, height: 640 } })
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
    const league = await asPublic('region-signer')
    const roll = await league.newPage()
    await roll.goto(`${scene.origin}/desk/releases/${scene.numbers.corrected}/acknowledgements?lang=zh`)
    expect(await roll.locator('.told').textContent()).toContain('3 / 4')
    expect(await roll.locator('a[href^="tel:"]').count()).toBe(1)
    await league.close()
    await context.close()
  })
})
