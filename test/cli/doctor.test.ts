/** The doctor: each thing that is wrong is one sentence with its remedy, in both languages. */
import { readdirSync, readFileSync } from 'node:fs'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { type AddressInfo, createServer as createTcp } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { oidc } from '../../src/cli/doctor/oidc.ts'
import { database } from '../../src/cli/doctor/reach.ts'
import { readConfig } from '../../src/config.ts'
import { systemClock } from '../../src/lib/clock.ts'
import { ROOT } from '../../src/lib/root.ts'
import { markSampleFolder } from '../../src/server/sample-folder.ts'
import { keepPaper } from '../../src/staff/factor-store.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openStore } from '../../src/store/open.ts'
import { placeOf } from '../../src/store/worker-store.ts'
import { t } from '../../templates/words/index.ts'
import { needs, type PostgresBackend, startPostgres } from '../support/backends.ts'
import { office, workplace } from '../support/office.ts'
import { type S3Server, startS3 } from '../support/s3.ts'
import { startSmtpSink } from '../support/smtp-sink.ts'
import { ortoo } from './terminal.ts'

let dir: string
let env: Record<string, string>
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ortoo-doctor-'))
  env = { ORTOO_DATA: dir, PUBLIC_URL: 'http://127.0.0.1:9' }
})
afterEach(() => rm(dir, { recursive: true, force: true }))

const asked = async (more: Record<string, string> = {}, lang: 'zh' | 'en' = 'en') =>
  ortoo({ env: { ...env, ...more }, lang }, 'doctor')
const failures = (out: string[]) => out.filter((line) => /^(FAIL|问题)/.test(line))

test('a fresh machine is fit for use, and what the first start will make is said', async () => {
  const said = await asked()
  expect(said).toMatchObject({ status: 0, err: [] })
  expect(said.out.join('\n')).toContain('is not there yet; the first start makes it')
  expect(said.out.at(-1)).toBe('Fit for use')
})

test('the same in Chinese, every line of it', async () => {
  const said = await asked({}, 'zh')
  expect(said.out.filter((line) => !/\p{Script=Han}/u.test(line))).toEqual([])
})

test('an operator is told when other accounts could read the drafts, and what to type', async () => {
  await chmod(dir, 0o755)
  const said = await asked()
  expect(said.status).toBe(1)
  expect(failures(said.out)).toEqual([
    `FAIL  Data folder ${dir} has mode 755, so other accounts can see drafts; run chmod 700 ${dir}`,
  ])
})

test('the folder of the demo is not for a live service', async () => {
  await markSampleFolder(dir)
  expect(failures((await asked()).out)[0]).toContain('holds sample data')
  expect((await asked({ ORTOO_SAMPLE: '1' })).status).toBe(0)
})

test('a running office is counted: administrators, keys, database', async () => {
  const place = await workplace()
  try {
    await office(place.ctx)
    env['ORTOO_DATA'] = place.ctx.config.dataDir
    const said = await asked()
    expect(failures(said.out)).toEqual([])
    expect(said.out).toContain('ok    Database SQLite is sound')
    expect(said.out).toContain('ok    4 administrators')
    expect(said.out).toContain('ok    The key pair of web push (VAPID) fits together')
    await writeFile(join(place.ctx.config.dataDir, 'keys', 'vapid.json'), '{"publicKey":"AA","privateKey":"BB"}')
    await chmod(join(place.ctx.config.dataDir, 'keys', 'live.pem'), 0o644)
    const broken = failures((await asked()).out).join('\n')
    expect(broken).toContain('chmod 600')
    expect(broken).toContain('every subscribed browser must subscribe again')
  } finally {
    await place.close()
  }
})

test('a database that is no database is said to be out of reach', async () => {
  await writeFile(join(dir, 'ortoo.db'), 'this is not a database, whatever its name says'.repeat(100))
  expect(failures((await asked()).out).join()).toMatch(/database cannot be opened|damaged/)
})

test('PostgreSQL and Redis that do not answer are named with what to check', async () => {
  const said = await asked({ DATABASE_URL: 'postgres://nobody@127.0.0.1:9/x', REDIS_URL: 'redis://127.0.0.1:9' })
  const wrong = failures(said.out).join('\n')
  expect(wrong).toContain('check DATABASE_URL')
  expect(wrong).toContain('check REDIS_URL')
})

test('a mail relay is spoken to as far as its greeting; nothing is sent', async () => {
  const sink = await startSmtpSink()
  try {
    const said = await asked({ SMTP_URL: sink.url, MAIL_FROM: 'a@office.example' })
    expect(said.out).toContain(`ok    Mail relay 127.0.0.1:${sink.port} answers`)
    expect(said.out.join('\n')).toContain('on this machine is not encrypted')
    expect(sink.log).toEqual([])
  } finally {
    await sink.close()
  }
})

