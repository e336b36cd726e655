/** 03:07 and 03:41 as whole stories on two phones, by touch: five boxes, a signature with a second factor, the page, the mail; then stopped in mid-sending and put right. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRelease } from '../../src/desk/create.ts'
import { clockOf } from '../../src/incident/clock-store.ts'
import { setGrade } from '../../src/incident/grade.ts'
import { openIncident } from '../../src/incident/open.ts'
import { decideAndPublish } from '../../src/publication/sign-and-publish.ts'
import { currentSubmission } from '../../src/review/store.ts'
import { submit } from '../../src/review/submit.ts'
import { type As, staged } from '../support/desk-browser.ts'
import { needs } from '../support/needs.ts'
import { PASSWORD } from '../support/office.ts'
import { CLEAR, fireDraft } from '../support/sample.ts'
import { codeOf } from '../support/totp.ts'
import { type Whole, wholeScene } from '../support/whole-scene.ts'

const PHONE = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 } as const
const READERS = 24

describe.skipIf(!needs('chromium'))('a flash by night on two phones', { timeout: 90_000 }, () => {
  const stage = staged(() => wholeScene('2026-11-23T18:50:00.000Z', READERS))
  let s: Whole
  let as: As
  let key = ''
  /** The signer's own, signed in since the evening. */
  let signer: Page
  let number = ''
  const broken: string[] = []
  const wide: string[] = []

  beforeAll(() => {
    s = stage.scene
    as = stage.as
  })
  // Runs before the stage is taken down.
  afterAll(() => {
    expect(broken).toEqual([])
    expect(s.errors).toEqual([])
  })

  /** A person's phone; at every page it comes to, nothing may be wider than it. */
  async function phone(who: string, path: string): Promise<Page> {
    const page = await (await as(who, PHONE)).newPage()
    page.on('pageerror', (e) => broken.push(e.message))
    page.setDefaultTimeout(15_000)
    page.on('load', () => void fits(page))
    await page.goto(`${s.origin}${path}${path.includes('?') ? '&' : '?'}lang=zh`)
    return page
  }
  async function fits(page: Page): Promise<void> {
    const width = await page.evaluate(() => document.documentElement.scrollWidth).catch(() => 360)
    if (width > 360) wide.push(`${new URL(page.url()).pathname} is ${width} wide`)
  }
  const into = async (page: Page, name: string, words: string) => {
    await page.tap(`[name="${name}"]`)
    await page.fill(`[name="${name}"]`, words)
  }

  test('the signer keeps an authenticator, long before it is needed', async () => {
    signer = await phone('league-signer', '/desk/account')
    const fold = signer.locator('details:has(#totp-password):not([open]) summary')
    if (await fold.count()) await fold.first().tap()
    await signer.tap('#totp-password')
    await signer.fill('#totp-password', PASSWORD)
    await signer.tap('form[action$="/totp"] button')
    key = ((await signer.locator('main code').first().textContent()) ?? '').replaceAll(' ', '')
    await signer.fill('[name=factor]', codeOf(key))
    await signer.tap('form[action$="/confirm"] button[type=submit]:not([disabled])')
    await signer.locator('.notice.ok').first().waitFor()
  })

  test('03:07: five boxes on one phone, a word and a code on another, and the public knows before the mail', async () => {
    s.clock.set('2026-11-23T19:07:00.000Z')
    const drafter = await phone('league-drafter', '/desk')
    await drafter.locator('a[href="/desk/flash"]:visible').first().tap()
    await drafter.waitForURL('**/desk/flash')
    expect(await drafter.inputValue('[name="core.knownAt"]')).toBe('2026-11-24T03:07')
    // What caused it is nothing one asks at such an hour.
    expect(await drafter.locator('[name$="blocks.cause"]').count()).toBe(0)
    await into(drafter, 'parts.zh-CN.title', '哈日诺尔旗草原火灾（示例）')
    for (const [box, words] of Object.entries({
      whenWhere: '11月24日凌晨，哈日诺尔旗北部草场',
      facts: '发生草原火灾，正在核实面积。',
      actions: '扑火队伍已赶到现场。',
      advice: '下风向居民听从转移安排，不要前往火场围观。',
    }))
      await into(drafter, `parts.zh-CN.blocks.${box}`, words)
    await into(drafter, 'core.contacts.0.phone', '0000-8213003')
    await into(drafter, 'core.nextUpdateAt', '2026-11-24T05:00')
    // Without an area it goes nowhere, and nothing written is lost.
    await Promise.all([drafter.waitForLoadState(), drafter.tap('button.decisive')])
    await drafter.locator('#issue-list').filter({ hasText: '影响范围' }).waitFor()
    expect(await drafter.inputValue('[name="parts.zh-CN.blocks.advice"]')).toContain('不要前往火场围观')
    await drafter.locator('.d-place-fold label:has-text("哈日诺尔旗")').tap()
    await fits(drafter)
    await drafter.tap('button.decisive')
    await drafter.waitForURL('**?said=submitted')
    number = (await s.release(drafter.url())).number
    // Whoever wrote it does not sign it.
    await drafter.goto(`${s.origin}/desk/releases/${number}/sign`)
    expect(await drafter.locator('button[name=verdict]').count()).toBe(0)

    await signer.goto(`${s.origin}/desk`)
    await signer.locator(`a[href="/desk/releases/${number}/sign"]`).first().tap()
    await signer.waitForURL('**/sign')
    for (const name of Object.keys(CLEAR.checks))
      await signer.locator(`label:has([name="confidentiality.checks.${name}"][value=clear])`).tap()
    for (const name of ['disclosure', 'verdict'] as const)
      await signer.locator(`label:has([name="confidentiality.${name}"][value="${CLEAR[name]}"])`).tap()
    // A code alone does not sign: the word is wanted too, and the code is not spent by the attempt.
    const code = codeOf(key, 1)
    await signer.fill('[name=factor]', code)
    await signer.tap('button.decisive')
    await signer.locator('#issue-list,[role=alert]').first().waitFor()
    expect(await signer.locator('.d-check input:checked').count()).toBe(Object.keys(CLEAR.checks).length)
    await into(signer, 'word', '签发')
    await into(signer, 'factor', code)
    await signer.tap('button.decisive')
    await signer.waitForURL('**?said=published')

    const [site, mail] = await Promise.all([
      s.run(number, 'website', (run) => run.verified_at !== null),
      s.run(number, 'email', (run) => run.state === 'done'),
    ])
    expect([mail.audience, mail.accepted]).toEqual([READERS, READERS])
    expect(await s.faults()).toEqual([])
    const ahead = s.clock.ms() - Date.now()
    const first =
      Math.min(...s.smtp.log.filter((m) => m.to.some((a) => a.startsWith('reader'))).map((m) => m.at)) + ahead
    // By the clock of one process, read at two places.
    expect(first + 5).toBeGreaterThanOrEqual(Date.parse(site.verified_at as string))

    await drafter.goto(`${s.origin}/desk/releases/${number}`)
    const published = await drafter.locator('.d-edition h3 time').getAttribute('datetime')
    expect(await drafter.locator('[data-outlet=email] .total').textContent()).toBe(`${READERS} / ${READERS}`)
    expect(await drafter.locator('main').textContent()).toContain('补审')
    const { incident_id } = await s.release(drafter.url())
    const page = await (await fetch(`${s.origin}/releases/${number}/`)).text()
    const feed = (await (await fetch(`${s.origin}/feeds/all.json`)).json()) as { items: Record<string, string>[] }
    const atom = await (await fetch(`${s.origin}/feeds/all.atom`)).text()
    const seconds = (iso: string | undefined) => Math.floor(Date.parse(iso ?? '') / 1000)
    const told = [
      [...page.matchAll(/<time datetime="([^"]*)"/g)].map((m) => m[1]).find((at) => at === published),
      feed.items[0]?.['date_published'],
      /<published>([^<]*)/.exec(atom)?.[1],
    ]
    expect(told.map(seconds)).toEqual([seconds(published ?? ''), seconds(published ?? ''), seconds(published ?? '')])
    for (const shown of ['2026-11-24 03:07', '2026-11-24 05:00', '0000-8213003', '请']) expect(page).toContain(shown)
    // Graded by daylight, its clock runs from when it became known, and was met before anybody wound it.
    await setGrade(s.ctx, s.people.own.signer, incident_id as string, { grade: 'major' })
    const word = await clockOf(s.ctx.store.db, `incident:${incident_id}`, 'first-information')
    expect(word).toMatchObject({ due_at: '2026-11-24T00:07:00.000Z', breached_at: null })
    expect(seconds(word?.met_at ?? '')).toBe(seconds(published ?? ''))
    expect(wide).toEqual([])
    await drafter.context().close()
  })

  test('03:41: the wrong banner is stopped in mid-sending and put right in two more taps; who had nothing gets nothing wrong', async () => {
    s.clock.set('2026-11-23T19:41:00.000Z')
    const { own } = s.people
    const spared = Array.from({ length: 10 }, (_, i) => `reader${i}@mail.example`)
    for (const address of spared) s.smtp.script(address, '450')
    const incident = await openIncident(s.ctx, own.drafter, {
      titleZh: '宝日胡硕草原火灾（示例）',
      class: 'natural',
      areas: ['159921'],
      knownAt: s.ctx.clock.now(),
    })
    const wrong = await createRelease(s.ctx, own.drafter, fireDraft(incident.id, s.ctx.clock.now()))
    await submit(s.ctx, own.drafter, wrong.id, null)
    await decideAndPublish(s.ctx, own.signer, wrong.id, {
      revisionHash: (await currentSubmission(s.ctx.store.db, wrong.id))?.revision_hash,
      verdict: 'approve',
      confidentiality: CLEAR,
    })
    const had = READERS - spared.length
    const sending = await s.run(wrong.number, 'email', (run) => run.accepted === had && run.deferred === spared.length)
    expect(sending.state).toBe('sending')

    const page = await phone('league-drafter', `/desk/releases/${wrong.number}`)
    const mail = page.locator('[data-outlet=email]').first()
    await mail.locator('button[id^=stop]').tap()
    await mail.locator('xpath=self::*[contains(@class,"stopped")]').waitFor()
    await page.tap('#false-alarm')
    await page.waitForURL('**/false-alarm')
    const plan = await page.locator('main').textContent()
    for (const words of [`已收到的${had}人`, `还没发到的${spared.length}人`]) expect(plan).toContain(words)
    await fits(page)
    for (const address of spared) s.smtp.script(address, null)
    await page.tap('#confirm-false-alarm')
    await page.waitForURL('**?said=false-alarm')
    await expect
      .poll(() => page.locator('#progress').textContent(), { timeout: 20_000 })
      .toContain(`${had} / ${had} 已告知`)
    await s.run(wrong.number, 'email', (run) => run.state === 'done' && run.accepted === had)
    await page.reload()
    expect(await page.locator('#progress').textContent()).toMatch(/已更正.*用时/)
    const about = (address: string) => s.smtp.mailsTo(address).filter((m) => m.raw.includes(wrong.number)).length
    expect(spared.map(about)).toEqual(spared.map(() => 0))
    expect(about(`reader${READERS - 1}@mail.example`)).toBe(2)
    const html = await (await fetch(`${s.origin}/releases/${wrong.number}/`)).text()
    expect(html).toContain('误发')
    expect(html).not.toContain('险情解除')
    expect(await s.faults()).toEqual([])
    expect(wide).toEqual([])
    await page.context().close()
  })
})
