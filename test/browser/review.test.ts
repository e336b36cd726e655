/** Reviewing in a real browser: the text with what is said of it, two drafts beside each other, a signature on a phone. */
import { describe, expect, test } from 'vitest'
import { staged } from '../support/desk-browser.ts'
import { DESK, everyLook, PHONE } from '../support/every-look.ts'
import { needs } from '../support/needs.ts'
import { type ReviewScene, reviewScene } from '../support/review-scene.ts'

/** A folder to leave pictures in, for looking at. */
const LOOK = process.env['LOOK_AT']

describe.skipIf(!needs('chromium'))('reviewing in a real browser', () => {
  const stage = staged(reviewScene)

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

  test('every screen can be used by everybody, in both languages, by day and by night, on a desk and on a phone', async () => {
    const { scene, as } = stage
    const list = screens(scene.numbers).map(([name, who, path]) => ({ name, who, path }))
    expect(await everyLook({ file: import.meta.filename, origin: scene.origin, open: as, screens: list })).toEqual([])
    expect(scene.place.logged).toEqual([])
  }, 120_000)

  test('a signer on a phone has title and 300 characters before them without scrolling, and the two buttons apart', async () => {
    const context = await stage.as('league-signer2', { viewport: PHONE })
    const page = await context.newPage()
    await page.goto(`${stage.scene.origin}/desk/releases/${stage.scene.numbers.flash}/sign?lang=zh`)
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
    const path = `${stage.scene.origin}/desk/releases/${stage.scene.numbers.review}/review?lang=zh`
    const context = await stage.as('league-reviewer2', { viewport: DESK })
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

    const plain = await stage.as('league-reviewer2', { javaScriptEnabled: false })
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
