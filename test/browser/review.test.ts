/** Reviewing in a real browser: the text with what is said of it, two drafts beside each other, a signature on a phone. */
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { overflow, violations } from '../support/browser-site.ts'
import { type As, deskVisits } from '../support/desk-browser.ts'
import { needs, where } from '../support/needs.ts'
import { type ReviewScene, reviewScene } from '../support/review-scene.ts'

/** A folder to leave pictures in, for looking at. */
const LOOK = process.env['LOOK_AT']
const DESK = { width: 1366, height: 768 }
const PHONE = { width: 360, height: 640 }

describe.skipIf(!needs('chromium'))('reviewing in a real browser', () => {
  let browser: Browser
  let scene: ReviewScene
  let as: As

  beforeAll(async () => {
    scene = await reviewScene()
    browser = await chromium.launch({ executablePath: where('chromium')!, args: ['--no-sandbox'] })
    as = await deskVisits(browser, scene.origin)
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await scene?.close()
  })

  const screens = (n: ReviewScene['numbers']): [name: string, who: string, path: string][] => [
    ['review', 'league-reviewer2', `/desk/releases/${n.review}/review`],
    ['changes', 'league-reviewer2', `/desk/releases/${n.review}/changes?from=1&to=2`],
    ['confidentiality', 'league-confidentiality', `/desk/releases/${n.confidentiality}/review`],
    ['sign', 'league-signer2', `/desk/releases/${n.flash}/sign`],
    ['release', 'league-drafter', `/desk/releases/${n.flash}`],
    ['edit', 'league-drafter', `/desk/releases/${n.returned}/edit`],
    ['readers', 'league-drafter', `/desk/releases/${n.limited}/readers`],
    ['absence', 'league-admin', '/desk/account/absence'],
    ['officials', 'league-admin', '/desk/office/officials'],
    ['rules', 'league-admin', '/desk/office/review-rules'],
    ['queue', 'league-reviewer2', '/desk'],
    ['sheet', 'league-auditor', `/desk/releases/${n.confidentiality}/confidentiality-review`],
  ]

  /** Where colours of their own are, by night too; in English those that say the most. */
  const NIGHT = ['review', 'changes', 'sign', 'release']
  const ENGLISH = ['review', 'changes', 'readers']
  test('every screen can be used by everybody, in both languages, by day and by night, on a desk and on a phone', async () => {
    const found: string[] = []
    for (const [who, list] of Map.groupBy(screens(scene.numbers), ([, one]) => one)) {
      const context = await as(who, { viewport: DESK })
      const page = await context.newPage()
      page.on('console', (m) => m.type() === 'error' && found.push(`${page.url()} says ${m.text()}`))
      page.on('pageerror', (e) => found.push(`${page.url()} breaks: ${e.message}`))
      for (const [name, , path] of list)
        for (const lang of LOOK || ENGLISH.includes(name) ? (['zh', 'en'] as const) : (['zh'] as const)) {
          await page.setViewportSize(DESK)
          const answer = await page.goto(`${scene.origin}${path}${path.includes('?') ? '&' : '?'}lang=${lang}`)
          expect(answer?.status(), path).toBe(200)
          const night = lang === 'zh' && (LOOK || NIGHT.includes(name))
          for (const colorScheme of night ? (['dark', 'light'] as const) : (['light'] as const)) {
            await page.emulateMedia({ colorScheme })
            found.push(...(await violations(page)).map((v) => `${path} ${colorScheme} ${v}`))
            if (LOOK) await page.screenshot({ path: `${LOOK}/${name}-${lang}-${colorScheme}.png`, fullPage: true })
          }
          await page.setViewportSize(PHONE)
          const over = await overflow(page)
          if (over > 0) found.push(`${path} scrolls sideways by ${over} on a phone`)
          if (LOOK) {
            await page.screenshot({ path: `${LOOK}/${name}-${lang}-phone.png` })
            await page.screenshot({ path: `${LOOK}/${name}-${lang}-phone-full.png`, fullPage: true })
          }
          const words = await page.evaluate(() => document.body.textContent ?? '')
          const bare = /\b(?:desk|issue|field|scan|role|kind)\.[a-z][\w.-]+/g
          found.push(...[...words.matchAll(bare)].map((m) => `${path} has no words for ${m[0]}`))
        }
      await context.close()
    }
    expect(found).toEqual([])
    expect(scene.place.logged).toEqual([])
  }, 120_000)

  test('a signer on a phone has title and 300 characters before them without scrolling, and the two buttons apart', async () => {
    const context = await as('league-signer2', { viewport: PHONE })
    const page = await context.newPage()
    await page.goto(`${scene.origin}/desk/releases/${scene.numbers.flash}/sign?lang=zh`)
    const sheet = page.locator('.d-sheet').first()
    const read = (await sheet.locator('h1, .block p, .advice li').allTextContents()).join('')
    expect([...read].length).toBeGreaterThan(290)
    if (LOOK) await page.screenshot({ path: `${LOOK}/sign-now.png` })
    const last = await page.evaluate(() =>
      Math.max(
        ...[...document.querySelectorAll('.d-sheet h1, .d-sheet .block p, .d-sheet .advice li')].map(
          (e) => e.getBoundingClientRect().bottom,
        ),
      ),
    )
    expect(last).toBeLessThanOrEqual(PHONE.height)
    const sign = (await page.locator('button.decisive').boundingBox())!
    const back = (await page.getByRole('button', { name: '退回修改' }).boundingBox())!
    expect(back.y - (sign.y + sign.height)).toBeGreaterThan(32)
    for (const words of ['拟稿员甲（示例）', '哈日诺尔旗', '中文', '首次送审'])
      expect(await page.locator('main').textContent()).toContain(words)

    await context.close()
  })

  test('a reviewer selects words, presses once, and writes; by keyboard and without script the form does the same', async () => {
    const path = `${scene.origin}/desk/releases/${scene.numbers.review}/review?lang=zh`
    const context = await as('league-reviewer2', { viewport: DESK })
    const page = await context.newPage()
    await page.goto(path)
    expect(await page.locator('mark.noted').allTextContents()).toEqual(['逾期不再受理'])
    const pick = page.getByRole('button', { name: '批注所选文字' })
    expect(await pick.isVisible()).toBe(false)
    await page.locator('.d-sheet .body p').nth(1).selectText()
    await pick.click()
    expect(await page.locator('[name=quote]').inputValue()).toMatch(/^咨询电话见附表.*请注明。$/)
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('body')
    await page.keyboard.type('请补上咨询电话。')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/review?said=comment-added*')
    expect(await page.locator('#comments').textContent()).toContain('请补上咨询电话。')
    await context.close()

    const plain = await as('league-reviewer2', { javaScriptEnabled: false })
    const still = await plain.newPage()
    await still.goto(path)
    await still.locator('[data-comment] summary').click()
    await still.fill('[name=quote]', '发放到户')
    await still.locator('[data-comment] [name=body]').fill('“到户”指什么？')
    await still.getByRole('button', { name: '加批注' }).click()
    expect(await still.locator('#comments').textContent()).toContain('“到户”指什么？')
    await plain.close()
  })
})
