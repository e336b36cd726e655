/** The desk in a real browser: everybody can use it, without script too, on a phone at night. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { build } from 'esbuild'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROOT } from '../../src/lib/root.ts'
import { startWork } from '../../src/work.ts'
import { deskScene, type Scene } from '../support/desk-scene.ts'
import { needs, where } from '../support/needs.ts'
import { emailOf, PASSWORD } from '../support/office.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

type Options = Parameters<Browser['newContext']>[0]

describe.skipIf(!needs('chromium'))('the desk in a real browser', () => {
  let browser: Browser
  let scene: Scene
  let script = ''
  const sessions = new Map<string, NonNullable<Options>['storageState']>()

  beforeAll(async () => {
    const entry = join(ROOT, 'src/web/client/desk.ts')
    script = (await build({ entryPoints: [entry], bundle: true, format: 'esm', write: false })).outputFiles[0]!.text
    scene = await deskScene()
    browser = await chromium.launch({ executablePath: where('chromium')!, args: ['--no-sandbox'] })
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await scene?.close()
  })

  /** A browser of one person, signed in through the form. */
  async function as(who: string | null, options: Options = {}): Promise<BrowserContext> {
    const storageState = who ? (sessions.get(who) ?? (await signIn(who))) : undefined
    const context = await browser.newContext({ ...options, ...(storageState ? { storageState } : {}) })
    await context.route('**/assets/desk.js', (r) => r.fulfill({ contentType: 'text/javascript', body: script }))
    return context
  }

  async function signIn(who: string): Promise<NonNullable<Options>['storageState']> {
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(`${scene.origin}/desk/sign-in`)
    await page.fill('#email', emailOf(`league-${who}`))
    await page.fill('#password', PASSWORD)
    await page.click('main button[type=submit]')
    await page.waitForURL('**/desk')
    const state = await context.storageState()
    sessions.set(who, state)
    await context.close()
    return state
  }

  const screens = (n: Scene['numbers']): [who: string | null, path: string][] => [
    [null, '/desk/sign-in'],
    ['signer', '/desk'],
    ['drafter', '/desk'],
    ['drafter', '/desk/releases/new'],
    ['drafter', '/desk/releases/new?kind=warning'],
    ['drafter', `/desk/releases/${n.draft}/edit`],
    ['drafter', `/desk/releases/${n.returned}/edit`],
    ['drafter', `/desk/releases/${n.corrected}/edit`],
    ['drafter', '/desk/flash'],
    ['reviewer', `/desk/releases/${n.review}/review`],
    ['confidentiality', `/desk/releases/${n.confidentiality}/review`],
    ['signer', `/desk/releases/${n.sign}/sign`],
    ['signer', `/desk/releases/${n.flash}/sign`],
    ['signer', `/desk/releases/${n.published}`],
    ['signer', `/desk/releases/${n.held}`],
    ['admin', `/desk/releases/${n.sealed}`],
    ['admin', `/desk/releases/${n.sealed}/settle`],
    ['reviewer', `/desk/releases/${n.review}/quarantine`],
    ['drafter', `/desk/releases/${n.published}/correct`],
    ['drafter', `/desk/releases/${n.published}/withdraw`],
    ['signer', `/desk/releases/${n.published}/take-down`],
    ['auditor', '/desk/releases'],
    ['drafter', '/desk/incidents'],
    ['signer', '/desk/alarms'],
    ['auditor', '/desk/ledger?verify=1'],
    ['admin', '/desk/office'],
    ['drafter', '/desk/outlets'],
    ['drafter', '/desk/outbox'],
    ['drafter', '/desk/outbox/sample.eml'],
    ['auditor', `/desk/releases/${n.sign}/confidentiality-review`],
  ]

  async function violations(page: Page): Promise<string[]> {
    await page.evaluate(axeSource)
    return page.evaluate(async (rules) => {
      const axe = (
        window as unknown as {
          axe: {
            run(o: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[]; passes: unknown[] }>
          }
        }
      ).axe
      const { violations: found, passes } = await axe.run({ runOnly: rules })
      if (passes.length < 5) throw new Error('axe looked at nothing')
      return found.map((v) => `${v.id}: ${v.nodes.map((x) => x.html.slice(0, 160)).join(' | ')}`)
    }, RULES)
  }

  test.each(['zh', 'en'] as const)(
    'every screen can be used by everybody, in %s, by day and by night, on a desk and on a phone',
    async (lang) => {
      const found: string[] = []
      for (const [who, path] of screens(scene.numbers)) {
        const context = await as(who, { viewport: { width: 1366, height: 900 } })
        const page = await context.newPage()
        page.on('console', (m) => m.type() === 'error' && found.push(`${path} says ${m.text()}`))
        page.on('pageerror', (e) => found.push(`${path} breaks: ${e.message}`))
        const answer = await page.goto(`${scene.origin}${path}${path.includes('?') ? '&' : '?'}lang=${lang}`)
        expect(answer?.status(), path).toBe(200)
        expect(await page.locator('html').getAttribute('lang')).toBe(lang === 'zh' ? 'zh-CN' : 'en')
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme })
          found.push(...(await violations(page)).map((v) => `${path} ${colorScheme} ${v}`))
        }
        await page.setViewportSize({ width: 320, height: 640 })
        const over = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        )
        if (over > 0) found.push(`${path} scrolls sideways by ${over} at 320 px`)
        const words = await page.evaluate(() => document.body.textContent ?? '')
        found.push(
          ...[...words.matchAll(/\b(?:desk|issue|field|scan|role|kind)\.[a-z][\w.-]+/g)].map(
            (m) => `${path} has no words for ${m[0]}`,
          ),
        )
        await context.close()
      }
      expect(found).toEqual([])
      expect(scene.place.logged).toEqual([])
    },
    240_000,
  )

  test('a duty officer fills in the flash screen on a small phone without scrolling sideways, the button always in reach', async () => {
    const context = await as('drafter', { viewport: { width: 360, height: 640 } })
    const page = await context.newPage()
    await page.goto(`${scene.origin}/desk/flash?lang=zh`)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
    const button = await page.locator('button.decisive').boundingBox()
    expect(button && button.y + button.height).toBeLessThanOrEqual(640)
    for (const name of ['whenWhere', 'facts', 'actions', 'advice']) {
      const box = await page.locator(`[name="parts.zh-CN.blocks.${name}"]`).boundingBox()
      expect(box && box.y + box.height, name).toBeLessThanOrEqual(640)
    }
    await page.click('summary')
    expect(await page.locator('a[href^="tel:"]').count()).toBeGreaterThan(0)
    await context.close()
  })

  test('a drafter writes and saves, and a refused form comes back filled, without any script', async () => {
    const context = await as('drafter', { javaScriptEnabled: false, viewport: { width: 1366, height: 900 } })
    const page = await context.newPage()
    await page.goto(`${scene.origin}/desk/releases/new?kind=notice&lang=zh`)
    await page.fill('[name="parts.zh-CN.title"]', '关于无脚本的公告（示例）')
    await page.fill('[name="parts.zh-CN.body"]', '第一段。\n\n第二段。')
    await page.fill('[name="core.contacts.0.email"]', '不是邮箱')
    await page.click('button[value=save]')
    expect(await page.inputValue('[name="parts.zh-CN.body"]')).toBe('第一段。\n\n第二段。')
    expect(await page.locator('#issue-list').isVisible()).toBe(true)
    await page.click('#issue-list a')
    expect(new URL(page.url()).hash).toBe('#f-core.contacts.0.email')
    await page.fill('[name="core.contacts.0.email"]', '')
    await page.click('button[value=save]')
    expect(await page.locator('[role=status]').textContent()).toContain('已保存')
    expect(await page.inputValue('[name="parts.zh-CN.body"]')).toBe('第一段。\n\n第二段。')
    await context.close()
  })

  test('a reviewer at the keyboard alone reaches the skip link first and sees where they are', async () => {
    const context = await as('reviewer', { viewport: { width: 1366, height: 900 } })
    const page = await context.newPage()
    await page.goto(`${scene.origin}/desk/releases/${scene.numbers.review}/review?lang=zh`)
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('skip')
    await page.keyboard.press('Enter')
    const reached = new Set<string>()
    for (let i = 0; i < 80; i++) {
      await page.keyboard.press('Tab')
      const at = await page.evaluate(() => {
        const e = document.activeElement as HTMLElement
        return {
          what: e.getAttribute('value') ?? e.getAttribute('name') ?? e.tagName,
          seen: getComputedStyle(e).outlineStyle !== 'none',
        }
      })
      if (at.what === 'BODY') break // past the end of the page
      expect(at.seen, at.what).toBe(true)
      reached.add(at.what)
    }
    expect([...reached]).toEqual(expect.arrayContaining(['opinion', 'approve', 'return']))
    await context.close()
  })

  test('Enter in a field of a verdict decides nothing', async () => {
    const context = await as('confidentiality', { viewport: { width: 1366, height: 900 } })
    const page = await context.newPage()
    const path = `/desk/releases/${scene.numbers.confidentiality}/review`
    await page.goto(`${scene.origin}${path}?lang=zh`)
    await page.focus('[name="confidentiality.article"]')
    await page.keyboard.press('Enter')
    await page.waitForTimeout(200)
    expect(new URL(page.url()).pathname).toBe(path)
    expect(await page.locator('.d-reading mark').count()).toBeGreaterThanOrEqual(3)
    await context.close()
  })

  test('the confidentiality form fits one A4 page', async () => {
    const context = await as('auditor')
    const page = await context.newPage()
    await page.goto(`${scene.origin}/desk/releases/${scene.numbers.sign}/confidentiality-review?lang=zh`)
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
    expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBe(1)
    expect(/\/MediaBox\s*\[0 0 59[45]\.?\d* 84[12]/.test(pdf)).toBe(true)
    await context.close()
  })

  test('a signer signs on a phone and watches it go out without asking again', async () => {
    const { ctx, clock } = scene.place
    const context = await as('signer', { viewport: { width: 360, height: 740 } })
    const page = await context.newPage()
    await page.goto(`${scene.origin}/desk/releases/${scene.numbers.sign}/sign?lang=zh`)
    await page.click('button.decisive')
    await page.waitForURL(`**/desk/releases/${scene.numbers.sign}?said=published`)
    let loads = 0
    page.on('load', () => loads++)
    const work = await startWork(ctx)
    try {
      const email = page.locator('[data-outlet=email]')
      await expect
        .poll(
          async () => {
            clock.advance(1000)
            return (await email.count()) ? email.textContent() : ''
          },
          { timeout: 20_000, interval: 200 },
        )
        .toMatch(/完成.*合计 193/)
      expect(loads).toBe(0)
    } finally {
      await work.stop()
      await context.close()
    }
  })
})
