/** Whole stories in a real browser, from an empty draft to the published page read back over HTTP: at the keyboard alone, without script, and with the network gone in mid-sentence. */
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decideAndPublish } from '../../src/publication/sign-and-publish.ts'
import { currentSubmission } from '../../src/review/store.ts'
import { AtKeys } from '../support/at-keys.ts'
import { overflow } from '../support/browser-site.ts'
import { type As, staged } from '../support/desk-browser.ts'
import { needs } from '../support/needs.ts'
import { emailOf, PASSWORD } from '../support/office.ts'
import { CLEAR } from '../support/sample.ts'
import { type Whole, wholeScene } from '../support/whole-scene.ts'

const DESK = { viewport: { width: 1366, height: 768 } } as const
const READERS = 5

describe.skipIf(!needs('chromium'))('a notice from nothing to its page', { timeout: 90_000 }, () => {
  const stage = staged(() => wholeScene('2026-11-23T02:00:00.000Z', READERS))
  let s: Whole
  let as: As
  const broken: string[] = []

  beforeAll(() => {
    s = stage.scene
    as = stage.as
  })
  // Runs before the stage is taken down.
  afterAll(() => {
    expect(broken).toEqual([])
    expect(s.errors).toEqual([])
  })

  async function opened(context: BrowserContext): Promise<Page> {
    const page = await context.newPage()
    page.on('pageerror', (e) => broken.push(e.message))
    return page
  }
  /** The page of a release as the public gets it. */
  async function publicPage(number: string): Promise<string> {
    const answer = await fetch(`${s.origin}/releases/${number}/`)
    expect(answer.status).toBe(200)
    return answer.text()
  }
  const mails = (number: string) => s.smtp.log.filter((m) => m.raw.includes(number)).flatMap((m) => m.to)

  test('four people carry a policy from an empty form to the public with no hand on a mouse, and always see where they are', async () => {
    const unseen: string[] = []
    const lookedAt: Page[] = []
    async function comeIn(who: string): Promise<AtKeys> {
      const page = await opened(await as(null, DESK))
      lookedAt.push(page)
      const keys = await AtKeys.at(page, unseen)
      await page.goto(`${s.origin}/desk/sign-in?lang=zh`)
      await keys.fill(/邮箱/, emailOf(who))
      await keys.fill(/密码/, PASSWORD)
      await keys.goes('Enter', /\/desk(\?|$)/)
      return keys
    }

    const drafter = await comeIn('league-drafter')
    await drafter.goes('n', /releases\/new/)
    await drafter.to(/^政策文件$/)
    await drafter.goes('Enter', /kind=policy/)
    await drafter.page.waitForSelector('.w-body')
    await drafter.fill(/^标题$/, '关于做好牧区饲草储备工作的通知（示例）')
    await drafter.fill(/^主送/, '各旗人民政府：')
    await drafter.to(/^正文/, { role: 'textbox' })
    await drafter.press('Control+A', 'Control+Alt+2')
    await drafter.type('一、补助对象')
    await drafter.press('Enter')
    await drafter.type('饲草储备补助按下列办法发放，涉及商业秘密的材料请在封面注明：')
    await drafter.press('Enter')
    await drafter.type('- 牧户到苏木镇申请')
    await drafter.press('Enter')
    await drafter.type('嘎查公示七日')
    // In a list Tab moves its lines: Escape first, and it leaves.
    await drafter.press('Escape')
    await drafter.fill(/^署名/, '青格勒盟（示例）办公室')
    await drafter.fill(/^发文字号/, '示政办字〔2026〕61号')
    await drafter.day(/^成文日期/, '2026-11-20')
    await drafter.to(/^青格勒盟/, { role: 'checkbox' })
    await drafter.press('Space')
    await drafter.to(/^政策$/, { role: 'checkbox' })
    await drafter.press('Space')
    await drafter.fill(/^联系名称/, '政策咨询')
    await drafter.fill(/^电话/, '0000-8213000')
    await drafter.goes('Control+s', /said=saved/)
    await drafter.page.waitForSelector('.w-body')
    const number = (await s.release(drafter.page.url())).number
    // What has to be looked at stands at the end of the form: Shift+Tab from the top is nearest.
    await drafter.to(/^依据或说明/, { back: true })
    await drafter.type('本条为办事提示，不含具体商业秘密。')
    await drafter.choose(/^处理/, /^保留/, { back: true })
    await drafter.goes('Control+Enter', /said=submitted/)

    const reviewer = await comeIn('league-reviewer')
    await reviewer.press('j')
    expect((await reviewer.here()).name).toContain('关于做好牧区饲草储备工作的通知')
    await reviewer.goes('Enter', /\/review$/)
    await reviewer.fill(/^意见/, '依据充分，同意。')
    await reviewer.to(/^同意$/, { role: 'button' })
    await reviewer.goes('Enter', /said=agreed/)

    const confidentiality = await comeIn('league-confidentiality')
    await confidentiality.press('j')
    await confidentiality.goes('Enter', /\/review$/)
    // Too early: the focus stands on what is wrong, and the next Tab goes on from there.
    await confidentiality.to(/^同意$/, { role: 'button' })
    await confidentiality.press('Enter')
    await confidentiality.page.locator('#issue-list:focus').waitFor()
    await confidentiality.to(/^保密审查$/, { most: 1 })
    await confidentiality.press('Enter')
    for (const _check of Object.keys(CLEAR.checks)) {
      await confidentiality.to(/^没有问题$/, { role: 'radio' })
      await confidentiality.press('Space')
    }
    await confidentiality.to(/^公文$/, { role: 'radio' })
    await confidentiality.press('Space')
    await confidentiality.to(/^主动公开$/, { role: 'radio' })
    await confidentiality.press('Space')
    await confidentiality.choose(/^理由|^不公开/, /^主动公开不填/)
    await confidentiality.fill(/^条款|^依据/, '第二十条')
    await confidentiality.to(/^同意公开$/, { role: 'radio' })
    await confidentiality.press('Space')
    await confidentiality.to(/^同意$/, { role: 'button' })
    await confidentiality.goes('Enter', /said=agreed/)

    const signer = await comeIn('league-signer')
    await signer.press('j')
    await signer.goes('Enter', /\/sign$/)
    await signer.to(/^签发并立即发布$/)
    await signer.goes('Enter', /said=published/)

    const mailed = await s.run(number, 'email', (run) => run.state === 'done')
    expect([mailed.audience, mailed.accepted]).toEqual([READERS, READERS])
    expect(mails(number)).toHaveLength(READERS)
    expect(await s.faults()).toEqual([])
    await expect
      .poll(() => signer.page.locator('[data-outlet=email] .total').textContent())
      .toBe(`${READERS} / ${READERS}`)
    expect(await signer.page.locator('[data-outlet=email] .sum').textContent()).toContain(String(READERS))
    const html = await publicPage(number)
    for (const words of ['<h2', '一、补助对象', '<li>牧户到苏木镇申请</li>', '示政办字〔2026〕61号', '0000-8213000'])
      expect(html).toContain(words)
    expect(unseen).toEqual([])
    await Promise.all(lookedAt.map((page) => page.context().close()))
  })

  test('with script off the same goes by plain forms, and what is refused comes back filled', async () => {
    const plain = { ...DESK, javaScriptEnabled: false }
    const opening = async (who: string, path: string) => {
      const page = await opened(await as(who, plain))
      await page.goto(`${s.origin}${path}?lang=zh`)
      return page
    }
    const drafter = await opening('league-drafter', '/desk/releases/new')
    await drafter.click('a:text-is("政策文件")')
    const part = (name: string) => `[name="parts.zh-CN.${name}"]`
    await drafter.fill(part('title'), '关于开展冬季供暖检查的通知（示例）')
    await drafter.fill(part('body'), '<h2>一、时间</h2><p>自12月1日起检查。</p><ul><li>锅炉房</li></ul>')
    await drafter.fill(part('addressees'), '各旗人民政府：')
    await drafter.fill(part('signature'), '青格勒盟（示例）办公室')
    await drafter.fill('[name="core.documentNumber"]', '供暖62号')
    await drafter.check('[name="core.topics"][value=policy]')
    await drafter.fill('[name="core.contacts.0.phone"]', '0000-8213001')
    await drafter.click('button[value=save]')
    expect(new URL(drafter.url()).search).toContain('said=saved')
    const { number } = await s.release(drafter.url())
    // Without a date, a proper number and a name beside the telephone it goes nowhere, and everything written still stands.
    await drafter.click('button[value=submit]')
    const found = await drafter.locator('#issue-list').textContent()
    for (const words of ['成文日期', '发文字号', '联系名称']) expect(found).toContain(words)
    expect(await drafter.title()).toMatch(/^有误：/)
    expect(await drafter.inputValue(part('body'))).toContain('锅炉房')
    expect(await drafter.inputValue('[name="core.contacts.0.phone"]')).toBe('0000-8213001')
    await drafter.check('[name="core.areas"][value="159900"]')
    await drafter.fill('[name="core.formedOn"]', '2026-11-20')
    await drafter.fill('[name="core.contacts.0.label"]', '供暖咨询')
    await drafter.fill('[name="core.documentNumber"]', '示政办字〔2026〕62号')
    await drafter.click('button[value=submit]')
    expect(new URL(drafter.url()).search).toContain('said=submitted')

    const next = async (who: string) => {
      const page = await opening(who, '/desk')
      await page.click('a:has-text("关于开展冬季供暖检查的通知")')
      return page
    }
    const reviewer = await next('league-reviewer')
    await reviewer.fill('[name=opinion]', '同意。')
    await reviewer.click('button[value=approve]')
    const confidentiality = await next('league-confidentiality')
    const check = (name: string, value: string) =>
      confidentiality.check(`[name="confidentiality.${name}"][value="${value}"]`)
    const [last = '', ...others] = Object.keys(CLEAR.checks).reverse()
    for (const name of others) await check(`checks.${name}`, 'clear')
    await check('disclosure', 'proactive')
    await check('verdict', 'publish')
    await confidentiality.fill('[name=opinion]', '已逐项看过。')
    // One check is left open: it is named, and the seven others stand as they were answered.
    await confidentiality.click('button[value=approve]')
    expect(await confidentiality.locator('#issue-list li').count()).toBe(1)
    expect(await confidentiality.locator('.d-check input:checked').count()).toBe(7)
    expect(await confidentiality.inputValue('[name=opinion]')).toBe('已逐项看过。')
    await check(`checks.${last}`, 'clear')
    await confidentiality.click('button[value=approve]')
    const signer = await next('league-signer')
    await signer.click('button[value=approve]')
    expect(new URL(signer.url()).search).toContain('said=published')
    await s.run(number, 'email', (run) => run.state === 'done')
    await signer.reload()
    expect(await signer.locator('[data-outlet=email] .total').textContent()).toBe(`${READERS} / ${READERS}`)
    expect(mails(number)).toHaveLength(READERS)
    const html = await publicPage(number)
    for (const words of ['一、时间', '<li>锅炉房</li>', '示政办字〔2026〕62号']) expect(html).toContain(words)
    for (const page of [drafter, reviewer, confidentiality, signer]) await page.context().close()
  })

  test('the network goes in mid-sentence and the browser with it; what was typed comes back, goes out whole and stands on the page', async () => {
    const desk = await as('league-drafter', DESK)
    const page = await opened(desk)
    await page.goto(`${s.origin}/desk/releases/new?kind=notice&lang=zh`)
    const paper = '#f-parts\\.zh-CN\\.body'
    await page.locator(paper).click()
    await page.keyboard.press('Control+A')
    await page.keyboard.type('自12月1日起，')
    await page.fill('[name="parts.zh-CN.title"]', '关于停水检修的公告（示例）')
    await page.check('[name="core.areas"][value="159921"]')
    await page.fill('[name="core.contacts.0.label"]', '供水热线')
    await page.fill('[name="core.contacts.0.phone"]', '0000-8213002')
    await Promise.all([page.waitForURL(/said=saved/), page.click('button[value=save]')])
    const { number, id } = await s.release(page.url())
    await page.locator(paper).click()
    await page.keyboard.press('Control+End')
    await page.keyboard.type('城区北部')
    await desk.setOffline(true)
    await page.keyboard.type('停水三天，请提前储水。')
    await page.locator('#kept').filter({ hasText: '加密' }).waitFor()
    await page.click('button[value=submit]')
    // It has laid down every word before it says so.
    await page.locator('#trouble').filter({ hasText: '网络断开' }).waitFor()
    await page.goto('chrome://crash').catch(() => {})
    await page.close().catch(() => {})
    await desk.setOffline(false)

    const again = await opened(desk)
    await again.goto(`${s.origin}/desk/releases/${number}/edit`)
    await again.locator('.w-offer ins').first().waitFor()
    await Promise.all([again.waitForNavigation(), again.getByText('恢复这些文字').click()])
    await again.waitForSelector('.w-body')
    await Promise.all([again.waitForURL(/said=submitted/), again.click('button[value=submit]')])
    await desk.close()
    for (const by of [s.people.own.reviewer, s.people.own.confidentiality, s.people.own.signer])
      await decideAndPublish(s.ctx, by, id, {
        revisionHash: (await currentSubmission(s.ctx.store.db, id))?.revision_hash,
        verdict: 'approve',
        ...(by === s.people.own.confidentiality ? { confidentiality: CLEAR } : {}),
      })
    await s.run(number, 'email', (run) => run.state === 'done')
    expect(await publicPage(number)).toContain('自12月1日起，城区北部停水三天，请提前储水。')
    expect(mails(number)).toHaveLength(READERS)
    expect(await s.faults()).toEqual([])
  })

  test('on a phone saving and submitting stay in reach, and the bar they stand in never lies over what has the focus', async () => {
    const small = { viewport: { width: 360, height: 640 } }
    for (const javaScriptEnabled of [true, false]) {
      const page = await opened(await as('league-drafter', { ...small, javaScriptEnabled }))
      await page.goto(`${s.origin}/desk/releases/new?kind=notice&lang=zh`)
      for (const far of [0, 1500, 100_000]) {
        await page.mouse.wheel(0, far)
        const box = await page.locator('button[value=save]').boundingBox()
        expect(box && box.y > 500 && box.y + box.height <= 640, `${javaScriptEnabled} ${far}`).toBe(true)
      }
      expect(await overflow(page)).toBe(0)
      await page.context().close()
    }
    const page = await opened(await as('league-drafter', small))
    await page.goto(`${s.origin}/desk/releases/new?kind=notice&lang=zh`)
    await page.waitForSelector('.w-body')
    const unseen: string[] = []
    const keys = await AtKeys.at(page, unseen)
    await keys.to(/^退出$/)
    await keys.to(/^标题$/, { back: true, role: 'textbox' })
    expect(unseen).toEqual([])
    await page.context().close()
  })
})
