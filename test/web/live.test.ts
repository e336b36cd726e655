/** An officer watches a release go out: figures come by themselves, and stop coming when they may not look any longer. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Target } from '../../src/delivery/channel.ts'
import { endLive, LEAST_APART, liveOf } from '../../src/delivery/live.ts'
import * as runStore from '../../src/delivery/run-store.ts'
import type { ReleaseRow } from '../../src/desk/store.ts'
import { systemClock } from '../../src/lib/clock.ts'
import { quarantine } from '../../src/purge/quarantine.ts'
import { updateMember } from '../../src/staff/store.ts'
import { createApp } from '../../src/web/app.ts'
import type { App } from '../../src/web/env.ts'
import { LIMITS, streamsOpen } from '../../src/web/live-stream.ts'
import { startWork } from '../../src/work.ts'
import { DeskPerson } from '../support/desk-person.ts'
import { type Mail, mailRegistry, mailRun, published, subscribe } from '../support/going.ts'
import { type Office, office, type Workplace, workplace } from '../support/office.ts'

let at: Workplace
let people: Office
let app: App
let release: ReleaseRow
let mail: Mail
const readers: Reader[] = []

beforeEach(async () => {
  mail = { send: async (targets) => targets.map(() => ({ state: 'accepted' })) }
  at = await workplace({ sweepMs: { flash: 50, routine: 50 } }, { clock: systemClock, registry: mailRegistry(mail) })
  people = await office(at.ctx)
  app = await createApp(at.ctx)
  await subscribe(at, 120)
  release = await published(at, people)
})
afterEach(async () => {
  for (const r of readers.splice(0)) await r.leave()
  await at.close()
})

type Event = { event: string; data: Record<string, unknown> }

/** Reads a stream as a browser does. */
class Reader {
  readonly events: Event[] = []
  raw = ''
  ended = false
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>
  readonly #done: Promise<void>
  constructor(body: ReadableStream<Uint8Array>) {
    this.#reader = body.getReader()
    this.#done = this.#read().catch(() => {})
    readers.push(this)
  }
  async #read() {
    const decoder = new TextDecoder()
    let rest = ''
    for (;;) {
      const { done, value } = await this.#reader.read()
      if (done) break
      const text = decoder.decode(value, { stream: true })
      this.raw += text
      const blocks = (rest + text).split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) {
        const event = /^event: (.*)$/m.exec(block)?.[1]
        const data = /^data: (.*)$/m.exec(block)?.[1]
        if (event && data) this.events.push({ event, data: JSON.parse(data) as Event['data'] })
      }
    }
    this.ended = true
  }
  of = (event: string) => this.events.filter((e) => e.event === event)
  async leave() {
    await this.#reader.cancel().catch(() => {})
    await this.#done
  }
}

async function watch(who = 'league-signer', path = `/api/v1/releases/${release.id}/events`): Promise<Reader> {
  const answer = await app.request(path, { headers: { authorization: `Bearer ${await people.token(who)}` } })
  expect(answer.status, await (answer.status === 200 ? '' : answer.text())).toBe(200)
  expect(answer.headers.get('content-type')).toBe('text/event-stream')
  expect(answer.headers.get('cache-control')).toMatch(/no-(store|cache)/)
  return new Reader(answer.body as ReadableStream<Uint8Array>)
}

/** So many milliseconds for each. */
const slowly = (each: number) => async (targets: Target[]) => {
  await new Promise((r) => setTimeout(r, each * targets.length))
  return targets.map(() => ({ state: 'accepted' as const }))
}

test('figures come while it goes out, add up every time, and the stream ends with the last outlet', async () => {
  mail.send = slowly(25)
  const reader = await watch()
  const work = await startWork(at.ctx)
  await expect.poll(() => reader.ended, { timeout: 20_000 }).toBe(true)
  await work.stop()
  const seen = reader.of('progress').map(({ data }) => data as never as Seen)
  expect(seen.length).toBeGreaterThan(4)
  for (const { dispatches } of seen)
    for (const d of dispatches) expect(Object.values(d.counts).reduce((a, b) => a + b, 0)).toBe(d.audience)
  const paced = seen.flatMap((s) => s.dispatches.filter((d) => d.outlet === 'email' && d.perSecond))
  expect(paced.length).toBeGreaterThan(0)
  expect(paced.every((d) => (d.perSecond as number) > 0)).toBe(true)
  const last = seen.at(-1)?.dispatches.find((d) => d.outlet === 'email')
  expect([last?.state, last?.counts['accepted']]).toEqual(['done', 120])
  expect(reader.events.at(-1)).toEqual({ event: 'end', data: { why: 'over' } })
  expect(reader.raw).toMatch(/^retry: \d+\n\n/)
})
type Seen = {
  going: boolean
  dispatches: {
    outlet: string
    state: string
    audience: number
    counts: Record<string, number>
    perSecond: number | null
    secondsLeft: number | null
  }[]
}

test('a hundred who watch cost one look', async () => {
  let looks = 0
  const { db } = at.ctx.store
  const spied = new Proxy(db, {
    get(target, name) {
      if (name === 'selectFrom')
        return (table: string, ...more: []) => {
          if (table === 'dispatch_run') looks++
          return target.selectFrom(table as 'dispatch_run', ...more)
        }
      return Reflect.get(target, name, target)
    },
  })
  at.ctx.store.db = spied
  const watches = Array.from({ length: 100 }, () => liveOf(at.ctx).watch(release))
  const began = performance.now()
  const ringing = setInterval(() => at.ctx.bell.ring('progress', 'x'), 5)
  const run = await mailRun(at, release.id)
  const changing = setInterval(
    () => void runStore.updateRun(db, run.dispatch_id, { attempts: Math.random() * 1e6 }),
    20,
  )
  looks = 0
  const known = setInterval(() => at.ctx.bell.ring('progress', run.dispatch_id), 5)
  await new Promise((r) => setTimeout(r, 1600))
  for (const t of [ringing, changing, known]) clearInterval(t)
  const most = Math.ceil((performance.now() - began) / LEAST_APART) + 1
  console.log(`100 watches, ${looks} looks in ${Math.round(performance.now() - began)} ms`)
  expect(looks).toBeGreaterThan(3)
  expect(looks).toBeLessThanOrEqual(most)
  for (const w of watches) w.close()
  at.ctx.store.db = db
})

