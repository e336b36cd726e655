/** Backups below the flow: an office moves to other databases and other places for its files, and comes out the same. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { type Ctx, closeContext, createContext } from '../../src/context.ts'
import { insertRelease } from '../../src/desk/store.ts'
import { append } from '../../src/ledger/append.ts'
import { sha256 } from '../../src/lib/id.ts'
import { quarantine } from '../../src/purge/quarantine.ts'
import { settleQuarantine } from '../../src/purge/settle.ts'
import { signIn } from '../../src/staff/auth.ts'
import { backupsSince } from '../../src/store/backup-row.ts'
import type { Manifest } from '../../src/store/manifest.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openStore } from '../../src/store/open.ts'
import { noteOutboxFile } from '../../src/store/outbox.ts'
import { openSnapshot } from '../../src/store/snapshot.ts'
import { needs, type PostgresBackend, startPostgres } from '../support/backends.ts'
import { emailOf, memberId, type Office, office, PASSWORD, silentRegistry } from '../support/office.ts'
import { type S3Server, startS3 } from '../support/s3.ts'
import { ortoo } from './terminal.ts'

const PUBLIC_URL = 'http://press.example'
const silent = { info() {}, debug() {}, warn() {}, error() {} } as never
const html = (path: string, body: string) => ({ path, type: 'text/html', body })
const ADMIN = memberId('league', 'admin')

let dir = ''
const open: Ctx[] = []
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ortoo-keep-'))
})
afterEach(async () => {
  for (const ctx of open.splice(0)) await closeContext(ctx)
  await rm(dir, { recursive: true, force: true })
})

async function contextOf(env: Record<string, string>): Promise<Ctx> {
  const ctx = await createContext({ config: readConfig(env), registry: silentRegistry, log: silent })
  open.push(ctx)
  return ctx
}

/** An office with people, a file, pages, and letters that hold what a line-wise format could trip over. */
async function furnished(env: Record<string, string>): Promise<{ ctx: Ctx; people: Office }> {
  const ctx = await contextOf(env)
  const people = await office(ctx, { logins: [ADMIN] })
  await ctx.store.db.updateTable('agency').set({ word_list: 'a\u2028b\n"c"\r\n' }).execute()
  const hash = await ctx.blobs.put(new TextEncoder().encode('附件'))
  await release(ctx, 'r1')
  await ctx.store.db
    .insertInto('attachment')
    .values({
      id: 'a1',
      release_id: 'r1',
      sha256: hash,
      name: '附件.txt',
      type: 'text/plain',
      bytes: 6,
      title: '附件',
      added_by: memberId('league', 'drafter'),
      added_at: ctx.clock.now(),
    })
    .execute()
  await ctx.site.commit('website', 'live', 1, [html('/', 'home '.repeat(300)), html('/r/1/', '火灾')])
  await ctx.store.tx((trx) => append(trx, ctx, { actor: 'system', act: 'test', subject: 'test:1' }))
  return { ctx, people }
}

const release = (ctx: Ctx, id: string) =>
  insertRelease(ctx.store.db, {
    id,
    number: `2026-${id}`,
    agency_id: 'league',
    kind: 'policy',
    lane: 'routine',
    mode: 'live',
    incident_id: null,
    state: 'draft',
    face: 'none',
    edition_type: 'first',
    editions: 0,
    revision: 0,
    version: 1,
    document_number: null,
    planned_at: null,
    created_by: memberId('league', 'drafter'),
    created_at: ctx.clock.now(),
    updated_at: ctx.clock.now(),
  })

/** Every row of every table, but for what a restore adds. */
async function rowsOf(databaseUrl: string): Promise<Record<string, string[]>> {
  const snapshot = await openSnapshot(databaseUrl)
  const all: Record<string, string[]> = {}
  for (const table of snapshot.tables.filter((t) => !['ledger', 'alarm', 'backup'].includes(t))) {
    const rows: string[] = []
    for await (const row of snapshot.rows(table)) rows.push(JSON.stringify(row))
    all[table] = rows.sort()
  }
  await snapshot.close()
  return all
}
const body = async (ctx: Ctx, path: string) => {
  const hit = await ctx.site.lookup(path)
  return hit && Buffer.from(await ctx.site.bytes(hit.hash)).toString()
}

