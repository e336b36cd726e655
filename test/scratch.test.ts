/** scratch */
import { chromium } from 'playwright-core'
import { test } from 'vitest'
import { outlets } from '../channels/index.ts'
import { createApp } from '../src/web/app.ts'
import { deskVisits } from './support/desk-browser.ts'
import { deskScene } from './support/desk-scene.ts'
import { where } from './support/needs.ts'

test('pictures', async () => {
  const scene = await deskScene()
  const { ctx } = scene.place
  const real = outlets({ config: { ...ctx.config, vapid: undefined } as never, site: ctx.site, outsider: ctx.outsider, published: async () => null, unlock: (x) => x, outbox: async () => {}, now: ctx.clock.now, log: ctx.log }).channels
  for (const [i, c] of ctx.channels.entries()) { const r = real.find((x) => x.name === c.name); if (r?.preview) ctx.channels[i] = { ...c, preview: r.preview } }
  const browser = await chromium.launch({ executablePath: where('chromium')!, args: ['--no-sandbox'] })
  const as = await deskVisits(browser, scene.origin)
  const shots: [string, string, string, object][] = eval(`(${process.env['SHOTS'] ?? '(n)=>[]'})`)(scene.numbers)
  for (const [name, who, path, opts] of shots) {
    const { full = true, go, ...o } = opts as { full?: boolean; go?: string; width?: number; height?: number; dark?: boolean; lang?: string }
    const context = await as(who, { viewport: { width: o.width ?? 1366, height: o.height ?? 900 }, colorScheme: o.dark ? 'dark' : 'light' })
    const page = await context.newPage()
    page.on('console', (m) => console.log(name, m.type(), m.text()))
    const a = await page.goto(`${scene.origin}${path}${path.includes('?') ? '&' : '?'}lang=${o.lang ?? 'zh'}`)
    if (a?.status() !== 200) console.log(name, a?.status(), await a?.text())
    await page.waitForTimeout(700)
    if (go) await page.evaluate(go)
    await page.waitForTimeout(300)
    await page.screenshot({ path: `/tmp/preview/${name}.png`, fullPage: full })
    await context.close()
  }
  await browser.close()
  await scene.close()
}, 120_000)
