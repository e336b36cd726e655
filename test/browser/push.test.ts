import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { join } from 'node:path'
import { build } from 'esbuild'
import { type Browser, type BrowserContext, type CDPSession, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { payloadOf, testPayload } from '../../channels/webpush/payload.ts'
import { ROOT } from '../../src/lib/root.ts'
import { config, edition, english } from '../channels/sample-edition.ts'
import { needs, where } from '../support/needs.ts'

const KEY = 'BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8'

/** Stands in for the browser maker's push service, which no test may call; permission and the rest are the browser's own. */
function fakePushManager(key: string) {
  let made: object | null = null
  const fake = {
    endpoint: 'https://push.example/abc',
    toJSON: () => ({ endpoint: fake.endpoint, keys: { p256dh: key, auth: 'BTBZMqHH6r4Tts7J_aSIgg' } }),
    unsubscribe: async () => {
      made = null
      return true
    },
  }
  PushManager.prototype.getSubscription = async () => made as PushSubscription | null
  PushManager.prototype.subscribe = async (options) => {
    const given = [...new Uint8Array(options?.applicationServerKey as ArrayBuffer)]
    if (given.length !== 65 || !options?.userVisibleOnly) throw new Error('bad options')
    made = fake
    return fake as unknown as PushSubscription
  }
}

/** Browsers take their time where others share the machine. */
const eventually = <T>(look: () => T) => expect.poll(look, { timeout: 15_000 })

type Got = { path: string; body: Record<string, unknown> }

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = ''
  for await (const chunk of request) text += chunk
  return JSON.parse(text || '{}')
}

