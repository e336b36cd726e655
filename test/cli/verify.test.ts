/** What `ortoo verify` and `ortoo site rebuild` find, over a site with releases of several kinds of edition. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runsOfRelease } from '../../src/delivery/run-store.ts'
import { createRelease } from '../../src/desk/create.ts'
import { saveDraft } from '../../src/desk/save.ts'
import { beginCorrection } from '../../src/publication/correct.ts'
import { publishApproved } from '../../src/publication/publish.ts'
import { takeDown } from '../../src/publication/takedown.ts'
import { withdraw } from '../../src/publication/withdraw.ts'
import { decide } from '../../src/review/decide.ts'
import { currentSubmission } from '../../src/review/store.ts'
import { submit } from '../../src/review/submit.ts'
import { commitFirstPages } from '../../src/server/first-site.ts'
import type { Actor } from '../../src/staff/member.ts'
import { CLEAR, policyDraft } from '../support/sample.ts'
import { type Station, station } from '../support/station.ts'
import { type Behind, ortoo } from './terminal.ts'

let s: Station
let work: { stop(): Promise<void> }
let cli: Behind
const who = (name: string) => s.people[name] as Actor

beforeEach(async () => {
  s = await station()
  await commitFirstPages(s.ctx, s.ctx.site)
  work = await s.work()
  cli = { env: {}, ctx: s.ctx }
})
afterEach(async () => {
  await work.stop()
  await s.close()
})

async function agreeAndPublish(id: string): Promise<void> {
  const revisionHash = (await currentSubmission(s.ctx.store.db, id))?.revision_hash as string
  await decide(s.ctx, who('reviewer'), id, { revisionHash, verdict: 'approve' })
  await decide(s.ctx, who('confidentiality'), id, { revisionHash, verdict: 'approve', confidentiality: CLEAR })
  await decide(s.ctx, who('signer'), id, { revisionHash, verdict: 'approve' })
  await publishApproved(s.ctx, id, 'signer')
  await settled(id)
}
async function settled(id: string): Promise<void> {
  for (let i = 0; i < 200; i++) {
    const runs = await runsOfRelease(s.ctx.store.db, id)
    if (runs.length > 0 && runs.every((r) => ['done', 'stopped'].includes(r.state))) return
    await sleep(50)
  }
  throw new Error('not settled')
}
async function published(n: number) {
  const release = await createRelease(s.ctx, who('drafter'), policyDraft({ documentNumber: `示政办字〔2026〕${n}号` }))
  await submit(s.ctx, who('drafter'), release.id, null)
  await agreeAndPublish(release.id)
  return release
}

/** Changes rows past the guards, as somebody with the database file would. */
function tamper(sql: string): void {
  const raw = s.ctx.store.raw
  const triggers = raw?.prepare("select name, sql from sqlite_master where type = 'trigger'").all() as {
    name: string
    sql: string
  }[]
  for (const t of triggers) raw?.exec(`drop trigger "${t.name}"`)
  raw?.exec(sql)
  for (const t of triggers) raw?.exec(t.sql)
}

test('an auditor who verifies an honest service is told that everything agrees', async () => {
  await published(1)
  const said = await ortoo(cli, 'verify')
  expect(said.err).toEqual([])
  expect(said).toMatchObject({ status: 0 })
  expect(said.out.at(-1)).toBe('Everything agrees')
  expect(said.out.join('\n')).toMatch(/Editions: 1,/)
  expect(said.out.join('\n')).toMatch(/read 1 release pages/)
}, 30_000)

test.each([
  ['a ledger entry', "update ledger set actor = 'somebody' where seq = 3", /Ledger entry 3 was changed/],
  [
    'the last ledger entries deleted',
    "delete from ledger where act = 'edition.publish'",
    /the ledger does not say the same/,
  ],
  ['the time of an edition', "update edition set published_at = '2020-01-01T00:00:00.000Z'", /not what was sealed/],
  [
    'the seal of an edition',
    "update edition set seal = substr(seal, 1, length(seal) - 4) || 'AAAA'",
    /the seal is not good/,
  ],
  [
    'the text of an edition',
    "update edition set content = replace(content, '饲草', '粮食')",
    /not the agreed revision/,
  ],
  ['the revision under it', "update revision set content = replace(content, '饲草', '粮食')", /does not have its hash/],
  [
    'the state of a delivery',
    "update delivery set state = 'failed' where subscriber_id = 0",
    /says accepted 1, counted 0/,
  ],
])(
  'nobody can change %s unseen',
  async (_what, sql, sentence) => {
    await published(1)
    await work.stop()
    tamper(sql)
    const said = await ortoo(cli, 'verify', '--offline')
    expect(said.status).toBe(1)
    expect(said.err.join('\n')).toMatch(sentence)
  },
  30_000,
)

