import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../support/backends.ts'
import { SECRET, startEdge, type TestEdge } from '../support/edge.ts'
import { needs } from '../support/needs.ts'
import { filesWith } from '../support/on-disk.ts'
import { policyDraft } from '../support/sample.ts'
import { agree, carry, ok, type Service, service, settled } from '../support/service.ts'

const CANARY = '密云苜蓿九七'

/** Names of the service's public files with the canary in them. */
const filesOf = (dir: string): string[] => filesWith(join(dir, 'site/files'), CANARY).map((path) => basename(path))

describe.skipIf(!needs('workerd'))('a press office behind an edge', () => {
  let edge: TestEdge
  let s: Service
  let origin = ''
  let drafts = 0
  const draft = (body?: string) =>
    policyDraft({ topics: ['farming'], areas: ['159900'], documentNumber: `示政办字〔2026〕${100 + ++drafts}号` }, body)
  const until = async (what: () => Promise<boolean>, ms = 20_000) => {
    for (const end = Date.now() + ms; Date.now() < end; await sleep(100)) if (await what()) return
    throw new Error(`waited ${ms} ms in vain: ${what}`)
  }

  beforeAll(async () => {
    const port = await freePort()
    origin = `http://127.0.0.1:${port}`
    edge = await startEdge({ origin })
    s = await service({
      readers: [{ address: 'a@mail.example' }],
      env: { PORT: String(port), PUBLIC_URL: edge.url, EDGE_URL: edge.url, EDGE_SECRET: SECRET },
    })
  })
  afterAll(async () => {
    // That what was published could not be read back while the edge took nothing is said, as it must be.
    const errors = (s?.errors() ?? []).filter((line) => !/"paths":\["edge"\].*read-back differs/.test(line))
    await s?.close()
    await edge?.close()
    expect(errors).toEqual([])
  })

  test('has its first pages there from the start', async () => {
    await until(async () => (await edge.ask('/')).status === 200)
    await until(async () => Boolean((await edge.ask('/about/', { 'x-ortoo-read-back': '1' })).headers['x-ortoo-copy']))
  })

  test('publishes, and counts a page as verified when it has come back through the edge', async () => {
    const release = await carry(s, draft())
    const [edition] = await settled(s, release.id)
    for (const outlet of ['website', 'feeds'])
      expect(edition?.dispatches.find((d) => d.outlet === outlet)?.times).toMatchObject({
        verified: expect.any(String),
      })
    const path = `/releases/${release.number}/`
    const [here, there] = [await fetch(origin + path), await edge.ask(path)]
    expect(there.body.toString()).toBe(await here.text())
    expect((await edge.ask('/feeds/all.atom')).body.toString()).toContain('饲草')
    expect(s.smtp.log).toHaveLength(1)
  })

  test('lets each reader ask as often as one may, not all of them together', async () => {
    const asking = (client: string, n: number) =>
      edge.ask(
        '/subscriptions',
        { 'content-type': 'application/json', 'cf-connecting-ip': client, origin: edge.url },
        'POST',
        JSON.stringify({ email: `reader${n}@mail.example` }),
      )
    const statuses: number[] = []
    for (let n = 0; n < 32; n++) statuses.push((await asking('203.0.113.1', n)).status)
    expect([statuses[0], statuses.at(-1)]).toEqual([202, 429])
    expect((await asking('203.0.113.2', 99)).status).toBe(202)
    const pretended = await fetch(`${origin}/subscriptions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-ortoo-client': '203.0.113.1', origin: edge.url },
      body: JSON.stringify({ email: 'reader100@mail.example' }),
    })
    expect(pretended.status).toBe(202)
  })

  test('is public at its own address while the edge takes nothing, and there in one go when it does', async () => {
    await edge.fault('fail')
    const releases = [await carry(s, draft('<p>第二份。</p>')), await carry(s, draft('<p>第三份。</p>'))]
    for (const { number } of releases) {
      await until(async () => (await fetch(`${origin}/releases/${number}/`)).status === 200)
    }
    const { items } = await ok(
      s.as('signer')<{ items: { dispatches: { outlet: string; state: string }[] }[] }>(
        'GET',
        `/releases/${releases[1]?.id}/editions`,
      ),
    )
    expect(items[0]?.dispatches.find((d) => d.outlet === 'website')?.state).toBe('verifying')
    await edge.fault('none')
    for (const { id, number } of releases) {
      await settled(s, id)
      expect((await edge.ask(`/releases/${number}/`)).status).toBe(200)
    }
  }, 60_000)

  test('withdraws, and no page, list or feed of the edge speaks of it', async () => {
    const release = await carry(s, draft(`<p>${CANARY}一</p>`))
    await settled(s, release.id)
    await ok(s.as('drafter')('POST', `/releases/${release.id}/withdrawal`, { reasons: { 'zh-CN': '数据有误。' } }))
    await agree(s, release.id)
    await settled(s, release.id)
    expect((await edge.ask(`/releases/${release.number}/`)).status).toBe(410)
    for (const path of [`/releases/${release.number}/`, '/', '/all/', '/feeds/all.atom', '/feeds/all.json'])
      expect([path, (await edge.ask(path)).body.toString().includes(CANARY)]).toEqual([path, false])
  }, 60_000)

  test('purges, and within a minute the edge holds no byte of it', async () => {
    const release = await carry(s, draft(`<p>${CANARY}二</p>`))
    await settled(s, release.id)
    // The edge keeps files by the same names as the service does.
    const held = filesOf(s.dir).map((hash) => `site/files/${hash}`)
    expect(await edge.keys()).toEqual(expect.arrayContaining(held))
    expect(held.length).toBeGreaterThan(5)
    const began = Date.now()
    await ok(s.as('auditor')('POST', `/releases/${release.id}/quarantine`))
    await until(async () => (await edge.ask(`/releases/${release.number}/`)).status === 410)
    const order = { outcome: 'purged', instruction: '示保〔2026〕1号' }
    await ok(s.as('confidentiality')('POST', `/releases/${release.id}/quarantine/settlement`, order))
    const left = async () => (await edge.keys()).filter((key) => held.includes(key))
    await until(async () => (await left()).length === 0, 60_000)
    expect(filesOf(s.dir)).toEqual([])
    expect(Date.now() - began).toBeLessThan(60_000)
  }, 90_000)

  test('falls, and its pages go on being served, with the time of the copy', async () => {
    await edge.ask('/', { 'x-ortoo-read-back': '1' })
    await s.kill()
    await edge.ask('/subscriptions', {}, 'POST', '{}')
    const refused = await edge.ask('/subscriptions', {}, 'POST', '{}')
    expect([refused.status, /main server/.test(refused.body.toString())]).toEqual([503, true])
    const home = await edge.ask('/')
    expect([home.status, home.body.toString().includes('class="band copy"')]).toEqual([200, true])
    expect((await edge.ask('/feeds/all.atom')).status).toBe(200)
    expect((await edge.ask('/all/')).headers['x-ortoo-copy']).toMatch(/^2\d{3}-/)
  })
})
