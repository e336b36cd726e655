/** One person's desk in a real browser: at the keyboard alone, without script, on a small phone, by day and by night; and the preview in its frames. */
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { startWork } from '../../src/work.ts'
import { overflow, violations } from '../support/browser-site.ts'
import { staged } from '../support/desk-browser.ts'
import { deskScene, realPreviews } from '../support/desk-scene.ts'
import { everyLook } from '../support/every-look.ts'
import { needs } from '../support/needs.ts'

describe.skipIf(!needs('chromium'))('my desk in a real browser', () => {
  const stage = staged(async () => {
    const scene = await deskScene()
    realPreviews(scene)
    return scene
  })

  const DESK = { viewport: { width: 1366, height: 768 } }
  const PHONE = { viewport: { width: 360, height: 640 } }
  async function open(who: string, path: string, options: object = DESK): Promise<Page> {
    const page = await (await stage.as(who, options)).newPage()
    await page.goto(`${stage.scene.origin}${path}${path.includes('?') ? '&' : '?'}lang=zh`)
    return page
  }

  test('everybody can use it: in both languages, by day and by night, on a desk and on a phone', async () => {
    const { scene, as } = stage
    const screens = [
      { who: 'league-signer', path: '/desk' },
      { who: 'league-drafter', path: '/desk/search?q=供暖' },
      { who: 'league-signer', path: '/desk/calendar' },
      { who: 'league-auditor', path: '/desk/shortcuts' },
      { who: 'league-drafter', path: '/desk/flash?mode=exercise' },
      { who: 'league-reviewer', path: `/desk/releases/${scene.numbers.review}/preview` },
    ]
    expect(await everyLook({ file: import.meta.filename, origin: scene.origin, open: as, screens })).toEqual([])
    expect(scene.place.logged).toEqual([])
  }, 120_000)

  test('a reviewer goes everywhere by keys, and types letters where letters are typed', async () => {
    const page = await open('league-reviewer', '/desk')
    const at = () => new URL(page.url()).pathname
    await page.keyboard.press('g')
    await page.keyboard.press('c')
    await page.waitForURL('**/desk/calendar')
    await page.keyboard.press('/')
    await page.keyboard.type('gd?n供暖')
    expect(at()).toBe('/desk/calendar')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/desk/search?q=*')
    await page.fill('main input[type=search]', '供暖')
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/desk/search?q=${encodeURIComponent('供暖')}`)
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('title')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/desk/releases/2026-*')
    // A reviewer begins nothing: the keys of those who do are not theirs.
    const here = at()
    for (const key of ['n', 'f', 'g', 'x']) await page.keyboard.press(key)
    await page.waitForTimeout(150)
    expect(at()).toBe(here)
    await page.keyboard.press('?')
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    expect(await dialog.textContent()).toContain('待我办理')
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await page.context().close()
  })

  test('no key decides: on the page that signs Ctrl+Enter and Ctrl+S do nothing', async () => {
    const path = `/desk/releases/${stage.scene.numbers.sign}/sign`
    const page = await open('league-signer', path)
    const sent: string[] = []
    page.on('request', (r) => r.method() === 'POST' && sent.push(r.url()))
    for (const key of ['Control+Enter', 'Control+s']) await page.keyboard.press(key)
    await page.focus('[name=opinion]')
    for (const key of ['Control+Enter', 'Control+s']) await page.keyboard.press(key)
    await page.waitForTimeout(200)
    expect(sent).toEqual([])
    expect(new URL(page.url()).pathname).toBe(path)
    await page.context().close()
  })

  test('a drafter saves by Ctrl+S; somebody who switched single keys off still does, and ? is a letter', async () => {
    const context = await stage.as('league-drafter', DESK)
    const page = await context.newPage()
    await page.goto(`${stage.scene.origin}/desk/shortcuts?lang=zh`)
    await page.click('main form button')
    expect(await page.textContent('main')).toContain('已在本浏览器关闭')
    await page.goto(`${stage.scene.origin}/desk/releases/${stage.scene.numbers.draft}/edit?lang=zh`)
    await page.locator('h1').click()
    for (const key of ['g', 'd', '?', 'n']) await page.keyboard.press(key)
    await page.waitForTimeout(150)
    expect(await page.locator('dialog').count()).toBe(0)
    await page.fill('[name="parts.zh-CN.title"]', '关于改过的事项的公告（示例）')
    await page.keyboard.press('Control+s')
    await page.waitForURL('**/edit?said=saved')
    expect(await page.inputValue('[name="parts.zh-CN.title"]')).toBe('关于改过的事项的公告（示例）')
    await context.close()
  })

  test('without script one searches, turns the pages of the calendar and looks at the preview', async () => {
    const page = await open('league-drafter', '/desk', { ...DESK, javaScriptEnabled: false })
    await page.fill('.d-top input[type=search]', '供暖')
    await page.click('.d-top .d-search button')
    expect(await page.locator('main .d-rows mark').count()).toBeGreaterThan(0)
    await page.goto(`${stage.scene.origin}/desk/calendar?lang=zh`)
    await page.click('text=后两周')
    expect(await page.locator('.d-day').count()).toBe(14)
    await page.goto(`${stage.scene.origin}/desk/releases/${stage.scene.numbers.review}/preview?lang=zh`)
    await page.click('.pv-tabs a[href="#pv-mail"]')
    const mail = page.frameLocator('#pv-mail iframe').first()
    await expect.poll(() => mail.locator('body').textContent()).toContain('现就有关事项通知如下')
    expect(await mail.locator('.pv-band').textContent()).toBe('预览 · 未发布')
    await page.context().close()
  })

  test('the frames of a preview follow the colours that were chosen, whatever the device has', async () => {
    const path = `/desk/releases/${stage.scene.numbers.review}/preview`
    for (const [look, scheme] of [
      ['dark', 'light'],
      ['light', 'dark'],
    ] as const) {
      const page = await open('league-reviewer', `${path}?look=${look}`, { ...DESK, colorScheme: scheme })
      const body = page.frameLocator('#pv-page iframe').first().locator('body')
      const [r = 0] = (await body.evaluate((e) => getComputedStyle(e).backgroundColor)).match(/\d+/g)?.map(Number) ?? []
      expect(look === 'dark' ? r < 60 : r > 200, `${look}: ${r}`).toBe(true)
      await page.context().close()
    }
  })

  test.each(['live', 'exercise'])('at 03:07 the whole flash screen stands on a small phone: %s', async (mode) => {
    const page = await open('league-drafter', `/desk/flash?mode=${mode}`, PHONE)
    const seen = [
      '.d-band strong',
      '.d-left',
      '[name="core.knownAt"]',
      '[name="parts.zh-CN.title"]',
      '.d-found-n',
      '.d-call',
      'summary',
    ]
    const boxes = ['whenWhere', 'facts', 'actions', 'advice'].map((b) => `[name="parts.zh-CN.blocks.${b}"]`)
    const rest = [
      '[name="core.contacts.0.phone"]',
      '[name="core.areas"]',
      '[name="core.nextUpdateAt"]',
      'button.decisive',
    ]
    for (const what of [...seen, ...boxes, ...rest]) {
      const box = await page.locator(what).first().boundingBox()
      expect(box && box.y >= 0 && box.y + box.height <= 640, what).toBe(true)
    }
    // Nothing lies under the bar that sends.
    const send = await page.locator('.d-send').boundingBox()
    const area = await page.locator('[name="core.nextUpdateAt"]').boundingBox()
    expect(area!.y + area!.height).toBeLessThanOrEqual(send!.y + 1)
    expect(await page.locator('.d-call').getAttribute('href')).toMatch(/^tel:\d/)
    expect(await overflow(page)).toBe(0)
    await page.context().close()
  })

  test('what goes out moves on the desk by itself, and is gone from it when it is through', async () => {
    const { ctx, clock } = stage.scene.place
    const signer = await open('league-signer', `/desk/releases/${stage.scene.numbers.sign}/sign`)
    await signer.click('button.decisive')
    await signer.waitForURL('**?said=published')
    await signer.context().close()
    const page = await open('league-signer', '/desk')
    let loads = 0
    page.on('load', () => loads++)
    const going = page.locator('#going')
    const work = await startWork(ctx)
    try {
      // Time stands still, and so does what is under way.
      await expect.poll(() => going.textContent(), { timeout: 15_000 }).toContain('饲草储备')
      await expect
        .poll(
          () => {
            clock.advance(1000)
            return going.textContent()
          },
          { timeout: 25_000, interval: 250 },
        )
        .toContain('现在没有正在发布的稿件')
      expect(loads).toBe(0)
    } finally {
      await work.stop()
      await page.context().close()
    }
  }, 40_000)
})
