/** The monitoring board and an incident's page in a real browser: seen by those who watch, filled in by those on duty, whole without script. */
import { describe, expect, test } from 'vitest'
import { sweepClocks } from '../../src/delivery/sweep.ts'
import { recordFact } from '../../src/desk/record-fact.ts'
import { startByDecision } from '../../src/incident/by-hand.ts'
import { proposeKnownAt } from '../../src/incident/known-at.ts'
import { incidents } from '../../src/incident/store.ts'
import { HOUR, MINUTE, plus } from '../../src/lib/clock.ts'
import { quarantine } from '../../src/purge/quarantine.ts'
import { staged } from '../support/desk-browser.ts'
import { deskScene, type Scene } from '../support/desk-scene.ts'
import { everyLook } from '../support/every-look.ts'
import { needs } from '../support/needs.ts'

describe.skipIf(!needs('chromium'))('deadlines, in a real browser', () => {
  let fire = { id: '', number: '' }
  const stage = staged(async () => {
    const scene = await deskScene()
    await happen(scene)
    return scene
  })

  /** Four hours into a fire: figures, a doubt about when it was known, concern elsewhere, and a leak. */
  async function happen(scene: Scene): Promise<void> {
    const { ctx, clock } = scene.place
    const { own } = scene.people
    fire = (await incidents(ctx.store.db))[0]!
    for (const [value, explanation] of [
      ['12', ''],
      ['11', '核减重复统计1人'],
    ] as const)
      await recordFact(ctx, own.drafter, fire.id, {
        what: 'deaths',
        value,
        asOf: plus(clock.now(), value === '12' ? -HOUR : -MINUTE),
        source: '哈日诺尔旗应急管理局（示例）',
        explanation,
      })
    await startByDecision(ctx, own.signer, fire.id, { rule: 'opinion-response', why: '网民关注起火原因' })
    const knownAt = plus(clock.now(), -5 * HOUR)
    await proposeKnownAt(ctx, own.signer, fire.id, { knownAt, why: '以接警记录为准' })
    await quarantine(ctx, own.reviewer, scene.numbers.published)
    await sweepClocks(ctx)
    clock.advance(75 * MINUTE)
    await sweepClocks(ctx)
  }

  const screens = (): [name: string, path: string][] => [
    ['clocks', '/desk/clocks'],
    ['clocks-late', '/desk/clocks?late=1'],
    ['incident-desk', `/desk/incidents/${fire.number}`],
    ['alarms-clock', '/desk/alarms'],
  ]

  test('no page keeps anybody out, in both languages, by day and by night', async () => {
    const { scene, as } = stage
    const list = screens().map(([name, path]) => ({ name, who: 'league-signer2', path }))
    expect(await everyLook({ file: import.meta.filename, origin: scene.origin, open: as, screens: list })).toEqual([])
    expect(scene.place.logged).toEqual([])
  }, 120_000)

  test('without script the board says all there is, filters, and a second signer agrees to when it was known', async () => {
    const context = await stage.as('league-signer2', {
      javaScriptEnabled: false,
      viewport: { width: 360, height: 740 },
    })
    const page = await context.newPage()
    await page.goto(`${stage.scene.origin}/desk/clocks?lang=zh`)
    const main = () => page.locator('main').textContent()
    for (const words of ['首次权威信息', '新闻发布会', '泄密报告', '舆情回应', '国办发〔2016〕80号', '值班：签发人甲'])
      expect(await main()).toContain(words)
    await page.selectOption('select[name=rule]', 'leak-report')
    await page.click('form.d-filter button')
    expect(await page.locator('.d-clocks > li').count()).toBe(1)
    await page.goto(`${stage.scene.origin}/desk/incidents/${fire.number}`)
    await page.click('button[name=verdict][value=apply]')
    expect(await page.locator('[role=status]').textContent()).toContain('已处理')
    expect(await main()).toContain('重新计算')
    await context.close()
  })

  test('with script the board follows by itself, never under somebody’s hands', async () => {
    const context = await stage.as('league-signer', { viewport: { width: 1440, height: 900 } })
    const page = await context.newPage()
    await page.clock.install()
    await page.goto(`${stage.scene.origin}/desk/clocks?lang=zh`)
    const shown = () => page.locator('#clocks time').first().textContent()
    const before = await shown()
    stage.scene.place.clock.advance(3 * MINUTE)
    await page.locator('.d-clocks summary').first().click()
    await page.clock.runFor(16_000)
    expect(await shown()).toBe(before)
    await page.locator('.d-clocks summary').first().click()
    await page.locator('h1').click()
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    await page.clock.runFor(16_000)
    await expect.poll(shown).not.toBe(before)
    await context.close()
  })
})