test('a release sealed meanwhile shows nothing more', async () => {
  const reader = await watch('league-reviewer')
  await expect.poll(() => reader.of('progress').length).toBeGreaterThan(0)
  await quarantine(at.ctx, people.own.reviewer2, release.id)
  await expect.poll(() => reader.ended, { timeout: 5000 }).toBe(true)
  expect(reader.events.at(-1)).toEqual({ event: 'end', data: { why: 'refused' } })
  const again = await app.request(`/api/v1/releases/${release.id}/events`, {
    headers: { authorization: `Bearer ${await people.token('league-reviewer')}` },
  })
  expect(again.status).toBe(409)
})

test('who is no longer a member sees nothing more after a few seconds', async () => {
  const reader = await watch('league-reviewer')
  await expect.poll(() => reader.of('progress').length).toBeGreaterThan(0)
  await updateMember(at.ctx.store.db, 'league-reviewer', { active: 0 })
  await expect.poll(() => reader.ended, { timeout: 9000 }).toBe(true)
  expect(reader.events.at(-1)).toEqual({ event: 'end', data: { why: 'refused' } })
}, 15_000)

test('who signs out sees nothing more after a few seconds', async () => {
  await people.login('league-signer')
  const person = await new DeskPerson(app).signIn('league-signer')
  const answer = await app.request(`/desk/releases/${release.number}/events`, { headers: { cookie: person.cookie } })
  expect(answer.status).toBe(200)
  const reader = new Reader(answer.body as ReadableStream<Uint8Array>)
  await expect.poll(() => reader.of('page').length).toBeGreaterThan(0)
  await person.post('/desk/sign-out', {})
  await expect.poll(() => reader.ended, { timeout: 9000 }).toBe(true)
  expect(reader.events.at(-1)).toEqual({ event: 'end', data: { why: 'refused' } })
}, 15_000)

test('one person opens so many and no more, and whoever leaves gives the place back', async () => {
  const mine: Reader[] = []
  for (let i = 0; i < LIMITS.member; i++) mine.push(await watch())
  const token = await people.token('league-signer')
  const ask = () =>
    app.request(`/api/v1/releases/${release.id}/events`, { headers: { authorization: `Bearer ${token}` } })
  const refused = await ask()
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '30'])
  expect(((await refused.json()) as { code: string }).code).toBe('too-many-streams')
  await mine[0]?.leave()
  await expect.poll(() => streamsOpen(at.ctx), { timeout: 5000 }).toBe(LIMITS.member - 1)
  await watch()
})

test('when all have left, nobody listens and nothing is looked at', async () => {
  let ears = 0
  const { bell } = at.ctx
  const on = bell.on.bind(bell)
  bell.on = (topic, fn) => {
    ears++
    const off = on(topic, fn)
    return () => {
      ears--
      off()
    }
  }
  const some = [await watch(), await watch('league-reviewer'), await watch('league-drafter')]
  expect(liveOf(at.ctx).watched()).toBe(1)
  expect(ears).toBe(2)
  for (const r of some) await r.leave()
  await expect.poll(() => [liveOf(at.ctx).watched(), ears, streamsOpen(at.ctx)], { timeout: 5000 }).toEqual([0, 0, 0])
})

test('the service ends its streams before it ends', async () => {
  const reader = await watch()
  await expect.poll(() => reader.of('progress').length).toBeGreaterThan(0)
  const began = performance.now()
  endLive(at.ctx)
  await expect.poll(() => reader.ended).toBe(true)
  expect(performance.now() - began).toBeLessThan(1000)
  await expect.poll(() => streamsOpen(at.ctx)).toBe(0)
})

test('the desk gets the part of the page that moves, then figures alone', async () => {
  mail.send = slowly(25)
  const reader = await watch('league-signer', `/desk/releases/${release.number}/events?lang=zh`)
  const work = await startWork(at.ctx)
  await expect.poll(() => reader.ended, { timeout: 20_000 }).toBe(true)
  await work.stop()
  expect(reader.events[0]?.event).toBe('page')
  const figures = reader.of('figures') as never as { data: { runs: { id: string; bar: string; pace?: string }[] } }[]
  expect(figures.length).toBeGreaterThan(0)
  const paces = figures.flatMap((f) => f.data.runs.map((r) => r.pace ?? ''))
  expect(paces.some((p) => /每秒[\d,.]+人 · 约还需\d+秒/.test(p))).toBe(true)
  expect(figures.flatMap((f) => f.data.runs.map((r) => r.bar)).some((b) => b.includes('role="progressbar"'))).toBe(true)
  const end = reader.of('page').at(-1)?.data as { html: string; going: boolean }
  expect(end.going).toBe(false)
  expect(end.html).toContain('120 / 120')
})

test('a draft has nothing to watch, and a stranger is told of nothing', async () => {
  const banner = await people.token('other-drafter')
  const answer = await app.request(`/desk/releases/${release.number}/events`, {
    headers: { authorization: `Bearer ${banner}` },
  })
  expect([403, 404]).toContain(answer.status)
})
