/** Finding and checking in a real browser: by everybody, by keyboard alone, without script, on a phone and at night. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launched } from '../support/desk-browser.ts'
import { everyLook, type Screen } from '../support/every-look.ts'
import { type FindingScene, findingScene } from '../support/finding-scene.ts'
import { needs } from '../support/needs.ts'

const QUIET = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run']

describe.skipIf(!needs('chromium'))('finding in a real browser', () => {
  let browser: Browser
  let scene: FindingScene
  beforeAll(async () => {
    scene = await findingScene()
    browser = await launched(QUIET)
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await scene?.close()
    expect(scene.station.errors).toEqual([])
  })

  const screens = (): Screen[] => [
    ...[
      `/search?q=${encodeURIComponent('火灾')}`,
      `/search?q=${encodeURIComponent('火灾')}&kind=policy`,
      '/search?q=nothing-like-it&kind=policy',
      '/search',
      `/verify/check?number=${scene.numbers.corrected}`,
      `/verify/check?number=${scene.numbers.gone}`,
      '/verify/check?number=2026-999999',
    ].map((path) => ({ path })),
    { path: '/search?from=x', status: 400 },
    ...['verify', 'calendar', 'archive', 'areas', 'topics', 'kinds', 'about', 'feeds'].map((name) => ({
      path: { zh: `/${name}/`, en: `/en/${name}/` },
    })),
  ]

  test('everybody can use each page, in both languages, by day and by night, and nothing runs off it', async () => {
    const walk = { origin: scene.url, open: () => browser.newContext(), screens: screens() }
    expect(await everyLook({ file: import.meta.filename, ...walk })).toEqual([])
  }, 120_000)

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
