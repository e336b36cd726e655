/** What readers see when time passes or an incident is closed, over each database: no new edition, and nothing stale afterwards. */
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { outlets } from '../../channels/index.ts'
import type { SiteWriter } from '../../src/delivery/channel.ts'
import { carryTurns } from '../../src/delivery/turns.ts'
import type { ContentInput } from '../../src/desk/draft.ts'
import { saveDraft } from '../../src/desk/save.ts'
import { closeIncident } from '../../src/incident/close.ts'
import { openIncident } from '../../src/incident/open.ts'
import { DAY, HOUR, plus } from '../../src/lib/clock.ts'
import { beginCorrection } from '../../src/publication/correct.ts'
import { takeDown } from '../../src/publication/takedown.ts'
import { untilTurn } from '../../src/publication/turn.ts'
import { verifyEditions } from '../../src/publication/verify.ts'
import { commitFirstPages } from '../../src/server/first-site.ts'
import type { Actor } from '../../src/staff/member.ts'
import { clearedAlarms, openAlarms } from '../../src/store/alarm.ts'
import { migrate } from '../../src/store/migrate.ts'
import { migrations } from '../../src/store/migrations/index.ts'
import { ortoo } from '../cli/terminal.ts'
import { needs, type PostgresBackend, startPostgres } from '../support/backends.ts'
import { fireDraft, policyDraft } from '../support/sample.ts'
import { agreeAndPublish, publishNew, runUntil, type Station, station } from '../support/station.ts'

function settableClock() {
  let moved = 0
  const ms = () => Date.now() + moved
  return {
    now: () => new Date(ms()).toISOString(),
    ms,
    ticks: () => performance.now(),
    pass(by: number) {
      moved += by
    },
  }
}

let postgres: PostgresBackend
beforeAll(async () => {
  if (needs('postgres')) postgres = await startPostgres()
})
afterAll(() => postgres?.stop())

let s: Station
let clock: ReturnType<typeof settableClock>
let work: { stop(): Promise<void> } | undefined
/** Set by a test: the site takes nothing while it is true. */
let jammed = false

async function begin(backend: 'sqlite' | 'postgres'): Promise<void> {
  clock = settableClock()
  jammed = false
  const registry: typeof outlets = (deps) => outlets({ ...deps, site: jamming(deps.site) })
  const env: Record<string, string> = backend === 'postgres' ? { DATABASE_URL: await postgres.fresh() } : {}
  s = await station(env, { clock, registry })
  await commitFirstPages(s.ctx, s.ctx.site)
}
const jamming = (site: SiteWriter): SiteWriter => ({
  ...site,
  commit: (...of) => (jammed ? Promise.reject(new Error('No space left on device')) : site.commit(...of)),
})
afterEach(async () => {
  await work?.stop()
  work = undefined
  await s.close()
})

const who = (name: string) => s.people[name] as Actor
const page = async (path: string) => {
  const answer = await fetch(`${s.url}${path}`)
  return { status: answer.status, text: await answer.text() }
}
const soon = (what: () => Promise<void>) => expect.poll(() => what().then(() => '', String), { timeout: 8000 }).toBe('')

