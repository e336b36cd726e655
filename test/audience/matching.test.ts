/** Who is told of what: topics, places, urgency, language, frequency, exercise or real, over both databases. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { countMatching } from '../../src/audience/count.ts'
import { concernedAreas, matches, rangeEnd } from '../../src/audience/match-store.ts'
import { putArea, setInterests } from '../../src/audience/store.ts'
import { highestSubscriber, planRange } from '../../src/delivery/plan-store.ts'
import { toldOf } from '../../src/delivery/told.ts'
import { admit } from '../../src/desk/gate.ts'
import { beginCorrection } from '../../src/publication/correct.ts'
import { benchFor, decideData } from '../../src/web/routes/desk-decide-data.ts'
import { OutletReach } from '../../src/web/views/draft-core.tsx'
import { needs, type PostgresBackend, startPostgres } from '../support/backends.ts'
import { type Morning, morning } from '../support/morning.ts'

const backends: ('sqlite' | 'postgres')[] = needs('postgres') ? ['sqlite', 'postgres'] : ['sqlite']

describe.each(backends)('over %s', (backend) => {
  let cluster: PostgresBackend | null = null
  let m: Morning
  let work: { stop(): Promise<void> }

  beforeAll(async () => {
    if (backend === 'postgres') cluster = await startPostgres()
  }, 90_000)
  afterAll(() => cluster?.stop())
  beforeEach(async () => {
    m = await morning(cluster ? { DATABASE_URL: await cluster.fresh() } : {})
    work = await m.work()
    // 159900 holds 159921, which holds 159921100; 159922 lies beside it.
    await putArea(m.ctx.store.db, { code: '159921100', name_zh: '苏木', name_en: 'Sum', parent: '159921' })
    await putArea(m.ctx.store.db, { code: '159922', name_zh: '另一旗', name_en: 'Other Banner', parent: '159900' })
  }, 90_000)
  afterEach(async () => {
    await work.stop()
    await m.close()
    expect(m.errors).toEqual([])
  }, 90_000)

  type Wish = { topics?: string[]; rule?: 'any' | 'all'; areas?: string[] } & Record<string, unknown>
  let n = 0
  async function reader({ topics = [], rule = 'any', areas = [], ...over }: Wish = {}): Promise<number> {
    const choice = {
      all_topics: topics.length ? 0 : 1,
      all_areas: areas.length ? 0 : 1,
      every_topic: rule === 'all' ? 1 : 0,
    }
    const { id } = await m.reader(++n, { frequency: 'at-once', ...choice, ...over })
    await setInterests(m.ctx.store.db, id, topics, areas)
    return id
  }
  /** Whom a published notice was planned for, each with the state of their row. */
  async function toldBy(core: Parameters<Morning['publish']>[1] = {}): Promise<Map<number, string>> {
    const run = await m.over(
      await m.publish(core?.mode === 'exercise' ? '【演练】关于丙事的通知' : '关于丙事的通知', core),
    )
    await m.addsUp(run.release_id)
    const rows = await m.ctx.store.db
      .selectFrom('delivery')
      .selectAll()
      .where('dispatch_id', '=', run.dispatch_id)
      .execute()
    expect(rows).toHaveLength(run.audience)
    return new Map(rows.map((r) => [Number(r.subscriber_id), r.state]))
  }

  test('a reader of several topics is told when one is named, or only when all are, as they chose', async () => {
    const all = { topics: ['fire', 'policy'], rule: 'all' as const }
    const [one, every, everySmall, none] = [
      await reader({ topics: ['fire', 'policy'] }),
      await reader(all),
      await reader({ topics: ['policy'], rule: 'all' }),
      await reader({ topics: ['fire'] }),
    ]
    expect([...(await toldBy({ topics: ['policy'] })).keys()].sort()).toEqual([one, everySmall].sort())
    expect([...(await toldBy({ topics: ['policy', 'fire'] })).keys()].sort()).toEqual(
      [one, every, everySmall, none].sort(),
    )
  }, 90_000)

  test('a reader is told of their own place, of what lies in it and of what it lies in, and of no neighbour', async () => {
    const [league, banner, sum, neighbour, anywhere] = [
      await reader({ areas: ['159900'] }),
      await reader({ areas: ['159921'] }),
      await reader({ areas: ['159921100'] }),
      await reader({ areas: ['159922'] }),
      await reader(),
    ]
    expect([...(await toldBy({ areas: ['159921'] })).keys()].sort()).toEqual([league, banner, sum, anywhere].sort())
    expect([...(await toldBy({ areas: ['159900'] })).keys()]).toHaveLength(5)
    expect([...(await toldBy({ areas: ['159922'] })).keys()].sort()).toEqual([league, neighbour, anywhere].sort())
  }, 90_000)

  test('a release about every place there is asks nobody where they live', async () => {
    expect(await concernedAreas(m.ctx.store.db, ['159900'])).toEqual([])
    expect(await concernedAreas(m.ctx.store.db, ['159922'])).toHaveLength(2)
  }, 90_000)

  test('a reader of important releases is spared the ordinary ones', async () => {
    const [everything, critical] = [await reader(), await reader({ urgency: 'critical' })]
    expect([...(await toldBy()).keys()]).toEqual([everything])
    expect([...(await toldBy({ urgency: 'important' })).keys()]).toEqual([everything])
    expect([...(await toldBy({ urgency: 'critical' })).keys()].sort()).toEqual([everything, critical].sort())
  }, 90_000)

  test('a reader of a language the release lacks is told in the one it has', async () => {
    const id = await reader({ language: 'en' })
    await toldBy()
    const [row] = await m.ctx.store.db.selectFrom('delivery').selectAll().where('subscriber_id', '=', id).execute()
    expect(row?.language).toBe('zh-CN')
  }, 90_000)

  test('who reads digests is counted as waiting, whatever list they match by, and once', async () => {
    const twice = await reader({ topics: ['fire', 'policy'], areas: ['159921', '159900'], frequency: 'daily' })
    expect(await toldBy({ topics: ['fire', 'policy'], areas: ['159921'] })).toEqual(new Map([[twice, 'in-digest']]))
  }, 90_000)

  test('those of an exercise are told of exercises alone, and nobody else is', async () => {
    const [real, exercise] = [await reader(), await reader({ mode: 'exercise' })]
    expect([...(await toldBy()).keys()]).toEqual([real])
    expect([...(await toldBy({ mode: 'exercise' })).keys()]).toEqual([exercise])
    const count = (mode: string) => countMatching(m.ctx, 'email', mode, { topics: [], areas: [], urgency: 'normal' })
    expect(await count('live')).toEqual({ atOnce: 1, inDigests: 0 })
    expect(await count('exercise')).toEqual({ atOnce: 1, inDigests: 0 })
  }, 90_000)

  test('before signing one reads how many will be told at once, how many in digests, and how many were told before', async () => {
    for (let i = 0; i < 3; i++) await reader({ topics: ['policy'] })
    await reader({ frequency: 'weekly' })
    await reader({ topics: ['fire'] })
    const criteria = { topics: ['policy'], areas: [], urgency: 'normal' }
    expect(await countMatching(m.ctx, 'email', 'live', criteria)).toEqual({ atOnce: 3, inDigests: 1 })
    // Without a relay nobody is told; as if the relay had taken them all.
    const id = await m.publish('关于甲事的通知')
    const run = await m.over(id)
    expect(await toldOf(m.ctx, id)).toEqual({})
    await m.ctx.store.db.updateTable('delivery').set({ state: 'accepted' }).where('state', '=', 'suppressed').execute()
    await m.ctx.store.db
      .updateTable('dispatch_run')
      .set({ accepted: run.suppressed, suppressed: 0 })
      .where('dispatch_id', '=', run.dispatch_id)
      .execute()
    expect(await toldOf(m.ctx, id)).toEqual({ email: 3 })
    await m.correct(id, '关于甲事的更正')
    await m.over(id, 2)
    expect(await toldOf(m.ctx, id)).toEqual({ email: 3 })
  }, 90_000)

  test('a signer reads for each outlet how many are told at once, how many in digests, and who was told before', async () => {
    for (let i = 0; i < 3; i++) await reader()
    await reader({ frequency: 'weekly' })
    const id = await m.publish('关于甲事的通知')
    const run = await m.over(id)
    await m.ctx.store.db
      .updateTable('dispatch_run')
      .set({ accepted: run.suppressed, suppressed: 0 })
      .where('dispatch_id', '=', run.dispatch_id)
      .execute()
    await beginCorrection(m.ctx, m.who('drafter'), id, { type: 'correction' })
    const at = await admit(m.ctx.store.db, m.who('signer'), id, 'release.inspect')
    const bench = await benchFor(m.ctx, at)
    const { plan } = await decideData(m.ctx, m.who('signer'), 'zh', bench!)
    expect(plan.outlets.find((o) => o.name === 'email')).toMatchObject({ audience: 4, inDigests: 1, told: 3 })
    expect(plan.told).toBe(3)
    const line = String(
      OutletReach({ f: { lang: 'zh' } as never, outlet: plan.outlets.find((o) => o.name === 'email')! }),
    )
    expect(line).toMatch(/4人.*即时3人，摘要1人.*前一版已通知3人/s)
  }, 90_000)

  test('ranges of any size plan the same people, each once, also when a range is planned again', async () => {
    for (let i = 0; i < 25; i++) await reader(i % 3 ? { topics: ['fire'], areas: ['159921'] } : { topics: ['policy'] })
    const { db } = m.ctx.store
    const run = await m.over(await m.publish('关于甲事的通知', { topics: ['fire'], areas: ['159922'] }))
    const dispatchId = run.dispatch_id
    await db.deleteFrom('delivery').where('dispatch_id', '=', dispatchId).execute()
    const zero = { audience: 0, planned: 0, suppressed: 0, plan_cursor: 0 }
    await db.updateTable('dispatch_run').set(zero).where('dispatch_id', '=', dispatchId).execute()
    const criteria = { topics: ['fire'], areas: await concernedAreas(db, ['159921']), urgency: 'normal' }
    const end = await highestSubscriber(db, 'email')
    for (let from = 0; ; ) {
      const to = await rangeEnd(db, 'email', 'live', from, end, 7)
      if (to === null) break
      const range = { from, to }
      const plan = {
        ...range,
        dispatchId,
        kind: 'email',
        mode: 'live',
        told: [],
        digests: true,
        languages: ['zh-CN'],
        fallback: 'zh-CN',
      }
      await m.ctx.store.tx((trx) => planRange(trx, { ...plan, matches: matches(criteria, range) }, m.clock.now()))
      from = to
    }
    const rows = await db.selectFrom('delivery').selectAll().where('dispatch_id', '=', dispatchId).execute()
    expect(new Set(rows.map((r) => r.subscriber_id)).size).toBe(16)
    expect((await m.mailRuns(run.release_id))[0]).toMatchObject({ audience: 16, planned: 16 })
  }, 90_000)
})