test('a byte changed on the disk of the public side is found, and a rebuild makes the file whole again', async () => {
  const release = await published(1)
  const path = `/releases/${release.number}/`
  const hash = (await s.ctx.site.entry(path))?.hash as string
  const file = join(s.dir, 'site', 'files', hash.slice(0, 2), hash.slice(2, 4), hash)
  const before = readFileSync(file)
  writeFileSync(file, before.toString().replace('饲草', '粮食'))
  s.ctx.site.forget()
  const found = await ortoo(cli, 'verify', '--offline')
  expect(found.status).toBe(1)
  expect(found.err.filter((l) => l.startsWith(path))).toHaveLength(1)
  expect((await ortoo(cli, 'site', 'rebuild')).status).toBe(0)
  expect(readFileSync(file)).toEqual(before)
  s.ctx.site.forget()
  expect((await ortoo(cli, 'verify', '--offline')).status).toBe(0)
}, 30_000)

test('a page that is served differently from what was published is found by fetching it', async () => {
  const release = await published(1)
  const honest = s.ctx.configured
  s.ctx.configured = async (url, request) => {
    const answer = await honest(url, request)
    if (!url.endsWith(`/releases/${release.number}/`)) return answer
    return { ...answer, body: Buffer.from(Buffer.from(answer.body).toString().replace('饲草', '粮食')) }
  }
  const said = await ortoo(cli, 'verify')
  s.ctx.configured = honest
  expect(said.status).toBe(1)
  expect(said.err.join('\n')).toContain('the bytes served differ from the manifest')
}, 30_000)

test('when the site does not answer, the operator is told to start the service', async () => {
  s.ctx.configured = async () => {
    throw new Error('refused')
  }
  const said = await ortoo({ ...cli, lang: 'zh' }, 'verify')
  expect(said.status).toBe(1)
  expect(said.err.join('\n')).toContain('请启动服务')
})

test('every public file made again from rows is the same, byte for byte, after every kind of edition', async () => {
  const corrected = await published(1)
  const withdrawn = await published(2)
  const gone = await published(3)
  await beginCorrection(s.ctx, who('drafter'), corrected.id, { type: 'correction' })
  const draft = policyDraft({ documentNumber: '示政办字〔2026〕1号' }, '<p>补助电话更正为 0000-54321。</p>')
  const zh = { ...draft.parts['zh-CN'], changeNote: '更正补助电话。' }
  await saveDraft(s.ctx, who('drafter'), corrected.id, { ...draft, parts: { 'zh-CN': zh } }, null)
  await submit(s.ctx, who('drafter'), corrected.id, null)
  await agreeAndPublish(corrected.id)
  await withdraw(s.ctx, who('drafter'), withdrawn.id, { reasons: { 'zh-CN': '该通知已由新文件代替。' } })
  await agreeAndPublish(withdrawn.id)
  await takeDown(s.ctx, who('signer'), gone.id, { ground: 'privacy' })
  await settled(gone.id)
  const said = await ortoo(cli, 'site', 'rebuild', '--compare')
  expect(said.out.filter((line) => !line.includes('byte for byte'))).toEqual([])
  expect(said.status).toBe(0)
  expect(readdirSync(s.dir).filter((n) => n.startsWith('site-rebuild'))).toEqual([])
}, 60_000)

test('a file taken from the tree is named as a difference and is back after the rebuild', async () => {
  const release = await published(1)
  await s.ctx.site.remove('website', 'live', 1, [`/releases/${release.number}/`])
  const compared = await ortoo(cli, 'site', 'rebuild', '--compare')
  expect(compared.status).toBe(1)
  expect(compared.out).toContain(`Made and not here: /releases/${release.number}/`)
  expect((await ortoo(cli, 'site', 'rebuild')).status).toBe(0)
  s.ctx.site.forget()
  expect((await fetch(`${s.url}/releases/${release.number}/`)).status).toBe(200)
  expect((await ortoo(cli, 'verify')).status).toBe(0)
}, 60_000)
