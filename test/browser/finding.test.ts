/** Finding and checking in a real browser: by everybody, by keyboard alone, without script, on a phone and at night. */
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { overflow, violations } from '../support/browser-site.ts'
import { type FindingScene, findingScene } from '../support/finding-scene.ts'
import { needs, where } from '../support/needs.ts'

describe.skipIf(!needs('chromium'))('finding in a real browser', () => {
  let browser: Browser
  let scene: FindingScene
  beforeAll(async () => {
    scene = await findingScene()
    const quiet = [
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ]
    browser = await chromium.launch({ executablePath: where('chromium') as string, args: quiet })
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await scene?.close()
    expect(scene.station.errors).toEqual([])
  })

  const pages = () => [
    `/search?q=${encodeURIComponent('火灾')}&lang=zh`,
    `/search?q=${encodeURIComponent('火灾')}&kind=policy&lang=en`,
    '/search?q=nothing-like-it&kind=policy&lang=en',
    '/search?from=x&lang=zh',
    '/search?lang=en',
    '/verify/',
    '/en/verify/',
    `/verify/check?number=${scene.numbers.corrected}&lang=zh`,
    `/verify/check?number=${scene.numbers.gone}&lang=en`,
    '/verify/check?number=2026-999999&lang=zh',
    ...[
      '/calendar/',
      '/en/calendar/',
      '/archive/',
      '/en/areas/',
      '/topics/',
      '/kinds/',
      '/about/',
      '/en/about/',
      '/feeds/',
    ],
    `/releases/${scene.numbers.conference}/`,
  ]

  test.each([
    ['on a phone at night', { width: 320, height: 700 }, 'dark'],
    ['at a desk by day', { width: 1280, height: 900 }, 'light'],
  ] as const)(
    'everybody can use each page %s, and nothing runs off it',
    async (_, viewport, colorScheme) => {
      const context = await browser.newContext({ viewport, colorScheme })
      const page = await context.newPage()
      const broken: object[] = []
      for (const path of pages()) {
        await page.goto(scene.url + path)
        const found = await violations(page)
        const wide = await overflow(page)
        if (found.length || wide > 0) broken.push({ path, found, wide })
      }
      await context.close()
      expect(broken).toEqual([])
    },
    90_000,
  )

  test('a reader with keys alone, and no script, goes from the front page to a release by its words', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1280, height: 800 } })
    const page = await context.newPage()
    await page.goto(`${scene.url}/`)
    const focused = () => page.locator(':focus').getAttribute('id')
    await page.keyboard.press('Tab')
    for (let i = 0; i < 25 && (await focused()) !== 'find-top'; i++) await page.keyboard.press('Tab')
    expect(await focused()).toBe('find-top')
    await page.keyboard.type('防火期')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/search?*')
    expect(await page.locator('.hit mark').first().textContent()).toBe('防火期')
    await page.locator('.hit h3 a').first().focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/releases/${scene.numbers.english}/`)
    await context.close()
  }, 60_000)

  test('somebody pastes a text into the page of checking and reads where it was changed', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(`${scene.url}/verify/`)
    await page.fill('#text', '各苏木便民服务中心办理饲草储备补助，严防草原水灾。')
    await page.click('text=比对')
    expect(await page.locator('.verdict h2').textContent()).toBe('文字与本站发布的不一致')
    expect(await page.locator('.difference mark').allTextContents()).toEqual([
      '水灾。',
      expect.stringContaining('火灾。'),
    ])
    await context.close()
  }, 60_000)
})
