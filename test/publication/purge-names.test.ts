/** After a purge no word of the release is left: not in an address, a name, a note, a fault, a table or a file. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildIssues } from '../../src/delivery/gazette.ts'
import { addManualChannel } from '../../src/delivery/manual-channel.ts'
import { recordCarried } from '../../src/delivery/manual-record.ts'
import { attach } from '../../src/desk/attach.ts'
import { createRelease } from '../../src/desk/create.ts'
import { reportFault } from '../../src/desk/report-fault.ts'
import { releaseById } from '../../src/desk/store.ts'
import { DAY, plus, wallMinute } from '../../src/lib/clock.ts'
import { sha256 } from '../../src/lib/id.ts'
import { compileIssue } from '../../src/publication/gazette.ts'
import { quarantine } from '../../src/purge/quarantine.ts'
import { settleQuarantine } from '../../src/purge/settle.ts'
import { sweepPurged } from '../../src/purge/sweep.ts'
import { commitFirstPages } from '../../src/server/first-site.ts'
import type { Actor } from '../../src/staff/member.ts'
import { ortoo } from '../cli/terminal.ts'
import { policyDraft } from '../support/sample.ts'
import { agreeAndPublish, runUntil, type Station, station } from '../support/station.ts'

let s: Station
let work: { stop(): Promise<void> }
beforeEach(async () => {
  s = await station({ SITE_CODE: '1525000001', SITE_CONTACT: 'press@qinggele.example' })
  await commitFirstPages(s.ctx, s.ctx.site)
  work = await s.work()
})
afterEach(async () => {
  await work.stop()
  await s.close()
  expect(s.errors).toEqual([])
})

const who = (name: string) => s.people[name] as Actor
const CANARY = '苜蓿三七'
const SIGNED = '密云六八'
const WORDS = [CANARY, SIGNED]
const done = (id: string, sequence: number) =>
  Promise.all(
    ['website', 'feeds'].map((outlet) => runUntil(s, id, outlet, (r) => r.sequence >= sequence && r.state === 'done')),
  )

/** Names and bytes of every file below the data folder, also as they are when unpacked. */
function filesWith(words: string[]): string[] {
  const forms = words.flatMap((word) => [word, encodeURIComponent(word)]).map((form) => Buffer.from(form))
  const holds = (bytes: Buffer) => forms.some((form) => bytes.includes(form))
  const unpacked = (bytes: Buffer): Buffer[] =>
    [gunzipSync, brotliDecompressSync].flatMap((open) => {
      try {
        return [open(bytes)]
      } catch {
        return []
      }
    })
  return readdirSync(s.dir, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name))
    .filter((path) => {
      const bytes = readFileSync(path)
      return holds(Buffer.from(path)) || [bytes, ...unpacked(bytes)].some(holds)
    })
}
async function tablesWith(words: string[]): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from sqlite_master where type = 'table'`.execute(
    s.ctx.store.db,
  )
  const found: string[] = []
  for (const { name } of rows) {
    const all = JSON.stringify((await sql`select * from ${sql.table(name)}`.execute(s.ctx.store.db)).rows)
    if (words.some((word) => all.includes(word) || all.includes(encodeURIComponent(word)))) found.push(name)
  }
  return found
}

test('a purge leaves nothing anywhere, not even in the address of an attachment, and a rebuild agrees', async () => {
  const twin = new TextEncoder().encode('两件共有的附件。\n')
  const shared = { name: '共有.txt', title: '共有', bytes: twin }
  const stays = await createRelease(s.ctx, who('drafter'), policyDraft({ documentNumber: '示政办字〔2026〕40号' }))
  await attach(s.ctx, who('drafter'), stays.id, shared, null)
  await agreeAndPublish(s, stays.id)
  const draft = policyDraft(
    {
      documentNumber: `示${CANARY}〔2026〕41号`,
      contacts: [{ label: CANARY, phone: '0479-0000000', audience: 'public' }],
    },
    `<p>${CANARY}</p>`,
  )
  const { id } = await createRelease(s.ctx, who('drafter'), draft)
  const bytes = new TextEncoder().encode(`${CANARY}\n`)
  await attach(s.ctx, who('drafter'), id, { name: `${CANARY}.txt`, title: CANARY, bytes }, null)
  await attach(s.ctx, who('drafter'), id, { name: `${CANARY}-共有.txt`, title: '共有', bytes: twin }, null)
  await agreeAndPublish(s, id)
  await done(id, 2)
  const { number } = (await releaseById(s.ctx.store.db, id)) as { number: string }
  const file = `/files/${sha256(bytes)}/${encodeURIComponent(CANARY)}.txt`
  expect((await fetch(s.url + file)).status).toBe(200)
  const report = (page: string) =>
    reportFault(s.ctx, '192.0.2.1', {
      page,
      what: 'wording',
      text: `此处${CANARY}有误。`,
      contact: '0479-0000009',
    })
  await report(`/releases/${number}/`)
  await report(file)
  const tv = await addManualChannel(s.ctx, who('drafter'), { name: '旗电视台' })
  const link = `https://tv.example/${encodeURIComponent(CANARY)}`
  await recordCarried(s.ctx, who('reviewer'), id, { channelId: tv.id, link, note: SIGNED })
  const today = wallMinute(s.ctx.clock.now()).slice(0, 10)
  const later = { ...s.ctx, clock: { ...s.ctx.clock, now: () => plus(s.ctx.clock.now(), 2 * DAY) } }
  await compileIssue(later, who('signer'), { number: '2026-11', from: today, to: today })
  await buildIssues(s.ctx)
  expect(await tablesWith(WORDS)).toEqual(
    expect.arrayContaining(['attachment', 'edition', 'fault', 'manual_record', 'search_doc']),
  )
  expect(filesWith(WORDS)).not.toEqual([])
  await quarantine(s.ctx, who('reviewer'), id)
  await done(id, 4)
  expect((await fetch(s.url + file)).status).toBe(410)
  await settleQuarantine(s.ctx, who('confidentiality'), id, { outcome: 'purged', instruction: '示保〔2026〕1号' })
  for (let i = 0; i < 100 && filesWith(WORDS).length > 0; i++) await new Promise((r) => setTimeout(r, 100))
  await sweepPurged(s.ctx)
  expect(await tablesWith(WORDS)).toEqual([])
  expect(filesWith(WORDS)).toEqual([])
  expect([404, 410]).toContain((await fetch(s.url + file)).status)
  expect((await fetch(`${s.url}/releases/${number}/`)).status).toBe(410)
  expect((await fetch(`${s.url}/files/${sha256(twin)}/${encodeURIComponent('共有.txt')}`)).status).toBe(200)
  const said = await ortoo({ env: {}, ctx: s.ctx }, 'site', 'rebuild', '--compare')
  expect(said.status, said.out.join('\n')).toBe(0)
}, 60_000)
