/** Attached files on the desk's screens, in a real browser: what was found, answered, masked; whole without script. */
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { attach } from '../../src/desk/attach.ts'
import { createRelease } from '../../src/desk/create.ts'
import { decide } from '../../src/review/decide.ts'
import { currentSubmission } from '../../src/review/store.ts'
import { submit } from '../../src/review/submit.ts'
import { overflow, violations } from '../support/browser-site.ts'
import { staged } from '../support/desk-browser.ts'
import { DESK as DESKTOP, everyLook, PHONE as SMALL } from '../support/every-look.ts'
import { lookerHere } from '../support/looker-here.ts'
import { needs } from '../support/needs.ts'
import { type Office, office, type Workplace, workplace } from '../support/office.ts'
import { coveredPdf, gpsJpeg, scannedPdf, subsidyXlsx } from '../support/office-files.ts'
import { served } from '../support/served.ts'

/** A folder to leave pictures in, for looking at. */
const LOOK = process.env['LOOK_AT']
const PHONE = { viewport: SMALL }
const DESK = { viewport: DESKTOP }

describe.skipIf(!needs('chromium'))('attached files, in a real browser', () => {
  let place: Workplace
  let people: Office
  let id = ''
  let number = ''

  const stage = staged(async () => {
    place = await workplace({}, { looker: lookerHere() })
    people = await office(place.ctx, { logins: ['league-drafter', 'league-confidentiality'] })
    const body = '<p>现将草畜平衡补贴名单予以公示，公示期7天。联系电话13800138000。</p>'
    const draft = {
      core: { kind: 'notice', areas: ['159921'], topics: ['farming'] },
      parts: { 'zh-CN': { title: '关于草畜平衡补贴名单的公示（示例）', body, blocks: {} } },
      attachments: [],
    }
    ;({ id, number } = await createRelease(place.ctx, people.own.drafter, draft))
    await brought('附件.pdf', await scannedPdf())
    await brought('现场.jpg', gpsJpeg())
    await brought('名单.pdf', await coveredPdf('Li Si 13800138000'))
    const site = await served(place.ctx)
    const close = async () => {
      await site.close()
      await place.close()
    }
    return { origin: site.origin, close }
  })

  const brought = (name: string, bytes: Uint8Array) =>
    attach(place.ctx, people.own.drafter, id, { name, title: name.endsWith('.jpg') ? '受灾草场现场' : '', bytes }, null)

  async function picture(page: Page, name: string): Promise<void> {
    expect(await violations(page)).toEqual([])
    expect(await overflow(page)).toBeLessThanOrEqual(0)
    if (LOOK) await page.screenshot({ path: `${LOOK}/${name}.png`, fullPage: true })
  }

  /** The same page with script, which is what looks at it. */
  async function looked(url: string, name: string): Promise<void> {
    const context = await stage.as('league-drafter', DESK)
    const page = await context.newPage()
    await page.goto(url)
    await picture(page, name)
    await context.close()
  }

  const edit = () => `${stage.scene.origin}/desk/releases/${number}/edit`
  async function uploads(page: Page, name: string, bytes: Uint8Array): Promise<void> {
    await page.setInputFiles('#upload', { name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) })
    await page.click('button[name=do][value=save]')
    await page.waitForLoadState()
  }

  test('a drafter uploads, reads what was found, masks a list and a number, and the old file is gone', async () => {
    const context = await stage.as('league-drafter', { ...DESK, javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(`${edit()}?lang=zh`)
    await uploads(page, '补贴名单.xlsx', subsidyXlsx())
    const files = await page.textContent('#f-attachments')
    expect(files).toMatch(/未能扫描，需要人工查看[\s\S]*附件已扫描 · \d处未处理/)
    expect(files).toContain('拍摄地点')
    await looked(edit(), 'draft')
    await page.click('text=扫描结果与遮盖 >> nth=3')
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
    await page.goto(`${stage.scene.origin}/desk/releases/${number}`)
    expect(await page.textContent('main')).toContain('遮盖，派生新稿次')
    await context.close()
  }, 60_000)

  test('the findings can be read by everybody, in both languages, by day and by night', async () => {
    const context = await stage.as('league-drafter', PHONE)
    const page = await context.newPage()
    await page.goto(`${edit()}?lang=en`)
    const own = page.locator('#f-attachments a[href$="/look"]').nth(2)
    await page.goto(stage.scene.origin + (await own.getAttribute('href')))
    expect(await page.textContent('main')).toContain('Text under a box')
    const look = new URL(page.url()).pathname
    await context.close()
    const who = 'league-drafter'
    const screens = [
      { who, path: `/desk/releases/${number}/edit`, name: 'draft' },
      { who, path: look, name: 'look' },
    ]
    const walk = { origin: stage.scene.origin, open: stage.as, screens }
    expect(await everyLook({ file: import.meta.filename, ...walk })).toEqual([])
  }, 60_000)

  test('the confidentiality reviewer sees each file looked into or not above the eight checks, and what is open', async () => {
    const { ctx } = place
    await submit(ctx, people.own.drafter, id, null)
    const revisionHash = (await currentSubmission(ctx.store.db, id))?.revision_hash
    await decide(ctx, people.own.reviewer, id, { revisionHash, verdict: 'approve' })
    const context = await stage.as('league-confidentiality', DESK)
    const page = await context.newPage()
    await page.goto(`${stage.scene.origin}/desk/releases/${number}/review?lang=zh`)
    expect(await page.textContent('.d-looked')).toMatch(
      /附件\.pdf[\s\S]*未能扫描，需要人工查看[\s\S]*补贴名单\.xlsx[\s\S]*附件已扫描/,
    )
    expect(await page.textContent('#f-hits')).toContain('色块下的文字，并未删去')
    await picture(page, 'review')
    await page.setViewportSize(PHONE.viewport)
    expect(await overflow(page)).toBeLessThanOrEqual(0)
    await context.close()
  }, 60_000)
})
