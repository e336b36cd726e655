/** The store, the same suite over SQLite and PostgreSQL. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { betterAuth } from 'better-auth'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Migration, migrate } from '../../src/store/migrate.ts'
import { openStore, type Store } from '../../src/store/open.ts'
import { constraintName, isUniqueViolation, raisedCode } from '../../src/store/violation.ts'
import { needs, type PostgresBackend, startPostgres } from '../support/backends.ts'

const SCHEMA: Migration = {
  name: '0001-test',
  sqlite: `
    create table note (id integer primary key, slug text not null unique, body text, bytes blob, size integer check (size > 0));
    create table reply (id integer primary key, note_id integer not null references note (id));
    create trigger note_frozen before update on note when old.body = 'frozen' begin select raise(abort, 'ortoo:note-is-frozen'); end;
  `,
  postgres: `
    create table note (id bigserial primary key, slug text not null unique, body text, bytes bytea, size bigint check (size > 0));
    create table reply (id bigserial primary key, note_id bigint not null references note (id));
    create function note_frozen() returns trigger language plpgsql as $$ begin
      if old.body = 'frozen' then raise exception 'ortoo:note-is-frozen'; end if; return new; end $$;
    create trigger note_frozen before update on note for each row execute function note_frozen();
  `,
}
type Note = { id: number; slug: string; body: string | null; bytes: Uint8Array | null; size: number | null }

const backends: ('sqlite' | 'postgres')[] = needs('postgres') ? ['sqlite', 'postgres'] : ['sqlite']

describe.each(backends)('the store over %s', (backend) => {
  let cluster: PostgresBackend | null = null
  let dir = ''
  let url = ''
  let store: Store
  const extra: Store[] = []

  beforeAll(async () => {
    if (backend === 'postgres') cluster = await startPostgres()
  })
  afterAll(async () => {
    await cluster?.stop()
  })
  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'ortoo-store-'))
    url = cluster ? await cluster.fresh() : `sqlite:${join(dir, 'deep', 'test.db')}`
    store = await openStore({ databaseUrl: url })
    await migrate(store, [SCHEMA])
  })
  afterEach(async () => {
    for (const other of extra.splice(0)) await other.close()
    await store.close()
    rmSync(dir, { recursive: true, force: true })
  })

  const another = async () => {
    const opened = await openStore({ databaseUrl: url })
    extra.push(opened)
    return opened
  }
  const put = (slug: string, body: string | null = null, on: Pick<Store, 'db'>['db'] = store.db) =>
    sql`insert into note (slug, body) values (${slug}, ${body})`.execute(on)
  const slugs = async (from = store) =>
    (await sql<Note>`select slug from note order by id`.execute(from.db)).rows.map((row) => row.slug)
  const failure = async (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => null,
      (err: unknown) => err,
    )

  test('what was written comes back: Chinese text, bytes, large and empty values', async () => {
    const bytes = new Uint8Array([0, 255, 1, 128])
    const size = Number.MAX_SAFE_INTEGER
    await sql`insert into note (slug, body, bytes, size) values (${'火灾'}, ${'{"a":1}'}, ${bytes}, ${size})`.execute(
      store.db,
    )
    await sql`insert into note (slug, body, bytes, size) values ('', null, ${Buffer.alloc(0)}, ${7n})`.execute(store.db)
    const { rows } = await sql<Note>`select * from note order by id`.execute(store.db)
    expect(rows.map((row) => ({ ...row, bytes: [...(row.bytes ?? [9])] }))).toEqual([
      { id: 1, slug: '火灾', body: '{"a":1}', bytes: [...bytes], size },
      { id: 2, slug: '', body: null, bytes: [], size: 7 },
    ])
  })

  test('counts and sums are numbers', async () => {
    await sql`insert into note (slug, size) values ('a', 2), ('b', 3)`.execute(store.db)
    const { rows } = await sql`select count(*) as n, sum(size) as total from note`.execute(store.db)
    expect(rows).toEqual([{ n: 2, total: 5 }])
  })

  test('an integer too large for a number is an error, never another integer', async () => {
    await sql`insert into note (slug, size) values ('a', ${9_007_199_254_740_993n})`.execute(store.db)
    await expect(sql`select size from note`.execute(store.db)).rejects.toThrow(/too large/)
  })

  test.each([
    ['a Date', new Date(0), /Date/],
    ['an object', { slug: 'x' }, /object/],
    ['an array', ['x'], /object/],
    ['undefined', undefined, /undefined/],
    ['a boolean', true, /boolean/],
    ['not a number', Number.NaN, /NaN/],
  ])('%s is refused as a binding, first or last', async (_name, value, why) => {
    await expect(sql`insert into note (slug, body) values (${value}, 'x')`.execute(store.db)).rejects.toThrow(why)
    await expect(sql`insert into note (slug, body) values ('x', ${value})`.execute(store.db)).rejects.toThrow(why)
    expect(await slugs()).toEqual([])
  })

  test('a transaction that throws leaves nothing and hands on the same error', async () => {
    const boom = new Error('boom')
    const thrown = await failure(
      store.tx(async (trx) => {
        await put('a', null, trx)
        throw boom
      }),
    )
    expect(thrown).toBe(boom)
    expect(await slugs()).toEqual([])
    expect(await store.tx(async (trx) => put('b', null, trx).then(() => 'answer'))).toBe('answer')
    expect(await slugs()).toEqual(['b'])
  })

  test('the same slug twice is a unique violation, inside a transaction and outside', async () => {
    await put('a')
    for (const work of [put('a'), store.tx((trx) => put('a', null, trx))]) {
      const err = await failure(work)
      expect(isUniqueViolation(err)).toBe(true)
      expect(constraintName(err)).toBe(backend === 'sqlite' ? 'note.slug' : 'note_slug_key')
      expect(raisedCode(err)).toBeNull()
    }
    expect(await slugs()).toEqual(['a'])
  })

  test('a broken check, a missing parent and a plain mistake are no unique violations', async () => {
    const check = await failure(sql`insert into note (slug, size) values ('a', 0)`.execute(store.db))
    const parent = await failure(sql`insert into reply (note_id) values (99)`.execute(store.db))
    const mistake = await failure(sql`select nonsense`.execute(store.db))
    expect([check, parent, mistake].map(isUniqueViolation)).toEqual([false, false, false])
    expect(constraintName(check)).toBe(backend === 'sqlite' ? 'size > 0' : 'note_size_check')
    expect(constraintName(parent)).toBe(backend === 'sqlite' ? 'foreign key' : 'reply_note_id_fkey')
    expect(constraintName(mistake)).toBeNull()
  })

  test('a code raised by a trigger can be read', async () => {
    await put('a', 'frozen')
    const err = await failure(store.tx((trx) => sql`update note set body = 'melted'`.execute(trx)))
    expect(raisedCode(err)).toBe('note-is-frozen')
    expect(isUniqueViolation(err)).toBe(false)
  })

  test('store.db inside a transaction throws, also after an await and in a nested tx', async () => {
    const inside = /use the trx/
    await store.tx(async (trx) => {
      await put('a', null, trx)
      await expect(slugs()).rejects.toThrow(inside)
      await new Promise((resolve) => setImmediate(resolve))
      await expect(slugs()).rejects.toThrow(inside)
      await expect(store.tx(async () => 1)).rejects.toThrow(inside)
      await put('b', null, trx)
    })
    expect(await slugs()).toEqual(['a', 'b'])
  })

  test('what a transaction left running may use the store once it is over', async () => {
    let later: Promise<string[]> = Promise.resolve([])
    await store.tx(async (trx) => {
      await put('a', null, trx)
      later = new Promise((resolve) => setTimeout(() => resolve(slugs()), 60))
    })
    expect(await later).toEqual(['a'])
  })

  test('an open transaction is not seen by others, and others do not fall into it', async () => {
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const failed = store.tx(async (trx) => {
      await put('mine', null, trx)
      await held
      throw new Error('changed my mind')
    })
    const other = await another()
    expect(await slugs(other)).toEqual([])
    const alongside = put('theirs')
    await new Promise((resolve) => setTimeout(resolve, 20))
    release()
    await expect(failed).rejects.toThrow('changed my mind')
    await alongside
    expect(await slugs()).toEqual(['theirs'])
  })

  test('many writers over two handles lose no update', async () => {
    await sql`insert into note (slug, size) values ('n', 1)`.execute(store.db)
    const other = await another()
    const add = (on: Store) =>
      on.tx(async (trx) => {
        const lock = on.dialect === 'postgres' ? sql`for update` : sql``
        const { rows } = await sql<Note>`select size from note where slug = 'n' ${lock}`.execute(trx)
        await sql`update note set size = ${(rows[0]?.size ?? 0) + 1} where slug = 'n'`.execute(trx)
      })
    await Promise.all(Array.from({ length: 40 }, (_, i) => add(i % 2 ? store : other)))
    expect((await sql<Note>`select size from note`.execute(store.db)).rows[0]?.size).toBe(41)
  })

  test('changed rows are counted and returning gives rows', async () => {
    await sql`insert into note (slug) values ('a'), ('b'), ('c')`.execute(store.db)
    const changed = await sql`update note set body = 'x' where slug <> 'a'`.execute(store.db)
    expect(changed.numAffectedRows).toBe(2n)
    const { rows } = await sql`delete from note where slug = 'a' returning slug`.execute(store.db)
    expect(rows).toEqual([{ slug: 'a' }])
  })

  test('migrations run once, in order, even when two processes start together', async () => {
    const second: Migration = {
      name: '0002-more',
      sqlite: 'create table more (id integer); insert into more values (1)',
      postgres: 'create table more (id integer); insert into more values (1)',
    }
    const other = await another()
    const names = await Promise.all([migrate(store, [SCHEMA, second]), migrate(other, [SCHEMA, second])])
    expect(names.flat()).toEqual(['0002-more'])
    expect((await sql`select * from more`.execute(store.db)).rows).toHaveLength(1)
    const { rows } = await sql<{ name: string; applied_at: string }>`select * from migration order by name`.execute(
      store.db,
    )
    expect(rows.map((row) => row.name)).toEqual(['0001-test', '0002-more'])
    expect(rows[0]?.applied_at).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/)
  })

  test('a migration that fails half way leaves the schema as it was', async () => {
    const broken = 'create table half (id integer); create table half (id integer);'
    await expect(migrate(store, [SCHEMA, { name: '0002', sqlite: broken, postgres: broken }])).rejects.toThrow(/half/)
    await expect(sql`select * from half`.execute(store.db)).rejects.toThrow()
    expect(await migrate(store, [SCHEMA])).toEqual([])
  })

  test('a member signs up, signs in and is known by the session, through better-auth over the same store', async () => {
    const home = await openStore({ databaseUrl: cluster ? await cluster.fresh() : 'sqlite::memory:' })
    extra.push(home)
    await migrate(home)
    const auth = betterAuth({
      database: { db: home.auth, type: home.dialect },
      baseURL: 'http://127.0.0.1',
      secret: 'only-for-this-test-only-for-this-test',
      emailAndPassword: { enabled: true },
      user: { modelName: 'auth_user' },
      session: { modelName: 'auth_session' },
      account: { modelName: 'auth_account' },
      verification: { modelName: 'auth_verification' },
      telemetry: { enabled: false },
    })
    const body = { email: 'drafter@press.example', password: 'a long enough password', name: '示例' }
    await auth.api.signUpEmail({ body })
    const { headers } = await auth.api.signInEmail({ body, returnHeaders: true })
    const cookie = headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ')
    const session = await auth.api.getSession({ headers: new Headers({ cookie }) })
    expect([session?.user.email, session?.user.emailVerified]).toEqual([body.email, false])
    expect(session?.session.expiresAt).toBeInstanceOf(Date)
  })

  test('older code refuses a newer database, and an inserted migration is refused', async () => {
    await expect(migrate(store, [])).rejects.toThrow(/0001-test, which this version does not know/)
    const early: Migration = { name: '0000-early', sqlite: 'select 1', postgres: 'select 1' }
    await expect(migrate(store, [early, SCHEMA])).rejects.toThrow(/out of order|ahead of it/)
  })
})

test('an address that is no database is refused with the forms that are', async () => {
  await expect(openStore({ databaseUrl: 'mysql://x' })).rejects.toThrow(/sqlite:\/path/)
  await expect(openStore({ databaseUrl: 'sqlite:' })).rejects.toThrow(/names no file/)
})

test('a SQLite file is opened so that a power cut loses no commit and deleted words are overwritten', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'ortoo-store-'))
  const store = await openStore({ databaseUrl: `sqlite:${join(dir, 'a.db')}` })
  const pragma = (name: string) => Object.values(store.raw?.prepare(`pragma ${name}`).get() ?? {})[0]
  await sql`select 1`.execute(store.db)
  const names = ['journal_mode', 'synchronous', 'foreign_keys', 'secure_delete', 'busy_timeout', 'temp_store']
  expect(names.map(pragma)).toEqual(['wal', 2, 1, 1, 10_000, 2])
  await store.close()
  rmSync(dir, { recursive: true })
})

test('after a purge the write-ahead log is emptied although another handle is open', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'ortoo-store-'))
  const url = `sqlite:${join(dir, 'a.db')}`
  const [one, two] = await Promise.all([openStore({ databaseUrl: url }), openStore({ databaseUrl: url })])
  await sql`create table t (a text)`.execute(one.db)
  await sql`insert into t values ('canary-4711')`.execute(two.db)
  await sql`select * from t`.execute(one.db)
  await sql`delete from t`.execute(one.db)
  await sql`vacuum`.execute(one.db)
  const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(one.db)
  expect(rows[0]?.busy).toBe(0)
  const files = readdirSync(dir).map((name) => readFileSync(join(dir, name)))
  expect(files.filter((bytes) => bytes.includes('canary-4711'))).toEqual([])
  await one.close()
  await two.close()
  rmSync(dir, { recursive: true })
})

test('waiting for another writer leaves the event loop free', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'ortoo-store-'))
  const url = `sqlite:${join(dir, 'a.db')}`
  const [one, two] = await Promise.all([openStore({ databaseUrl: url }), openStore({ databaseUrl: url })])
  await sql`create table t (a integer)`.execute(one.db)
  one.raw?.exec('begin immediate')
  const write = sql`insert into t values (1)`.execute(two.db)
  let beats = 0
  const beat = setInterval(() => beats++, 5)
  await new Promise((resolve) => setTimeout(resolve, 100))
  one.raw?.exec('commit')
  await write
  clearInterval(beat)
  expect(beats).toBeGreaterThan(5)
  await one.close()
  await two.close()
  rmSync(dir, { recursive: true })
})