describe.runIf(needs('postgres'))('an office that outgrows its machine', () => {
  let cluster: PostgresBackend
  let bucket: S3Server
  beforeAll(async () => {
    cluster = await startPostgres()
    bucket = await startS3('moved')
  })
  afterAll(() => Promise.all([cluster.stop(), bucket.stop()]))

  test('moves from SQLite and a folder to PostgreSQL and a bucket, and back, by backup and restore', async () => {
    const small = { ORTOO_DATA: join(dir, 'small'), PUBLIC_URL }
    const { ctx } = await furnished(small)
    expect(await ortoo({ env: small }, 'backup', join(dir, 'one'))).toMatchObject({ status: 0, err: [] })

    const large = { ORTOO_DATA: join(dir, 'large'), PUBLIC_URL, DATABASE_URL: await cluster.fresh(), ...bucket.env }
    const there = await ortoo({ env: large }, 'restore', join(dir, 'one'), '--into', join(dir, 'large'))
    expect(there).toMatchObject({ status: 0, err: [] })
    expect(await rowsOf(large.DATABASE_URL)).toEqual(await rowsOf(`sqlite:${small.ORTOO_DATA}/ortoo.db`))
    expect(readdirSync(large.ORTOO_DATA)).toEqual(['keys'])
    const moved = await contextOf(large)
    expect(await body(moved, '/r/1/')).toBe('火灾')
    expect(moved.keys.live.kid).toBe(ctx.keys.live.kid)
    // Numbers go on after the highest, and people get in with the passwords they have.
    await signIn(moved, emailOf(ADMIN), PASSWORD, { ip: '127.0.0.1', userAgent: 'test' })
    const note = {
      release_id: 'r1',
      at: moved.clock.now(),
      member_id: null,
      act: 'x',
      revision: null,
      edition: null,
      note: '',
    }
    await moved.store.db.insertInto('timeline').values(note).execute()
    expect(await ortoo({ env: large }, 'verify', '--offline')).toMatchObject({ status: 0, err: [] })
    // Guards are back in place.
    await expect(moved.store.db.deleteFrom('ledger').execute()).rejects.toThrow(/append-only/)
    const refused = await ortoo(
      { env: { ...large, ORTOO_DATA: join(dir, 'x'), DATABASE_URL: await cluster.fresh() } },
      'restore',
      join(dir, 'one'),
    )
    expect(refused).toMatchObject({ status: 1, out: [expect.stringContaining('is sound')] })
    expect(refused.err[0]).toContain('files under the prefix of FILES_URL')

    // One that fails after its files were copied leaves no file, so that it can be tried again.
    const other: Record<string, string> = { ...large, ORTOO_DATA: join(dir, 'y'), DATABASE_URL: await cluster.fresh() }
    other['FILES_URL'] = bucket.env['FILES_URL']?.replace('/moved', '/second') ?? ''
    const someone = await openStore({ databaseUrl: other['DATABASE_URL'] as string })
    await migrate(someone, [{ name: '0001-foreign', sqlite: '', postgres: 'select 1' }])
    await someone.close()
    expect(await ortoo({ env: other }, 'restore', join(dir, 'one'))).toMatchObject({ status: 1 })
    other['DATABASE_URL'] = await cluster.fresh()
    expect(await ortoo({ env: other }, 'restore', join(dir, 'one'))).toMatchObject({ status: 0, err: [] })

    expect(await ortoo({ env: large }, 'backup', join(dir, 'two.tar'))).toMatchObject({ status: 0, err: [] })
    const again = { ORTOO_DATA: join(dir, 'again'), PUBLIC_URL }
    const home = await ortoo({ env: again }, 'restore', join(dir, 'two.tar'))
    expect(home).toMatchObject({ status: 0, err: [] })
    expect(await rowsOf(`sqlite:${again.ORTOO_DATA}/ortoo.db`)).toEqual(await rowsOf(large.DATABASE_URL))
    const back = await contextOf(again)
    expect([await body(back, '/r/1/'), await body(back, '/')]).toEqual(['火灾', 'home '.repeat(300)])
    expect(Buffer.from((await back.blobs.get((await attachment(back)).sha256)) ?? []).toString()).toBe('附件')
    await expect(back.store.db.deleteFrom('ledger').execute()).rejects.toThrow(/append-only/)
    expect((await ortoo({ env: again }, 'verify', '--offline')).status).toBe(0)
  })
})

