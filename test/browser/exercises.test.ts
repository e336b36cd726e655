/** A drill in a real browser: begun by scenario, signed, put right, scored; never to be mistaken for the real thing. */
import { describe, expect, test } from 'vitest'
import { saveDraft } from '../../src/desk/save.ts'
import { releaseByNumber, revisionOf } from '../../src/desk/store.ts'
import { DAY, MINUTE, SECOND } from '../../src/lib/clock.ts'
import { beginCorrection } from '../../src/publication/correct.ts'
import { submit } from '../../src/review/submit.ts'
import { startWork } from '../../src/work.ts'
import { staged } from '../support/desk-browser.ts'
import { deskScene } from '../support/desk-scene.ts'
import { everyLook, PHONE } from '../support/every-look.ts'
import { needs } from '../support/needs.ts'

/** A folder to leave pictures in, for looking at. */
const LOOK = process.env['LOOK_AT']

describe.skipIf(!needs('chromium'))('an exercise, in a real browser', () => {
  let number = ''
  const stage = staged(deskScene)

  /** The outlets go on by the clock of the stage.scene. */
  async function outlets(): Promise<void> {
    const work = await startWork(stage.scene.place.ctx)
    for (let i = 0; i < 20; i++) {
      stage.scene.place.clock.advance(SECOND)
      await new Promise((r) => setTimeout(r, 25))
    }
    await work.stop()
  }

  async function sign(who: string): Promise<void> {
    const context = await stage.as(who, { javaScriptEnabled: false, viewport: PHONE })
    const page = await context.newPage()
    await page.goto(`${stage.scene.origin}/desk/releases/${number}/sign?lang=zh`)
    expect(await page.locator('.d-band').textContent()).toContain('演练')
    for (const box of await page.locator('select[name^="confidentiality.checks"]').all())
      await box.selectOption('clear')
    for (const box of await page.locator('input[type=radio][name^="confidentiality.checks"][value=clear]').all())
      await box.check()
    for (const [name, value] of [
      ['disclosure', 'proactive'],
      ['verdict', 'publish'],
      ['carrier', 'official'],
    ] as const) {
      const radio = page.locator(`input[type=radio][name="confidentiality.${name}"][value=${value}]`)
      if (await radio.count()) await radio.check()
      else if (await page.locator(`select[name="confidentiality.${name}"]`).count())
        await page.locator(`select[name="confidentiality.${name}"]`).selectOption(value)
    }
    await page.fill('input[name=word]', '签发')
    await page.click('button[name=verdict][value=approve]')
    expect(await page.locator('[role=status]').first().textContent()).toContain('已签发')
    await context.close()
  }

  test('a drafter begins a scenario on a phone without script, a signer signs it, it is put right, and all of it is timed', async () => {
    const context = await stage.as('league-drafter', { javaScriptEnabled: false, viewport: PHONE })
    const page = await context.newPage()
    await page.goto(`${stage.scene.origin}/desk?lang=zh`)
    expect(await page.locator('.d-lapsed').textContent()).toContain('还没有做过演练')
    await page.click('.d-lapsed a')
    await page.click('a[href*="scenario=wrong-banner"]')
    expect(await page.locator('.d-band').textContent()).toContain('演练')
    expect(await page.inputValue('[name="parts.zh-CN.title"]')).toBe('【演练】大风沙尘通报')
    // An incident that is real is not offered to an exercise.
    expect(await page.locator('select[name="core.incidentId"] option').count()).toBe(1)
    await page.fill('[name="core.contacts.0.phone"]', '0479-0000000')
    await page.locator('.d-place-fold > summary').click()
    await page.locator('input[name="core.areas"][value="159921"]').first().press('Space')
    stage.scene.place.clock.advance(4 * MINUTE)
    if (LOOK) await page.screenshot({ path: `${LOOK}/exercise-flash-360.png` })
    await page.click('button[name=do][value=submit]')
    await page.waitForURL('**/desk/releases/*')
    number = /releases\/([\d-]+)/.exec(page.url())![1]!
    await context.close()

    stage.scene.place.clock.advance(6 * MINUTE)
    await sign('league-signer')
    await outlets()
    const { ctx, clock } = stage.scene.place
    const { own } = stage.scene.people
    const release = (await releaseByNumber(ctx.store.db, number))!
    expect(release).toMatchObject({ mode: 'exercise', state: 'published' })
    await beginCorrection(ctx, own.drafter, release.id, { type: 'correction' })
    const { content } = (await revisionOf(ctx.store.db, release.id, release.revision))!
    const zh = content.parts['zh-CN']!
    const { agencyId: _, ...core } = content.core
    await saveDraft(
      ctx,
      own.drafter,
      release.id,
      {
        ...content,
        core,
        parts: {
          'zh-CN': { ...zh, blocks: { ...zh.blocks, advice: '【演练】请减少外出。' }, changeNote: '演练更正。' },
        },
      },
      null,
    )
    clock.advance(12 * MINUTE)
    await submit(ctx, own.drafter, release.id, null)
    await sign('league-signer2')
    await outlets()
  }, 60_000)

  test('the score says what was quick enough and what was not, and who took no part; a file says it in seconds', async () => {
    const context = await stage.as('league-auditor', { viewport: { width: 1366, height: 768 } })
    const page = await context.newPage()
    await page.goto(`${stage.scene.origin}/desk/exercises?lang=zh`)
    const cells = await page.locator('main table tbody tr').first().locator('td').allTextContents()
    expect(cells[1]).toContain(number)
    expect(cells[2]).toMatch(/^● 4分/)
    expect(cells[3]).toBe('● 6分钟')
    expect(cells[4]).toMatch(/^● \d/)
    expect(cells[5]).toMatch(/^✕ 12分.*超过$/)
    expect(cells[6]).toBe('3')
    expect(await page.locator('section[aria-labelledby=missing] p').textContent()).toContain('审核员甲')
    const csv = await (await context.request.get(`${stage.scene.origin}/desk/exercises.csv?lang=zh`)).text()
    expect(csv).toMatch(new RegExp(`${number},[\\d.]*,360\\.0,[\\d.]+,7\\d\\d\\.\\d,3`))
    await page.goto(`${stage.scene.origin}/desk`)
    expect(await page.locator('.d-lapsed').count()).toBe(0)
    await context.close()
  })

  test('only members of the office can be put on the list, and somebody else’s name is refused in words', async () => {
    const context = await stage.as('league-admin', { javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(`${stage.scene.origin}/desk/exercises?lang=zh`)
    await page.check('input[name=memberIds][value=league-drafter]')
    await page.click('section[aria-labelledby=audience] button')
    expect(await page.locator('[role=status]').textContent()).toContain('名单已保存')
    expect(await page.isChecked('input[name=memberIds][value=league-drafter]')).toBe(true)
    const subscriber = await stage.scene.place.ctx.store.db
      .selectFrom('subscriber')
      .selectAll()
      .where('mode', '=', 'exercise')
      .execute()
    expect(subscriber.map((r) => [r.address, r.state])).toEqual([['league-drafter@ortoo.example', 'active']])
    await page.uncheck('input[name=memberIds][value=league-drafter]')
    await page.click('section[aria-labelledby=audience] button')
    expect(await page.isChecked('input[name=memberIds][value=league-drafter]')).toBe(false)
    const outsider = await context.request.post(`${stage.scene.origin}/desk/exercises/audience`, {
      form: { memberIds: 'other-drafter' },
      headers: { origin: stage.scene.origin },
    })
    expect(outsider.status()).toBe(422)
    expect(await outsider.text()).toContain('工作人员')
    await context.close()
    const reviewer = await stage.as('league-reviewer')
    const refused = await reviewer.request.post(`${stage.scene.origin}/desk/exercises/audience`, {
      form: { memberIds: 'league-reviewer' },
      headers: { origin: stage.scene.origin },
    })
    expect(refused.status()).toBe(403)
    await reviewer.close()
  })

  test('no page keeps anybody out, in both languages, by day and by night', async () => {
    const { scene, as } = stage
    const screens = [
      { name: 'exercises', who: 'league-drafter', path: '/desk/exercises' },
      { name: 'exercise-flash', who: 'league-drafter', path: '/desk/flash?mode=exercise&scenario=blizzard' },
    ]
    expect(await everyLook({ file: import.meta.filename, origin: scene.origin, open: as, screens })).toEqual([])
  }, 60_000)

  test('after ninety days without one the desk says so, and publishing goes on', async () => {
    stage.scene.place.clock.advance(91 * DAY)
    const context = await stage.as('league-signer', { javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(`${stage.scene.origin}/desk?lang=zh`)
    expect(await page.locator('.d-lapsed').textContent()).toContain('已有91天没有演练。发布不受影响。')
    // The real one waits to be signed as before.
    expect(await page.locator(`a[href="/desk/releases/${stage.scene.numbers.flash}/sign"]`).count()).toBeGreaterThan(0)
    await context.close()
  })
})
