/** The gazette: what a period published stands in one issue, and what is taken back leaves it at once. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { outlets } from '../../channels/index.ts'
import { channelConfig } from '../../src/context.ts'
import { buildIssues } from '../../src/delivery/gazette.ts'
import { replay } from '../../src/delivery/replay.ts'
import { releaseById } from '../../src/desk/store.ts'
import { DAY, plus, wallMinute } from '../../src/lib/clock.ts'
import { compileIssue } from '../../src/publication/gazette.ts'
import { takeDown } from '../../src/publication/takedown.ts'
import { quarantine } from '../../src/purge/quarantine.ts'
import { settleQuarantine } from '../../src/purge/settle.ts'
import { sweepPurged } from '../../src/purge/sweep.ts'
import { commitFirstPages } from '../../src/server/first-site.ts'
import type { Actor } from '../../src/staff/member.ts'
import { folderBlobs } from '../../src/store/blob.ts'
import { openSite } from '../../src/store/site.ts'
import { policyDraft } from '../support/sample.ts'
import { publishNew, runUntil, type Station, station } from '../support/station.ts'

let s: Station
let stop: () => Promise<void>
let ids: string[]
beforeEach(async () => {
  s = await station()
  await commitFirstPages(s.ctx, s.ctx.site)
  stop = (await s.work()).stop
  const draft = (n: number, text: string) => {
    const { core, ...rest } = policyDraft({ documentNumber: `示政办字〔2026〕${n}号` }, `<p>${text}</p>`)
    return { core, ...rest }
  }
  ids = []
  for (const [n, text] of [
    [41, '第一件的正文'],
    [42, '第二件的正文'],
  ] as const) {
    ids.push(await publishNew(s, draft(n, text)))
    await runUntil(s, ids.at(-1)!, 'website', (run) => run.state === 'done')
  }
})
afterEach(async () => {
  await stop()
  expect(s.errors).toEqual([])
  await s.close()
})

const who = (name: string) => s.people[name] as Actor
const today = () => wallMinute(s.ctx.clock.now()).slice(0, 10)
/** The same office two days later, when the period is over. */
const later = () => ({ ...s.ctx, clock: { ...s.ctx.clock, now: () => plus(s.ctx.clock.now(), 2 * DAY) } })
const compile = (over: object = {}) =>
  compileIssue(later(), who('signer'), { number: '2026-11', from: today(), to: today(), ...over })
const page = async (path: string) => (await fetch(s.url + path)).text()

test('a reader finds what the period published in one issue, in order and in full, and the issue in the list', async () => {
  expect(await page('/gazette/')).toContain('还没有出版政报')
  await compile({ standard: true })
  await buildIssues(s.ctx)
  const issue = await page('/gazette/2026-11/')
  expect(issue.indexOf('第一件的正文')).toBeGreaterThan(0)
  expect(issue.indexOf('第二件的正文')).toBeGreaterThan(issue.indexOf('第一件的正文'))
  expect(issue).toContain('标准文本')
  expect(issue).toContain('示政办字〔2026〕42号')
  expect(await page('/gazette/')).toContain('href="/gazette/2026-11/"')
})

test('only a signer makes an issue, of a period that is over, once, and never an empty one', async () => {
  await expect(
    compileIssue(later(), who('drafter'), { number: '2026-11', from: today(), to: today() }),
  ).rejects.toThrow('no-role')
  const now = { number: '2026-11', from: today(), to: today() }
  await expect(compileIssue(s.ctx, who('signer'), now)).rejects.toThrow('gazette-not-over')
  await expect(compile({ from: '2026-01-02', to: '2026-01-01' })).rejects.toThrow('gazette-period')
  await expect(compile({ from: '2020-01-01', to: '2020-01-31' })).rejects.toThrow('gazette-empty')
  await compile()
  await expect(compile()).rejects.toThrow('gazette-number')
})

test('what is taken down leaves a line in its issue at once, and a rebuild gives the same bytes', async () => {
  await compile()
  await buildIssues(s.ctx)
  await takeDown(s.ctx, who('signer'), ids[0]!, { ground: 'privacy' })
  await runUntil(s, ids[0]!, 'website', (run) => run.state === 'done')
  const issue = await page('/gazette/2026-11/')
  const { number } = (await releaseById(s.ctx.store.db, ids[0]!))!
  expect(issue).not.toContain('第一件的正文')
  expect(issue).not.toContain('〔2026〕41号')
  expect(issue).toContain(number)
  expect(issue).toContain('第二件的正文')

  const dir = await mkdtemp(join(tmpdir(), 'ortoo-again-'))
  const site = openSite({
    dir,
    blobs: folderBlobs(join(dir, 'files')),
    csp: '',
    now: s.ctx.clock.now,
    onError: () => {},
  })
  const config = channelConfig(s.ctx.config, s.ctx.keys)
  const { outsider, clock, log } = s.ctx
  const given = { published: async () => null, unlock: () => '' }
  const deps = { config, site, outsider, outbox: async () => {}, now: clock.now, log, ...given }
  await commitFirstPages(s.ctx, site)
  await replay(s.ctx, outlets(deps).channels, 0, () => {})
  const all = async (from: typeof site) => {
    const files: [string, string][] = []
    for await (const hit of from.walk('website')) files.push([hit.path, hit.hash])
    return files.sort()
  }
  expect(await all(site)).toEqual(await all(s.ctx.site))
  expect((await all(site)).map(([path]) => path)).toContain('/gazette/2026-11/')
  await rm(dir, { recursive: true, force: true })
})

test('a purge leaves no byte of a release in its issue', async () => {
  await compile()
  await buildIssues(s.ctx)
  await quarantine(s.ctx, who('reviewer'), ids[0]!)
  await runUntil(s, ids[0]!, 'website', (run) => run.state === 'done')
  await settleQuarantine(s.ctx, who('confidentiality'), ids[0]!, { outcome: 'purged', instruction: '示例令1号' })
  for (let i = 0; i < 50 && (await sweepPurged(s.ctx)) === false; i++) await new Promise((go) => setTimeout(go, 50))
  const blobs: string[] = []
  for await (const hash of s.ctx.files.site.blobs.list())
    blobs.push(new TextDecoder().decode((await s.ctx.files.site.blobs.get(hash))!))
  expect(blobs.filter((text) => text.includes('第一件的正文'))).toEqual([])
  expect(blobs.some((text) => text.includes('第二件的正文'))).toBe(true)
})
