/** A picture in the text in a real browser: set, described, captioned, moved, saved, and there again on a phone. */
import { mkdirSync } from 'node:fs'
import { crc32, deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { attach } from '../../src/desk/attach.ts'
import { createRelease } from '../../src/desk/create.ts'
import { revisionOf } from '../../src/desk/store.ts'
import { overflow, violations } from '../support/browser-site.ts'
import { staged } from '../support/desk-browser.ts'
import { deskScene, realPreviews } from '../support/desk-scene.ts'
import { needs } from '../support/needs.ts'
import { policyDraft } from '../support/sample.ts'

const LOOK = process.env['LOOK_AT']
const PAPER = '#f-parts\\.zh-CN\\.body'

/** A green hill under a blue sky, 320 × 180. */
function hill(): Uint8Array {
  const [w, h] = [320, 180]
  const rows = Buffer.concat(
    Array.from({ length: h }, (_, y) =>
      Buffer.concat([
        Buffer.from([0]),
        ...Array.from({ length: w }, (_, x) =>
          Buffer.from(y > 110 - 40 * Math.sin(x / 60) ? [40, 110, 60] : [150, 190, 230]),
        ),
      ]),
    ),
  )
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const out = Buffer.alloc(body.length + 8)
    out.writeUInt32BE(data.length, 0)
    body.copy(out, 4)
    out.writeUInt32BE(crc32(body), body.length + 4)
    return out
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(w, 0)
  head.writeUInt32BE(h, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return new Uint8Array(
    Buffer.concat([png, chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]),
  )
}

describe.skipIf(!needs('chromium'))('a picture in the text in a real browser', { timeout: 90_000 }, () => {
  const stage = staged(async () => {
    const scene = await deskScene()
    realPreviews(scene)
    if (LOOK) mkdirSync(LOOK, { recursive: true })
    return scene
  })

  test('is set by keyboard where it belongs, asked for its description, captioned, moved, saved, and there again', async () => {
    const { scene, as } = stage
    const { ctx } = scene.place
    const by = scene.people.own.drafter
    const draft = policyDraft(
      { kind: 'notice', topics: ['farming'], documentNumber: undefined },
      '<p>第一段。</p><p>第二段。</p>',
    )
    const release = await createRelease(ctx, by, draft)
    await attach(ctx, by, release.id, { name: 'hill.png', title: '', bytes: hill() }, null)
    const context = await as('league-drafter', { viewport: { width: 1366, height: 768 } })
    const page = await context.newPage()
    const wrong: string[] = []
    page.on('pageerror', (e) => wrong.push(e.message))
    page.on('console', (m) => m.type() === 'error' && wrong.push(m.text()))
    page.on('dialog', (d) => void d.accept())
    await page.goto(`${scene.origin}/desk/releases/${release.number}/edit?lang=zh`)
    await page.waitForSelector('.w-body')
    await page.locator(`${PAPER} p`).nth(1).click()
    // The editor takes the place of the caret over a moment after the browser has set it.
    await expect.poll(() => page.evaluate(() => getSelection()?.anchorNode?.textContent)).toBe('第二段。')
    await page.keyboard.press('End')
    await page.keyboard.press('Control+Alt+P')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    expect(await page.locator('.w-link [role=alert]').textContent()).toBe('请写明图上是什么')
    await page.keyboard.type('山坡上的草场')
    if (LOOK) await page.screenshot({ path: `${LOOK}/editor-asks.png` })
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Enter')
    await page.keyboard.type('图1 草场')
    await page.locator('.w-tools button[data-tool="picture-up"]:visible').click()
    await expect
      .poll(() => page.locator(`${PAPER} > *`).evaluateAll((all) => all.map((e) => e.tagName)))
      .toEqual(['P', 'FIGURE', 'P'])
    await expect
      .poll(() => page.locator(`${PAPER} figure img`).evaluate((i) => (i as HTMLImageElement).naturalWidth))
      .toBe(320)
    if (LOOK) await page.screenshot({ path: `${LOOK}/editor.png` })
    await page.locator('button[value=save], button[name=act]').first().click()
    await page.waitForLoadState()
    const { release: saved, body, sha256, size } = await stored()
    expect(body).toBe(
      `<p>第一段。</p><figure><img data-sha256="${sha256}" alt="山坡上的草场" /><figcaption>图1 草场</figcaption></figure><p>第二段。</p>`,
    )
    expect(size).toEqual([320, 180])

    // Opened again it is drawn from what was saved, on a phone too.
    await page.setViewportSize({ width: 320, height: 640 })
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.goto(`${scene.origin}/desk/releases/${saved}/edit?lang=zh`)
    await expect
      .poll(() => page.locator(`${PAPER} figure img`).evaluate((i) => (i as HTMLImageElement).naturalWidth))
      .toBe(320)
    expect(await page.locator(`${PAPER} figcaption`).textContent()).toBe('图1 草场')
    expect(await overflow(page)).toBeLessThanOrEqual(0)
    if (LOOK) {
      await page.locator(PAPER).scrollIntoViewIfNeeded()
      await page.screenshot({ path: `${LOOK}/editor-phone-dark.png` })
    }

    // The preview shows it as the page will, by night too, and nothing is fetched from anywhere for it.
    await page.setViewportSize({ width: 1366, height: 900 })
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.goto(`${scene.origin}/desk/releases/${saved}/preview?lang=zh`)
      const shown = page.frameLocator('iframe').first().locator('figure img')
      await expect.poll(() => shown.evaluate((i) => (i as HTMLImageElement).naturalWidth)).toBe(320)
      expect(await shown.getAttribute('alt')).toBe('山坡上的草场')
      if (LOOK) await page.screenshot({ path: `${LOOK}/preview-${colorScheme}.png`, fullPage: true })
    }
    expect(wrong).toEqual([])

    async function stored() {
      const row = await ctx.store.db
        .selectFrom('release')
        .selectAll()
        .where('id', '=', release.id)
        .executeTakeFirstOrThrow()
      const content = (await revisionOf(ctx.store.db, row.id, row.revision))!.content
      const file = content.attachments[0]!
      return {
        release: row.number,
        body: content.parts['zh-CN']!.body,
        sha256: file.sha256,
        size: [file.width, file.height],
      }
    }
  })
})
