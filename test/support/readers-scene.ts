/** Readers at the service in a real browser: the built pages of the public site and the app behind them, at one origin. */
import type { Browser, BrowserContext } from 'playwright-core'
import { outlets } from '../../channels/index.ts'
import { staticFiles } from '../../channels/website/index.ts'
import { areas, putArea, topics } from '../../src/audience/store.ts'
import type { Directory } from '../../src/delivery/channel.ts'
import { PAGE_CSP } from '../../src/lib/page-csp.ts'
import { createApp } from '../../src/web/app.ts'
import { ORIGIN } from './browser-site.ts'
import { sampleConfig } from './demo-site.ts'
import { office, type Workplace, workplace } from './office.ts'
import { type SmtpSink, startSmtpSink } from './smtp-sink.ts'

export type ReadersScene = {
  at: Workplace
  sink: SmtpSink
  /** Bodies of the public files, by path. */
  files: Map<string, { type: string; body: string }>
  visit(browser: Browser, options?: Parameters<Browser['newContext']>[0]): Promise<BrowserContext>
  close(): Promise<void>
}

/** `places`: leagues × banners in each × sumu in each, under one region. */
export async function readersScene(places: [number, number, number] = [3, 4, 0]): Promise<ReadersScene> {
  const sink = await startSmtpSink()
  const smtp = { url: sink.url, from: 'Press <press@press.example>', connections: 2 }
  const at = await workplace({ smtp, publicUrl: ORIGIN }, { registry: outlets })
  await office(at.ctx)
  await at.ctx.store.tx(async (trx) => {
    await trx.deleteFrom('area').execute()
    for (const area of region(places)) await putArea(trx, area)
  })
  const app = await createApp(at.ctx)
  const files = new Map<string, { type: string; body: string }>()
  for (const f of staticFiles(sampleConfig(), await directory(at), at.ctx.clock.now()))
    files.set(f.path, { type: f.type, body: typeof f.body === 'string' ? f.body : '' })
  return {
    at,
    sink,
    files,
    async visit(browser, options = {}) {
      const context = await browser.newContext(options)
      await context.route('**/*', async (route) => {
        const asked = route.request()
        const url = new URL(asked.url())
        const file = asked.method() === 'GET' ? files.get(url.pathname) : undefined
        if (file)
          return route.fulfill({
            body: file.body,
            headers: { 'content-type': file.type, 'content-security-policy': PAGE_CSP },
          })
        const answer = await app.request(url.pathname + url.search, {
          method: asked.method(),
          headers: await asked.allHeaders(),
          ...(asked.postDataBuffer() ? { body: new Uint8Array(asked.postDataBuffer() as Buffer) } : {}),
        })
        return route.fulfill({
          status: answer.status,
          headers: Object.fromEntries(answer.headers),
          body: Buffer.from(await answer.arrayBuffer()),
        })
      })
      return context
    },
    async close() {
      await at.close()
      await sink.close()
    },
  }
}

async function directory(at: Workplace): Promise<Directory> {
  const name = (row: { name_zh: string; name_en: string }) => ({ zh: row.name_zh, en: row.name_en })
  const { db } = at.ctx.store
  return {
    topics: (await topics(db)).map((x) => ({ slug: x.slug, name: name(x), releases: 0 })),
    areas: (await areas(db)).map((x) => ({ code: x.code, parent: x.parent, name: name(x), releases: 0 })),
    agencies: [],
    months: [],
    kinds: [],
    running: [],
  } as unknown as Directory
}

const TENS = ['青格勒', '乌兰', '巴彦', '哈日', '查干', '呼和', '阿尔山', '宝力格', '额尔敦', '达来', '赛罕', '陶力']
function region([leagues, banners, sumus]: [number, number, number]) {
  const two = (n: number) => String(n).padStart(2, '0')
  const row = (code: string, name_zh: string, name_en: string, parent: string | null) => ({
    code,
    name_zh,
    name_en,
    parent,
  })
  const all = [row('150000', '示例自治区', 'Sample Region', null)]
  for (let l = 0; l < leagues; l++) {
    const league = `15${two(l + 1)}00`
    all.push(row(league, `${TENS[l % 12]}盟（示例）`, `League ${l + 1}`, '150000'))
    for (let b = 0; b < banners; b++) {
      const banner = `15${two(l + 1)}${two(b + 21)}`
      all.push(row(banner, `${TENS[l % 12]}${TENS[b % 12]}旗`, `Banner ${l + 1}.${b + 1}`, league))
      for (let s = 0; s < sumus; s++)
        all.push(
          row(
            `${banner}${String(s + 1).padStart(3, '0')}`,
            `${TENS[s % 12]}苏木${l}${b}${s}`,
            `Sumu ${l}.${b}.${s}`,
            banner,
          ),
        )
    }
  }
  return all
}
