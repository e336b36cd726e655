/** Running the office in a real browser: its screens in both languages and themes, on a phone, without script; areas drawn by hand and keys. */
import { describe, expect, test } from 'vitest'
import { HOUR, plus } from '../../src/lib/clock.ts'
import { changeChains } from '../../src/staff/change-chain.ts'
import { addNights } from '../../src/staff/fill-roster.ts'
import { staged } from '../support/desk-browser.ts'
import { deskScene } from '../support/desk-scene.ts'
import { everyLook } from '../support/every-look.ts'
import { needs } from '../support/needs.ts'

/** A folder to leave pictures in, for looking at. */
const LOOK = process.env['LOOK_AT']

describe.skipIf(!needs('chromium'))('running the office, in a real browser', () => {
  const stage = staged(async () => {
    const scene = await deskScene()
    const { ctx, clock } = scene.place
    const { own } = scene.people
    for (const [memberId, hour, backup] of [
      ['league-signer', 12, false],
      ['league-signer2', 20, false],
      ['league-signer2', 12, true],
    ] as const)
      await addNights(ctx, own.admin, {
        memberId,
        role: 'signer',
        backup,
        startsAt: plus(`${clock.now().slice(0, 10)}T00:00:00.000Z`, (hour - 12) * HOUR),
        endsAt: plus(`${clock.now().slice(0, 10)}T00:00:00.000Z`, (hour - 4) * HOUR),
        nights: 2,
      })
    await scene.people.token('region-admin')
    await changeChains(ctx, own.admin, 'league', {
      routine: [
        { name: 'review', role: 'reviewer', duties: ['review'] },
        { name: 'review-2', role: 'reviewer', duties: ['review'] },
        { name: 'confidentiality', role: 'confidentiality', duties: ['confidentiality'] },
        { name: 'sign', role: 'signer', duties: ['sign'] },
      ],
      flash: [{ name: 'sign', role: 'signer', duties: ['confidentiality', 'sign'] }],
    })
    return scene
  })

  const screens: [name: string, path: string, who?: string][] = [
    ['index', '/desk/office'],
    ['roster', '/desk/office/roster'],
    ['agency', '/desk/office/agency'],
    ['starts', '/desk/office/starts?kind=incident-notice'],
    ['words', '/desk/office/words'],
    ['topics', '/desk/office/topics'],
    ['areas', '/desk/office/areas'],
    ['keys', '/desk/office/keys'],
    ['rules', '/desk/office/rules'],
    ['outlets', '/desk/outlets'],
    ['media', '/desk/media'],
    ['ledger', '/desk/ledger?act=duty.add', 'league-auditor'],
    ['draft-warning', '/desk/releases/new?kind=warning', 'league-drafter'],
    ['flash', '/desk/flash', 'league-drafter'],
  ]

  test('no screen of the office keeps anybody out, in either language, by day and by night', async () => {
    const { scene, as } = stage
    const list = screens.map(([name, path, who = 'league-admin']) => ({ name, path, who }))
    expect(await everyLook({ file: import.meta.filename, origin: scene.origin, open: as, screens: list })).toEqual([])
    expect(scene.place.logged).toEqual([])
  }, 120_000)

  test('without script an administrator fills three nights on a phone, and the gap is gone', async () => {
    const context = await stage.as('league-admin', { javaScriptEnabled: false, viewport: { width: 360, height: 640 } })
    const page = await context.newPage()
    page.setDefaultTimeout(5000)
    await page.goto(`${stage.scene.origin}/desk/office/roster?lang=zh`)
    expect(await page.locator('.notice.warn').textContent()).toContain('没有签发人')
    await page.locator('summary', { hasText: '登记值班' }).click()
    const form = page.locator('form[action="/desk/office/roster"]')
    await form.locator('select[name=memberId]').selectOption('league-signer')
    await form.locator('select[name=role]').selectOption('signer')
    await page.fill('input[name=startsAt]', '2026-11-23T00:00')
    await page.fill('input[name=endsAt]', '2026-11-24T00:00')
    await page.fill('input[name=nights]', '5')
    await form.locator('button:not([disabled])').click()
    expect(await page.locator('[role=status]').first().textContent()).toContain('值班已登记')
    expect(await page.locator('.notice.ok').last().textContent()).toContain('今后72小时都有签发人')
    await context.close()
  })

  test('an area is drawn with the mouse, moved by the keys, and stands as text; a circle likewise', async () => {
    const context = await stage.as('league-drafter', { viewport: { width: 1366, height: 768 } })
    const page = await context.newPage()
    page.setDefaultTimeout(5000)
    await page.goto(`${stage.scene.origin}/desk/releases/new?kind=warning&lang=zh`)
    await page.locator('.d-shapes > summary').click()
    const svg = page.locator('svg.d-map')
    await svg.scrollIntoViewIfNeeded()
    await page.locator('.d-map-tools button', { hasText: '画多边形' }).click()
    for (const [x, y] of [
      [200, 120],
      [400, 120],
      [300, 260],
    ] as const)
      await svg.click({ position: { x, y } })
    await page.locator('.d-map-tools button', { hasText: '闭合' }).click()
    const box = page.locator('textarea[name="core.cap.polygons"]')
    const drawn = (await box.inputValue()).split(' ')
    expect(drawn).toHaveLength(4)
    expect(drawn[3]).toBe(drawn[0])
    await page.locator('.knob').first().focus()
    await page.keyboard.press('ArrowUp')
    const moved = (await box.inputValue()).split(' ')
    expect(Number(moved[0]!.split(',')[0])).toBeGreaterThan(Number(drawn[0]!.split(',')[0]))
    expect(moved[3]).toBe(moved[0])
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-n'))).toBe('0')
    await page.locator('.d-map-tools button', { hasText: '画圆' }).click()
    await page.fill('.d-map-tools input', '35')
    await svg.click({ position: { x: 150, y: 200 } })
    expect(await page.locator('textarea[name="core.cap.circles"]').inputValue()).toMatch(/^[\d.]+,[\d.]+ 35$/)
    if (LOOK) await page.locator('.d-shapes').screenshot({ path: `${LOOK}/map-drawn.png` })
    await context.close()
  })

  test('a place is found by typing its name, and only those the office speaks for', async () => {
    const { db } = stage.scene.place.ctx.store
    const rows = Array.from({ length: 60 }, (_, i) => ({
      code: `1599211${String(i).padStart(2, '0')}`,
      name_zh: `第${i}苏木`,
      name_en: '',
      parent: '159921',
    }))
    await db.insertInto('area').values(rows).execute()
    const context = await stage.as('league-drafter', { viewport: { width: 360, height: 640 } })
    const page = await context.newPage()
    page.setDefaultTimeout(5000)
    await page.goto(`${stage.scene.origin}/desk/releases/new?kind=notice&lang=zh`)
    await page.fill('#find-place', '第37苏木')
    await page.locator('.found input').check()
    expect(await page.locator('input[name="core.areas"][value="159921137"]').isChecked()).toBe(true)
    await page.fill('#find-place', '乌兰山市')
    await expect.poll(() => page.locator('.places [role=status]').textContent()).toContain('没有')
    if (LOOK) await page.screenshot({ path: `${LOOK}/picker-360.png` })
    await context.close()
  })
})
