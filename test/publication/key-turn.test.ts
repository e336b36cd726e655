/** A key takes another's place: what was sealed, sent and handed out before goes on being ours, on every machine, and nobody does it alone. */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { subscriberById } from '../../src/audience/store.ts'
import { channelConfig } from '../../src/context.ts'
import { verifyLedger } from '../../src/ledger/verify.ts'
import { HOUR } from '../../src/lib/clock.ts'
import type { Refusal } from '../../src/lib/errors.ts'
import { bounceAddress, deliveryOfBounce } from '../../src/lib/verp.ts'
import { openKeys } from '../../src/publication/keys.ts'
import { openSeal, sealClaim } from '../../src/publication/seal.ts'
import { lastEditionOf } from '../../src/publication/store.ts'
import { takeUpKeys } from '../../src/publication/take-up-keys.ts'
import { verifyEditions } from '../../src/publication/verify.ts'
import { keyTurns } from '../../src/staff/key-store.ts'
import { updateMember } from '../../src/staff/store.ts'
import { turnKey } from '../../src/staff/turn-key.ts'
import { offlineCheck } from '../../templates/page/verify.tsx'
import { t } from '../../templates/words/index.ts'
import { type App, appOf, caller } from '../support/caller.ts'
import { DeskPerson } from '../support/desk-person.ts'
import { published, subscribe } from '../support/going.ts'
import { type Office, office, type Workplace, workplace } from '../support/office.ts'

const LATEST = t('en', 'verify.latest')
const SMTP = { url: 'smtp://127.0.0.1:1', from: 'p@press.example', connections: 1, bounceDomain: 'bounce.example' }
let at: Workplace
let people: Office
let app: App
let one: DeskPerson
let two: DeskPerson
beforeEach(async () => {
  at = await workplace({ smtp: SMTP })
  people = await office(at.ctx, { logins: ['region-admin', 'region-auditor', 'league-admin'] })
  // A second administrator of the topmost office.
  await updateMember(at.ctx.store.db, 'region-auditor', { roles: '["admin"]' })
  app = await appOf(at.ctx)
  one = await new DeskPerson(app).signIn('region-admin')
  two = await new DeskPerson(app).signIn('region-auditor')
})
afterEach(async () => {
  expect((await verifyLedger(at.ctx.store.db)).faults).toEqual([])
  expect(at.logged).toEqual([])
  await at.close()
})

const KEYS = '/desk/office/keys'
const propose = async (name: string, by = one) =>
  by.submit(await by.get(`${KEYS}?lang=en`), /office\/keys$/, {}, { name: 'name', value: name })
const agree = async (by = two) =>
  by.submit(await by.get('/desk/office?lang=en'), /changes\/[^/]+$/, {}, { name: 'verdict', value: 'apply' })
const turn = async (name: string) => {
  expect((await propose(name)).text).toContain('Another administrator must agree')
  expect((await agree()).text).toContain('The change')
}
const sealed = async () => (await lastEditionOf(at.ctx.store.db, (await published(at, people)).id))?.seal as string
const ask = async (seal: string) =>
  (await new DeskPerson(app).get(`/verify/check?lang=en&number=${encodeURIComponent(seal)}`)).text
const kids = async () => {
  const { body } = await caller(app)('GET', '/.well-known/jwks.json')
  return (body.keys as { kid: string }[]).map((k) => k.kid)
}
const keysDir = () => join(at.ctx.config.dataDir, 'keys')

