/** The public site in a real browser: every kind of page, by day and by night, on a small phone, in large type, on paper. */
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { kindsOfPage, type MemorySite, ORIGIN, overflow, visiting } from '../support/browser-site.ts'
import { demoSite } from '../support/demo-site.ts'
import { DESK, listening, looked } from '../support/every-look.ts'
import { needs, where } from '../support/needs.ts'
import { readPdf } from '../support/pdf.ts'

describe.skipIf(!needs('chromium'))('the public site in a real browser', () => {
  let browser: Browser
  let site: MemorySite
  let paths: string[]
  let inBoth: string[]
  beforeAll(async () => {
    site = await demoSite()
    paths = kindsOfPage(site)
    inBoth = kindsOfPage(site, true)
    browser = await chromium.launch({ executablePath: where('chromium')!, args: ['--no-sandbox'] })
  }, 60_000)
  afterAll(() => browser?.close())

  /** Every kind of page in one tab; what `look` finds, with the address before it. */
  async function walk(context: BrowserContext, kinds: string[], look: (page: Page, path: string) => Promise<string[]>) {
    const found: string[] = []
    const page = listening(await context.newPage(), found, /status of (410|404)/)
    for (const path of kinds) {
      await page.goto(ORIGIN + path)
      found.push(...(await look(page, path)).map((line) => `${path} ${line}`))
    }
    await context.close()
    return found
  }

  test('there is something of every kind to look at', () => {
    expect(paths.length).toBeGreaterThan(18)
    for (const part of ['/poster/', '/mn/', '/en/', '/exercise/', '/incidents/', '/subscribe/', '/404.html'])
      expect(
        paths.some((p) => p.includes(part)),
        part,
      ).toBe(true)
  })

  test('everybody can use every page, in both languages, by day and by night, on the smallest phone, in large type too', async () => {
    expect(inBoth.filter((path) => /\/en\//.test(path)).length).toBeGreaterThan(18)
    const context = await visiting(browser, site, { viewport: DESK })
    const found = await walk(context, inBoth, async (page, path) => {
      const wrong = await looked(page, `public${path.replaceAll('/', '_')}`)
      await page.setViewportSize({ width: 320, height: 640 })
      await page.evaluate(() => document.documentElement.setAttribute('data-type', 'large'))
      const large = await overflow(page)
      await page.setViewportSize(DESK)
      return [...wrong, ...(large > 0 ? [`scrolls sideways by ${large} in large type`] : [])]
    })
    expect(found).toEqual([])
  }, 150_000)

  test('on paper no word is cut off at an edge, and every sheet is A4', async () => {
    const context = await visiting(browser, site)
    const found = await walk(context, paths, async (page) => {
      const pages = readPdf(await page.pdf({ preferCSSPageSize: true }))
      const texts = pages.flatMap((p) => p.texts.filter((t) => t.text.trim() !== ''))
      const out = pages.flatMap((p) =>
        p.texts.filter((t) => t.x < 0 || t.x > p.width - 20 || t.y < 0 || t.y > p.height - 5).map((t) => t.text),
      )
      return [
        ...(texts.length === 0 ? ['prints nothing'] : []),
        ...(out.length ? [`prints beyond the sheet: ${out.join('')}`] : []),
        ...pages.filter((p) => Math.abs(p.width - 595) > 1 || Math.abs(p.height - 842) > 1).map(() => 'is not A4'),
      ]
    })
    expect(found).toEqual([])
  }, 150_000)

  test('large type stays on from page to page, and off again', async () => {
    const context = await visiting(browser, site)
    const page = await context.newPage()
    const size = () => page.evaluate(() => getComputedStyle(document.documentElement).fontSize)
    await page.goto(`${ORIGIN}/`)
    await page.check('#large-type')
    expect(await size()).toBe('20px')
    await page.goto(`${ORIGIN}/all/`)
    expect(await size()).toBe('20px')
    expect(await page.isChecked('#large-type')).toBe(true)
    await page.uncheck('#large-type')
    expect(await size()).toBe('16px')
    await page.goto(`${ORIGIN}/about/`)
    expect(await size()).toBe('16px')
    await context.close()
  })

  test('without script the box enlarges its own page', async () => {
    const context = await visiting(browser, site, { javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(`${ORIGIN}/`)
    const before = (await page.locator('main p').first().boundingBox())!.height
    await page.check('#large-type')
    expect((await page.locator('main p').first().boundingBox())!.height).toBeGreaterThan(before)
    await context.close()
  })

  test('with forced colours a level still has its shape and word, and the current station its mark', async () => {
    const context = await visiting(browser, site, { forcedColors: 'active', reducedMotion: 'reduce' })
    const page = await context.newPage()
    await page.goto(`${ORIGIN}/incidents/2026-0007/`)
    expect(await page.locator('.level').first().textContent()).toMatch(/▲\s*橙色/)
    const dot = await page.evaluate(() => {
      const now = document.querySelector('.relay>li.now')!
      return getComputedStyle(now, '::before').backgroundColor
    })
    expect(dot).not.toBe('rgba(0, 0, 0, 0)')
    const moves = await page.evaluate(() => getComputedStyle(document.querySelector('a')!).transitionDuration)
    expect(moves).toBe('0s')
    await context.close()
  })
})
