/** A release going out, in a real browser: figures move in their places, are said politely, and come without a stream too. */
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunRow, runsOfRelease, updateRun } from '../../src/delivery/run-store.ts'
import { adopt } from '../../src/delivery/sweep.ts'
import { releaseByNumber } from '../../src/desk/store.ts'
import { decideAndPublish } from '../../src/publication/sign-and-publish.ts'
import { currentSubmission } from '../../src/review/store.ts'
import { raiseAlarm } from '../../src/store/alarm.ts'
import { streamsOpen } from '../../src/web/live-stream.ts'
import { staged } from '../support/desk-browser.ts'
import { deskScene, type Scene } from '../support/desk-scene.ts'
import { DESK, everyLook } from '../support/every-look.ts'
import { needs } from '../support/needs.ts'

const AUDIENCE = 52_310

describe.skipIf(!needs('chromium'))('a release going out, in a real browser', () => {
  let scene: Scene
  let context: BrowserContext
  let email: RunRow
  let accepted = 20_000
  let moving: NodeJS.Timeout

  const stage = staged(async () => {
    scene = await deskScene()
    await goOut()
    return scene
  })
  beforeAll(async () => {
    context = await stage.as('league-signer', { viewport: DESK })
  }, 60_000)
  afterAll(() => clearInterval(moving))

  /** Half of the mail has left, the notifications are paused; 300 more every half second. */
  async function goOut(): Promise<void> {
    const { ctx, clock } = scene.place
    const { db } = ctx.store
    const release = await releaseByNumber(db, scene.numbers.sign)
    const id = release?.id ?? ''
    const revisionHash = (await currentSubmission(db, id))?.revision_hash
    await decideAndPublish(ctx, scene.people.own.signer, id, { revisionHash, verdict: 'approve' })
    await adopt(ctx)
    const at = clock.now()
    for (const run of await runsOfRelease(db, id)) {
      const set = run.outlet === 'email' ? going(at) : run.outlet === 'webpush' ? paused(at) : out(at)
      await updateRun(db, run.dispatch_id, set)
      if (run.outlet === 'email') email = run
    }
    await raiseAlarm(db, clock, 'attempts-exhausted', `dispatch:${email.dispatch_id}`)
    moving = setInterval(() => {
      clock.advance(500)
      accepted += 300
      void updateRun(db, email.dispatch_id, { ...going(at), last_accepted_at: clock.now() }).then(() =>
        ctx.bell.ring('progress', email.dispatch_id),
      )
    }, 500)
  }
  const going = (at: string) => ({
    state: 'sending',
    started_at: at,
    planned_at: at,
    first_accepted_at: at,
    last_accepted_at: at,
    audience: AUDIENCE,
    accepted,
    planned: AUDIENCE - accepted - 240,
    sending: 200,
    deferred: 40,
  })
  const paused = (at: string) => ({
    state: 'held',
    why: 'paused',
    started_at: at,
    audience: 40,
    accepted: 10,
    planned: 30,
  })
  const out = (at: string) => ({ state: 'done', audience: 1, accepted: 1, planned: 0, verified_at: at, done_at: at })

  const address = (lang = 'zh') => `${scene.origin}/desk/releases/${scene.numbers.sign}?lang=${lang}`
  const figure = (page: Page) => page.locator('[data-outlet=email] [data-count=accepted]').textContent()

  test('figures move in their places, and what is being done on the page is left alone', async () => {
    const page = await context.newPage()
    let [loads, polls] = [0, 0]
    page.on('load', () => loads++)
    page.on('request', (r) => r.url().endsWith('progress.json') && polls++)
    await page.goto(address())
    await expect.poll(() => page.locator('[data-outlet=email] [data-pace]').textContent()).toMatch(/每秒[\d,]+人/)
    const before = await figure(page)
    await page.focus('[data-outlet=email] form:has-text("暂停") button')
    await page.evaluate(() => {
      ;(window as unknown as { held: unknown }).held = document.activeElement
      const said = document.getElementById('progress-said') as HTMLElement
      const log = [said.textContent ?? '']
      ;(window as unknown as { said: string[] }).said = log
      new MutationObserver(() => log.push(said.textContent ?? '')).observe(said, { childList: true })
    })
    const bar = page.locator('[data-outlet=email] [role=progressbar]')
    const then = Number(await bar.getAttribute('aria-valuenow'))
    await page.waitForTimeout(5000)
    expect(await figure(page)).not.toBe(before)
    expect(Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThan(then)
    expect(await bar.getAttribute('aria-valuetext')).toMatch(/52,310人中已处理[\d,]+人/)
    expect(await page.locator('[data-outlet=email] [data-pace]').textContent()).toMatch(/每秒[\d,]+人 · 约还需\d+秒/)
    expect(await page.evaluate(() => (window as unknown as { held: unknown }).held === document.activeElement)).toBe(
      true,
    )
    const said = await page.evaluate(() => (window as unknown as { said: string[] }).said)
    expect(said[0]).toMatch(/邮件：\d+%/)
    expect(said.length).toBeLessThanOrEqual(2)
    expect([loads, polls]).toEqual([1, 0])
    await page.close()
    await expect.poll(() => streamsOpen(scene.place.ctx), { timeout: 5000 }).toBe(0)
  }, 30_000)

  test('what no stream can bring is asked for as before', async () => {
    const page = await context.newPage()
    await page.route('**/events', (r) => r.fulfill({ status: 429, body: '' }))
    await page.goto(address())
    const before = await figure(page)
    await expect.poll(() => figure(page), { timeout: 8000 }).not.toBe(before)
    await page.close()
  })

  test('without script the page says the same, and pausing and going on are forms', async () => {
    const state = await context.storageState()
    const plain = await stage.browser.newContext({ javaScriptEnabled: false, storageState: state })
    const page = await plain.newPage()
    await page.goto(address('en'))
    expect(await figure(page)).toMatch(/^\d\d,\d{3}$/)
    const push = page.locator('[data-outlet=webpush]')
    expect(await push.textContent()).toMatch(/Paused.*30 people have not been sent to/s)
    expect(await push.locator('button').allTextContents()).toEqual(['Go on', 'Stop sending'])
    const mail = page.locator('[data-outlet=email]')
    expect(await mail.locator('button').allTextContents()).toEqual(['Pause', 'Stop sending'])
    await plain.close()
  })

  test('everybody can use what moves, in both languages, by day and by night, on a desk and on a phone', async () => {
    const screens = [`/desk/releases/${scene.numbers.sign}`, '/desk/alarms', '/desk'].map((path) => ({
      who: 'league-signer',
      path,
    }))
    // What the stream brings first has come.
    const ready = (page: Page) => page.waitForTimeout(700)
    const walk = { origin: scene.origin, open: stage.as, screens, ready }
    expect(await everyLook({ file: import.meta.filename, ...walk })).toEqual([])
    expect(scene.place.logged).toEqual([])
  }, 60_000)
})
