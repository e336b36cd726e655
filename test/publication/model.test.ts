/** Random lives of a release, 2,000 or, asked for with LONG=1, 100,000: whatever people try, in whatever order, no invariant of DESIGN §8 breaks. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRelease } from '../../src/desk/create.ts'
import { mayOn, standing } from '../../src/desk/gate.ts'
import { saveDraft } from '../../src/desk/save.ts'
import { Refusal } from '../../src/lib/errors.ts'
import { hashOf } from '../../src/lib/id.ts'
import { abandonCorrection, beginCorrection } from '../../src/publication/correct.ts'
import { publish } from '../../src/publication/publish.ts'
import { openSeal } from '../../src/publication/seal.ts'
import { takeDown } from '../../src/publication/takedown.ts'
import { withdraw } from '../../src/publication/withdraw.ts'
import { quarantine } from '../../src/purge/quarantine.ts'
import { settleQuarantine } from '../../src/purge/settle.ts'
import { decide } from '../../src/review/decide.ts'
import { submit, takeBack } from '../../src/review/submit.ts'
import type { Actor } from '../../src/staff/member.ts'
import type { Tables } from '../../src/store/tables.ts'
import { CLEAR, policyDraft } from '../support/sample.ts'
import { type Station, station } from '../support/station.ts'

const RUNS = process.env['LONG'] === '1' ? 100_000 : 2_000
const PEOPLE = [
  'drafter',
  'drafter2',
  'reviewer',
  'reviewer2',
  'confidentiality',
  'signer',
  'signer2',
  'admin',
  'auditor',
] as const
const ACTS = [
  'save',
  'save-en',
  'submit',
  'take-back',
  'approve',
  'approve',
  'approve',
  'approve',
  'return',
  'agree-all',
  'agree-all',
  'publish',
  'erratum',
  'correction',
  'addition',
  'abandon',
  'withdraw',
  'takedown',
  'quarantine',
  'purge',
  'lift',
] as const
type Move = { act: (typeof ACTS)[number]; who: (typeof PEOPLE)[number]; stale: boolean }

let s: Station
let typed = 0
const open = async () => {
  s = await station({ DATABASE_URL: 'sqlite::memory:' })
}
/** A purge rewrites the whole database: a fresh one every so often keeps that from being what is measured. */
const FRESH_AFTER = 1000
let lives = 0
async function freshNowAndThen(): Promise<void> {
  if (++lives % FRESH_AFTER !== 0) return
  expect(s.errors).toEqual([])
  await s.close()
  await open()
}
beforeAll(open)
afterAll(async () => {
  await s.close()
  expect(s.errors).toEqual([])
})

const who = (name: string): Actor => s.people[name] as Actor

async function act(id: string, move: Move): Promise<void> {
  const by = who(move.who)
  const order = { instruction: '示保〔2026〕1号' }
  switch (move.act) {
    case 'save':
      return void (await saveDraft(s.ctx, by, id, text(false), move.stale ? 1 : null))
    case 'save-en':
      return void (await saveDraft(s.ctx, by, id, text(true), null))
    case 'submit':
      return void (await submit(s.ctx, by, id, null))
    case 'take-back':
      return void (await takeBack(s.ctx, by, id))
    case 'approve':
    case 'return':
      return void (await decide(s.ctx, by, id, await verdict(id, move)))
    case 'agree-all':
      for (const m of REST) await act(id, m).catch(refused)
      return
    case 'publish':
      return void (await publish(s.ctx, by, id))
    case 'erratum':
    case 'correction':
    case 'addition':
      return void (await beginCorrection(s.ctx, by, id, { type: move.act }))
    case 'abandon':
      return void (await abandonCorrection(s.ctx, by, id))
    case 'withdraw':
      return void (await withdraw(s.ctx, by, id, { reasons: { 'zh-CN': '内容有误。', en: 'Wrong.' } }))
    case 'takedown':
      return void (await takeDown(s.ctx, by, id, { ground: 'privacy' }))
    case 'quarantine':
      return quarantine(s.ctx, by, id)
    case 'purge':
      return settleQuarantine(s.ctx, by, id, { outcome: 'purged', ...order })
    case 'lift':
      return settleQuarantine(s.ctx, by, id, { outcome: 'lifted', ...order })
    default:
      return move.act satisfies never
  }
}

function text(english: boolean) {
  const draft = policyDraft({ documentNumber: undefined }, `<p>第${++typed}稿。</p>`)
  const zh = { ...draft.parts['zh-CN'], changeNote: '更正内容。' }
  const en = { title: 'Fodder reserve', body: '<p>Notice.</p>', changeNote: 'Corrected.', blocks: {} }
  return { ...draft, parts: { 'zh-CN': zh, ...(english ? { en } : {}) } }
}

async function verdict(id: string, move: Move) {
  const row = await s.ctx.store.db
    .selectFrom('submission')
    .selectAll()
    .where('release_id', '=', id)
    .where('state', '=', 'open')
    .executeTakeFirst()
  const revisionHash = move.stale ? '0'.repeat(64) : (row?.revision_hash ?? '0'.repeat(64))
  return { revisionHash, verdict: move.act as 'approve' | 'return', opinion: '同意', confidentiality: CLEAR }
}

