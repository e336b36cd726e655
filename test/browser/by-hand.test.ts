/** What goes by hand, in a real browser: the kit and the list of who has signed at the desk, and the page a contact signs on. */
import { describe, expect, test } from 'vitest'
import { type ByHandScene, byHandScene } from '../support/by-hand-scene.ts'
import { type As, staged } from '../support/desk-browser.ts'
import { everyLook } from '../support/every-look.ts'
import { needs } from '../support/needs.ts'
import { withPublicAssets } from '../support/public-assets.ts'

describe.skipIf(!needs('chromium'))('by hand, in a real browser', () => {
  const stage = staged(byHandScene)

  /** Public pages too: a contact signs on one, under the site's style sheets. */
  const asPublic = async (...visit: Parameters<As>) => withPublicAssets(await stage.as(...visit))

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
    ['outlets', 'league-admin', '/desk/outlets'],
    ['manual-test', 'league-admin', '/desk/outlets/manual/test'],
    ['manual-sheet', 'league-admin', '/desk/outlets/manual/test/sheet'],
    ['sign', null, s.links.open],
    ['signed', null, s.links.signed],
    ['sign-exercise', null, s.links.exercise],
  ]

  test('every screen can be used by everybody, in both languages, by day and by night', async () => {
    const { scene } = stage
    const list = screens(scene).map(([name, who, path]) => ({ name, who, path }))
    const walk = { origin: scene.origin, open: (who: string | null) => asPublic(who), screens: list }
    expect(await everyLook({ file: import.meta.filename, ...walk })).toEqual([])
    expect(scene.place.logged).toEqual([])
  }, 240_000)

  test('a member copies the SMS with one press, and without script has the text and a file', async () => {
    const context = await asPublic('league-drafter', { viewport: { width: 360, height: 740 } })
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const page = await context.newPage()
    await page.goto(`${stage.scene.origin}/desk/releases/${stage.scene.numbers.corrected}/kit?lang=zh`)
    const sms = (await page.locator('#sms-zh-CN').textContent()) ?? ''
    expect(sms).toMatch(/^（示例）【青格勒盟行政公署（示例）】更正：/)
    await page.click('button[data-copy="#sms-zh-CN"]')
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(sms)
    await context.close()

    const plain = await asPublic('league-drafter', { javaScriptEnabled: false })
    const still = await plain.newPage()
    await still.goto(`${stage.scene.origin}/desk/releases/${stage.scene.numbers.corrected}/kit?lang=zh`)
    expect(await still.locator('button[data-copy]').first().isVisible()).toBe(false)
    expect(await still.locator('#sms-zh-CN').textContent()).toBe(sms)
    const file = await plain.request.get(
      `${stage.scene.origin}/desk/releases/${stage.scene.numbers.corrected}/kit/sms-zh-CN.txt`,
    )
    expect((await file.text()).replace('\uFEFF', '').trim()).toBe(sms.trim())
    await plain.close()
  })

  test('a contact on a phone without script reads to the end, presses once, and has signed', async () => {
    const context = await asPublic(null, { javaScriptEnabled: false, viewport: { width: 360, height: 640 } })
    const page = await context.newPage()
    await page.goto(`${stage.scene.origin}${stage.scene.links.open}?lang=zh`)
    expect(await page.locator('main').textContent()).toContain('哈日诺尔旗草原火灾避险提示')
    expect(await page.locator('meta[name=robots]').getAttribute('content')).toContain('noindex')
    await page.goto(`${stage.scene.origin}${stage.scene.links.open}?lang=zh`)
    const button = page.locator('form.acknowledge button')
    const box = await button.boundingBox()
    expect(box?.height).toBeGreaterThanOrEqual(44)
    await button.click()
    expect(await page.locator('[role=status]').textContent()).toContain('您已签收')
    expect(await button.count()).toBe(0)
    const league = await asPublic('region-signer')
    const roll = await league.newPage()
    await roll.goto(`${stage.scene.origin}/desk/releases/${stage.scene.numbers.corrected}/acknowledgements?lang=zh`)
    expect(await roll.locator('.told').textContent()).toContain('3 / 4')
    expect(await roll.locator('a[href^="tel:"]').count()).toBe(1)
    await league.close()
    await context.close()
  })
})
