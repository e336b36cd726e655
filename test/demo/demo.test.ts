/** The demo cannot harm or mislead: its people and places are invented, its folder is its own, and it does not call a failure delivered. */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { BODIES, CHAIN_OF, PEOPLE, PLACES } from '../../src/demo/cast.ts'
import { freshFolder, NotOurs } from '../../src/demo/children.ts'
import type { Run } from '../../src/demo/desk.ts'
import { table, undelivered } from '../../src/demo/table.ts'
import { ENGLISH, firstReport, NOTICE, update } from '../../src/demo/texts.ts'
import { recognise } from '../../src/desk/recognise.ts'
import { refuseSampleFolder } from '../../src/server/sample-folder.ts'
import { chainIssues, DEFAULT_CHAINS } from '../../src/staff/chain.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ortoo-demo-'))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

test('the league has three banners, eight towns and twenty villages, two of one name, none of them real', () => {
  const of = (length: number) => PLACES.filter((p) => p.code.length === length)
  expect(of(6).map((p) => p.code)).toEqual(['159900', '159921', '159922', '159923'])
  expect(of(9)).toHaveLength(8)
  expect(of(12)).toHaveLength(20)
  expect(new Set(of(12).map((p) => p.zh)).size).toBe(19)
  expect(PLACES.every((p) => p.code.startsWith('1599'))).toBe(true)
  expect(PLACES.every((p) => !p.parent || PLACES.some((o) => o.code === p.parent))).toBe(true)
})

test('nine bodies, each marked as a sample, with chains that hold and people who can take every step', () => {
  expect(BODIES).toHaveLength(9)
  expect(BODIES.every((b) => /示例|sample/.test(b.zh) && b.en.includes('(sample)'))).toBe(true)
  expect(BODIES.flatMap((b) => chainIssues(b.chains ?? DEFAULT_CHAINS))).toEqual([])
  for (const body of BODIES) {
    const chain = CHAIN_OF[body.slug]
    expect(chain?.routine).toHaveLength((body.chains ?? DEFAULT_CHAINS).routine.length)
    const roles = chain?.routine.map((id) => PEOPLE.find((p) => p.id === id)?.roles[0])
    expect(roles).toEqual((body.chains ?? DEFAULT_CHAINS).routine.map((s) => s.role))
  }
  expect(PEOPLE.length).toBeGreaterThanOrEqual(26)
  expect(PEOPLE.filter((p) => p.body === 'bayanuul')).toHaveLength(3)
})

test('nobody is named: people are called by their post', () => {
  expect(PEOPLE.filter((p) => !/(员|领导)[甲乙]?$/.test(p.name))).toEqual([])
})

test('the built-in notice is read as an official document', () => {
  expect(recognise(NOTICE)).toMatchObject({
    documentNumber: '青署发〔2026〕41号',
    title: '青格勒盟行政公署关于做好今冬明春牧区饲草储备工作的通知',
    addressees: '各旗县人民政府，盟直各部门：',
    formedOn: '2026-11-20',
    core: { kind: 'policy' },
    unrecognised: expect.any(Array),
  })
})

test('no phone in the story can be called', () => {
  const now = '2026-11-23T06:00:00.000Z'
  const words = JSON.stringify([NOTICE, ENGLISH, firstReport('i', now, now), update('i', now, now)])
  expect(words.match(/\d{3,4}-\d{7,8}|1\d{10}/g)?.filter((n) => n !== '0000-0000000') ?? []).toEqual([])
})

test('the demo empties its own folder and never anybody else’s', async () => {
  await writeFile(join(dir, 'letter.txt'), 'mine')
  await expect(freshFolder(dir)).rejects.toThrow(NotOurs)
  expect(await readdir(dir)).toEqual(['letter.txt'])
  const own = join(dir, 'own')
  await freshFolder(own)
  await writeFile(join(own, 'left-over'), 'from the last run')
  await freshFolder(own)
  expect(await readdir(own)).toEqual(['SAMPLE-DATA-ONLY'])
})

test('sample data is never served as live, nor live data as a sample', async () => {
  const config = (sample: string) => readConfig({ ORTOO_DATA: dir, ORTOO_SAMPLE: sample })
  await expect(refuseSampleFolder(config('1'))).rejects.toThrow(/not a sample folder/)
  await expect(refuseSampleFolder(config('0'))).resolves.toBeUndefined()
  await freshFolder(join(dir, 'own'))
  const own = (sample: string) => readConfig({ ORTOO_DATA: join(dir, 'own'), ORTOO_SAMPLE: sample })
  await expect(refuseSampleFolder(own('0'))).rejects.toThrow(/holds sample data/)
  await expect(refuseSampleFolder(own('1'))).resolves.toBeUndefined()
})

const at = '2026-11-23T06:00:00.000Z'
const run = (over: Partial<Run> = {}): Run => ({
  id: 'd',
  outlet: 'website',
  state: 'done',
  why: '',
  notReady: null,
  audience: 1,
  counts: { planned: 0, sending: 0, accepted: 1, deferred: 0, failed: 0, gone: 0, unknown: 0 },
  repeats: 0,
  times: { planned: at, started: at, firstAccepted: at, lastAccepted: at, verified: at, done: at },
  ...over,
})

test.each([
  ['everything in order', {}, null],
  ['a sum that does not hold', { audience: 2 }, 'website: 2 ≠ 1'],
  ['an outlet that is not set up', { notReady: 'no SMTP' }, 'website: no SMTP'],
  ['a run that is held', { state: 'held', why: 'not-verified' }, 'website: held not-verified'],
  ['a page nobody read back', { times: { verified: null } }, 'website: not verified'],
  ['nobody reached', { outlet: 'email', audience: 2, counts: { accepted: 0, failed: 2 } }, 'email: 0 / 2'],
  [
    'outcomes nobody knows',
    { outlet: 'email', audience: 2, counts: { accepted: 1, unknown: 1 } },
    /^email: .*"unknown":1/,
  ],
] as [string, Partial<Run>, string | RegExp | null][])('with %s the demo says so', (_what, over, said) => {
  const why = undelivered(run(over))
  if (said instanceof RegExp) expect(why).toMatch(said)
  else expect(why).toBe(said)
})

test('the table gives times since publication, and the sum in the reader’s language', () => {
  const late = '2026-11-23T06:00:00.250Z'
  const edition = {
    number: 1,
    type: 'first',
    publishedAt: at,
    address: '',
    told: null,
    dispatches: [
      run({ times: { planned: late, started: null } }),
      run({ outlet: 'email', audience: 12, counts: { accepted: 10, gone: 2 } }),
    ],
  }
  const [head, site, mail] = table(edition, 'zh')
  expect(head).toContain('首个接收')
  expect(site).toMatch(/^ {4}网站 +\+250 +– /)
  expect(mail).toContain('12 = 对方已接收 10 + 地址失效 2')
  // A correction within a second of its edition bears a time up to a second ahead of what was done for it.
  const ahead = { ...edition, publishedAt: new Date(Date.parse(edition.publishedAt) + 700).toISOString() }
  expect(table(ahead, 'zh').join('\n')).not.toContain('+-')
  expect(table(ahead, 'zh')[1]).toMatch(/^ {4}网站 +\+0 +– /)
})