test.each([
  ['nonsense', 'does not greet as a mail relay (SSH-2.0-OpenSSH_9.9)'],
  ['refuse', 'does not greet as a mail relay (554'],
] as const)('a relay that answers with %s is not taken for one', async (greeting, sentence) => {
  const sink = await startSmtpSink({ greeting })
  try {
    const said = await asked({ SMTP_URL: sink.url, MAIL_FROM: 'a@office.example' })
    expect(failures(said.out).join('\n')).toContain(sentence)
  } finally {
    await sink.close()
  }
})

test('a relay nobody listens at is named with port and firewall', async () => {
  const said = await asked({ SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'a@office.example' })
  expect(failures(said.out)[0]).toMatch(/127\.0\.0\.1:9 does not answer \(ECONNREFUSED\)/)
})

test('a relay whose greeting is dated an hour off gives the clocks away', async () => {
  const relay = createTcp((socket) => {
    socket.on('error', () => {})
    socket.write(`220 relay ESMTP; ${rfc822(new Date(Date.now() - 3_600_000))}\r\n`)
    socket.on('data', () => socket.write('250-relay\r\n250 PIPELINING\r\n'))
  })
  await new Promise<void>((up) => relay.listen(0, '127.0.0.1', up))
  try {
    const { port } = relay.address() as AddressInfo
    const said = await asked({ SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'a@office.example' })
    expect(failures(said.out)[0]).toMatch(/The clock of the mail relay is -3[56]\d\d(\.\d)? s apart/)
  } finally {
    relay.close()
  }
})
const rfc822 = (at: Date) => at.toUTCString().replace('GMT', '+0000')

test('a public address that nothing answers at, or that nobody can find, is said', async () => {
  expect((await asked()).out.join('\n')).toContain('http://127.0.0.1:9 does not answer')
  const lost = await asked({ PUBLIC_URL: 'https://press.invalid' })
  expect(failures(lost.out)[0]).toContain('press.invalid has no address')
})

test('a public address whose clock is a day off is told to keep time', async () => {
  const server = createServer((_req, res) =>
    res.setHeader('date', new Date(Date.now() + 86_400_000).toUTCString()).end('ok'),
  )
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up))
  try {
    const { port } = server.address() as AddressInfo
    const said = await asked({ PUBLIC_URL: `http://127.0.0.1:${port}` })
    expect(failures(said.out)[0]).toContain('the public address is 86')
  } finally {
    server.close()
  }
})

test('private addresses that may be called are listed one by one', async () => {
  const said = await asked({ ORTOO_OUTSIDERS: '127.0.0.1:4999,127.0.0.1:4998' })
  expect(said.out.filter((line) => line.includes('may be called'))).toHaveLength(2)
})

test('whatever fails has its remedy in the same sentence', () => {
  const folder = join(ROOT, 'src/cli/doctor')
  const source = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))
  const keys = source.flatMap((text) => [...text.matchAll(/fail\(\s*'([\w.-]+)'/g)].map((m) => m[1] as string))
  expect(keys.length).toBeGreaterThan(15)
  const bare = keys.filter((key) => !t('zh', key).includes('；') || !/; |so /.test(t('en', key)))
  expect(bare).toEqual([])
})

describe('files in a bucket', () => {
  let bucket: S3Server
  beforeAll(async () => {
    bucket = await startS3()
  })
  afterAll(() => bucket.stop())

  test('are written, read back and deleted, and nothing is left', async () => {
    const said = await asked(bucket.env)
    expect(failures(said.out)).toEqual([])
    expect(said.out.join('\n')).toContain('Files can be written, read back and deleted: s3://press/ortoo/')
    expect(bucket.requests.filter((r) => /^(PUT|DELETE)/.test(r))).toHaveLength(2)
  })

  test('whose key is wrong, or that is not there, are named with what to check; no secret is printed', async () => {
    const wrong: Record<string, string>[] = [{ S3_SECRET_ACCESS_KEY: 'not-the-one' }, { S3_ACCESS_KEY_ID: 'nobody' }]
    for (const more of wrong) {
      const said = await asked({ ...bucket.env, ...more })
      expect(failures(said.out).join()).toMatch(/cannot be written or read back \((HTTP 403|\w+)\); check FILES_URL/)
      expect(said.out.join()).not.toContain('not-the-one')
    }
  })

  test.each([
    ['FILES_URL', { FILES_URL: 'https://bucket.example/' }],
    ['FILES_URL', { FILES_URL: 's3://press?endpoint=ftp://x' }],
    ['FILES_URL', { FILES_URL: 's3://press/a b' }],
    ['FILES_URL', { FILES_URL: 's3://key:secret@press/' }],
    ['S3_ACCESS_KEY_ID', { S3_ACCESS_KEY_ID: '' }],
    ['S3_SECRET_ACCESS_KEY', { S3_SECRET_ACCESS_KEY: '' }],
  ])('a wrong %s is one sentence', async (name, more) => {
    for (const lang of ['zh', 'en'] as const) {
      const said = await asked({ ...bucket.env, ...more }, lang)
      expect([said.status, said.out]).toEqual([2, []])
      expect(said.err).toEqual([`${name}: ${t(lang, `setting.${name}`)}`])
    }
  })
})

