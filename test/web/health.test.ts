/** Whoever keeps the service running sees what fails and what to do; a stranger sees one word. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { systemClock } from '../../src/lib/clock.ts'
import { beat } from '../../src/store/health.ts'
import { createApp } from '../../src/web/app.ts'
import { startWork } from '../../src/work.ts'
import { freePort } from '../support/backends.ts'
import { office, type Workplace, workplace } from '../support/office.ts'
import { startSmtpSink } from '../support/smtp-sink.ts'

const TOKEN = 'a-token-of-the-watch-tower'
let at: Workplace
afterEach(() => at.close())

const looked = () => new Promise((r) => setTimeout(r, 1100))
type Told = {
  ready: boolean
  parts: { name: string; ok: boolean; fatal: boolean; ms: number; why: string; remedy: string }[]
}

async function ask(authorization?: string) {
  const app = await createApp(at.ctx)
  const answer = await app.request('/readyz?lang=zh', authorization ? { headers: { authorization } } : {})
  return { status: answer.status, type: answer.headers.get('content-type') ?? '', text: await answer.text() }
}
const told = async (): Promise<Told> => JSON.parse((await ask(`Bearer ${TOKEN}`)).text) as Told

test('a service whose work lives is ready; one whose work is silent says so and still serves', async () => {
  at = await workplace({ metricsToken: TOKEN }, { clock: systemClock })
  expect(await ask()).toMatchObject({ status: 200, text: 'ready\nfailing: work\n' })
  const work = await startWork(at.ctx)
  await looked()
  expect(await ask()).toMatchObject({ status: 200, text: 'ready\n' })
  await work.stop()
  await beat(at.ctx.store.db, 'work', new Date(Date.now() - 40_000).toISOString())
  await looked()
  const { parts } = await told()
  expect(parts.find((p) => p.name === 'work')).toMatchObject({ ok: false, fatal: false, why: 'silent for 41 s' })
  expect(parts.find((p) => p.name === 'work')?.remedy).toContain('ortoo work')
  expect(at.logged).toEqual([])
})

test('a mail relay that is down is named, with where to look, and takes nobody off the air', async () => {
  const sink = await startSmtpSink()
  at = await workplace({ metricsToken: TOKEN, smtp: { url: sink.url, from: 'a@b.example', connections: 1 } })
  expect((await told()).parts.find((p) => p.name === 'mail')).toMatchObject({ ok: true, remedy: '' })
  expect(sink.log).toEqual([])
  await sink.close()
  await at.close()
  at = await workplace({
    metricsToken: TOKEN,
    smtp: { url: `smtp://127.0.0.1:${await freePort()}`, from: 'a@b.example', connections: 1 },
  })
  const down = await told()
  expect(down.ready).toBe(true)
  expect(down.parts.find((p) => p.name === 'mail')).toMatchObject({ ok: false, why: 'ECONNREFUSED' })
  expect((await ask()).text).toContain('mail')
})

test('Redis that does not answer is named and loses nothing', async () => {
  at = await workplace({ metricsToken: TOKEN })
  at.ctx.config.redisUrl = `redis://127.0.0.1:${await freePort()}`
  expect((await told()).parts.find((p) => p.name === 'redis')).toMatchObject({ ok: false, fatal: false })
  expect((await ask()).status).toBe(200)
})

test('a folder that takes no files, and a pointer that cannot be read, are not ready', async () => {
  at = await workplace({ metricsToken: TOKEN })
  const { dataDir } = at.ctx.config
  expect((await ask()).status).toBe(200)
  mkdirSync(join(dataDir, 'site'), { recursive: true })
  writeFileSync(join(dataDir, 'site', 'website.json'), '{broken')
  await looked()
  expect(await ask()).toMatchObject({ status: 503, text: 'not ready\nfailing: site work\n' })
  rmSync(join(dataDir, 'site', 'website.json'))
  at.ctx.config.dataDir = join(dataDir, 'taken-away')
  await new Promise((r) => setTimeout(r, 5100))
  expect(await ask()).toMatchObject({ status: 503, text: 'not ready\nfailing: files work\n' })
  expect((await told()).parts.find((p) => p.name === 'files')).toMatchObject({ ok: false, fatal: true, why: 'ENOENT' })
})

test('only an administrator or the token sees the parts; a wrong token is no token', async () => {
  at = await workplace({ metricsToken: TOKEN })
  const people = await office(at.ctx)
  const admin = await ask(`Bearer ${await people.token('league-admin')}`)
  expect(admin.type).toMatch(/application\/json/)
  expect((JSON.parse(admin.text) as Told).parts.map((p) => p.name)).toEqual(['database', 'files', 'site', 'work'])
  expect((await ask(`Bearer ${await people.token('league-drafter')}`)).type).toMatch(/text\/plain/)
  expect((await ask(`Bearer ${TOKEN}x`)).status).toBe(401)
  at.ctx.config.metricsToken = null
  expect((await ask(`Bearer ${TOKEN}`)).status).toBe(401)
})
