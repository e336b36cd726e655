/** A herder with a weak signal, and somebody who keeps the page open through the night: the incident page in a real browser. */

import { setTimeout as sleep } from 'node:timers/promises'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { flashEdition, INCIDENT, MONGOLIAN, nextEdition, sampleEdition, samplePart } from '../support/editions.ts'
import { looked } from '../support/every-look.ts'
import { needs, where } from '../support/needs.ts'
import { type PublicSite, publicSite } from '../support/public-site.ts'

const PATH = `/incidents/${INCIDENT.number}/`
const FLAGS = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run']
/** Chrome's own "Slow 3G": 400 kbit/s and 400 ms, which its tools make 2 s for each round trip of a request. */
const SLOW_3G = { offline: false, latency: 2000, downloadThroughput: 50_000, uploadThroughput: 50_000 }
const eventually = <T>(look: () => T) => expect.poll(look, { timeout: 15_000 })

const report = (sequence: number, title: string, over: Parameters<typeof flashEdition>[0] = {}) =>
  flashEdition({
    sequence,
    kind: 'incident-update',
    parts: { 'zh-CN': samplePart({ title, body: '', blocks: { advice: '听从转移安排\n不要前往火场围观' } }) },
    ...over,
  })

describe.skipIf(!needs('chromium'))('in a real browser', () => {
  let browser: Browser
  let context: BrowserContext
  let site: PublicSite
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: where('chromium') as string, args: ['--no-sandbox', ...FLAGS] })
  })
  afterAll(() => browser.close())
  afterEach(async () => {
    await context.close()
    await site.close()
  })

  async function open(path: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
    context = await browser.newContext({ viewport: { width: 360, height: 640 }, ...options })
    const page = await context.newPage()
    await page.goto(site.url + path)
    return page
  }
  /** Lets the page believe that so much time has passed, so that its own clock asks again; answers get real time to come. */
  async function pass(page: Page, ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 5000) {
      await page.clock.runFor(Math.min(left, 5000))
      await sleep(60)
    }
  }

  test('on slow 3G what to do can be read within five seconds, and all of the page is 50 kB', async () => {
    site = await publicSite()
    await site.publish(flashEdition({ sequence: 1 }))
    context = await browser.newContext({ viewport: { width: 360, height: 640 } })
    const page = await context.newPage()
    const devtools = await context.newCDPSession(page)
    await devtools.send('Network.enable')
    await devtools.send('Network.emulateNetworkConditions', SLOW_3G)
    let transferred = 0
    devtools.on('Network.loadingFinished', (e) => {
      transferred += e.encodedDataLength
    })
    const began = performance.now()
    await page.goto(site.url + PATH, { waitUntil: 'commit' })
    await page.locator('.please').waitFor()
    const painted = () => page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0)
    await eventually(painted).toBeGreaterThan(0)
    const read = performance.now() - began
    await page.waitForLoadState('load')
    await eventually(() => page.locator('#checked').isVisible()).toBe(true)
    const paint = await painted()
    const bottom = await page.locator('.please').evaluate((el) => el.getBoundingClientRect().bottom)
    console.log(
      `slow 3G: painted after ${Math.round(paint)} ms, seen after ${Math.round(read)} ms, ${transferred} bytes`,
    )
    expect(paint).toBeLessThan(5000)
    expect(bottom).toBeLessThan(640)
    expect(transferred).toBeLessThan(50_000)
    expect(await page.evaluate(() => [...document.fonts].map((f) => f.status))).toEqual(['unloaded'])
  }, 60_000)

  test('without any script everything that matters stands there, on a narrow phone and without sideways scrolling', async () => {
    site = await publicSite()
    await site.publish(flashEdition({ sequence: 1 }))
    const page = await open(PATH, { javaScriptEnabled: false, viewport: { width: 320, height: 640 } })
    const text = await page.locator('#incident').innerText()
    for (const said of [
      '橙色 · Ⅱ级',
      '▲',
      '哈日诺尔旗',
      '现在请您',
      '不要前往火场围观',
      '0000-12345',
      '截至',
      '下次发布',
      'English',
    ])
      expect(text).toContain(said)
    expect(text).not.toContain('已过预计发布时间')
    expect(await page.locator('.tap a').getAttribute('href')).toBe('tel:000012345')
    expect(await page.locator('html').evaluate((el) => el.scrollWidth)).toBeLessThanOrEqual(320)
  })

  test('who keeps it open sees the next report, hears of it, and is not moved from the line being read', async () => {
    site = await publicSite()
    await site.publish(...Array.from({ length: 18 }, (_, i) => report(i + 1, `第${i + 1}次通报`)))
    context = await browser.newContext({ viewport: { width: 360, height: 640 } })
    const page = await context.newPage()
    await page.clock.install()
    await page.goto(site.url + PATH)
    await pass(page, 30_000)
    const line = page.locator('#timeline li', { hasText: '第9次通报' })
    await line.evaluate((el) => scrollTo(0, el.getBoundingClientRect().top + scrollY - 100))
    const top = () => line.evaluate((el) => Math.round(el.getBoundingClientRect().top))
    const before = await top()
    await site.publish(report(19, '东线明火已经扑灭'))
    await pass(page, 30_000)
    await eventually(() => page.locator('#timeline').innerText()).toContain('东线明火已经扑灭')
    expect(await page.locator('#now').innerText()).toContain('东线明火已经扑灭')
    expect(await page.locator('#said').innerText()).toBe('本页已更新：东线明火已经扑灭')
    expect(await page.locator('#said').getAttribute('role')).toBe('status')
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
    expect(Math.abs((await top()) - before)).toBeLessThanOrEqual(1)
    await pass(page, 60_000)
    expect(Math.abs((await top()) - before)).toBeLessThanOrEqual(1)
  }, 60_000)

  test('asking again costs nothing when nothing changed, gets rarer when nobody looks or the line is down, and says when it last worked', async () => {
    site = await publicSite()
    await site.publish(flashEdition({ sequence: 1 }))
    context = await browser.newContext({ viewport: { width: 360, height: 640 } })
    const page = await context.newPage()
    await page.clock.install({ time: '2026-11-23T06:20:00Z' })
    await page.goto(site.url + PATH)
    const asked = () => site.asked.filter((a) => a.path.endsWith('now.json'))
    await pass(page, 30_000)
    await eventually(() => asked().length).toBeGreaterThan(0)
    await pass(page, 30_000)
    await eventually(() => asked().length).toBeGreaterThan(1)
    expect(asked().at(-1)).toMatchObject({ status: 304, conditional: true })
    expect(asked().at(-1)?.bytes).toBeLessThan(700)
    expect(await page.locator('#checked').innerText()).toMatch(/^本页自动更新。上次检查：\d\d:\d\d:\d\d$/)
    site.away = true
    await pass(page, 30_000)
    await eventually(() => page.locator('#checked').innerText()).toMatch(/^现在连不上/)
    const failed = asked().length
    for (let i = 0; i < 12; i++) await pass(page, 10_000)
    // Two minutes of failing: 40, 80, 160 s apart, not six times.
    expect(asked().length - failed).toBeLessThanOrEqual(3)
    site.away = false
    for (let i = 0; i < 40; i++) await pass(page, 10_000)
    await eventually(() => page.locator('#checked').innerText()).toMatch(/^本页自动更新/)
  }, 60_000)

  test('when the announced time has passed the page says so, and when it is over it says that', async () => {
    site = await publicSite()
    const first = flashEdition({ sequence: 1 })
    await site.publish(first)
    const page = await open(PATH)
    // The announced time lies years back for this machine's clock or ahead of it; the page judges by the server's.
    const due = '2026-11-23T08:00:00.000Z'
    expect(await page.locator('#overdue').isVisible()).toBe(Date.now() > Date.parse(due))
    await site.turn(first.releaseId, '2026-11-23T09:00:00.000Z', 'incident-closed', {
      closed: true,
      closedAt: '2026-11-23T09:00:00.000Z',
    })
    await page.reload()
    const text = await page.locator('#now').innerText()
    expect(text).toContain('本事件已结束。 2026-11-23 17:00')
    expect(text).not.toContain('下次发布')
    expect(text).not.toContain('现在请您')
    expect(await page.locator('#timeline li.now').count()).toBe(0)
  })

  test('axe finds nothing, in light and dark, corrected and expired', async () => {
    site = await publicSite()
    const first = flashEdition({ sequence: 1, core: { expiresAt: '2026-11-23T10:00:00.000Z' } })
    const part = { ...(first.content?.parts['zh-CN'] as object), changeNote: '更正转移人数。' }
    await site.publish(first, nextEdition(first, 'correction', 2, { parts: { 'zh-CN': part as never } }))
    await site.turn(first.releaseId, '2026-11-23T10:00:00.000Z', 'expired')
    const page = await open(PATH)
    for (const path of [PATH, '/', first.address, `/en${PATH}`, '/en/']) {
      await page.goto(site.url + path)
      expect((await looked(page, `incident${path.replaceAll('/', '_')}`)).map((line) => `${path} ${line}`)).toEqual([])
    }
  }, 60_000)

  test('Mongolian stands in columns in its own face, and a Chinese page never fetches that', async () => {
    site = await publicSite()
    const only = sampleEdition({
      sequence: 3,
      parts: { 'mn-Mong-CN': { title: Array(5).fill(MONGOLIAN).join(' '), blocks: {}, body: `<p>${MONGOLIAN}</p>` } },
    })
    const flash = flashEdition({ sequence: 2 })
    await site.publish(flash, only)
    const loaded = (page: Page) =>
      page.evaluate(async () => {
        await document.fonts.ready
        return [...document.fonts].filter((f) => f.status === 'loaded').map((f) => f.family)
      })
    for (const path of [`${flash.address}mn/`, only.address, '/', '/all/']) {
      const page = await open(path)
      await eventually(() => loaded(page)).toEqual(['Noto Sans Mongolian'])
      const text = page.locator('main :lang(mn-Mong)', { hasText: MONGOLIAN }).first()
      expect(await text.evaluate((el) => getComputedStyle(el).writingMode), path).toBe('vertical-lr')
      const box = await text.boundingBox()
      expect((box?.height ?? 0) > 60, path).toBe(true)
      expect(await page.locator('html').evaluate((el) => el.scrollWidth), path).toBeLessThanOrEqual(360)
      await context.close()
    }
    const face = site.asked.find((a) => a.path.endsWith('.woff2'))
    expect(face).toMatchObject({
      path: expect.stringMatching(/^\/assets\/mongolian\.[0-9a-f]{8}\.woff2$/),
      status: 200,
    })
    const head = await fetch(site.url + face?.path)
    expect(head.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    site.asked.length = 0
    for (const path of [flash.address, PATH]) {
      const page = await open(path)
      await page.waitForLoadState('networkidle')
      await context.close()
    }
    expect(site.asked.filter((a) => a.path.endsWith('.woff2'))).toEqual([])
    await open(PATH)
  }, 60_000)
})
