/** A newcomer with an empty folder: from the link the service prints to a page anybody can read, in a browser, by what the screens say. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROOT } from '../../src/lib/root.ts'
import { freePort } from '../support/backends.ts'
import { needs, where } from '../support/needs.ts'

const LOOK = process.env['LOOK_AT']
const WORDS = '示例口令 牧草与云 2026'

describe.skipIf(!needs('chromium'))('a newcomer', () => {
  let dir = ''
  let origin = ''
  let child: ChildProcess
  let browser: Browser
  let said = ''

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'ortoo-newcomer-'))
    const port = await freePort()
    origin = `http://127.0.0.1:${port}`
    // What `npm start` starts once it has built.
    child = spawn(join(ROOT, 'node_modules/.bin/node'), [join(ROOT, 'dist/server.js')], {
      env: { PATH: process.env['PATH'], ORTOO_DATA: dir, PORT: String(port), SITE_MARK: '示例' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const out of [child.stdout, child.stderr]) out?.on('data', (chunk) => (said += chunk))
    browser = await chromium.launch({ executablePath: where('chromium')!, args: ['--no-sandbox'] })
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    const over = new Promise((done) => child?.once('exit', done))
    child?.kill('SIGTERM')
    await over
    await rm(dir, { recursive: true, force: true })
  })

  let screens = 0
  let filled = 0
  const look = async (page: Page, name: string) => {
    screens++
    if (LOOK) await page.screenshot({ path: `${LOOK}/newcomer-${screens}-${name}.png`, fullPage: true })
  }
  const write = async (page: Page, label: string | RegExp, words: string) => {
    filled++
    await page.getByLabel(label).first().fill(words)
  }
  const somebody = (): Promise<BrowserContext> =>
    browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' })

  /** Comes in by an invitation's link, and signs in. */
  async function comeIn(link: string, email: string): Promise<Page> {
    const page = await (await somebody()).newPage()
    await page.goto(link)
    await write(page, '密码', WORDS)
    await look(page, 'invitation')
    await page.getByRole('button', { name: '设置密码' }).click()
    await signIn(page, email)
    return page
  }
  async function signIn(page: Page, email: string): Promise<void> {
    await page.getByRole('link', { name: '登录' }).click()
    await write(page, '邮箱', email)
    await write(page, '密码', WORDS)
    await page.getByRole('button', { name: '登录', exact: true }).click()
    await page.waitForURL('**/desk')
    await look(page, 'desk')
  }

  test('has a page out that anybody can read within five minutes, without opening a manual', async () => {
    const began = Date.now()
    await expect.poll(() => said, { timeout: 30_000 }).toContain('/setup?token=')
    const admin = await (await somebody()).newPage()
    await admin.goto(/http\S+setup\S+/.exec(said)?.[0] as string)
    await write(admin, '中文名称', '青格勒盟新闻办（示例）')
    await write(admin, '英文名称', 'Qinggele League Press Office (sample)')
    await write(admin, '网址代号', 'qinggele')
    await write(admin, '行政区划代码', '152500')
    await write(admin, '姓名', '管理员甲（示例）')
    await write(admin, '邮箱', 'admin@league.example')
    await write(admin, '密码', WORDS)
    await look(admin, 'setup')
    await admin.getByRole('button', { name: '完成设置' }).click()
    await look(admin, 'set-up')
    await signIn(admin, 'admin@league.example')
    expect(await admin.locator('#tasks').textContent()).toContain('发布之前还要准备')
    await admin.getByRole('link', { name: '工作人员' }).first().click()
    await look(admin, 'office')
    const invite = async (name: string, email: string, role: string) => {
      const form = admin.locator('form[action="/desk/office/invitations"]')
      if (!(await form.isVisible())) await admin.getByText('邀请工作人员').click()
      for (const [label, words] of [
        ['姓名', name],
        ['邮箱', email],
        ['电话', '0479-0000000'],
      ] as const) {
        filled++
        await form.getByLabel(label).fill(words)
      }
      await form.getByLabel(role).check()
      await form.getByRole('button').last().click()
      await look(admin, 'invited')
      expect(await admin.getByRole('status').textContent()).toContain(name)
      expect(await admin.locator('[aria-current]').first().textContent()).toBe('本单位')
      return (await admin.getByRole('status').locator('code').textContent()) as string
    }
    const toDraft = await invite('拟稿员甲（示例）', 'drafter@league.example', '拟稿人')
    const toSign = await invite('签发人甲（示例）', 'signer@league.example', '签发人')
    const drafter = await comeIn(toDraft, 'drafter@league.example')
    expect(await drafter.locator('#tasks').textContent()).not.toContain('发布之前还要准备')
    await drafter.getByRole('link', { name: '紧急发布' }).first().click()
    await look(drafter, 'flash')
    await write(drafter, '标题', '试发一条（示例），不是真实事件')
    await write(drafter, '时间地点', '示例地点。')
    await write(drafter, '发生了什么', '试用系统，没有发生任何事件。')
    await write(drafter, '正在做什么', '正在试用。')
    await write(drafter, '请群众怎么做', '不用做任何事。')
    await write(drafter, '电话', '0479-0000000')
    await look(drafter, 'flash-filled')
    await drafter.getByRole('button', { name: '送签' }).click()
    await look(drafter, 'sent')
    // An area nobody chose does not pass, and what was typed is still there.
    expect(await drafter.locator('#issue-list').textContent()).toContain('影响范围')
    expect(await drafter.getByLabel('正在做什么').inputValue()).toBe('正在试用。')
    await drafter.getByLabel('锡林郭勒盟').first().check()
    await drafter.getByRole('button', { name: '送签' }).click()
    await look(drafter, 'sent')
    const signer = await comeIn(toSign, 'signer@league.example')
    await signer.locator('#tasks li a').first().click()
    await look(signer, 'sign')
    for (const answer of await signer.getByLabel('没有问题').all()) await answer.check()
    await signer.getByLabel('公文', { exact: true }).check()
    await signer.getByLabel('主动公开', { exact: true }).check()
    await signer.getByLabel('同意公开').check()
    await write(signer, /输入“签发”二字/, '签发')
    await look(signer, 'signing')
    await signer.getByRole('button', { name: '签发并立即发布' }).click()
    await signer.waitForURL('**said=published')
    await look(signer, 'published')

    const anybody = await (await somebody()).newPage()
    await expect
      .poll(async () => (await anybody.goto(`${origin}/`)) && (await anybody.locator('main').textContent()), {
        timeout: 20_000,
      })
      .toContain('试发一条（示例）')
    await anybody
      .getByRole('link', { name: /试发一条/ })
      .first()
      .click()
    expect(await anybody.locator('main').textContent()).toContain('青格勒盟新闻办（示例）')
    await look(anybody, 'public')
    // A person is slower than a machine: what is bounded besides the time is how much is asked of them.
    const seconds = (Date.now() - began) / 1000
    console.info(`newcomer: ${screens} screens, ${filled} fields, ${Math.round(seconds)} s`)
    expect(screens).toBeLessThanOrEqual(20)
    expect(filled).toBeLessThanOrEqual(35)
    expect(seconds).toBeLessThan(300)
  }, 300_000)
})