test('an edition sealed before and one after both verify, on the public page, offline, and when everything is recomputed', async () => {
  const before = await sealed()
  const first = at.ctx.keys.live.kid
  const secret = readFileSync(join(keysDir(), 'live.pem'), 'utf8')
  await turn('seal')
  const second = at.ctx.keys.live.kid
  expect(second).not.toBe(first)
  const after = await sealed()
  const kidIn = (seal: string) => JSON.parse(Buffer.from(seal.split('.')[0] as string, 'base64url').toString()).kid
  expect([kidIn(before), kidIn(after)]).toEqual([first, second])
  const [was, is] = [await ask(before), await ask(after)]
  const forged = await ask(`${after.split('.').slice(0, 2).join('.')}.${before.split('.')[2]}`)
  for (const text of [was, is]) expect(text).not.toContain('The seal is not ours')
  for (const text of [was, is]) expect(text).toContain(LATEST)
  expect(forged).toContain('The seal is not ours')
  expect(forged).not.toContain(LATEST)
  expect(await kids()).toEqual(expect.arrayContaining([first, second]))
  expect((await verifyEditions(at.ctx)).faults).toEqual([])

  // The commands of the page, with the published keys and nothing of the service.
  const dir = mkdtempSync(join(tmpdir(), 'ortoo-offline-'))
  try {
    const { body } = await caller(app)('GET', '/.well-known/jwks.json')
    writeFileSync(join(dir, 'jwks.json'), JSON.stringify(body))
    const script = offlineCheck('https://press.example')
      .split('\n')
      .filter((line) => !line.startsWith('curl'))
      .join('\n')
    for (const seal of [before, after]) {
      writeFileSync(join(dir, 'receipt.json'), JSON.stringify({ seal }))
      expect(execFileSync('sh', ['-c', script], { cwd: dir, encoding: 'utf8' })).toMatch(/^true/)
    }
  } finally {
    rmSync(dir, { recursive: true })
  }
  // What signed before can sign no more: its private half is nowhere.
  const lines = secret.split('\n').filter((line) => line && !line.startsWith('-----'))
  for (const name of readdirSync(join(keysDir(), 'old'))) {
    expect(readFileSync(join(keysDir(), 'old', name), 'utf8')).not.toContain(lines[0])
    expect(statSync(join(keysDir(), 'old', name)).mode & 0o077).toBe(0)
  }
  const rows = JSON.stringify(await at.ctx.store.db.selectFrom('key_turn').selectAll().execute())
  expect(rows).not.toContain('PRIVATE')
  expect((await one.get(`${KEYS}?lang=en`)).text).toContain(`A key of before, which still verifies: ${first}`)
})

test('a letter that left before is known when it comes back, and its link to unsubscribe works', async () => {
  await subscribe(at, 1)
  const [reader] = await at.ctx.store.db.selectFrom('subscriber').select(['id', 'token']).execute()
  const config = channelConfig(at.ctx.config, at.ctx.keys)
  const letter = () => bounceAddress(config.smtp?.bounceKey as string, 7, 'bounce.example')
  const before = letter()
  await turn('bounce')
  // The outlet was made before: its next letter goes by the new key all the same.
  expect(letter()).not.toBe(before)
  const { bounce, old } = at.ctx.keys
  const known = (address: string) => [bounce, ...old.bounce].map((k) => deliveryOfBounce(k, address, 'bounce.example'))
  expect([known(before), known(letter())]).toEqual([
    [null, 7],
    [7, null],
  ])
  await new DeskPerson(app).post(`/subscriptions/${reader!.token}/leave`, {})
  expect((await subscriberById(at.ctx.store.db, reader!.id))?.state).toBe('left')
})

test('another process of the folder, and another machine with a copy of it, take the new key up', async () => {
  const copy = mkdtempSync(join(tmpdir(), 'ortoo-machine-'))
  const late = mkdtempSync(join(tmpdir(), 'ortoo-machine-'))
  try {
    for (const dir of [copy, late]) cpSync(keysDir(), join(dir, 'keys'), { recursive: true })
    const machine = (dataDir: string) => ({
      store: at.ctx.store,
      config: { ...at.ctx.config, dataDir },
      keys: openKeys(dataDir, 'press.example', at.clock.now),
    })
    const process2 = openKeys(at.ctx.config.dataDir, 'press.example', at.clock.now)
    const there = machine(copy)
    const first = there.keys.live.kid
    await turn('seal')
    expect(process2.live.kid).toBe(at.ctx.keys.live.kid)
    expect(there.keys.live.kid).toBe(first)
    expect(await takeUpKeys(there)).toBe(true)
    expect(await takeUpKeys(there)).toBe(false)
    expect([there.keys.live.kid, there.keys.old.live.map((k) => k.kid)]).toEqual([at.ctx.keys.live.kid, [first]])
    const middle = at.ctx.keys.live.kid
    at.clock.advance(1000)
    await turn('seal')
    // One that slept through two turns takes up the last and knows both before it.
    const slept = machine(late)
    await takeUpKeys(slept)
    expect(slept.keys.live.kid).toBe(at.ctx.keys.live.kid)
    expect(slept.keys.old.live.map((k) => k.kid).sort()).toEqual([first, middle].sort())
    // A key somebody put there by hand is left alone.
    writeFileSync(join(copy, 'keys', 'live.pem'), readFileSync(join(copy, 'keys', 'exercise.pem')))
    await takeUpKeys(there)
    expect(there.keys.live.kid).toBe(there.keys.exercise.kid)
    expect(existsSync(join(copy, 'keys', 'turned'))).toBe(true)
  } finally {
    for (const dir of [copy, late]) rmSync(dir, { recursive: true })
  }
})