const attachment = (ctx: Ctx) => ctx.store.db.selectFrom('attachment').selectAll().executeTakeFirstOrThrow()

describe('a backup', () => {
  const env = () => ({ ORTOO_DATA: join(dir, 'data'), PUBLIC_URL })

  test('can be read by this account alone, names its files by hash, and holds no session', async () => {
    const { ctx } = await furnished(env())
    await signIn(ctx, emailOf(ADMIN), PASSWORD, { ip: '127.0.0.1', userAgent: 'test' })
    await ortoo({ env: env() }, 'backup', join(dir, 'kept'))
    expect((await stat(join(dir, 'kept'))).mode & 0o777).toBe(0o700)
    expect((await stat(join(dir, 'kept', 'manifest.json'))).mode & 0o777).toBe(0o600)
    const manifest = JSON.parse(readFileSync(join(dir, 'kept', 'manifest.json'), 'utf8')) as Manifest
    expect(Object.keys(manifest.database.tables)).not.toContain('auth_session')
    expect(manifest.files.map((f) => f.path)).toEqual(expect.arrayContaining(['keys/live.pem', 'keys/secret']))
    expect(manifest.settings).toMatchObject({ PUBLIC_URL })
    expect((await ctx.store.db.selectFrom('backup').selectAll().execute())[0]).toMatchObject({
      name: join(dir, 'kept'),
    })
  })

  test('never holds the password of a database, a relay or a bucket', async () => {
    const { ctx } = await furnished(env())
    const secrets = {
      ...ctx.config,
      databaseUrl: `sqlite:${env().ORTOO_DATA}/ortoo.db`,
      redisUrl: 'redis://:hunter2@redis.example',
      smtp: { url: 'smtps://press:hunter2@relay.example?x=hunter2', from: 'a@b.example', connections: 1 },
      alarm: { webhook: 'https://alarm.example/hunter2' },
    }
    await ortoo({ env: env(), ctx: { ...ctx, config: secrets } }, 'backup', join(dir, 'kept'))
    const manifest = readFileSync(join(dir, 'kept', 'manifest.json'), 'utf8')
    expect(manifest).toContain('smtps://relay.example')
    expect(manifest).not.toContain('hunter2')
  })

  test('that lacks a file says which, keeps the rest, and ends with 1', async () => {
    const { ctx } = await furnished(env())
    await ctx.blobs.delete((await attachment(ctx)).sha256)
    const said = await ortoo({ env: env() }, 'backup', join(dir, 'kept'))
    expect(said.status).toBe(1)
    expect(said.err).toEqual([expect.stringMatching(/^Missing or damaged and not in the backup: blobs\//)])
    expect(existsSync(join(dir, 'kept', 'manifest.json'))).toBe(true)
  })

  test('is named in the record of a later purge, and one made while words were purged is taken away again', async () => {
    const { ctx, people } = await furnished(env())
    await ortoo({ env: env() }, 'backup', join(dir, 'first'))
    const { drafter, confidentiality } = people.own
    await quarantine(ctx, drafter, 'r1')
    // The second backup has begun when the purge comes.
    let purged: Promise<void> | null = null
    const blobs = {
      ...ctx.files.blobs,
      get: async (hash: string) => {
        purged ??= settleQuarantine(ctx, confidentiality, 'r1', { outcome: 'purged', instruction: '示保〔2026〕1号' })
        await purged
        return ctx.files.blobs.get(hash)
      },
    }
    const during = { ...ctx, files: { ...ctx.files, blobs } }
    const said = await ortoo({ env: env(), ctx: during }, 'backup', join(dir, 'second'))
    expect(said).toMatchObject({ status: 1, out: [], err: [expect.stringContaining('taken away again')] })
    expect(readdirSync(dir).sort()).toEqual(['data', 'first'])
    const record = await ctx.store.db.selectFrom('quarantine').selectAll().executeTakeFirstOrThrow()
    expect(JSON.parse(record.backups)).toEqual([join(dir, 'first'), join(dir, 'second')])
  })

  test('holds the letters it has rows of, and none that a purge of the copy would not find', async () => {
    const { ctx } = await furnished(env())
    mkdirSync(join(dir, 'data', 'outbox'))
    await noteOutboxFile(ctx.store.db, { name: 'noted.eml', release_id: 'r1', at: ctx.clock.now() })
    for (const name of ['noted.eml', 'stray.eml']) writeFileSync(join(dir, 'data', 'outbox', name), '火灾')
    await ortoo({ env: env() }, 'backup', join(dir, 'kept'))
    expect(readdirSync(join(dir, 'kept', 'outbox'))).toEqual(['noted.eml'])
  })

  test('of a newer version, or of nothing at all, is refused with a sentence', async () => {
    const into = ['--into', join(dir, 'new')]
    mkdirSync(join(dir, 'empty'))
    expect((await ortoo({ env: env() }, 'restore', join(dir, 'empty'), ...into)).err[0]).toContain('no finished backup')
    writeFileSync(join(dir, 'not.tar'), 'words')
    expect((await ortoo({ env: env() }, 'restore', join(dir, 'not.tar'), ...into)).err[0]).toContain('is damaged')
    const zh = await ortoo({ env: env(), lang: 'zh' }, 'restore', join(dir, 'empty'), ...into)
    expect(zh.err).toEqual([`${join(dir, 'empty')} 不是完整的备份（没有 manifest.json）；请换用另一份`])
  })

  test.each<[string, (manifest: Manifest) => void]>([
    ['a file outside its folders', (m) => m.files.push({ path: '../../secret', bytes: 1, sha256: sha256('x') })],
    ['a file above a folder of its own', (m) => m.files.push({ path: 'keys/..', bytes: 1, sha256: sha256('x') })],
    ['a tree elsewhere', (m) => Object.assign(m.trees[0] as object, { tree: '../../../elsewhere' })],
    ['a table without a file that was hashed', (m) => Object.assign(m.database.tables, { 'x"; drop table member': 0 })],
  ])('that names %s is refused, though its manifest has the hash it says', async (_what, change) => {
    await furnished(env())
    await ortoo({ env: env() }, 'backup', join(dir, 'kept'))
    writeFileSync(join(dir, 'secret'), 'x')
    const path = join(dir, 'kept', 'manifest.json')
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest
    change(manifest)
    writeFileSync(path, JSON.stringify(manifest))
    writeFileSync(join(dir, 'kept', 'manifest.sha256'), sha256(readFileSync(path, 'utf8')))
    mkdirSync(join(dir, 'a'))
    const said = await ortoo({ env: env() }, 'restore', join(dir, 'kept'), '--into', join(dir, 'a', 'new'))
    expect(said).toMatchObject({ status: 1, err: [expect.stringContaining('is damaged')] })
    expect(readdirSync(dir).sort()).toEqual(['a', 'data', 'kept', 'secret'])
    expect(readdirSync(join(dir, 'a'))).toEqual([])
  })

  test('that was begun before a release and not done before it is named when the release is purged', async () => {
    const { ctx } = await furnished(env())
    const row = (id: string, begun_at: string, done_at: string | null) =>
      ctx.store.db.insertInto('backup').values({ id, name: id, begun_at, done_at }).execute()
    await row('before', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:09.000Z')
    await row('across', '2026-01-01T00:01:00.000Z', '2026-01-01T00:03:00.000Z')
    await row('cut-off', '2026-01-01T00:01:30.000Z', null)
    await row('after', '2026-01-01T00:05:00.000Z', '2026-01-01T00:06:00.000Z')
    const since = await backupsSince(ctx.store.db, '2026-01-01T00:02:00.000Z')
    expect(since).toEqual(['across', 'cut-off', 'after'])
  })
})
