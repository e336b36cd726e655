/** A journalist's whole way in a real browser, without script: invited, terms, list, text, number; then the hour comes and everybody reads it. */
import { setTimeout as sleep } from 'node:timers/promises'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MINUTE, plus } from '../../src/lib/clock.ts'
import { DESK, listening, looked } from '../support/every-look.ts'
import { CANARY, type MediaScene, mediaScene } from '../support/media-scene.ts'
import { movedClock, TUESDAY } from '../support/morning.ts'
import { needs, where } from '../support/needs.ts'
import { readPdf } from '../support/pdf.ts'

const QUIET = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]
describe.skipIf(!needs('chromium'))('access before the hour', () => {
  const clock = movedClock(TUESDAY)
  let browser: Browser
  let scene: MediaScene
  let context: BrowserContext
  let page: Page
  beforeAll(async () => {
    scene = await mediaScene(clock)
    // Without a locale Chromium gives a file with letters beyond ASCII no name of its own.
    const env = { ...(process.env as Record<string, string>), LANG: 'C.UTF-8' }
    browser = await chromium.launch({ executablePath: where('chromium') as string, args: QUIET, env })
    context = await browser.newContext({ javaScriptEnabled: false, locale: 'zh-CN' })
    page = await context.newPage()
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await scene?.close()
    expect(scene.station.errors).toEqual([])
  })

  test('from the invitation to the moment everybody reads it', async () => {
    const opensAt = plus(clock.now(), 50 * MINUTE)
    const item = await scene.hold({ notBefore: opensAt })
    const validUntil = plus(clock.now(), 30 * 86_400_000).slice(0, 10)
    const person = {
      name: '其木格（示例）',
      outlet: '青格勒日报（示例）',
      email: 'r@news.example',
      by: 'hand',
      validUntil,
    }
    const made = await scene.desk('admin', '/desk/media', { ...person, language: 'zh-CN' })
    const link = /\/media\/enter\/[\w-]{32}/.exec(made.text)?.[0] as string

    await page.goto(scene.url + link)
    await page.click('main button')
    await page.waitForURL('**/media/terms*')
    await page.click('main form[action*="terms"] button')
    expect(await page.locator('#issues').textContent()).toContain('还没有勾选接受条款')
    await page.check('#accept')
    await page.click('main form[action*="terms"] button')
    await page.waitForURL('**/media/?lang=zh')
    expect(await page.locator('.media-list').textContent()).toMatch(/还有 49 分 \d+ 秒/)
    await page.click('.media-list h2 a')
    expect(await page.locator('.media-text').textContent()).toContain(CANARY[1])
    expect(await page.locator('.embargo').textContent()).toContain('限时发布')
    const mark = (await page.locator('.embargo .copy-mark').textContent()) as string
    const copy = /[0-9A-Z]{5}-[0-9A-Z]{5}/.exec(mark)?.[0] as string
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('.media-text .files a')])
    expect(download.suggestedFilename()).toMatch(/\.[0-9A-Z]{5}-[0-9A-Z]{5}\.txt$/)
    const told = await scene.desk('reviewer', '/desk/media/copy', { copy })
    expect(told.text).toContain('是给其木格（示例）（青格勒日报（示例））的')
    // Longer than a sheet: every sheet bears the number.
    await page.locator('.media-text').evaluate((text) => {
      for (let i = 0; i < 120; i++) text.append(Object.assign(document.createElement('p'), { textContent: '示例。' }))
    })
    const sheets = readPdf(await page.pdf({ format: 'A4' })).map((sheet) => sheet.texts.map((x) => x.text).join(''))
    expect(sheets.length).toBeGreaterThan(1)
    expect(sheets.filter((text) => !text.includes(copy))).toEqual([])
    // It must not look like the official document before it is one.
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('.media-text .print-only:visible').count()).toBe(0)
    await page.emulateMedia({ media: 'screen' })

    const work = await scene.station.work()
    clock.to(plus(opensAt, -1500))
    const stranger = scene.browser()
    const at = `/releases/${item.number}/`
    let last = 404
    for (const end = Date.now() + 40_000; last !== 200 && Date.now() < end; await sleep(40)) {
      const asked = clock.now()
      last = (await stranger.get(at)).status
      if (last === 200) expect(asked >= opensAt || clock.now() >= opensAt).toBe(true)
    }
    await work.stop()
    const published = await scene.station.ctx.store.db
      .selectFrom('edition')
      .select('published_at')
      .where('release_id', '=', item.id)
      .executeTakeFirstOrThrow()
    expect(published.published_at >= opensAt).toBe(true)
    await page.reload()
    expect(new URL(page.url()).pathname).toBe(at)
    await page.goto(`${scene.url}/media/?lang=zh`)
    expect(await page.locator('main').textContent()).toContain('已公开')
    await page.click('.media-out button')
    await page.waitForURL('**/media/sign-in*')
  }, 90_000)

  test('everybody can use each page, in both languages, by day and by night, on a desk and on a phone', async () => {
    const item = await scene.hold()
    const reader = await scene.journalist('look@news.example')
    await reader.get(`/media/releases/${item.id}/`)
    const looking = await browser.newContext({ viewport: DESK, locale: 'zh-CN' })
    const found: string[] = []
    const screen = listening(await looking.newPage(), found)
    const look = async (path: string) => {
      for (const lang of ['zh', 'en'] as const) {
        const asked = path.replace('{en/}', lang === 'en' ? 'en/' : '')
        await screen.goto(`${scene.url}${asked}?lang=${lang}`)
        expect(await screen.locator('html').getAttribute('lang'), asked).toMatch(lang)
        const name = `media${asked.replace(/[^a-z]+/g, '-')}${lang}`
        found.push(...(await looked(screen, name)).map((line) => `${asked} ${lang} ${line}`))
      }
    }
    const validUntil = plus(scene.station.ctx.clock.now(), 30 * 86_400_000).slice(0, 10)
    const person = { name: '巴特尔（示例）', outlet: '草原晚报（示例）', email: 'looking@news.example', by: 'hand' }
    const made = await scene.desk('admin', '/desk/media', { ...person, validUntil, language: 'zh-CN' })
    const link = /\/media\/enter\/[\w-]{32}/.exec(made.text)?.[0] as string
    await look('/media/sign-in')
    await look(link)
    await screen.click('main button')
    await screen.waitForURL('**/media/terms*')
    await look('/media/terms')
    await screen.check('#accept')
    await screen.click('main form[action*="terms"] button')
    await screen.waitForURL('**/media/?lang=*')
    await look('/media/')
    await look(`/media/releases/${item.id}/{en/}`)
    expect(found).toEqual([])
    await looking.close()
  }, 90_000)
})