describe.runIf(needs('postgres'))('two work machines on one database', () => {
  let cluster: PostgresBackend
  beforeAll(async () => {
    cluster = await startPostgres()
  })
  afterAll(() => cluster.stop())

  test('with a folder each are told that readers see different sites, and with unlike keys that receipts do not agree', async () => {
    const DATABASE_URL = await cluster.fresh()
    const store = await openStore({ databaseUrl: DATABASE_URL })
    await migrate(store)
    const seen = async (id: string, files: string, keys: string) =>
      store.db.insertInto('worker').values({ id, files, keys, seen_at: systemClock.now() }).execute()
    try {
      const note = (out: string[]) => out.filter((line) => /work process|Work process|different keys/.test(line))
      expect(note((await asked({ DATABASE_URL })).out)[0]).toContain('No work process in the last minute')
      await seen('one:1', placeOf({ dataDir: dir, files: null }), 'k')
      expect(note((await asked({ DATABASE_URL })).out)[0]).toContain('Work processes seen: 1')
      await seen('two:1', 'elsewhere', 'k')
      expect(failures((await asked({ DATABASE_URL })).out).join()).toContain('one:1, two:1 and this machine do not')
      await seen('three:1', 'elsewhere', 'other')
      expect(failures((await asked({ DATABASE_URL })).out).join()).toContain('seal with different keys')
    } finally {
      await store.close()
    }
  })
})

describe('single sign-on and second factors', () => {
  const provider = async (said: object | null) => {
    const server = createServer((_req, res) => {
      res.writeHead(said ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(said ?? {}))
    })
    await new Promise<void>((up) => server.listen(0, '127.0.0.1', up))
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const set = { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: 'ortoo', OIDC_CLIENT_SECRET: 'not-to-be-printed' }
    return { issuer, set, close: () => new Promise((done) => server.close(done)) }
  }
  const whole = (issuer: string) => ({
    issuer,
    authorization_endpoint: `${issuer}/auth`,
    token_endpoint: 'https://tokens.example/token',
    jwks_uri: `${issuer}/keys`,
  })

  const looked = async (set: Record<string, string>) => {
    const [found] = await oidc.run(readConfig({ ...env, ...set, CHROMIUM_PATH: 'off' }), systemClock)
    return `${found?.level}: ${t('en', found?.key ?? '', found?.params)}`
  }

  test('an operator reads whom the service will call and what to register, or what is wrong with the provider', async () => {
    const said: Record<string, unknown> = {}
    const one = await provider(said)
    Object.assign(said, whole(one.issuer))
    const good = await looked(one.set)
    expect(good).toMatch(/^ok: /)
    expect(good).toContain(`calls ${one.issuer}, https://tokens.example directly`)
    expect(good).toContain('register http://127.0.0.1:9/desk/sign-in/callback/office')
    expect(good).not.toContain(one.set.OIDC_CLIENT_SECRET)
    said['issuer'] = 'https://other.example'
    expect(await looked(one.set)).toMatch(/^fail: .*calls itself https:\/\/other\.example/)
    Object.assign(said, whole(one.issuer), { jwks_uri: undefined })
    expect(await looked(one.set)).toMatch(/^fail: .*does not name its jwks_uri/)
    await one.close()
    expect(await looked(one.set)).toMatch(/^note: .*does not answer/)
  })

  test('who has no second factor is said, by count and never by name', async () => {
    const place = await workplace({ dataDir: dir, databaseUrl: `sqlite:${join(dir, 'ortoo.db')}` })
    await office(place.ctx, { logins: ['league-signer'] })
    const { db } = place.ctx.store
    const of = db.selectFrom('member').select('user_id').where('id', '=', 'league-signer')
    const factors = async () =>
      (await database.run(place.ctx.config, systemClock)).filter((f) => /factors|signers/.test(f.key))
    expect(await factors()).toEqual([{ level: 'note', key: 'doctor.no-factors' }])
    await keepPaper(db, (await of.executeTakeFirstOrThrow()).user_id as string, place.clock.now(), 10)
    expect(await factors()).toEqual([{ level: 'ok', key: 'doctor.some-factors', params: { n: 1, of: 1 } }])
    await place.close()
  })
})
