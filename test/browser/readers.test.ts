/** Readers subscribing in a real browser: never asked on load, areas from a tree, one press for both ways, and without script. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { interestsOf, subscriberByAddress } from '../../src/audience/store.ts'
import { PAGE_CSP } from '../../src/lib/page-csp.ts'
import { ROOT } from '../../src/lib/root.ts'
import { kindsOfPage, ORIGIN, overflow } from '../support/browser-site.ts'
import { demoSite } from '../support/demo-site.ts'
import { bothThemes, everyLook } from '../support/every-look.ts'
import { needs, where } from '../support/needs.ts'
import { type ReadersScene, readersScene } from '../support/readers-scene.ts'

const KEY = 'BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8'
const ENDPOINT = 'https://push.example.com/abc'

/** Counts what asks for leave, allows it, and stands in for the browser maker's push service. */
function watched({ key, endpoint }: { key: string; endpoint: string }) {
  const w = window as unknown as { asked: number }
  w.asked = 0
  Notification.requestPermission = async () => {
    w.asked++
    return 'granted'
  }
  Object.defineProperty(Notification, 'permission', { get: () => 'default' })
  let made: object | null = null
  PushManager.prototype.getSubscription = async () => made as PushSubscription | null
  PushManager.prototype.subscribe = async () => {
    w.asked += 100
    made = {
      endpoint,
      toJSON: () => ({ endpoint, keys: { p256dh: key, auth: 'BTBZMqHH6r4Tts7J_aSIgg' } }),
      unsubscribe: async () => true,
    }
    return made as PushSubscription
  }
}

/** Without Push in the browser at all, as in many a phone's reader. */
function pushless() {
  for (const name of ['PushManager', 'Notification']) Reflect.deleteProperty(window, name)
}

