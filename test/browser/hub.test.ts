/** Pages about the hub and webhooks in a real browser: everybody can use them, in both languages, day and night, on a phone. */
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { putLease } from '../../src/audience/hub-store.ts'
import { addReceiver, rotateSecret } from '../../src/audience/webhook.ts'
import { DAY, plus } from '../../src/lib/clock.ts'
import { siteCss } from '../../templates/page/style.ts'
import { overflow, violations } from '../support/browser-site.ts'
import { enrolReader } from '../support/crowd.ts'
import { deskScene, type Scene } from '../support/desk-scene.ts'
import { needs, where } from '../support/needs.ts'
import { emailOf, PASSWORD } from '../support/office.ts'

const PATHS = ['/desk/outlets', '/desk/outlets/websub', '/desk/outlets/webhooks', '/hub', '/api/webhooks']

describe.skipIf(!needs('chromium'))('the hub in a real browser', () => {
  let browser: Browser
  let scene: Scene
  beforeAll(async () => {
    scene = await deskScene()
    await furnish(scene)
    browser = await chromium.launch({ executablePath: where('chromium')!, args: ['--no-sandbox'] })
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await scene?.close()
  })

  /** What there is to see: two followers, three receivers, each in another state. */
  async function furnish({ place, people }: Scene): Promise<void> {
    const { ctx } = place
    const delivered = (await ctx.store.db.selectFrom('dispatch_run').select('dispatch_id').executeTakeFirstOrThrow())
      .dispatch_id
    const ends: [topic: string, state: string, why: string | null][] = [
      ['/feeds/all.atom', 'accepted', null],
      ['/feeds/area/159921.json', 'deferred', 'HTTP 503'],
    ]
    for (const [topic, state, why] of ends) {
      const id = await enrolReader(ctx, `https://reader.example/hub#${topic}`, { kind: 'websub' })
      await putLease(ctx.store.db, {
        subscriber_id: id,
        topic,
        host: 'reader.example',
        expires_at: plus(ctx.clock.now(), 10 * DAY),
      })
      const row = {
        dispatch_id: delivered,
        subscriber_id: id,
        language: 'zh-CN',
        state,
        why,
        attempt: 2,
        updated_at: ctx.clock.now(),
      }
      await ctx.store.db
        .insertInto('delivery')
        .values(row as never)
        .execute()
    }
    const admin = people.own.admin
    const one = await addReceiver(ctx, admin, {
      name: '青格勒盟融媒体中心（示例）',
      url: 'https://media.example/in',
      topics: ['fire'],
      lane: 'flash',
    })
    await addReceiver(ctx, admin, {
      name: 'Emergency broadcasting (sample)',
      url: 'https://radio.example/in',
      mode: 'exercise',
    })
    await rotateSecret(ctx, admin, one.id)
    const tested = { tested_at: ctx.clock.now(), tested_as: 'HTTP 401' }
    await ctx.store.db.updateTable('webhook_receiver').set(tested).where('id', '=', one.id).execute()
  }

  test('every page can be used by everybody, by day and by night, on a desk and on a phone', async () => {
    const signing = await browser.newContext()
    const door = await signing.newPage()
    await door.goto(`${scene.origin}/desk/sign-in`)
    await door.fill('#email', emailOf('league-admin'))
    await door.fill('#password', PASSWORD)
    await door.click('main button[type=submit]')
    await door.waitForURL('**/desk')
    const storageState = await signing.storageState()
    const found: string[] = []
    for (const [width, colorScheme, lang] of [
      [1440, 'light', 'zh'],
      [320, 'light', 'en'],
      [1440, 'dark', 'en'],
      [360, 'dark', 'zh'],
    ] as const) {
      const context = await browser.newContext({ storageState, viewport: { width, height: 900 }, colorScheme })
      await context.route('**/site.*.css', (r) => r.fulfill({ contentType: 'text/css', body: siteCss }))
      const page = await context.newPage()
      for (const path of PATHS) {
        await page.goto(`${scene.origin}${path}?lang=${lang}`)
        await page.evaluate(() => {
          for (const fold of document.querySelectorAll('details')) fold.open = true
        })
        const at = `${path} ${width} ${colorScheme} ${lang}`
        found.push(...(await violations(page)).map((v) => `${at}: ${v}`))
        const wide = await overflow(page)
        if (wide > 0) found.push(`${at}: ${wide} px too wide`)
        const shots = process.env['ORTOO_SHOTS']
        if (shots)
          await page.screenshot({
            path: `${shots}/${path.replaceAll('/', '_')}-${width}-${colorScheme}-${lang}.png`,
            fullPage: true,
          })
      }
      await context.close()
    }
    expect(found).toEqual([])
  }, 120_000)
})
