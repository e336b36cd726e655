/** One machine for the web and two for the work, with nothing shared but database, bell and bucket; and the bucket falls silent. */
import { type ChildProcess, spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROOT } from '../../src/lib/root.ts'
import { ortoo } from '../cli/terminal.ts'
import { needs, type PostgresBackend, type RedisBackend, startPostgres, startRedis } from '../support/backends.ts'
import { type S3Server, startS3 } from '../support/s3.ts'
import { policyDraft } from '../support/sample.ts'
import { carry, ok, type Service, type ShownEdition, service, settled } from '../support/service.ts'

describe.runIf(needs('postgres') && needs('redis'))('three machines', () => {
  let cluster: PostgresBackend
  let redis: RedisBackend
  let bucket: S3Server
  let s: Service
  let dir = ''
  let env: Record<string, string> = {}
  const machines: { name: string; child: ChildProcess; said: string }[] = []

  beforeAll(async () => {
    ;[cluster, redis, bucket] = await Promise.all([startPostgres(), startRedis(), startS3()])
    dir = await mkdtemp(join(tmpdir(), 'ortoo-machines-'))
    const shared = { DATABASE_URL: await cluster.fresh(), REDIS_URL: redis.url, ...bucket.env }
    s = await service({ readers: [{ address: 'a@mail.example' }], env: { ...shared, ROLE: 'web' } })
    env = {
      ...shared,
      ROLE: 'work',
      PUBLIC_URL: s.url,
      PORT: new URL(s.url).port,
      SMTP_URL: s.smtp.url,
      MAIL_FROM: 'Press Office <press@league.example>',
      SITE_MARK: '示例',
      SWEEP_FLASH_S: '0.2',
      SWEEP_ROUTINE_S: '0.5',
      LEASE_S: '10',
    }
    for (const name of ['one', 'two']) {
      await mkdir(join(dir, name), { mode: 0o700 })
      await cp(join(s.dir, 'keys'), join(dir, name, 'keys'), { recursive: true })
      const child = spawn(join(ROOT, 'node_modules', '.bin', 'node'), [join(ROOT, 'dist', 'server.js')], {
        env: { ...env, ORTOO_DATA: join(dir, name), PATH: process.env['PATH'] ?? '' },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      const machine = { name, child, said: '' }
      for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (machine.said += chunk))
      machines.push(machine)
    }
  })
  afterAll(async () => {
    for (const { child } of machines) {
      if (child.exitCode !== null || child.signalCode !== null) continue
      const gone = new Promise((done) => child.once('exit', done))
      child.kill('SIGKILL')
      await gone
    }
    await s.close()
    await Promise.all([cluster.stop(), redis.stop(), bucket.stop()])
    await rm(dir, { recursive: true, force: true })
  })

  const draft = (n: number) => policyDraft({ topics: ['farming'], documentNumber: `示政办字〔2026〕${n}号` })
  const page = async (path: string) => {
    const answer = await fetch(`${s.url}${path}`)
    return { status: answer.status, text: await answer.text() }
  }
  /** Its page, as the run of the website knows it. */
  const pathOf = async (id: string) => {
    const { items } = await ok(s.as('signer')<{ items: ShownEdition[] }>('GET', `/releases/${id}/editions`))
    return new URL(items[0]?.address ?? '', s.url).pathname
  }

  test('publish side by side without losing a page, and the web machine shows each', async () => {
    const made = await Promise.all([61, 62].map(async (n) => (await carry(s, draft(n))).id))
    for (const id of made) await settled(s, id, 40_000)
    for (const id of made) expect((await page(await pathOf(id))).status).toBe(200)
    const said = await ortoo({ env: { ...env, ORTOO_DATA: join(dir, 'one') } }, 'doctor')
    expect(said.out.join('\n')).toContain('Work processes seen: 2; they write to one place and seal with the same keys')
    expect(said.out.filter((line) => line.startsWith('FAIL'))).toEqual([])
    for (const { said } of machines) expect(said).not.toMatch(/"level":60|driver failed|job failed/)
  }, 60_000)

  test('while the bucket is silent readers keep the last state and nothing is half public; then it goes out', async () => {
    const before = await page('/')
    const mails = s.smtp.log.length
    let puts = 0
    bucket.mood((req) => (req.method === 'PUT' && ++puts > 3 ? 'silent' : 'fine'))
    const { id } = await carry(s, draft(65))
    while (puts < 6) await sleep(20)
    // Files of the build hang; now nothing is answered at all.
    bucket.mood(() => 'silent')
    const path = await pathOf(id)
    const slowest = { ms: 0 }
    for (let i = 0; i < 20; i++) {
      const began = performance.now()
      expect(await page('/')).toEqual(before)
      slowest.ms = Math.max(slowest.ms, performance.now() - began)
      await sleep(100)
    }
    expect(slowest.ms).toBeLessThan(2_000)
    expect((await ok(s.as('signer')<{ release: { state: string } }>('GET', `/releases/${id}`))).release.state).toBe(
      'published',
    )
    // Mail waits until the page can be read back.
    expect(s.smtp.log).toHaveLength(mails)
    bucket.mood(() => 'fine')
    expect(await page(path)).toMatchObject({ status: 404 })
    await settled(s, id, 40_000)
    expect(await page(path)).toMatchObject({ status: 200 })
    expect((await page('/')).text).not.toBe(before.text)
    const verified = await ortoo({ env: { ...env, ORTOO_DATA: join(dir, 'two') } }, 'verify')
    expect(verified).toMatchObject({ status: 0, err: [] })
    expect(s.errors()).toEqual([])
  }, 90_000)

  test('one work machine dies while a build hangs, and the page comes out all the same', async () => {
    let puts = 0
    let stuck = true
    bucket.mood((req) => (stuck && req.method === 'PUT' && ++puts > 3 ? 'silent' : 'fine'))
    const { id } = await carry(s, draft(66))
    while (puts < 4) await sleep(20)
    // Whoever holds the turn hangs on the wire. If it is this one that dies, the database hands the turn on.
    stuck = false
    machines[0]?.child.kill('SIGKILL')
    await settled(s, id, 40_000)
    expect((await page(await pathOf(id))).status).toBe(200)
    expect(s.errors()).toEqual([])
  }, 90_000)

  test('a web machine that starts while the bucket is away has its desk at once, and its pages when the bucket is back', async () => {
    await s.kill()
    bucket.mood(() => 'failing')
    await s.start()
    expect((await page('/')).status).toBe(503)
    expect((await page('/desk/sign-in')).status).toBe(200)
    bucket.mood(() => 'fine')
    expect((await page('/')).status).toBe(200)
    expect(s.errors().filter((line) => !/files do not answer|could not be read/.test(line))).toEqual([])
  }, 60_000)
})
