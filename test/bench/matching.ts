/**
 * What planning costs: `node test/bench/matching.ts [subscribers]` fills a SQLite file in a temporary folder and plans runs over
 * it through the service's own code. Prints microseconds per recipient, the slowest range and the peak of memory.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { countRange, matches, rangeEnd } from '../../src/audience/match-store.ts'
import { planRange } from '../../src/delivery/plan-store.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openStore } from '../../src/store/open.ts'

const TOTAL = Number(process.argv[2] ?? 1_000_000)
const RANGE = 10_000
const dir = mkdtempSync(join(tmpdir(), 'ortoo-bench-'))
const store = await openStore({ databaseUrl: `sqlite:${join(dir, 'bench.db')}` })
await migrate(store)
const raw = store.raw!
const now = '2026-11-24T00:00:00.000Z'

/** A tenth choose topics and a fifth one of 118 places; one in ten reads digests. */
function fill(): void {
  raw.exec('pragma foreign_keys = off; pragma synchronous = off; begin')
  const person = raw.prepare(
    `insert into subscriber (kind, address, token, state, mode, language, urgency, frequency, all_topics, all_areas, created_at, address_hash)
     values ('email', ?, ?, 'active', 'live', 'zh-CN', 'normal', ?, ?, ?, ?, ?)`,
  )
  const topic = raw.prepare('insert into subscriber_topic values (?, ?)')
  const area = raw.prepare('insert into subscriber_area values (?, ?)')
  for (let i = 1; i <= TOTAL; i++) {
    const [choosy, local] = [i % 10 === 3, i % 5 === 1]
    person.run(
      `r${i}@reader.example`,
      String(i).padStart(32, 'x'),
      i % 10 === 7 ? 'daily' : 'at-once',
      choosy ? 0 : 1,
      local ? 0 : 1,
      now,
      `hash-of-a-reader-${String(i).padStart(26, '0')}`,
    )
    if (choosy) for (let t = 0; t < 3; t++) topic.run(i, `topic-${((i / 10 + t) % 12) | 0}`)
    if (local) area.run(i, `15${String(i % 118).padStart(4, '0')}`)
  }
  const listed = raw.prepare(`insert into suppression values (?, 'email', ?, 'asked', ?, null)`)
  for (let i = 1; i <= TOTAL / 100; i++) listed.run(`s${i}`, `hash-of-nobody-here-${i}`, now)
  raw.exec('commit; pragma synchronous = full')
}

let runs = 0
function openRun(): string {
  const id = `run${runs++}`
  raw.exec(`insert into dispatch_run (dispatch_id, release_id, edition_id, outlet, lane, sequence, state, next_at)
    values ('${id}', 'r', 'e', 'email', 'routine', ${runs}, 'planning', '${now}')`)
  return id
}

type Criteria = Parameters<typeof matches>[0]
async function plan(what: string, upTo: number, criteria: Criteria, told: string[] = []): Promise<string> {
  const dispatchId = openRun()
  let [from, slowest, ranges] = [0, 0, 0]
  const began = performance.now()
  for (;;) {
    const to = await rangeEnd(store.db, 'email', 'live', from, upTo, RANGE)
    if (to === null) break
    const range = { from, to }
    const at = performance.now()
    await store.tx((trx) =>
      planRange(
        trx,
        {
          ...range,
          dispatchId,
          kind: 'email',
          mode: 'live',
          matches: matches(criteria, range),
          told,
          digests: true,
          languages: ['zh-CN'],
          fallback: 'zh-CN',
        },
        now,
      ),
    )
    slowest = Math.max(slowest, performance.now() - at)
    from = to
    ranges++
  }
  const took = performance.now() - began
  const { audience } = raw.prepare('select audience from dispatch_run where dispatch_id = ?').get(dispatchId) as {
    audience: number
  }
  report(what, audience, took, slowest, ranges)
  return dispatchId
}

async function count(what: string, criteria: Criteria): Promise<void> {
  let [from, slowest, found, ranges] = [0, 0, 0, 0]
  const began = performance.now()
  for (;;) {
    const at = performance.now()
    const to = await rangeEnd(store.db, 'email', 'live', from, Number.MAX_SAFE_INTEGER, 5000)
    if (to === null) break
    const { atOnce, inDigests } = await countRange(store.db, 'email', 'live', criteria, { from, to })
    slowest = Math.max(slowest, performance.now() - at)
    found += atOnce + inDigests
    from = to
    ranges++
  }
  report(what, found, performance.now() - began, slowest, ranges)
}

function report(what: string, people: number, took: number, slowest: number, ranges: number): void {
  const each = people ? ((took * 1000) / people).toFixed(1) : '–'
  console.log(
    `${what.padEnd(34)} ${String(people).padStart(8)} people ${(took / 1000).toFixed(2).padStart(6)} s ${each.padStart(7)} µs each  ` +
      `slowest of ${ranges} ranges ${slowest.toFixed(1)} ms  peak ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`,
  )
}

const areas = (n: number) => Array.from({ length: n }, (_, i) => `15${String(i).padStart(4, '0')}`)
const everyone: Criteria = { topics: [], areas: [], urgency: 'normal' }
const narrow: Criteria = { topics: ['topic-1'], areas: areas(1), urgency: 'normal' }
const league: Criteria = { topics: ['topic-1', 'topic-2'], areas: areas(60), urgency: 'important' }

const began = performance.now()
fill()
console.log(`${TOTAL} subscribers written in ${((performance.now() - began) / 1000).toFixed(1)} s`)
for (const n of [10_000, 100_000, 1_000_000].filter((size) => size <= TOTAL))
  await plan(`everyone of ${n}`, n, everyone)
await plan('one topic, one place', TOTAL, narrow)
await plan('two topics, sixty places', TOTAL, league)
raw.exec(`update subscriber set all_topics = 0, all_areas = 0 where id % 100 <> 0`)
await plan('one place, one in a hundred open', TOTAL, { ...everyone, areas: areas(1) })
await plan('one topic, one in a hundred open', TOTAL, { ...everyone, topics: ['topic-1'] })
raw.exec(`update delivery set state = 'accepted' where dispatch_id = 'run0'`)
await plan('a correction to 10,000 told', TOTAL, { ...everyone, topics: ['topic-none'], areas: ['none'] }, ['run0'])
await count('counted before signing', league)
await store.close()
rmSync(dir, { recursive: true, force: true })
