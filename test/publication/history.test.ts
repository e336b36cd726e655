/** A whole history of an office, of everything that changes public pages: made again from rows it is the same to the byte, also after a purge. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildIssues } from '../../src/delivery/gazette.ts'
import { replay } from '../../src/delivery/replay.ts'
import { adoptDispatches } from '../../src/delivery/run-store.ts'
import { carryTurns } from '../../src/delivery/turns.ts'
import { attach } from '../../src/desk/attach.ts'
import { createRelease } from '../../src/desk/create.ts'
import type { ContentInput } from '../../src/desk/draft.ts'
import { saveDraft } from '../../src/desk/save.ts'
import { closeIncident } from '../../src/incident/close.ts'
import { openIncident } from '../../src/incident/open.ts'
import { DAY, HOUR, plus, wallMinute } from '../../src/lib/clock.ts'
import { beginCorrection } from '../../src/publication/correct.ts'
import { compileIssue } from '../../src/publication/gazette.ts'
import { repost } from '../../src/publication/repost.ts'
import { takeDown } from '../../src/publication/takedown.ts'
import { withdraw } from '../../src/publication/withdraw.ts'
import { quarantine } from '../../src/purge/quarantine.ts'
import { settleQuarantine } from '../../src/purge/settle.ts'
import { sweepPurged } from '../../src/purge/sweep.ts'
import { commitFirstPages } from '../../src/server/first-site.ts'
import { DEFAULT_CHAINS } from '../../src/staff/chain.ts'
import type { Actor } from '../../src/staff/member.ts'
import { insertAgency, insertMember } from '../../src/staff/store.ts'
import { ortoo } from '../cli/terminal.ts'
import { fireDraft, policyDraft } from '../support/sample.ts'
import { agree, agreeAndPublish, type Station, station } from '../support/station.ts'

let s: Station
let moved = 0
let last = 0
const clock = {
  ms: () => Date.now() + moved,
  now: () => new Date(Date.now() + moved).toISOString(),
  ticks: () => performance.now(),
}
beforeEach(async () => {
  moved = 0
  last = 0
  s = await station({ SITE_CODE: '1525000001', SITE_CONTACT: 'press@qinggele.example' }, { clock })
  await commitFirstPages(s.ctx, s.ctx.site)
})
afterEach(async () => {
  await s.close()
  expect(s.errors).toEqual([])
})

const who = (name: string) => s.people[name] as Actor
/** What is new is rendered at once, as the rows are at this moment. */
async function rendered(): Promise<void> {
  last = await replay(s.ctx, s.ctx.channels, last, () => {})
}
async function published(draft: ContentInput, file?: string): Promise<string> {
  const { id } = await createRelease(s.ctx, who('drafter'), draft)
  const upload = file && { name: file, title: file, bytes: new TextEncoder().encode(`${file}\n`) }
  if (upload) await attach(s.ctx, who('drafter'), id, upload, null)
  await agreeAndPublish(s, id, draft.core.lane === 'flash' ? 'flash' : 'routine')
  await rendered()
  return id
}
async function corrected(id: string, next: ContentInput): Promise<void> {
  await beginCorrection(s.ctx, who('drafter'), id, { type: 'correction' })
  const parts = Object.fromEntries(
    Object.entries(next.parts).map(([l, p]) => [l, { ...p, changeNote: '有误，更正。' }]),
  )
  await saveDraft(s.ctx, who('drafter'), id, { ...next, parts } as ContentInput, null)
  await agreeAndPublish(s, id)
  await rendered()
}
async function pass(ms: number): Promise<void> {
  moved += ms
  await carryTurns(s.ctx)
  await rendered()
}
async function rebuildsEqual(after: string): Promise<void> {
  const said = await ortoo({ env: {}, ctx: s.ctx }, 'site', 'rebuild', '--compare')
  expect([after, said.status], said.out.join('\n')).toEqual([after, 0])
}
const policy = (n: number, over: Partial<ContentInput['core']> = {}, body?: string) =>
  policyDraft({ documentNumber: `示政办字〔2026〕${n}号`, ...over }, body)
const english = (draft: ContentInput): ContentInput => ({
  ...draft,
  parts: {
    ...draft.parts,
    en: { title: 'Winter fodder', summary: '', body: '<p>Fodder for the winter.</p>', blocks: {} },
  },
})

