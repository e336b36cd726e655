/** Lists of months: taken once at first publication, and given to what was published before there were any. */
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { saveDraft } from '../../src/desk/save.ts'
import { fixedClock } from '../../src/lib/clock.ts'
import { loadEdition } from '../../src/publication/catalogue.ts'
import { beginCorrection } from '../../src/publication/correct.ts'
import { directoryAt } from '../../src/publication/directory.ts'
import { fillLanguages } from '../../src/publication/languages-store.ts'
import { fillMonths } from '../../src/publication/months-store.ts'
import type { Actor } from '../../src/staff/member.ts'
import { needs, type PostgresBackend, startPostgres } from '../support/backends.ts'
import { policyDraft } from '../support/sample.ts'
import { agreeAndPublish, publishNew, type Station, station } from '../support/station.ts'

const backends: ('sqlite' | 'postgres')[] = needs('postgres') ? ['sqlite', 'postgres'] : ['sqlite']

describe.each(backends)('months over %s', (backend) => {
  let cluster: PostgresBackend | null = null
  let s: Station
  const clock = fixedClock('2026-11-30T15:59:00.000Z')
  beforeAll(async () => {
    if (backend === 'postgres') cluster = await startPostgres()
  })
  afterAll(async () => cluster?.stop())
  beforeEach(async () => {
    clock.set('2026-11-30T15:59:00.000Z')
    s = await station(cluster ? { DATABASE_URL: await cluster.fresh() } : {}, { clock })
  })
  afterEach(async () => {
    await s.close()
    expect(s.errors).toEqual([])
  })

  const slots = async () =>
    (
      await sql<object>`select list, slot, release_id, first_sequence from slot where list like '%month/%' order by list, slot`.execute(
        s.ctx.store.db,
      )
    ).rows.map((row) => ({ ...row }))
  const draft = (more: object = {}) => policyDraft({ documentNumber: undefined, ...more })

  test('the local month of the first edition is the only one, and older databases are given the same slots', async () => {
    const first = await publishNew(s, draft())
    clock.advance(2 * 60_000)
    const second = await publishNew(s, draft())
    const exercise = draft({ mode: 'exercise' })
    const marked = { ...exercise.parts['zh-CN'], title: '【演练】关于做好牧区饲草储备工作的通知' }
    const drill = await publishNew(s, { ...exercise, parts: { 'zh-CN': marked } })
    await beginCorrection(s.ctx, s.people['drafter'] as Actor, first, { type: 'correction' })
    const fixed = policyDraft({ documentNumber: undefined }, '<p>已更正。</p>')
    const part = { ...fixed.parts['zh-CN'], changeNote: '更正。' }
    await saveDraft(s.ctx, s.people['drafter'] as Actor, first, { ...fixed, parts: { 'zh-CN': part } } as never, null)
    await agreeAndPublish(s, first)
    const there = await slots()
    expect(there).toEqual([
      { list: 'exercise:month/2026-12', slot: 1, release_id: drill, first_sequence: 3 },
      { list: 'live:month/2026-11', slot: 1, release_id: first, first_sequence: 1 },
      { list: 'live:month/2026-12', slot: 1, release_id: second, first_sequence: 2 },
    ])
    const { db } = s.ctx.store
    await sql`delete from slot where list like '%month/%'`.execute(db)
    await sql`delete from counter where name = 'months-filled'`.execute(db)
    await fillMonths(s.ctx.store, '+08:00')
    await fillMonths(s.ctx.store, '+08:00')
    expect(await slots()).toEqual(there)
    expect((await directoryAt(db, 1, 'live', loadEdition)).months).toEqual([{ month: '2026-11', releases: 1 }])
    expect((await directoryAt(db, 9, 'live', loadEdition)).months).toEqual([
      { month: '2026-12', releases: 1 },
      { month: '2026-11', releases: 1 },
    ])
  }, 30_000)

  test('what was published before languages had lists stands in them as if it always had', async () => {
    const first = await publishNew(s, draft())
    clock.advance(2 * 60_000)
    await beginCorrection(s.ctx, s.people['drafter'] as Actor, first, { type: 'addition' })
    const chinese = draft().parts['zh-CN']
    const english = {
      title: 'Notice on fodder',
      body: '<p>Prepare fodder for winter.</p>',
      blocks: {},
      changeNote: 'English added.',
    }
    const both = { ...draft(), parts: { 'zh-CN': chinese, en: english } }
    await saveDraft(s.ctx, s.people['drafter'] as Actor, first, both as never, null)
    await agreeAndPublish(s, first)
    const { db } = s.ctx.store
    const listed = async () => [
      (
        await sql<object>`select list, slot, release_id, first_sequence from slot where list like '%language/%' order by list, slot`.execute(
          db,
        )
      ).rows.map((r) => ({ ...r })),
      (
        await sql<object>`select list, sequence, release_id from list_change where list like '%language/%' order by list, sequence`.execute(
          db,
        )
      ).rows.map((r) => ({ ...r })),
    ]
    const there = await listed()
    expect(there[0]).toEqual([
      { list: 'live:language/en', slot: 1, release_id: first, first_sequence: 2 },
      { list: 'live:language/zh-CN', slot: 1, release_id: first, first_sequence: 1 },
    ])
    await sql`delete from slot where list like '%language/%'`.execute(db)
    await sql`delete from list_change where list like '%language/%'`.execute(db)
    await sql`delete from counter where name = 'languages-filled'`.execute(db)
    await fillLanguages(s.ctx.store)
    await fillLanguages(s.ctx.store)
    expect(await listed()).toEqual(there)
  }, 30_000)
})
