/** PDFs of public pages, made by a real Chromium when somebody asks: the right sheet, and never one of what is gone. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { releaseById } from '../../src/desk/store.ts'
import { takeDown } from '../../src/publication/takedown.ts'
import type { Actor } from '../../src/staff/member.ts'
import type { SiteHit } from '../../src/store/site-reader.ts'
import { createApp } from '../../src/web/app.ts'
import { openPrinter } from '../../src/web/printer.ts'
import { needs, where } from '../support/needs.ts'
import { linesOf, readPdf } from '../support/pdf.ts'
import { policyDraft } from '../support/sample.ts'
import { publishNew, runUntil, type Station, station } from '../support/station.ts'

describe.skipIf(!needs('chromium'))('a PDF of a release', () => {
  let s: Station
  let id: string
  let number: string
  let stop: () => Promise<void>
  let ask: (path: string, headers?: Record<string, string>) => Promise<Response>
  beforeAll(async () => {
    s = await station({ CHROMIUM_PATH: where('chromium')! })
    stop = (await s.work()).stop
    id = await publishNew(s, policyDraft())
    await runUntil(s, id, 'website', (run) => run.state === 'done')
    number = (await releaseById(s.ctx.store.db, id))!.number
    const app = await createApp(s.ctx)
    ask = async (path, headers = {}) => app.fetch(new Request(s.url + path, { headers }))
  })
  afterAll(async () => {
    await stop()
    expect(s.errors).toEqual([])
    await s.close()
  })

  test('a reader who downloads it holds the official form on A4, and the page says where to get it', async () => {
    const page = await (await fetch(`${s.url}/releases/${number}/`)).text()
    expect(page).toContain(`href="/releases/${number}/release.pdf"`)
    const answer = await ask(`/releases/${number}/release.pdf`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('application/pdf')
    const [first] = readPdf(new Uint8Array(await answer.arrayBuffer()))
    expect([first!.width, first!.height].map(Math.round)).toEqual([595, 842])
    const lines = linesOf(first!).map((l) => l.text)
    expect(lines).toContain('示政办字〔2026〕41号')
    expect(lines).toContain('关于做好牧区饲草储备工作的通知')
    expect(lines.some((l) => l.includes('（此件公开发布）'))).toBe(true)
  })

  test('the same page is printed once, and asked for again costs nothing', async () => {
    const first = await ask(`/releases/${number}/release.pdf`)
    const began = performance.now()
    const again = await ask(`/releases/${number}/release.pdf`)
    expect(performance.now() - began).toBeLessThan(250)
    expect(Buffer.from(await again.arrayBuffer()).equals(Buffer.from(await first.arrayBuffer()))).toBe(true)
    const etag = again.headers.get('etag') as string
    expect((await ask(`/releases/${number}/release.pdf`, { 'if-none-match': etag })).status).toBe(304)
  })

  test('the poster comes as one sheet', async () => {
    const answer = await ask(`/releases/${number}/poster.pdf`)
    expect(readPdf(new Uint8Array(await answer.arrayBuffer()))).toHaveLength(1)
  })

  test('nothing is printed that does not stand on the site', async () => {
    for (const path of [
      '/releases/2026-999999/release.pdf',
      `/releases/${number}/mn/release.pdf`,
      '/releases/x/release.pdf',
    ])
      expect((await ask(path)).status, path).toBe(404)
  })

  test('nothing of a printed page stays on the disk', () => {
    const folder = join(s.dir, 'print')
    expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([])
  })

  test('what is taken down while its sheet is being made is not handed out', async () => {
    const page = (await s.ctx.site.entry(`/releases/${number}/`)) as SiteHit
    let looks = 0
    const entry = async (): Promise<SiteHit> => (looks++ === 0 ? page : { ...page, status: 410, hash: 'other' })
    const printer = await openPrinter({ ...s.ctx, site: { ...s.ctx.site, entry } })
    expect(await printer.print(`/releases/${number}/`)).toBe('gone')
    expect(looks).toBe(2)
  })

  test('after a takedown both sheets are gone at once, though they were printed before', async () => {
    await takeDown(s.ctx, s.people['signer'] as Actor, id, { ground: 'privacy' })
    await runUntil(s, id, 'website', (run) => run.state === 'done')
    for (const name of ['release', 'poster']) {
      const answer = await ask(`/releases/${number}/${name}.pdf`)
      expect(answer.status, name).toBe(410)
      expect(await answer.text()).toBe('')
    }
  })
})

test('without Chromium a page offers no PDF, and its address is like any other at which nothing stands', async () => {
  const s = await station({ CHROMIUM_PATH: 'off' })
  const { stop } = await s.work()
  const id = await publishNew(s, policyDraft())
  await runUntil(s, id, 'website', (run) => run.state === 'done')
  const { number } = (await releaseById(s.ctx.store.db, id))!
  expect(await (await fetch(`${s.url}/releases/${number}/`)).text()).not.toContain('.pdf')
  const app = await createApp(s.ctx)
  expect((await app.fetch(new Request(`${s.url}/releases/${number}/release.pdf`))).status).toBe(404)
  await stop()
  await s.close()
})