const warning = (until: string, over: Partial<ContentInput['core']> = {}): ContentInput => ({
  ...policyDraft({ documentNumber: undefined, formedOn: undefined }),
  core: {
    kind: 'warning',
    lane: 'flash',
    areas: ['159921'],
    topics: ['fire'],
    urgency: 'critical',
    warningLevel: 'orange',
    asOf: clock.now(),
    expiresAt: until,
    nextUpdateAt: plus(clock.now(), 5 * HOUR),
    contacts: [{ label: '值班电话', phone: '0479-0000000', audience: 'public' }],
    cap: {
      ...{ actNow: true, category: 'Met', urgency: 'Expected', severity: 'Severe', certainty: 'Likely' },
      ...{ onset: clock.now(), expires: until },
    },
    ...over,
  },
  parts: {
    'zh-CN': {
      title: over.mode === 'exercise' ? '【演练】暴雪橙色预警' : '暴雪橙色预警',
      blocks: { whenWhere: '哈日诺尔旗（示例）', facts: '预计有暴雪。', actions: '加强值守。', advice: '减少外出。' },
      body: '',
    },
  },
})
async function numberOf(id: string): Promise<string> {
  return (await s.ctx.store.db.selectFrom('release').select('number').where('id', '=', id).executeTakeFirstOrThrow())
    .number
}
async function published(draft: ContentInput): Promise<{ id: string; path: string }> {
  const id = await publishNew(s, draft, draft.core.lane === 'flash' ? 'flash' : 'routine')
  await runUntil(s, id, 'feeds', (r) => r.state === 'done')
  await runUntil(s, id, 'website', (r) => r.state === 'done')
  return { id, path: `${draft.core.mode === 'exercise' ? '/exercise' : ''}/releases/${await numberOf(id)}/` }
}
const turns = () => s.ctx.store.db.selectFrom('turn').selectAll().orderBy('sequence').execute()
/** Every file, made again from rows, is the file that stands there. */
async function rebuildsEqual(): Promise<void> {
  const said = await ortoo({ env: {}, ctx: s.ctx }, 'site', 'rebuild', '--compare')
  expect([said.out.at(-1), said.status], said.out.join('\n')).toEqual([expect.any(String), 0])
}

for (const backend of ['sqlite', 'postgres'] as const)
  describe.runIf(backend === 'sqlite' || needs('postgres'))(`over ${backend}`, () => {
    test('a warning whose validity ends says so everywhere, is out of the alerts in force, and is never called lifted', async () => {
      await begin(backend)
      work = await s.work()
      const { path } = await published(warning(plus(clock.now(), HOUR)))
      const after = await published(policyDraft())
      for (const p of [path, '/', '/all/', '/kinds/warning/', '/areas/159921/'])
        expect((await page(p)).text).not.toContain('有效期已过')
      expect((await page('/cap/index.atom')).text).toContain('暴雪橙色预警')
      clock.pass(HOUR)
      await soon(async () => expect((await page('/cap/index.atom')).text).not.toContain('暴雪橙色预警'))
      for (const p of [path, '/', '/all/', '/en/all/', '/kinds/warning/', '/areas/159921/', '/areas/159900/']) {
        const { text } = await page(p)
        expect(text, p).toMatch(/有效期已过|No longer valid/)
        expect(text, p).not.toMatch(/已解除|解除预警|lifted\./)
      }
      expect((await page(after.path)).text).not.toContain('有效期已过')
      expect((await turns()).map((t) => [t.why, t.mode])).toEqual([['expired', 'live']])
      expect((await verifyEditions(s.ctx)).faults).toEqual([])
      await rebuildsEqual()
      expect(s.errors).toEqual([])
    }, 60_000)

    test('an incident that is closed leaves the top of the home page at once', async () => {
      await begin(backend)
      work = await s.work()
      const at = clock.now()
      const opened = { titleZh: '草原火灾', class: 'natural', grade: 'large', areas: ['159921'], knownAt: at }
      const incident = await openIncident(s.ctx, who('drafter'), opened)
      await published(fireDraft(incident.id, at))
      expect((await page('/')).text).toContain('class="hero')
      expect((await page(`/incidents/${incident.number}/`)).text).toContain('进行中')
      await closeIncident(s.ctx, who('signer'), incident.id)
      await soon(async () => expect((await page('/')).text).not.toContain('class="hero'))
      expect((await page(`/incidents/${incident.number}/`)).text).toContain('已结束')
      expect((await page(`/en/incidents/${incident.number}/`)).text).toContain('Closed')
      await rebuildsEqual()
      expect(s.errors).toEqual([])
    }, 60_000)

    test('two turns and an edition of the same moment: the last of them is what readers see, and a rebuild agrees', async () => {
      await begin(backend)
      work = await s.work()
      const until = plus(clock.now(), HOUR)
      const [one, two] = [await published(warning(until)), await published(warning(until))]
      await beginCorrection(s.ctx, who('drafter'), one.id, { type: 'correction' })
      const longer = warning(plus(until, DAY))
      const zh = { ...(longer.parts['zh-CN'] as object), changeNote: '延长有效期。' } as ContentInput['parts']['zh-CN']
      await saveDraft(s.ctx, who('drafter'), one.id, { ...longer, parts: { 'zh-CN': zh } }, null)
      await work.stop()
      clock.pass(HOUR)
      // Nobody works: the clock's turns and the signer's edition meet at the database alone.
      await Promise.all([carryTurns(s.ctx), agreeAndPublish(s, one.id, 'flash'), carryTurns(s.ctx)])
      work = await s.work()
      await soon(async () => expect((await page(one.path)).text).toContain('延长有效期。'))
      await runUntil(s, one.id, 'feeds', (r) => r.state === 'done')
      await soon(async () => expect((await turns()).every((t) => t.done_at !== null)).toBe(true))
      expect((await page(one.path)).text).not.toContain('有效期已过')
      expect((await page(two.path)).text).toContain('有效期已过')
      const entries = (await page('/cap/index.atom')).text.match(/<entry/g) ?? []
      expect(entries.length).toBe(1)
      expect((await verifyEditions(s.ctx)).faults).toEqual([])
      await rebuildsEqual()
      expect(s.errors).toEqual([])
    }, 60_000)

    test('the next time is known beforehand, so that nobody has to look for it', async () => {
      await begin(backend)
      work = await s.work()
      await published(warning(plus(clock.now(), HOUR)))
      expect(await untilTurn(s.ctx)).toBeLessThanOrEqual(HOUR)
      expect(await untilTurn(s.ctx)).toBeGreaterThan(HOUR - 60_000)
      await published(policyDraft())
      const due = await s.ctx.store.db.selectFrom('turn_due').select('why').orderBy('why').execute()
      expect(due.map((d) => d.why)).toEqual(['alert-ended', 'expired', 'top-ended'])
    }, 60_000)
  })

