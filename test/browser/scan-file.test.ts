/** Attached files on the desk's screens, in a real browser: what was found, answered, masked; whole without script. */
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRelease } from '../../src/desk/create.ts'
import { decide } from '../../src/review/decide.ts'
import { currentSubmission } from '../../src/review/store.ts'
import { overflow, violations } from '../support/browser-site.ts'
import { type As, deskVisits } from '../support/desk-browser.ts'
import { deskScene, type Scene } from '../support/desk-scene.ts'
import { needs, where } from '../support/needs.ts'
import { coveredPdf, gpsJpeg, scannedPdf, subsidyXlsx } from '../support/office-files.ts'

/** A folder to leave pictures in, for looking at. */
const LOOK = process.env['LOOK_AT']
const PHONE = { viewport: { width: 360, height: 640 } }
const DESK = { viewport: { width: 1366, height: 768 } }

describe.skipIf(!needs('chromium'))('attached files, in a real browser', () => {
  let browser: Browser
  let scene: Scene
  let as: As
  let number = ''

  beforeAll(async () => {
    scene = await deskScene()
    browser = await chromium.launch({ executablePath: where('chromium')!, args: ['--no-sandbox'] })
    as = await deskVisits(browser, scene.origin)
    const body = '<p>现将草畜平衡补贴名单予以公示，公示期7天。联系电话13800138000。</p>'
    const draft = {
      core: { kind: 'notice', areas: ['159921'], topics: ['farming'] },
      parts: { 'zh-CN': { title: '关于草畜平衡补贴名单的公示（示例）', body, blocks: {} } },
      attachments: [],
    }
    number = (await createRelease(scene.place.ctx, scene.people.own.drafter, draft)).number
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await scene?.close()
  })

  async function picture(page: Page, name: string): Promise<void> {
    expect(await violations(page)).toEqual([])
    expect(await overflow(page)).toBeLessThanOrEqual(0)
    if (LOOK) await page.screenshot({ path: `${LOOK}/${name}.png`, fullPage: true })
  }

  /** The same page with script, which is what looks at it. */
  async function looked(url: string, name: string): Promise<void> {
    const context = await as('league-drafter', DESK)
    const page = await context.newPage()
    await page.goto(url)
    await picture(page, name)
    await context.close()
  }

  const edit = () => `${scene.origin}/desk/releases/${number}/edit`
  async function uploads(page: Page, name: string, bytes: Uint8Array): Promise<void> {
    await page.setInputFiles('#upload', { name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) })
    await page.click('button[name=do][value=save]')
    await page.waitForLoadState()
  }

  test('a drafter uploads, reads what was found, masks a list and a number, and the old file is gone', async () => {
    const context = await as('league-drafter', { ...DESK, javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(`${edit()}?lang=zh`)
    await uploads(page, '补贴名单.xlsm', subsidyXlsx({ parts: { 'xl/vbaProject.bin': 'x' } }))
    expect(await page.textContent('#f-file')).toContain('带宏')
    await uploads(page, '补贴名单.xlsx', subsidyXlsx())
    await uploads(page, '附件.pdf', await scannedPdf())
    await uploads(page, '现场.jpg', gpsJpeg())
    const files = await page.textContent('#f-attachments')
    expect(files).toMatch(/附件已扫描 · \d处未处理[\s\S]*未能扫描，需要人工查看/)
    expect(files).toContain('拍摄地点')
    await looked(edit(), 'draft')
    await page.click('text=扫描结果与遮盖 >> nth=0')
    const old = page.url().replace(/\/look$/, '')
    expect(await page.textContent('main')).toMatch(/隐藏的列 公示名单!B[\s\S]*身份证号 公示名单!B2:B4 · 3处/)
    await looked(page.url(), 'look')
    await page.click('form.d-mask button.primary')
    expect(await page.textContent('main')).toContain('没有选择要去除或遮盖的内容')
    await page.check('input[value=hidden]')
    await page.check('input[value=comments]')
    await page.check('input[name=columns][value="A:公示名单"]')
    await page.click('form.d-mask button.primary')
    expect(await page.textContent('main')).toMatch(/已遮盖，产生新的稿次[\s\S]*由第\d+稿遮盖而来/)
    expect((await page.request.get(old)).status()).toBe(404)
    await page.selectOption('select[name^="hit."] >> nth=0', 'mask')
    await page.click('button[name=do][value=save]')
    expect(await page.inputValue('textarea[name="parts.zh-CN.body"]')).toContain('138****8000')
    await looked(edit(), 'masked')
    await page.goto(`${scene.origin}/desk/releases/${number}`)
    expect(await page.textContent('main')).toContain('遮盖，派生新稿次')
    await context.close()
  }, 60_000)

  test('on a phone, in the dark and in English the findings read as well', async () => {
    for (const options of [
      { ...PHONE, colorScheme: 'light' as const },
      { ...PHONE, colorScheme: 'dark' as const },
    ]) {
      const context = await as('league-drafter', options)
      const page = await context.newPage()
      await page.goto(`${edit()}?lang=${options.colorScheme === 'dark' ? 'en' : 'zh'}`)
      await uploads(
        page,
        `名单-${options.colorScheme}.pdf`,
        await coveredPdf(`Li Si 13800138000 ${options.colorScheme}`),
      )
      await picture(page, `draft-phone-${options.colorScheme}`)
      const own = page.locator('#f-attachments a[href$="/look"]').last()
      await page.goto(scene.origin + (await own.getAttribute('href')))
      expect(await page.textContent('main')).toContain(
        options.colorScheme === 'dark' ? 'Text under a box' : '色块下的文字',
      )
      await picture(page, `look-phone-${options.colorScheme}`)
      await context.close()
    }
  }, 60_000)

  test('the confidentiality reviewer sees each file looked into or not above the eight checks, and what is open', async () => {
    const { ctx } = scene.place
    const { own } = scene.people
    const drafter = await as('league-drafter', DESK)
    const form = await drafter.newPage()
    await form.goto(`${edit()}?lang=zh`)
    await form.click('button[name=do][value=submit]')
    await form.waitForLoadState()
    if (!form.url().includes('submitted')) throw new Error((await form.textContent('.d-issues, .notice')) ?? '')
    await form.waitForURL(/releases\/[\d-]+\?said=submitted/)
    await drafter.close()
    const submission = await currentSubmission(
      ctx.store.db,
      (await ctx.store.db.selectFrom('release').select('id').where('number', '=', number).executeTakeFirstOrThrow()).id,
    )
    await decide(ctx, own.reviewer, submission?.release_id as string, {
      revisionHash: submission?.revision_hash,
      verdict: 'approve',
    })
    for (const [name, options] of [
      ['review', DESK],
      ['review-phone', PHONE],
    ] as const) {
      const context = await as('league-confidentiality', options)
      const page = await context.newPage()
      await page.goto(`${scene.origin}/desk/releases/${number}/review?lang=zh`)
      expect(await page.textContent('.d-looked')).toMatch(
        /补贴名单\.xlsx[\s\S]*附件已扫描[\s\S]*附件\.pdf[\s\S]*未能扫描，需要人工查看/,
      )
      expect(await page.textContent('#f-hits')).toContain('色块下的文字，并未删去')
      await picture(page, name)
      await context.close()
    }
  }, 60_000)
})