describe.skipIf(!needs('chromium'))('in a real browser', () => {
  let browser: Browser
  let server: Server
  let origin = ''
  let context: BrowserContext
  let refuse = false
  const got: Got[] = []
  let onTest: () => Promise<void> = async () => {}

  beforeAll(async () => {
    const entry = join(ROOT, 'src/web/client/subscribe.ts')
    const bundle = await build({ entryPoints: [entry], bundle: true, format: 'esm', write: false })
    const files: Record<string, [type: string, body: string]> = {
      '/sw.js': ['text/javascript', readFileSync(join(ROOT, 'src/web/public/sw.js'), 'utf8')],
      '/assets/subscribe.js': ['text/javascript', bundle.outputFiles[0]!.text],
      '/push/key': ['application/json', JSON.stringify({ key: KEY })],
    }
    server = createServer(async (request, response) => {
      const path = request.url ?? '/'
      if (request.method !== 'GET') {
        got.push({ path: `${request.method} ${path}`, body: await bodyOf(request) })
        if (path.endsWith('/test')) setTimeout(() => onTest(), 50)
        response.writeHead(refuse ? 503 : 201, { 'content-type': 'application/json' })
        response.end(JSON.stringify(refuse ? { title: 'closed today' } : { secret: 'own' }))
        return
      }
      const [type, body] = files[path.split('?')[0] as string] ?? ['text/html; charset=utf-8', pageHtml(path)]
      response.writeHead(200, { 'content-type': type }).end(body)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    origin = `http://127.0.0.1:${(server.address() as { port: number }).port}`
    browser = await chromium.launch({ executablePath: where('chromium')!, args: ['--no-sandbox'] })
  })
  afterEach(async () => {
    await context.close()
    got.splice(0)
    refuse = false
  })
  afterAll(async () => {
    await browser?.close()
    server?.close()
  })

  const pageHtml = (
    path: string,
  ): string => `<!doctype html><html lang="${path === '/en' ? 'en' : 'zh-CN'}"><title>x</title>
    <form><input type="checkbox" name="topics" value="fire" checked><input type="checkbox" name="topics" value="flood">
    <input name="areas" value="159921"><select name="urgency"><option value="important"></select><div data-push></div></form>
    <script type="module" src="/assets/subscribe.js"></script>`

  async function open(path = '/', permissions = ['notifications']): Promise<Page> {
    context = await browser.newContext()
    await context.grantPermissions(permissions, { origin })
    await context.addInitScript(fakePushManager, KEY)
    const page = await context.newPage()
    await page.goto(origin + path)
    return page
  }

  async function turnOn(page: Page): Promise<void> {
    await page.locator('[data-state=off] button').click()
    await page.locator('[data-state=on]').waitFor()
  }

  /** Hands a message to the service worker as the browser's own push client does. */
  async function pusher(page: Page): Promise<(data: object | string) => Promise<void>> {
    const cdp: CDPSession = await context.newCDPSession(page)
    const registration = new Promise<string>((resolve) => {
      cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        if (registrations[0]) resolve(registrations[0].registrationId)
      })
    })
    await cdp.send('ServiceWorker.enable')
    const registrationId = await registration
    return async (data) => {
      const text = typeof data === 'string' ? data : JSON.stringify(data)
      await cdp.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data: text })
      // Chromium forgets a notification that is asked about before it is on the screen.
      await new Promise((resolve) => setTimeout(resolve, 1500))
    }
  }

  type Shown = { title: string; body: string; tag: string; lang: string; url: string }
  const shown = (page: Page): Promise<Shown[]> =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready
      const all = await registration.getNotifications()
      return all.map(({ title, body, tag, lang, data }) => ({ title, body, tag, lang, url: data.url }))
    })
  const waitShown = (page: Page, n: number) => eventually(() => shown(page)).toHaveLength(n)

  test('a reader is asked nothing until they press the button, and then their choices are kept', async () => {
    const page = await open()
    const status = page.getByRole('status')
    await eventually(() => status.textContent()).toBe('本浏览器尚未开启通知。')
    expect(got).toEqual([])
    await page.getByRole('button', { name: '开启通知' }).click()
    await eventually(() => status.textContent()).toBe('本浏览器已开启通知。')
    expect(got).toEqual([
      {
        path: 'POST /push/subscriptions',
        body: {
          endpoint: 'https://push.example/abc',
          keys: { p256dh: KEY, auth: 'BTBZMqHH6r4Tts7J_aSIgg' },
          topicRule: 'any',
          language: 'zh-CN',
          topics: ['fire'],
          areas: ['159921'],
          urgency: 'important',
        },
      },
    ])
    await page.getByRole('button', { name: '关闭通知' }).click()
    await eventually(() => status.textContent()).toBe('本浏览器尚未开启通知。')
    expect(got.at(-1)).toEqual({ path: 'DELETE /push/subscriptions', body: { endpoint: 'https://push.example/abc' } })
  })

  test('a reader whom the site could not take is told so, and the browser keeps no half subscription', async () => {
    const page = await open('/en')
    refuse = true
    await page.getByRole('button', { name: 'Turn notifications on' }).click()
    await eventually(() => page.getByRole('status').textContent()).toBe(
      'That did not work: closed today. You can try again.',
    )
    expect(await page.getByRole('button').allTextContents()).toEqual(['Turn notifications on'])
  })

  test('a test notification arrives and the page says when', async () => {
    const page = await open('/en')
    await turnOn(page)
    const push = await pusher(page)
    onTest = () => push(testPayload('en', config({ publicUrl: origin })))
    await page.getByRole('button', { name: 'Send me a test' }).click()
    await eventually(() => page.getByRole('status').textContent()).toMatch(/^The test arrived at \d\d:\d\d:\d\d, after/)
    expect(got.at(-1)).toEqual({
      path: 'POST /push/subscriptions/test',
      body: { endpoint: 'https://push.example/abc' },
    })
    expect(await shown(page)).toMatchObject([{ title: 'Test notification', tag: 'test' }])
  })

  test('a correction takes the place of what it corrects, and an exercise cannot be taken for real', async () => {
    const page = await open()
    await turnOn(page)
    const push = await pusher(page)
    const setup = config({ publicUrl: origin })
    await push(payloadOf(edition(), 'zh-CN', setup))
    await waitShown(page, 1)
    await push(payloadOf(edition({ type: 'correction' }), 'zh-CN', setup))
    await eventually(async () => (await shown(page)).map((n) => n.title)).toEqual([
      '更正：哈日诺尔旗草原火灾：明火东线已控制（示例）',
    ])
    const other = payloadOf(edition({ releaseNumber: '2026-000043', mode: 'exercise' }, { en: english() }), 'en', setup)
    await push({ ...other, title: english().title })
    await waitShown(page, 2)
    expect((await shown(page)).map((n) => n.title)).toContain(`[EXERCISE] ${english().title}`)
    expect((await shown(page))[0]).toMatchObject({ lang: 'zh-CN', url: `${origin}/releases/2026-000042/` })
  })

  test('a device of the office reports what it was told to show, once an administrator’s link was opened in it', async () => {
    const page = await open('/?canary=abc')
    await turnOn(page)
    const push = await pusher(page)
    const message = payloadOf(edition(), 'zh-CN', config({ publicUrl: origin }))
    await push(message)
    expect(got.filter((g) => g.path.endsWith('/arrivals'))).toEqual([])
    await page.getByRole('button', { name: '让这台设备回报' }).click()
    await eventually(() => page.getByRole('status').textContent()).toMatch(/^已设置/)
    expect(got.at(-1)).toEqual({
      path: 'POST /push/canaries',
      body: { endpoint: 'https://push.example/abc', code: 'abc' },
    })
    await push({ ...message, tag: 'another' })
    await eventually(() => got.at(-1)).toEqual({
      path: 'POST /push/arrivals',
      body: { secret: 'own', edition: message.edition, language: 'zh-CN', title: message.title, body: message.body },
    })
  })

  test('a message that cannot be read is still shown as something', async () => {
    const page = await open()
    await turnOn(page)
    const push = await pusher(page)
    await push('not json')
    await waitShown(page, 1)
    expect((await shown(page))[0]).toMatchObject({ title: '有新的发布 · New release', url: '/' })
  })
})