for (const backend of ['sqlite', 'postgres'] as const)
  test.runIf(backend === 'sqlite' || needs('postgres'))(
    `an office that brings its data from before there were turns loses no ending, over ${backend}`,
    async () => {
      await begin(backend)
      const { db } = s.ctx.store
      const until = plus(clock.now(), HOUR)
      const id = await publishNew(s, warning(until), 'flash')
      const opened = { titleZh: '草原火灾', class: 'natural', areas: ['159921'], knownAt: clock.now() }
      const incident = await openIncident(s.ctx, who('drafter'), opened)
      const at = clock.now()
      await db.updateTable('incident').set({ closed_at: at }).where('id', '=', incident.id).execute()
      for (const gone of ['table turn_due', 'table turn', 'index incident_open'])
        await sql`drop ${sql.raw(gone)}`.execute(db)
      for (const guard of backend === 'postgres' ? ['delete', 'update'] : [])
        await sql`drop function ${sql.raw(`guard_turn_${guard}_turn_is_permanent`)}`.execute(db)
      await sql`delete from migration where name >= '0008-turn'`.execute(db)
      await migrate(
        s.ctx.store,
        migrations.filter((m) => m.name <= '0008-turn'),
      )
      const due = await db.selectFrom('turn_due').selectAll().execute()
      expect(due).toEqual([{ release_id: id, why: 'expired', due_at: until }])
      expect((await turns()).map((t) => [t.sequence, t.why, t.at])).toEqual([[2, 'incident-closed', at]])
      expect(await publishNew(s, policyDraft())).toBeTruthy()
      const last = await db.selectFrom('edition').select('sequence').orderBy('sequence', 'desc').executeTakeFirst()
      expect(Number(last?.sequence)).toBe(3)
      expect((await verifyEditions(s.ctx)).faults).toEqual([])
    },
    60_000,
  )