describe.skipIf(!needs('chromium'))('a reader who subscribes', () => {
  let browser: Browser
  let scene: ReadersScene
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: where('chromium')!, args: ['--no-sandbox'] })
    // A region of 12 leagues, 9 banners in each and 46 sumu in each of those: 5,089 places.
    scene = await readersScene([12, 9, 46])
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await scene?.close()
  })
  const asked = (page: Page) => page.evaluate(() => (window as unknown as { asked: number }).asked)
  const words = (page: Page) => page.locator('[data-in-words]').textContent()

  test('is asked for nothing by any page of the site until they press', async () => {
    const site = await demoSite()
    const script = readFileSync(join(ROOT, 'dist/client/subscribe.js'), 'utf8')
    const context = await browser.newContext()
    await context.addInitScript(watched, { key: KEY, endpoint: ENDPOINT })
    await context.route('**/*', (route) => {
      const path = decodeURIComponent(new URL(route.request().url()).pathname)
      if (path === '/assets/subscribe.js') return route.fulfill({ contentType: 'text/javascript', body: script })
      const file = site.at(path)
      if (!file) return route.fulfill({ status: 404, body: '' })
      const headers = { 'content-type': file.type, 'content-security-policy': PAGE_CSP }
      return route.fulfill({ status: file.status ?? 200, body: Buffer.from(file.body as string), headers })
    })
    const page = await context.newPage()
    const found: string[] = []
    for (const path of [...kindsOfPage(site), '/en/subscribe/']) {
      await page.goto(ORIGIN + path)
      // A page that waits before it asks would be found too.
      await page.waitForTimeout(path.includes('subscribe') ? 500 : 30)
      if ((await asked(page)) !== 0) found.push(path)
    }
    expect(found).toEqual([])
    await context.close()
  }, 60_000)

  test('loads 50 kB at most, though 5,089 places can be chosen from', async () => {
    const html = scene.files.get('/subscribe/')?.body as string
    const own = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+\.(?:css|js))"/g)].map((m) => m[1] as string)
    const bodies = own
      .filter((path) => !path.startsWith('/assets/paper.'))
      .map((path) => scene.files.get(path)?.body ?? readFileSync(join(ROOT, 'dist/client/subscribe.js'), 'utf8'))
    expect(bodies).toHaveLength(4)
    const sent = [html, ...bodies].reduce((sum, body) => sum + gzipSync(body).length, 0)
    expect(sent).toBeLessThan(50_000)
    expect(gzipSync(scene.files.get('/subscribe/areas.json')?.body as string).length).toBeLessThan(60_000)
  })

  test('finds a sumu by typing its name in either language, and is told in words what it comes to', async () => {
    const context = await scene.visit(browser, { viewport: { width: 360, height: 800 } })
    const page = await context.newPage()
    await page.goto(`${ORIGIN}/subscribe/`)
    expect(await words(page)).toBe('您将收到：全部地区的全部发布，语种为中文，发布后立即，用邮件。')
    await page.getByLabel('查找地区').fill('乌兰苏木011')
    await page.locator('.found input').first().check()
    await page.getByLabel('查找地区').fill('league 3')
    await page.locator('.found input').first().check()
    await page.getByLabel('只要紧急').check()
    expect(await words(page)).toBe(
      '您将收到：乌兰苏木011、巴彦盟（示例）（含所辖各地）的紧急信息，语种为中文，发布后立即，用邮件。',
    )
    // What a banner holds was not carried by the page: it comes when unfolded, and what lies in a chosen place is not named again.
    await page.locator('li:has(> label > input[value="150300"]) > details > summary').click()
    await page.locator('li:has(> label > input[value="150321"]) > details > summary').click()
    await page.locator('input[value="150321001"]').check()
    expect(await words(page)).toContain('您将收到：乌兰苏木011、巴彦盟（示例）（含所辖各地）的紧急信息')
    expect(await overflow(page)).toBe(0)
    expect(await bothThemes(page)).toEqual([])
    await page.getByLabel('邮箱地址').fill('sumu@reader.example')
    await page.getByRole('button', { name: '订阅', exact: true }).click()
    await page.getByRole('heading', { name: '请查收确认邮件' }).waitFor()
    const row = await subscriberByAddress(scene.at.ctx.store.db, 'email', 'sumu@reader.example', 'live')
    const { areas } = await interestsOf(scene.at.ctx.store.db, row?.id as number)
    expect(areas.sort()).toEqual(['150122002', '150300', '150321001'])
    await context.close()
  }, 40_000)

  test('presses once for both ways where the browser can; nothing is asked before, and nothing twice', async () => {
    const context = await scene.visit(browser)
    await context.addInitScript(watched, { key: KEY, endpoint: ENDPOINT })
    const page = await context.newPage()
    const posts: string[] = []
    await page.route('**/push/**', (route) => {
      if (route.request().method() === 'GET') return route.fulfill({ json: { key: KEY } })
      posts.push(route.request().postData() ?? '')
      return route.fulfill({ status: 201, json: { state: 'active' } })
    })
    await page.addInitScript(() => {
      const registration = { pushManager: PushManager.prototype }
      Object.defineProperty(navigator, 'serviceWorker', {
        value: {
          ready: Promise.resolve(registration),
          register: async () => registration,
          getRegistration: async () => registration,
          addEventListener() {},
        },
      })
    })
    await page.goto(`${ORIGIN}/en/subscribe/`)
    await page.getByLabel('Show notifications in this browser').check()
    expect(await words(page)).toMatch(/as notifications in this browser\.$/)
    await page.getByLabel(/^E-mail address/).fill('both@reader.example')
    await page.getByLabel(/^as a stand-by/).check()
    expect(await words(page)).toMatch(/and by mail once those stop working\.$/)
    expect(await asked(page)).toBe(0)
    expect(await bothThemes(page)).toEqual([])
    await page.getByRole('button', { name: 'Subscribe', exact: true }).click()
    await page.getByText('Please confirm the stand-by address').waitFor()
    expect(await asked(page)).toBe(101)
    expect(posts.map((p) => JSON.parse(p))).toMatchObject([{ endpoint: ENDPOINT, standby: 'both@reader.example' }])
    // On already: the form is for mail again, and the test is offered.
    await page.getByRole('button', { name: 'Send me a test' }).waitFor()
    expect(await page.getByLabel('Show notifications in this browser').isVisible()).toBe(false)
    await context.close()

    const other = await scene.visit(browser)
    await other.addInitScript(pushless)
    const plain = await other.newPage()
    await plain.goto(`${ORIGIN}/en/subscribe/`)
    await plain.locator('[data-state=unsupported]').waitFor()
    expect(await plain.locator('#main button:visible').allTextContents()).toEqual(['Subscribe'])
    expect(await plain.getByLabel('Show notifications in this browser').isVisible()).toBe(false)
    await other.close()
  }, 40_000)

  test('without script writes the name of their sumu, is led to each thing that is wrong, and loses nothing', async () => {
    const context = await scene.visit(browser, { javaScriptEnabled: false, viewport: { width: 320, height: 640 } })
    const page = await context.newPage()
    await page.goto(`${ORIGIN}/en/subscribe/`)
    await page.getByLabel(/^E-mail address/).fill('reader@localhost')
    await page.getByLabel('fire', { exact: true }).check()
    await page.getByLabel('Smaller places: towns, sumu, streets').fill('Sumu 0.1.1\nNowhere')
    await page.getByRole('button', { name: 'Subscribe', exact: true }).click()
    expect(await page.title()).toMatch(/^Error: Subscribe/)
    const links = page.locator('#issues a')
    expect(await links.count()).toBe(2)
    await links.nth(1).press('Enter')
    expect(new URL(page.url()).hash).toBe('#places')
    expect(await page.locator('#places').inputValue()).toBe('Sumu 0.1.1\nNowhere')
    expect(await page.getByLabel('fire', { exact: true }).isChecked()).toBe(true)
    expect(await page.locator('#email').getAttribute('aria-describedby')).toContain('email-issue')
    await page.locator('#email').fill('nomad@reader.example')
    await page.locator('#places').fill('Sumu 0.1.1')
    await page.getByRole('button', { name: 'Subscribe', exact: true }).click()
    await page.getByRole('heading', { name: 'Please check your mail' }).waitFor()
    const row = await subscriberByAddress(scene.at.ctx.store.db, 'email', 'nomad@reader.example', 'live')
    expect((await interestsOf(scene.at.ctx.store.db, row?.id as number)).areas).toEqual(['150122002'])
    // What is confirmed stands before the button; what was chosen comes back ticked, wherever in the tree it lies.
    await page.goto(`${ORIGIN}/subscriptions/${row?.token}/confirm?lang=en`)
    expect(await page.locator('.in-words').textContent()).toContain('everything about Sumu 0.1.1, on fire, in English')
    await page.getByRole('button', { name: 'Confirm' }).click()
    await page.getByRole('link', { name: 'See or change my choices' }).click()
    expect(await page.getByLabel('Sumu 0.1.1').isChecked()).toBe(true)
    await context.close()
  }, 40_000)

  test('every page of their own is usable by keyboard alone and has nothing axe finds, in both languages, by day and by night', async () => {
    const context = await scene.visit(browser, { viewport: { width: 320, height: 640 } })
    const page = await context.newPage()
    const row = await subscriberByAddress(scene.at.ctx.store.db, 'email', 'nomad@reader.example', 'live')
    const screens = [
      ...['', 'confirm', 'leave'].map((end) => ({ path: `/subscriptions/${row?.token}/${end}` })),
      { path: { zh: '/subscribe/', en: '/en/subscribe/' } },
    ]
    const walk = { origin: ORIGIN, open: () => scene.visit(browser), screens, folded: true }
    expect(await everyLook({ file: import.meta.filename, ...walk })).toEqual([])
    // What stands open for what is ticked in it is filled at once: the banner's other places are there to be ticked too.
    await page.goto(`${ORIGIN}/subscriptions/${row?.token}/?lang=zh`)
    await page.locator('input[value="150122046"]').waitFor()
    expect(await page.locator('input[value="150122002"]').isChecked()).toBe(true)
    expect(await page.locator('a[href="#place-names"]:visible').count()).toBe(0)
    await page.goto(`${ORIGIN}/subscribe/`)
    await page.locator('#email').focus()
    await page.keyboard.type('keys@reader.example')
    await page.getByLabel('查找地区').focus()
    await page.keyboard.type('巴彦盟')
    await page.locator('.found input').first().waitFor()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    expect(await words(page)).toContain('巴彦盟（示例）（含所辖各地）')
    await page.getByRole('button', { name: '订阅', exact: true }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '请查收确认邮件' }).waitFor()
    await context.close()
  }, 60_000)
})