/** Judged from the rows alone, by other code than wrote them. */
async function check(id: string): Promise<void> {
  const { db } = s.ctx.store
  const of = <T extends 'edition' | 'decision' | 'contribution' | 'revision' | 'submission' | 'quarantine'>(
    table: T,
  ): Promise<Tables[T][]> =>
    db
      .selectFrom(table as 'edition')
      .selectAll()
      .where('release_id', '=', id)
      .execute() as unknown as Promise<Tables[T][]>
  const [editions, decisions, hands, revisions, submissions, seals] = await Promise.all([
    of('edition'),
    of('decision'),
    of('contribution'),
    of('revision'),
    of('submission'),
    of('quarantine'),
  ])
  const release = await db.selectFrom('release').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  expect(editions.map((e) => e.number)).toEqual(editions.map((_, i) => i + 1))
  expect(release.editions).toBe(editions.length)
  expect(submissions.filter((x) => x.state === 'open' || x.state === 'approved').length).toBeLessThanOrEqual(1)
  for (const edition of editions) {
    const claim = openSeal(s.ctx.keys.live, edition.seal)
    expect(claim).toMatchObject({
      release: release.number,
      edition: edition.number,
      hash: edition.revision_hash,
      publishedAt: edition.published_at,
    })
    if (edition.type !== 'takedown') agreed(edition, decisions, hands, revisions)
  }
  const last = editions.at(-1)
  const face = !last
    ? 'none'
    : last.type === 'withdrawal'
      ? 'withdrawn'
      : last.type === 'takedown'
        ? 'taken-down'
        : 'live'
  expect(release.face).toBe(face)
  for (const record of seals) if (record.settled_by) expect(record.settled_by).not.toBe(record.reported_by)
  if (release.state === 'quarantined' || release.state === 'purged') {
    expect(['none', 'taken-down']).toContain(release.face)
    for (const name of PEOPLE)
      expect(mayOn('release.read', who(name), await standing(db, who(name), id)).ok).toBe(false)
  }
  if (release.state === 'purged') {
    expect(revisions.every((r) => r.content === null && r.salt === '')).toBe(true)
    expect(editions.every((e) => e.content === null)).toBe(true)
  }
}

function agreed(
  edition: Tables['edition'],
  decisions: Tables['decision'][],
  hands: Tables['contribution'][],
  revisions: Tables['revision'][],
): void {
  const cycle = edition.number - 1
  const wrote = new Set(hands.filter((h) => h.cycle === cycle).map((h) => h.member_id))
  const revision = revisions.find((r) => r.ordinal === edition.revision)
  expect(revision?.hash).toBe(edition.revision_hash)
  if (revision?.content) expect(hashOf(JSON.parse(revision.content))).toBe(edition.revision_hash)
  const hashes = JSON.parse(revision?.part_hashes ?? '{}') as Record<string, string>
  const takers: string[] = []
  for (const step of ['review', 'confidentiality', 'sign']) {
    const good = decisions.filter(
      (d) => d.cycle === cycle && d.step === step && d.verdict === 'approve' && !d.void && !wrote.has(d.member_id),
    )
    for (const [part, hash] of Object.entries(hashes)) {
      expect(
        good.some((d) => (JSON.parse(d.parts) as Record<string, string>)[part] === hash),
        `${step} covers ${part}`,
      ).toBe(true)
    }
    if (step === 'sign') expect(good.some((d) => d.revision_hash === edition.revision_hash)).toBe(true)
    takers.push(...new Set(good.map((d) => d.member_id)))
  }
  expect(takers.length).toBe(new Set(takers).size)
  expect(wrote.size).toBeGreaterThan(0)
}

const move = fc.record({
  act: fc.constantFrom(...ACTS),
  who: fc.constantFrom(...PEOPLE),
  stale: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
})
const step = (act: Move['act'], who: Move['who']): Move => ({ act, who, stale: false })
/** The rest of the chain, each person once; whoever may not is refused and the next tries. */
const REST = [
  step('approve', 'reviewer'),
  step('approve', 'confidentiality'),
  step('approve', 'signer'),
  step('publish', 'signer2'),
]
const FIRST = [step('submit', 'drafter'), ...REST]
const refused = (err: unknown) => {
  if (!(err instanceof Refusal)) throw err
}

test('no sequence of acts publishes what was not agreed, by people who did not write it', async () => {
  const seen = { published: 0, withdrawn: 0, purged: 0, refused: 0, done: 0 }
  await fc.assert(
    fc.asyncProperty(
      fc.array(move, { minLength: 3, maxLength: 12 }),
      fc.constantFrom(0, 1, 2, 3, 4, 5, 5, 5),
      async (moves, headStart) => {
        await freshNowAndThen()
        const release = await createRelease(s.ctx, who('drafter'), text(false))
        // A head start down the chain, or random acts would seldom get as far as a publication.
        for (const m of [...FIRST.slice(0, headStart), ...moves]) {
          try {
            await act(release.id, m)
            seen.done++
          } catch (err) {
            if (!(err instanceof Refusal)) throw err
            seen.refused++
          }
        }
        await check(release.id)
        const row = await s.ctx.store.db
          .selectFrom('release')
          .select(['face', 'state', 'editions'])
          .where('id', '=', release.id)
          .executeTakeFirstOrThrow()
        if (row.editions > 0) seen.published++
        if (row.face === 'withdrawn') seen.withdrawn++
        if (row.state === 'purged') seen.purged++
      },
    ),
    { numRuns: RUNS },
  )
  console.log(`${RUNS} sequences: ${JSON.stringify(seen)}`)
  // A model that never gets anywhere proves nothing.
  expect(seen.published).toBeGreaterThan(RUNS / 20)
  expect(seen.purged).toBeGreaterThan(5)
}, 3_600_000)