test('a turn whose rendering died with its process is rendered by the next', async () => {
  await begin('sqlite')
  work = await s.work()
  const { path } = await published(warning(plus(clock.now(), HOUR)))
  await work.stop()
  clock.pass(HOUR)
  jammed = true
  await carryTurns(s.ctx)
  expect((await turns()).map((t) => [t.why, t.done_at])).toEqual([['expired', null]])
  expect((await page(path)).text).not.toContain('有效期已过')
  jammed = false
  work = await s.work()
  await soon(async () => expect((await page(path)).text).toContain('有效期已过'))
  await rebuildsEqual()
})

test('looking for what is due reads an index and not the releases, however many there are', async () => {
  await begin('sqlite')
  const plan = (query: string) =>
    s.ctx.store.raw
      ?.prepare(`explain query plan ${query}`)
      .all()
      .map((row) => String(row['detail']))
      .join()
  expect(plan("select release_id from turn_due where due_at <= '2026' order by due_at limit 200")).toMatch(
    /^SEARCH turn_due USING INDEX turn_due_at/,
  )
  expect(plan("select due_at from turn_due where due_at > '2026' order by due_at limit 1")).toMatch(
    /^SEARCH turn_due USING COVERING INDEX turn_due_at/,
  )
  expect(plan('select * from turn where done_at is null order by sequence limit 20')).toMatch(/INDEX turn_open$/)
})

test('somebody is told when pages cannot be brought up to date, and that it is over once they are', async () => {
  await begin('sqlite')
  work = await s.work()
  await published(warning(plus(clock.now(), HOUR)))
  await work.stop()
  clock.pass(HOUR)
  jammed = true
  for (let i = 0; i < 3; i++) {
    await carryTurns(s.ctx)
    clock.pass(60_000)
  }
  const told = async () => (await openAlarms(s.ctx.store.db)).filter((a) => a.cause === 'turn-failing')
  expect((await told()).map((a) => a.subject)).toEqual([`turn:${(await turns())[0]?.sequence}`])
  jammed = false
  clock.pass(60_000)
  await carryTurns(s.ctx)
  expect(await told()).toEqual([])
  expect((await clearedAlarms(s.ctx.store.db, '2000', 9)).map((a) => a.cause)).toContain('turn-failing')
  expect((await turns())[0]?.done_at).not.toBeNull()
})

test('a release that is taken down stays down when its time comes', async () => {
  await begin('sqlite')
  work = await s.work()
  const { id, path } = await published(warning(plus(clock.now(), HOUR)))
  await takeDown(s.ctx, who('signer'), id, { ground: 'privacy' })
  await soon(async () => expect((await page(path)).status).toBe(410))
  await runUntil(s, id, 'feeds', (r) => r.state === 'done')
  expect((await page('/cap/index.atom')).text).toContain('取消')
  clock.pass(HOUR)
  await soon(async () => expect((await page('/cap/index.atom')).text).not.toContain('<entry'))
  for (const p of [path, '/', '/all/', '/kinds/warning/', '/feeds/all.atom'])
    expect((await page(p)).text, p).not.toContain('暴雪橙色预警')
  expect((await page(path)).status).toBe(410)
  await rebuildsEqual()
  expect(s.errors).toEqual([])
})

test('an exercise has its turns in its own tree and touches nothing of the live one', async () => {
  await begin('sqlite')
  work = await s.work()
  const { path } = await published(warning(plus(clock.now(), HOUR), { mode: 'exercise' }))
  const before = await s.ctx.files.site.pointers.read('website')
  clock.pass(HOUR)
  await soon(async () => expect((await page(path)).text).toContain('有效期已过'))
  expect((await turns()).map((t) => t.mode)).toEqual(['exercise'])
  expect(await s.ctx.files.site.pointers.read('website')).toEqual(before)
  await rebuildsEqual()
})

test('a flash outside incidents stands on top for a day and no longer', async () => {
  await begin('sqlite')
  work = await s.work()
  await published(warning(plus(clock.now(), 3 * DAY)))
  expect((await page('/')).text).toContain('class="hero')
  clock.pass(DAY)
  await soon(async () => expect((await page('/')).text).not.toContain('class="hero'))
  expect((await page('/')).text).toContain('暴雪橙色预警')
  await rebuildsEqual()
})
