/** The desk in a real browser: everybody can use it, without script too, on a phone at night. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { accredit } from '../../src/audience/accredit.ts'
import { createApp } from '../../src/web/app.ts'
import { routesOf } from '../../src/web/guards/route.ts'
import { startWork } from '../../src/work.ts'
import { staged } from '../support/desk-browser.ts'
import { deskScene, type Scene } from '../support/desk-scene.ts'
import { NO_PAGE, WALKED } from '../support/desk-walked.ts'
import { everyLook } from '../support/every-look.ts'
import { needs } from '../support/needs.ts'
import { workplace } from '../support/office.ts'

test('every page of the desk is looked at by somebody, and is named with the file that does', async () => {
  const place = await workplace()
  const app = await createApp(place.ctx)
  const pages = routesOf(app)
    .filter((r) => r.method === 'get' && r.html && /^\/desk(\/|$)/.test(r.path))
    .map((r) => r.path)
    .filter((path) => !/\.(csv|ics|json|jsonl)$/.test(path) && !NO_PAGE.includes(path))
  expect(Object.values(WALKED).flat().sort()).toEqual([...pages].sort())
  for (const file of Object.keys(WALKED)) {
    const words = await readFile(join(import.meta.dirname, file), 'utf8')
    // The walk itself says which of these paths it was not given, and has no way of leaving out a language or a theme.
    expect(words, file).toMatch(/everyLook\(\{\s*file: import\.meta\.filename,/)
  }
  await place.close()
})

describe.skipIf(!needs('chromium'))('the desk in a real browser', () => {
  const stage = staged(async () => {
    const scene = await deskScene()
    const { journalist } = await accredit(scene.place.ctx, scene.people.own.admin, {
      name: '记者甲（示例）',
      outlet: '青格勒日报（示例）',
      email: 'reporter@news.example',
      validUntil: '2026-12-31',
      by: 'hand',
    })
    return { ...scene, journalist: journalist.id }
  })

  const screens = (n: Scene['numbers'], journalist: string): [who: string | null, path: string][] => [
    [null, '/desk/sign-in'],
    ['league-signer', '/desk'],
    ['league-drafter', '/desk'],
    ['league-drafter', '/desk/releases/new'],
    ['league-drafter', '/desk/releases/new?kind=warning'],
    ['league-drafter', `/desk/releases/${n.draft}/edit`],
    ['league-drafter', `/desk/releases/${n.returned}/edit`],
    ['league-drafter', `/desk/releases/${n.corrected}/edit`],
    ['league-drafter', '/desk/flash'],
    ['league-reviewer', `/desk/releases/${n.review}/review`],
    ['league-confidentiality', `/desk/releases/${n.confidentiality}/review`],
    ['league-signer', `/desk/releases/${n.sign}/sign`],
    ['league-signer', `/desk/releases/${n.flash}/sign`],
    ['league-signer', `/desk/releases/${n.published}`],
    ['league-signer', `/desk/releases/${n.held}`],
    ['league-admin', `/desk/releases/${n.sealed}`],
    ['league-admin', `/desk/releases/${n.sealed}/settle`],
    ['league-reviewer', `/desk/releases/${n.review}/quarantine`],
    ['league-drafter', `/desk/releases/${n.published}/correct`],
    ['league-drafter', `/desk/releases/${n.published}/withdraw`],
    ['league-signer', `/desk/releases/${n.published}/take-down`],
    ['league-auditor', '/desk/releases'],
    ['league-drafter', '/desk/incidents'],
    ['league-signer', '/desk/alarms'],
    ['league-auditor', '/desk/ledger?verify=1'],
    ['league-admin', '/desk/office'],
    ['league-drafter', '/desk/outlets'],
    ['league-drafter', '/desk/outbox'],
    ['league-drafter', '/desk/outbox/sample.eml'],
    ['league-auditor', `/desk/releases/${n.sign}/confidentiality-review`],
    ['league-signer', `/desk/releases/${n.published}/copies`],
    ['league-reviewer', `/desk/releases/${n.flash}/phone`],
    ['league-drafter', '/desk/faults'],
    ['league-admin', '/desk/office/suppression'],
    ['league-admin', `/desk/media/${journalist}`],
  ]

  test('every screen can be used by everybody, in both languages, on a desk and on a phone, by day and by night', async () => {
    const { scene, as } = stage
    const list = screens(scene.numbers, scene.journalist).map(([who, path]) => ({ who, path }))
    expect(await everyLook({ file: import.meta.filename, origin: scene.origin, open: as, screens: list })).toEqual([])
    expect(scene.place.logged).toEqual([])
  }, 240_000)

  test('a duty officer fills in the flash screen on a small phone without scrolling sideways, the button always in reach', async () => {
    const context = await stage.as('league-drafter', { viewport: { width: 360, height: 640 } })
    const page = await context.newPage()
    await page.goto(`${stage.scene.origin}/desk/flash?lang=zh`)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
    const button = await page.locator('button.decisive').boundingBox()
    expect(button && button.y + button.height).toBeLessThanOrEqual(640)
    for (const name of ['whenWhere', 'facts', 'actions', 'advice']) {
      const box = await page.locator(`[name="parts.zh-CN.blocks.${name}"]`).boundingBox()
      expect(box && box.y + box.height, name).toBeLessThanOrEqual(640)
    }
    const send = await page.locator('.d-send').boundingBox()
    const fold = await page.locator('.d-false-alarm summary').boundingBox()
    expect(fold && fold.y + fold.height, 'not under the bar with the button').toBeLessThanOrEqual(send?.y ?? 0)
    expect(await page.textContent('.d-call'), 'the one on duty before the backup').toContain('签发人甲')
    await page.click('summary')
    expect(await page.locator('a[href^="tel:"]').count()).toBeGreaterThan(0)
    await context.close()
  })

  test('on a phone the signer reads the text before anything else, and no tool of the editor lies over another', async () => {
    const phone = { viewport: { width: 360, height: 640 } }
    const signing = await stage.as('league-signer', phone)
    const sign = await signing.newPage()
    await sign.goto(`${stage.scene.origin}/desk/releases/${stage.scene.numbers.flash}/sign?lang=zh`)
    const top = async (what: string) => (await sign.locator(what).boundingBox())?.y ?? 0
    expect(await top('.d-text .d-reading')).toBeLessThan(await top('.d-if-false'))
    await signing.close()
    const writing = await stage.as('league-drafter', phone)
    const page = await writing.newPage()
    await page.goto(`${stage.scene.origin}/desk/releases/${stage.scene.numbers.draft}/edit?lang=zh`)
    const tools = page.locator('.w-tools button')
    await tools.first().waitFor()
    const boxes = await Promise.all([tools.nth(0).boundingBox(), tools.nth(1).boundingBox()])
    const width = await tools.nth(0).evaluate((b) => b.scrollWidth - b.clientWidth)
    expect(width).toBe(0)
    expect((boxes[0]?.x ?? 0) + (boxes[0]?.width ?? 0)).toBeLessThanOrEqual(boxes[1]?.x ?? 0)
    await writing.close()
  })

  test('a drafter writes and saves, and a refused form comes back filled, without any script', async () => {
    const context = await stage.as('league-drafter', {
      javaScriptEnabled: false,
      viewport: { width: 1366, height: 900 },
    })
    const page = await context.newPage()
    await page.goto(`${stage.scene.origin}/desk/releases/new?kind=notice&lang=zh`)
    await page.fill('[name="parts.zh-CN.title"]', '关于无脚本的公告（示例）')
    await page.fill('[name="parts.zh-CN.body"]', '第一段。\n\n第二段。')
    await page.fill('[name="core.contacts.0.email"]', '不是邮箱')
    await page.click('button[value=save]')
    expect(await page.inputValue('[name="parts.zh-CN.body"]')).toBe('第一段。\n\n第二段。')
    expect(await page.locator('#issue-list').isVisible()).toBe(true)
    await page.click('#issue-list a')
    expect(new URL(page.url()).hash).toBe('#f-core.contacts.0.email')
    await page.fill('[name="core.contacts.0.email"]', '')
    await page.click('button[value=save]')
    expect(await page.locator('.d-said').textContent()).toContain('已保存')
    expect(await page.inputValue('[name="parts.zh-CN.body"]')).toBe('第一段。\n\n第二段。')
    await context.close()
  })

  test('a reviewer at the keyboard alone reaches the skip link first and sees where they are', async () => {
    const context = await stage.as('league-reviewer', { viewport: { width: 1366, height: 900 } })
    const page = await context.newPage()
    await page.goto(`${stage.scene.origin}/desk/releases/${stage.scene.numbers.review}/review?lang=zh`)
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('skip')
    await page.keyboard.press('Enter')
    const reached = new Set<string>()
    for (let i = 0; i < 80; i++) {
      await page.keyboard.press('Tab')
      const at = await page.evaluate(() => {
        const e = document.activeElement as HTMLElement
        return {
          what: e.getAttribute('value') ?? e.getAttribute('name') ?? e.tagName,
          seen: getComputedStyle(e).outlineStyle !== 'none',
        }
      })
      if (at.what === 'BODY') break // past the end of the page
      expect(at.seen, at.what).toBe(true)
      reached.add(at.what)
    }
    expect([...reached]).toEqual(expect.arrayContaining(['opinion', 'approve', 'return']))
    await context.close()
  })

  test('Enter in a field of a verdict decides nothing', async () => {
    const context = await stage.as('league-confidentiality', { viewport: { width: 1366, height: 900 } })
    const page = await context.newPage()
    const path = `/desk/releases/${stage.scene.numbers.confidentiality}/review`
    await page.goto(`${stage.scene.origin}${path}?lang=zh`)
    await page.focus('[name="confidentiality.article"]')
    await page.keyboard.press('Enter')
    await page.waitForTimeout(200)
    expect(new URL(page.url()).pathname).toBe(path)
    expect(await page.locator('.d-reading mark').count()).toBeGreaterThanOrEqual(3)
    await context.close()
  })

  test('the confidentiality form fits one A4 page', async () => {
    const context = await stage.as('league-auditor')
    const page = await context.newPage()
    await page.goto(`${stage.scene.origin}/desk/releases/${stage.scene.numbers.sign}/confidentiality-review?lang=zh`)
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
    expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBe(1)
    expect(/\/MediaBox\s*\[0 0 59[45]\.?\d* 84[12]/.test(pdf)).toBe(true)
    await context.close()
  })

  test('a signer signs on a phone and watches it go out without asking again', async () => {
    const { ctx, clock } = stage.scene.place
    const context = await stage.as('league-signer', { viewport: { width: 360, height: 740 } })
    const page = await context.newPage()
    await page.goto(`${stage.scene.origin}/desk/releases/${stage.scene.numbers.sign}/sign?lang=zh`)
    await page.click('button.decisive')
    await page.waitForURL(`**/desk/releases/${stage.scene.numbers.sign}?said=published`)
    let loads = 0
    page.on('load', () => loads++)
    const work = await startWork(ctx)
    try {
      const email = page.locator('[data-outlet=email]')
      await expect
        .poll(
          async () => {
            clock.advance(1000)
            return (await email.count()) ? email.textContent() : ''
          },
          { timeout: 20_000, interval: 200 },
        )
        .toMatch(/完成.*合计 193/)
      expect(loads).toBe(0)
    } finally {
      await work.stop()
      await context.close()
    }
  })
})
