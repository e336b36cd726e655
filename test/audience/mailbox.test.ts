/** The folder returned mail is delivered into: read in order, by several at once, and nothing of it is ever lost. */
import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readMailbox } from '../../src/audience/mailbox.ts'
import { MOST_BYTES } from '../../src/audience/maildir.ts'
import { insertSubscriber, subscriberById } from '../../src/audience/store.ts'
import { mailbox } from '../../src/cli/doctor/mailbox.ts'
import { DAY } from '../../src/lib/clock.ts'
import { bounceAddress } from '../../src/lib/verp.ts'
import { namesOfBackups } from '../../src/purge/sweep.ts'
import { type Workplace, workplace } from '../support/office.ts'

let at: Workplace
let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ortoo-maildir-'))
  for (const part of ['new', 'cur', 'tmp']) await mkdir(join(dir, part))
  at = await workplace({
    bounceMaildir: dir,
    smtp: { url: 'smtp://127.0.0.1:1', from: 'press@press.example', connections: 1, bounceDomain: 'bounce.example' },
  })
  at.clock.set(new Date().toISOString())
})
afterEach(async () => {
  await at.close()
  await rm(dir, { recursive: true, force: true })
})

/** A reader with one mail on its way. @returns the reader's id and the address the mail comes back to */
async function reader(n: number): Promise<{ id: number; path: string }> {
  const id = await insertSubscriber(at.ctx.store.db, {
    kind: 'email',
    address: `reader${n}@reader.example`,
    keys: null,
    token: `${'t'.repeat(28)}${String(n).padStart(4, '0')}`,
    state: 'active',
    mode: 'live',
    language: 'zh-CN',
    urgency: 'normal',
    frequency: 'at-once',
    all_topics: 1,
    all_areas: 1,
    created_at: at.clock.now(),
    confirmed_at: at.clock.now(),
    left_at: null,
  })
  const { raw } = at.ctx.store
  raw!.exec('pragma foreign_keys = off')
  const { id: delivery } = raw!
    .prepare(
      `insert into delivery (dispatch_id, subscriber_id, language, state, attempt, updated_at) values ('d', ?, 'zh-CN', 'accepted', 1, ?) returning id`,
    )
    .get(id, at.clock.now()) as { id: number }
  raw!.exec('pragma foreign_keys = on')
  return { id, path: bounceAddress(at.ctx.keys.bounce, delivery, 'bounce.example') }
}
const dead = (path: string, status = '5.1.1') =>
  [
    `Delivered-To: ${path}`,
    'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
    '',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx',
    '',
    'Action: failed',
    `Status: ${status}`,
    '--b--',
    '',
  ].join('\n')
const put = (name: string, text: string, part = 'new') => writeFile(join(dir, part, name), text)
const ls = async (...part: string[]) => (await readdir(join(dir, ...part)).catch(() => [])).sort()
const stateOf = async (id: number) => (await subscriberById(at.ctx.store.db, id))?.state
const counted = async () =>
  Object.fromEntries(
    (await at.ctx.store.db.selectFrom('counter').selectAll().where('name', 'like', 'mail-report:%').execute()).map(
      (r) => [r.name.slice('mail-report:'.length), r.value],
    ),
  )

test('a returned mail ends the subscription it names and stands in the box as seen', async () => {
  const { id, path } = await reader(1)
  await put('1001.a.host', dead(path))
  await put('1002.b.host', 'Subject: hello\n\nI am a person\n')
  expect(await readMailbox(at.ctx)).toBe(2)
  expect(await stateOf(id)).toBe('gone')
  expect([await ls('new'), await ls('cur')]).toEqual([[], ['1001.a.host:2,S', '1002.b.host:2,S']])
  expect(await readFile(join(dir, 'cur', '1001.a.host:2,S'), 'utf8')).toBe(dead(path))
  expect(await readMailbox(at.ctx)).toBe(0)
  expect(await counted()).toEqual({ hard: 1, other: 1 })
})

test('mails are heeded in the order they came in', async () => {
  const { id, path } = await reader(1)
  const complaint = `To: ${path}\nContent-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\n--b--\n`
  await put('1002', dead(path))
  await put('1001', complaint)
  await readMailbox(at.ctx)
  expect(await stateOf(id)).toBe('complained')
})

