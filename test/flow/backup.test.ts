/** A backup taken while mails go out, and the service that stands up from it: whole, proven, and silent until somebody answers. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ROOT } from '../../src/lib/root.ts'
import type { Manifest } from '../../src/store/manifest.ts'
import { ortoo } from '../cli/terminal.ts'
import { needs, type PostgresBackend, startPostgres } from '../support/backends.ts'
import { policyDraft } from '../support/sample.ts'
import { addsUp, agree, carry, ok, type Service, type ShownEdition, service, settled } from '../support/service.ts'

const READERS = 1200
const crowd = () => Array.from({ length: READERS }, (_, i) => ({ address: `reader${i}@mail.example` }))
const backends: ('sqlite' | 'postgres')[] = needs('postgres') ? ['sqlite', 'postgres'] : ['sqlite']

describe.each(backends)('over %s', (backend) => {
  let cluster: PostgresBackend | null = null
  let s: Service
  let dir = ''
  let child: ChildProcess | undefined
  beforeAll(async () => {
    if (backend === 'postgres') cluster = await startPostgres()
  })
  afterAll(() => cluster?.stop())
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'ortoo-backup-'))
  })
  afterEach(async () => {
    if (child && child.exitCode === null && child.signalCode === null) {
      const gone = new Promise((done) => child?.once('exit', done))
      child.kill('SIGKILL')
      await gone
    }
    const errors = s.errors()
    await s.close()
    await rm(dir, { recursive: true, force: true })
    expect(errors).toEqual([])
  })

  /** The environment of a process beside the service, or of the copy. */
  const envFor = (data: string, database: Record<string, string>) => ({
    ORTOO_DATA: data,
    PORT: new URL(s.url).port,
    PUBLIC_URL: s.url,
    SMTP_URL: s.smtp.url,
    MAIL_FROM: 'Press Office <press@league.example>',
    SITE_MARK: '示例',
    SWEEP_FLASH_S: '0.2',
    SWEEP_ROUTINE_S: '0.5',
    LEASE_S: '3',
    ...database,
  })

  async function serve(env: Record<string, string>): Promise<void> {
    child = spawn(join(ROOT, 'node_modules', '.bin', 'node'), [join(ROOT, 'dist', 'server.js')], {
      env: { ...env, PATH: process.env['PATH'] ?? '' },
      stdio: 'ignore',
    })
    for (let i = 0; i < 200; i++) {
      const up = await fetch(`${s.url}/healthz`).then(
        (r) => r.ok,
        () => false,
      )
      if (up) return
      await sleep(50)
    }
    throw new Error('the restored service did not start')
  }

  test('it is whole, agrees with itself, and mails nobody until a member says so; then nobody is missed', async () => {
    const database: Record<string, string> = cluster ? { DATABASE_URL: await cluster.fresh() } : {}
    s = await service({ readers: crowd(), smtp: { delayMs: 25 }, env: database })
    const later = await scheduled(s)
    const going = await carry(s, policyDraft({ topics: ['farming'], documentNumber: '示政办字〔2026〕42号' }))
    while (s.smtp.log.length < 100) await sleep(5)

    const here = envFor(s.dir, database)
    const kept = join(dir, 'kept')
    const made = await ortoo({ env: here }, 'backup', kept)
    expect(made).toMatchObject({ status: 0, err: [] })
    expect(s.smtp.log.length, 'mails were still going out').toBeLessThan(READERS)
    expect(await ortoo({ env: here }, 'backup', kept)).toMatchObject({ status: 2 })
    const manifest = JSON.parse(await readFile(join(kept, 'manifest.json'), 'utf8')) as Manifest
    // Everyone's, and one for the website and one for the feeds.
    expect(manifest.database.tables['delivery']).toBe(READERS + 2)
    expect(manifest.ledger.entries).toBeGreaterThan(5)
    expect(JSON.stringify(manifest.settings)).not.toMatch(/password|secret/i)

    // The service itself was not disturbed.
    const [edition] = await settled(s, going.id)
    expect(new Set(s.smtp.log.map((m) => m.to[0])).size).toBe(READERS)
    expect(addsUp(mailOf(edition) as never)).toBe(true)
    await s.kill()
    const before = s.smtp.log.length

    const other: Record<string, string> = cluster ? { DATABASE_URL: await cluster.fresh() } : {}
    const copy = join(dir, 'copy')
    const env = envFor(copy, other)
    const restored = await ortoo({ env }, 'restore', kept, '--into', copy)
    expect(restored).toMatchObject({ status: 0, err: [] })
    expect(restored.out.join('\n')).toContain('1 releases about to be published and 1 dispatches are held')
    expect(await ortoo({ env }, 'restore', kept, '--into', copy)).toMatchObject({ status: 1 })
    expect((await ortoo({ env }, 'doctor')).out.join('\n')).toContain('restored from a backup at')

    await serve(env)
    await sleep(1500)
    expect(s.smtp.log.length, 'the copy mails nobody').toBe(before)
    expect((await ok(s.as('signer')<{ release: { state: string } }>('GET', `/releases/${later}`))).release.state).toBe(
      'held',
    )
    const verified = await ortoo({ env }, 'verify')
    expect(verified).toMatchObject({ status: 0, err: [] })
    const causes = (await ok(s.as('admin')<{ items: { cause: string; id: string }[] }>('GET', '/alarms'))).items
    expect(causes.map((a) => a.cause).sort()).toEqual(['dispatch-held', 'release-held', 'restored'])
    const alarm = causes.find((a) => a.cause === 'restored')
    await ok(s.as('admin')('POST', `/alarms/${alarm?.id}/acknowledgement`))
    expect((await ortoo({ env }, 'doctor')).out.join('\n')).not.toContain('restored from a backup at')

    const [held] = (await ok(s.as('signer')<{ items: ShownEdition[] }>('GET', `/releases/${going.id}/editions`))).items
    const mail = mailOf(held)
    expect(mail).toMatchObject({ state: 'held', why: 'restored' })
    expect(addsUp(mail as never)).toBe(true)
    await ok(s.as('signer')('POST', `/dispatches/${mail?.id}/resume`, { answer: 'unknown-again' }))
    await settled(s, going.id)
    const heard = new Set(s.smtp.log.slice(before).map((m) => m.to[0]))
    // Whoever had not accepted it when the backup was made hears of it from the copy.
    expect(heard.size).toBe(READERS - (mail?.counts['accepted'] ?? 0))
  }, 60_000)

  test('a backup that was cut off or damaged is said to be so in one sentence, and nothing is restored', async () => {
    const database: Record<string, string> = cluster ? { DATABASE_URL: await cluster.fresh() } : {}
    s = await service({ env: database })
    await settled(s, (await carry(s, policyDraft({ topics: ['farming'] }))).id)
    const here = envFor(s.dir, database)
    const file = join(dir, 'kept.tar')
    expect(await ortoo({ env: here }, 'backup', file)).toMatchObject({ status: 0, err: [] })
    expect(await readdir(dir)).toEqual(['kept.tar'])
    const whole = await readFile(file)

    const copy = join(dir, 'copy')
    const other: Record<string, string> = cluster ? { DATABASE_URL: await cluster.fresh() } : {}
    const env = envFor(copy, other)
    const tried = async (bytes: Uint8Array) => {
      await writeFile(join(dir, 'bad.tar'), bytes)
      return ortoo({ env }, 'restore', join(dir, 'bad.tar'), '--into', copy)
    }
    for (const at of [100, inContent(whole, 1 / 3), inContent(whole, 2 / 3)]) {
      const flipped = Buffer.from(whole)
      flipped[at] = (flipped[at] as number) ^ 1
      for (const bytes of [flipped, whole.subarray(0, at)]) {
        const said = await tried(bytes)
        if (bytes === flipped && said.status === 0) throw new Error(`a flipped bit at ${at} was not noticed`)
        expect(said).toMatchObject({ status: 1, out: [] })
        expect(said.err).toHaveLength(1)
        expect(said.err[0]).toMatch(/^The backup is (damaged|not whole)|no finished backup/)
      }
    }
    expect(existsSync(copy)).toBe(false)
    expect((await readdir(dir)).sort()).toEqual(['bad.tar', 'kept.tar'])
    // The whole one still fits into the very same place.
    expect(await ortoo({ env }, 'restore', file, '--into', copy)).toMatchObject({ status: 0, err: [] })
    expect(await ortoo({ env }, 'verify', '--offline')).toMatchObject({ status: 0, err: [] })
    expect(await ortoo({ env: here }, 'restore', file, '--into', s.dir)).toMatchObject({ status: 1 })
    if (cluster)
      expect((await ortoo({ env }, 'restore', file, '--into', join(dir, 'third'))).err[0]).toContain(
        'has data and is not',
      )
  }, 60_000)
})

const mailOf = (edition: ShownEdition | undefined) => edition?.dispatches.find((d) => d.outlet === 'email')

/** Agreed, and to be published in an hour. @returns its id */
async function scheduled(s: Service): Promise<string> {
  const at = new Date(Date.now() + 3_600_000).toISOString()
  const draft = policyDraft({ topics: ['farming'], notBefore: at })
  const made = await ok(s.as('drafter')<{ release: { id: string } }>('POST', '/releases', draft))
  const { id } = made.release
  await ok(s.as('drafter')('POST', `/releases/${id}/submission`))
  await agree(s, id)
  const seen = await ok(s.as('signer')<{ release: { state: string } }>('GET', `/releases/${id}`))
  expect(seen.release.state).toBe('scheduled')
  return id
}

/** A place within the bytes of some file, about so far into an archive: padding between files is nobody's, so a run without zeros is sought. */
function inContent(archive: Buffer, part: number): number {
  for (let at = Math.floor(archive.length * part); at < archive.length - 40; at++)
    if (!archive.subarray(at, at + 40).includes(0)) return at + 20
  throw new Error('the archive holds nothing there')
}