test('documents, languages, conferences, warnings, incidents, displays, a gazette, a repost, withdrawals, takedowns and a purge', async () => {
  const doomed = await published(english(policy(41)), '苜蓿.txt')
  const amended = await published(policy(42), '附表.txt')
  const conference = policyDraft({
    ...{ kind: 'press-conference', documentNumber: undefined, formedOn: undefined },
    conference: { startsAt: plus(clock.now(), 3 * HOUR), place: '盟行署新闻发布厅' },
  })
  conference.parts['zh-CN'] = {
    ...conference.parts['zh-CN'],
    title: '供暖保障新闻发布会',
    blocks: { whenWhere: '见日程。' },
  } as never
  const held = await published(conference)
  await published(policy(43, { relatesTo: [{ releaseId: doomed, as: 'amends' }] }))
  const shown = await published(
    english(policyDraft({ kind: 'notice', documentNumber: undefined, displayUntil: plus(clock.now(), 2 * HOUR) })),
    '名单.txt',
  )
  const incident = await openIncident(s.ctx, who('drafter'), {
    ...{ titleZh: '草原火灾', class: 'natural', grade: 'large', areas: ['159921'], knownAt: clock.now() },
  })
  await published(fireDraft(incident.id, clock.now()))
  const until = plus(clock.now(), HOUR)
  const short = fireDraft(incident.id, clock.now())
  const warned = await published({
    ...short,
    core: { ...short.core, cap: { ...short.core.cap, expires: until } as never },
  })

  await pass(HOUR + 1000)
  await corrected(
    amended,
    english(policy(42, { validity: { state: 'amended', since: '2026-11-24' } }, '<p>修改后。</p>')),
  )
  await corrected(held, {
    ...conference,
    core: { ...conference.core, conference: { ...conference.core.conference, cancelled: true } as never },
  })
  await pass(HOUR)
  await published(policy(44, { relatesTo: [{ releaseId: amended, as: 'repeals' }] }))
  await closeIncident(s.ctx, who('signer'), incident.id)
  await pass(0)

  const day = wallMinute(clock.now()).slice(0, 10)
  await pass(2 * DAY)
  await compileIssue(s.ctx, who('signer'), {
    number: '2026-11',
    from: plus(`${day}T00:00:00.000Z`, -DAY).slice(0, 10),
    to: day,
  })
  await buildIssues(s.ctx)
  await rendered()
  await insertAgency(s.ctx.store.db, {
    ...{ id: 'banner', parent_id: 'league', slug: 'hari-nuur', name_zh: '哈日诺尔旗（示例）', name_en: '' },
    ...{ area_codes: '["159921"]', chains: JSON.stringify(DEFAULT_CHAINS), phone_signoff: 0, word_list: '' },
    created_at: clock.now(),
  })
  const away: Record<string, Actor> = {}
  for (const [name, actor] of Object.entries(s.people)) {
    const { languages, roles } = actor
    away[name] = { ...actor, memberId: `${name}-away`, agencyId: 'banner', ancestors: ['league'] }
    await insertMember(s.ctx.store.db, {
      ...{ id: `${name}-away`, user_id: null, agency_id: 'banner', name, email: `${name}@banner.example`, phone: '' },
      ...{ languages: JSON.stringify(languages), roles: JSON.stringify(roles), active: 1, created_at: clock.now() },
    })
  }
  const home = s.people
  s.people = away
  const carried = await repost(s.ctx, who('drafter'), amended)
  await agreeAndPublish(s, carried.id)
  await rendered()
  s.people = home

  await withdraw(s.ctx, who('drafter'), held, { reasons: { 'zh-CN': '改期另行通知。' } })
  await agree(s, held)
  await rendered()
  await takeDown(s.ctx, who('signer'), warned, { ground: 'law' })
  await rendered()
  await takeDown(s.ctx, who('signer'), shown, { ground: 'privacy' })
  await rendered()
  await rebuildsEqual('withdrawals')

  await quarantine(s.ctx, who('reviewer'), doomed)
  await rendered()
  await settleQuarantine(s.ctx, who('confidentiality'), doomed, { outcome: 'purged', instruction: '示保〔2026〕1号' })
  await published(policy(45))
  // Nobody works here: the runs are opened and over, and what the purge left is swept.
  await s.ctx.store.tx(async (trx) => void (await adoptDispatches(trx, clock.now())))
  await s.ctx.store.db.updateTable('dispatch_run').set({ state: 'done' }).execute()
  expect(await sweepPurged(s.ctx)).toBe(true)
  await rebuildsEqual('going on')
}, 120_000)