test('several workers at one box heed each mail once', async () => {
  const readers = await Promise.all(Array.from({ length: 40 }, (_, i) => reader(i)))
  for (const [i, r] of readers.entries()) await put(`${1000 + i}`, dead(r.path))
  const heeded = await Promise.all([1, 2, 3, 4].map(() => readMailbox(at.ctx)))
  expect(heeded.reduce((a, b) => a + b)).toBe(40)
  expect(await counted()).toEqual({ hard: 40 })
  expect((await ls('cur')).length).toBe(40)
  for (const r of readers) expect(await stateOf(r.id)).toBe('gone')
})

test('what is no mail is put aside unopened: a link, a folder, a pipe, a mail without end', async () => {
  const { id, path } = await reader(1)
  await writeFile(join(dir, 'secret'), dead(path))
  await symlink(join(dir, 'secret'), join(dir, 'new', '1-link'))
  await mkdir(join(dir, 'new', '2-folder'))
  execFileSync('mkfifo', [join(dir, 'new', '3-pipe')])
  await put('4-big', `${dead(path)}${'x'.repeat(MOST_BYTES)}`)
  await put('.hidden', dead(path))
  expect(await readMailbox(at.ctx)).toBe(0)
  expect(await ls('.failed', 'cur')).toEqual(['1-link:2,F', '2-folder:2,F', '3-pipe:2,F', '4-big:2,F'])
  expect([await ls('new'), await ls('cur')]).toEqual([['.hidden'], []])
  expect(await stateOf(id)).toBe('active')
  expect(await readFile(join(dir, 'secret'), 'utf8')).toBe(dead(path))
  expect(await counted()).toEqual({ unreadable: 4 })
})

test('a mail whose reader died over it is taken again, but not from one who is still at it', async () => {
  const { id, path } = await reader(1)
  await put('1001:2,', dead(path), 'cur')
  await put('1002:2,S', dead(path), 'cur')
  expect(await readMailbox(at.ctx)).toBe(0)
  at.clock.advance(DAY)
  expect(await readMailbox(at.ctx)).toBe(1)
  expect(await stateOf(id)).toBe('gone')
  expect(await ls('cur')).toEqual(['1001:2,S', '1002:2,S'])
})

test('while the database is away nothing is lost and the others are not held up', async () => {
  const { id, path } = await reader(1)
  await put('1001', dead(path))
  await put('1002', dead(path))
  const { tx } = at.ctx.store
  let calls = 0
  const broken = {
    ...at.ctx.store,
    tx: (async (work: never) => {
      if (++calls === 1) throw new Error('away')
      return tx(work)
    }) as typeof tx,
  }
  expect(await readMailbox({ ...at.ctx, store: broken })).toBe(1)
  expect(await ls('cur')).toEqual(['1001:2,', '1002:2,S'])
  expect(at.logged).toHaveLength(1)
  at.clock.advance(DAY)
  expect(await readMailbox(at.ctx)).toBe(1)
  expect(await ls('cur')).toEqual(['1001:2,S', '1002:2,S'])
  expect(await stateOf(id)).toBe('gone')
})

test('the operator is told when the box is missing, unreadable or holds what could not be read', async () => {
  const levels = async () => (await mailbox.run(at.ctx.config, at.clock)).map((f) => `${f.level} ${f.key}`)
  expect(await levels()).toEqual(['ok doctor.mailbox'])
  await mkdir(join(dir, 'new', 'folder'))
  await readMailbox(at.ctx)
  expect(await levels()).toEqual(['ok doctor.mailbox', 'note doctor.mailbox-failed'])
  await rm(join(dir, 'cur'), { recursive: true })
  expect(await levels()).toEqual(['fail doctor.mailbox-no-folder'])
  await writeFile(join(dir, 'cur'), '')
  expect(await levels()).toEqual(['fail doctor.mailbox-no-folder'])
})

test('returned mails quote what they are about, so a purge names the folder where one came since the release was begun', async () => {
  const { db } = at.ctx.store
  const begun = new Date(Date.now() - 60_000).toISOString()
  expect(await namesOfBackups(db, at.ctx.config, begun)).toEqual([])
  await writeFile(join(dir, 'cur', 'one:2,S'), dead('bounce+1.0@bounce.example'))
  expect(await namesOfBackups(db, at.ctx.config, begun)).toEqual([dir])
  expect(await namesOfBackups(db, at.ctx.config, new Date(Date.now() + 60_000).toISOString())).toEqual([])
})