test('nobody changes a key alone, from below, twice at once, or one that is not changed here', async () => {
  const { kid } = at.ctx.keys.exercise
  await propose('seal-exercise')
  expect((await two.post(`${KEYS}?lang=en`, { name: 'seal-exercise' })).text).toContain('proposed already')
  expect((await two.get(`${KEYS}?lang=en`)).text).toContain('waits for another administrator')
  const id = (await caller(app, await people.token('region-admin'))('GET', 'changes')).body.items[0].id
  const alone = await one.post(`/desk/office/changes/${id}?lang=en`, { verdict: 'apply' })
  expect([alone.status, alone.text.includes('another administrator')]).toEqual([403, true])
  expect(at.ctx.keys.exercise.kid).toBe(kid)
  const below = await new DeskPerson(app).signIn('league-admin')
  expect((await below.get(`${KEYS}?lang=en`)).html).not.toContain('action="/desk/office/keys"')
  const refused = await below.post(`${KEYS}?lang=en`, { name: 'seal' })
  expect([refused.status, refused.text.includes('only administrators of the topmost office')]).toEqual([403, true])
  for (const name of ['vapid', 'secret', 'alert', '../live', ''])
    expect([name, (await one.post(KEYS, { name })).status]).toEqual([name, 422])
  expect((await agree()).status).toBe(200)
  expect(at.ctx.keys.exercise.kid).not.toBe(kid)
  expect((await at.ctx.store.db.selectFrom('ledger').select('act').execute()).map((e) => e.act)).toEqual(
    expect.arrayContaining(['change.propose', 'change.apply']),
  )
})

/** What holds everybody back who only has the service. */
async function withoutGuards(): Promise<void> {
  const { db, dialect } = at.ctx.store
  if (dialect === 'postgres') {
    await sql`alter table edition disable trigger user`.execute(db)
    return
  }
  const { rows } = await sql<{
    name: string
  }>`select name from sqlite_master where type = 'trigger' and tbl_name = 'edition'`.execute(db)
  for (const { name } of rows) await sql`drop trigger ${sql.id(name)}`.execute(db)
}

test('a key whose place was taken vouches for nothing that was published after', async () => {
  const stolen = at.ctx.keys.live
  await turn('seal')
  at.clock.advance(2 * HOUR)
  await published(at, people)
  expect((await verifyEditions(at.ctx)).faults).toEqual([])
  const { db } = at.ctx.store
  const row = (await db.selectFrom('edition').selectAll().orderBy('sequence', 'desc').limit(1).executeTakeFirst())!
  const claim = openSeal(at.ctx.keys.live, row.seal)
  expect(claim).not.toBeNull()
  await withoutGuards()
  await db
    .updateTable('edition')
    .set({ seal: sealClaim(stolen, claim!) })
    .where('id', '=', row.id)
    .execute()
  const forged = await verifyEditions(at.ctx)
  expect(forged.faults.map((f) => f.fault)).toContain('seal')
})

test('two turns after one key do not part the machines: the second is told it has been changed', async () => {
  const kid = at.ctx.keys.live.kid
  const turned = (ctx = at.ctx) => ctx.store.tx((trx) => turnKey(ctx, trx, 'seal', kid))
  await turned()
  // This process has not taken the new one up yet, and still sees the key that was to go.
  expect(at.ctx.keys.live.kid).toBe(kid)
  expect(await turned().catch((err: Refusal) => err.code)).toBe('key-turned')
  expect(await keyTurns(at.ctx.store.db)).toHaveLength(1)
})

test('a machine that lost its folder of keys starts all the same', async () => {
  await turn('seal')
  const empty = mkdtempSync(join(tmpdir(), 'ortoo-machine-'))
  try {
    const keys = openKeys(empty, 'press.example', at.clock.now)
    const made = keys.live.kid
    expect(await takeUpKeys({ store: at.ctx.store, config: { ...at.ctx.config, dataDir: empty }, keys })).toBe(false)
    expect(keys.live.kid).toBe(made)
  } finally {
    rmSync(empty, { recursive: true })
  }
})
