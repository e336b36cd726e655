import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildIssues } from '../../src/delivery/gazette.ts'
import { addManualChannel } from '../../src/delivery/manual-channel.ts'
import { recordCarried } from '../../src/delivery/manual-record.ts'
import { attach } from '../../src/desk/attach.ts'
import { createRelease } from '../../src/desk/create.ts'
import { exportDocx } from '../../src/desk/docx/export.ts'
import { scansOf } from '../../src/desk/file-scan-store.ts'
import { keepWords, openKeep } from '../../src/desk/keep.ts'
import { reportFault } from '../../src/desk/report-fault.ts'
import { type ReleaseRow, releaseById, revisionOf } from '../../src/desk/store.ts'
import { DAY, plus, wallMinute } from '../../src/lib/clock.ts'
import { sha256 } from '../../src/lib/id.ts'
import { compileIssue } from '../../src/publication/gazette.ts'
import { quarantine } from '../../src/purge/quarantine.ts'
import { settleQuarantine } from '../../src/purge/settle.ts'
import { sweepPurged } from '../../src/purge/sweep.ts'
import { addComment, answerComment, settleComment } from '../../src/review/comment.ts'
import { maskFile } from '../../src/review/mask-file.ts'
import { commitFirstPages } from '../../src/server/first-site.ts'
import type { Actor } from '../../src/staff/member.ts'
import { WORDED } from '../../src/store/compact.ts'
import { claimKey, keepAnswer } from '../../src/store/idempotency.ts'
import { ortoo } from '../cli/terminal.ts'
import { subsidyXlsx } from '../support/office-files.ts'
import { filesWith } from '../support/on-disk.ts'
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

/** What people and the service write beside a draft: a comment with its answer, a copy of what was typed, a file with hits that is masked, an answer kept. */
async function written(id: string): Promise<void> {
  const { db } = s.ctx.store
  const hash = async () => {
    const row = (await releaseById(db, id)) as ReleaseRow
    return (await revisionOf(db, id, row.revision))!.hash
  }
  const named = `<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="${CANARY}" sheetId="1" r:id="rId1"/><sheet name="备注" sheetId="2" state="hidden" r:id="rId2"/></sheets></workbook>`
  const book = subsidyXlsx({ parts: { 'xl/workbook.xml': named } })
  await attach(s.ctx, who('drafter'), id, { name: '名单.xlsx', title: '名单', bytes: book }, null)
  const [scan] = (await scansOf(db, id)).filter(
    (row) => row.findings.includes(CANARY) || row.table_columns.includes(CANARY),
  )
  expect(scan).toBeDefined()
  await maskFile(s.ctx, who('drafter'), id, scan!.sha256, { take: ['hidden', 'comments', 'personal'] }, null)
  const comment = { revisionHash: await hash(), quote: CANARY, body: `${CANARY}请核` }
  const asked = await addComment(s.ctx, who('reviewer'), id, comment)
  await answerComment(s.ctx, who('drafter'), id, asked, { body: `${CANARY}已核` })
  const keep = await openKeep(s.ctx, who('drafter'), id)
  await keepWords(s.ctx, who('drafter'), keep.id, { kept: Buffer.from(CANARY.repeat(8)).toString('base64url') })
  const claim = { member_id: 'drafter', key: 'k1', route: `POST /api/v1/releases/${id}/comments`, request_hash: 'h' }
  await claimKey(db, s.ctx.clock, { ...claim, release_id: id })
  await keepAnswer(db, claim, { status: 201, location: '', body: JSON.stringify(comment), release_id: id })
  expect((await exportDocx(s.ctx, who('drafter'), id, undefined)).bytes.length).toBeGreaterThan(0)
  await settleComment(s.ctx, who('reviewer'), id, asked)
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
  await written(id)
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
    expect.arrayContaining([
      'attachment',
      'comment',
      'comment_answer',
      'edition',
      'fault',
      'manual_record',
      'search_doc',
    ]),
  )
  // Free pages of every table that held a word are written anew, over PostgreSQL one by one.
  const worded = (await tablesWith(WORDS)).filter((name) => !name.startsWith('search_index'))
  expect(worded.filter((name) => !WORDED.includes(name))).toEqual([])
  expect(filesWith(s.dir, WORDS)).not.toEqual([])
  await quarantine(s.ctx, who('reviewer'), id)
  await done(id, 4)
  expect((await fetch(s.url + file)).status).toBe(410)
  await settleQuarantine(s.ctx, who('confidentiality'), id, { outcome: 'purged', instruction: '示保〔2026〕1号' })
  for (let i = 0; i < 100 && filesWith(s.dir, WORDS).length > 0; i++) await new Promise((r) => setTimeout(r, 100))
  await sweepPurged(s.ctx)
  expect(await tablesWith(WORDS)).toEqual([])
  expect(filesWith(s.dir, WORDS)).toEqual([])
  expect([404, 410]).toContain((await fetch(s.url + file)).status)
  expect((await fetch(`${s.url}/releases/${number}/`)).status).toBe(410)
  expect((await fetch(`${s.url}/files/${sha256(twin)}/${encodeURIComponent('共有.txt')}`)).status).toBe(200)
  const said = await ortoo({ env: {}, ctx: s.ctx }, 'site', 'rebuild', '--compare')
  expect(said.status, said.out.join('\n')).toBe(0)
}, 60_000)
