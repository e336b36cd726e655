/** A run under `kill -9`: killed at random moments, brought back, and held against the far end's own log. */
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { runsOfRelease } from '../../src/delivery/run-store.ts'
import { recount } from '../../src/delivery/store.ts'
import { MAX_WINDOW } from '../../src/delivery/window.ts'
import { enrolMany } from './crowd.ts'
import { deliveriesFor } from './deliveries.ts'
import { fireDraft, policyDraft } from './sample.ts'
import { addsUp, carry, ok, type Service, type ShownEdition, type ShownRun, service, settled } from './service.ts'

export type Ordeal = {
  lane: 'flash' | 'routine'
  readers: number
  kills: number
  databaseUrl?: string
  delayMs?: number
}

/** Goes through it and checks what must hold. @returns the run as it ended, and how many repeats the far end saw */
export async function ordeal(o: Ordeal): Promise<{ run: ShownRun; repeats: number }> {
  const s = await service({
    smtp: { delayMs: o.delayMs ?? 2, keepRaw: false },
    env: o.databaseUrl ? { DATABASE_URL: o.databaseUrl } : {},
    prepare: (ctx) => enrolMany(ctx, o.readers, 'reader'),
  })
  try {
    const release = await carry(s, await draftFor(s, o.lane), o.lane)
    const answered = await killOver(s, release.id, o)
    const edition = await ended(s, release.id, o, answered)
    const run = mailOf(edition)
    const repeats = await compareWithFarEnd(s, release.id, run, o)
    expect(s.errors()).toEqual([])
    return { run, repeats }
  } finally {
    await s.close()
  }
}

const draftFor = async (s: Service, lane: Ordeal['lane']) =>
  lane === 'routine' ? policyDraft({ topics: ['farming'] }) : alertDraft(s)

/** A flash about a fire just heard of. */
export async function alertDraft(s: Service) {
  const incident = await ok(
    s.as('drafter')<{ id: string }>('POST', '/incidents', {
      titleZh: '草原火灾（示例）',
      class: 'natural',
      areas: ['159921'],
      knownAt: new Date(Date.now() - 60_000).toISOString(),
    }),
  )
  return fireDraft(incident.id, new Date(Date.now() - 5000).toISOString())
}

/**
 * Each time after a few more mails, and a moment more: within a window, between two, in the middle of a transaction. So many kills
 * leave a routine run with nobody but those in doubt: then a signer answers, and it goes on. @returns how often one had to
 */
async function killOver(s: Service, id: string, { kills, readers, lane }: Ordeal): Promise<number> {
  const step = Math.floor((readers * 0.8) / (kills + 1))
  let answered = 0
  for (let kill = 0; kill < kills; kill++) {
    const until = s.smtp.log.length + 1 + Math.floor(Math.random() * step)
    for (let still = 0, last = 0; s.smtp.log.length < until; still++, await sleep(2)) {
      if (s.smtp.log.length > last) [still, last] = [0, s.smtp.log.length]
      if (lane === 'flash' || still < 500 || !(await answer(s, id))) continue
      answered++
      still = 0
    }
    await sleep(Math.random() * 20)
    await s.kill()
    await s.start()
  }
  return answered
}

/** Lets a run that asks send again to whoever is in doubt. @returns whether it asked */
async function answer(s: Service, id: string): Promise<boolean> {
  const { items } = await ok(s.as('signer')<{ items: ShownEdition[] }>('GET', `/releases/${id}/editions`))
  const run = items[0]?.dispatches.find((d) => d.outlet === 'email')
  if (run?.state !== 'held') return false
  await ok(s.as('signer')('POST', `/dispatches/${run.id}/resume`, { answer: 'unknown-again' }))
  return true
}

/** Flash ends by itself; routine holds what is unknown until a signer has answered. */
async function ended(s: Service, id: string, { lane, readers }: Ordeal, answered: number): Promise<ShownEdition> {
  if (lane === 'routine') {
    const run = await until(s, id, (r) => ['held', 'done'].includes(r.state))
    if (answered === 0) {
      expect(run.repeats).toBe(0)
      expect(new Set(s.smtp.log.map((m) => m.to[0])).size, 'routine sends nobody a second mail by itself').toBe(
        s.smtp.log.length,
      )
    }
    if (run.state === 'held') {
      expect(run.counts['unknown']).toBeGreaterThan(0)
      await ok(s.as('signer')('POST', `/dispatches/${run.id}/resume`, { answer: 'unknown-again' }))
    }
  }
  const [edition] = await settled(s, id, 240_000)
  expect(mailOf(edition as ShownEdition).counts).toMatchObject({
    accepted: readers,
    unknown: 0,
    sending: 0,
    planned: 0,
  })
  return edition as ShownEdition
}

async function until(s: Service, id: string, test: (run: ShownRun) => boolean): Promise<ShownRun> {
  for (let i = 0; i < 2400; i++) {
    const { items } = await ok(s.as('signer')<{ items: ShownEdition[] }>('GET', `/releases/${id}/editions`))
    const run = items[0]?.dispatches.find((d) => d.outlet === 'email')
    if (run && test(run)) return run
    await sleep(100)
  }
  throw new Error('the run did not come so far')
}

const mailOf = (edition: ShownEdition): ShownRun => edition.dispatches.find((d) => d.outlet === 'email') as ShownRun

/** The far end's own log is the oracle. @returns how many mails came more than once */
async function compareWithFarEnd(s: Service, id: string, run: ShownRun, o: Ordeal): Promise<number> {
  const heard = new Map<string, number>()
  for (const { to } of s.smtp.log) heard.set(to[0] as string, (heard.get(to[0] as string) ?? 0) + 1)
  expect(addsUp(run)).toBe(true)
  expect(run.audience).toBe(o.readers)
  await s.kill()
  const { rows, counted } = await s.inside(async (ctx) => {
    const mail = (await runsOfRelease(ctx.store.db, id)).find((r) => r.outlet === 'email')
    const dispatch = mail?.dispatch_id ?? ''
    return { rows: await deliveriesFor(ctx.store.db, dispatch), counted: await recount(ctx.store.db, dispatch) }
  })
  expect(rows).toHaveLength(o.readers)
  expect(counted.accepted, 'the counters are the rows').toBe(run.counts['accepted'])
  expect(
    rows.filter((r) => r.state === 'accepted' && !heard.has(r.address)),
    'nobody is called told who was not',
  ).toEqual([])
  const known = new Set(rows.filter((r) => ['accepted', 'unknown', 'sending'].includes(r.state)).map((r) => r.address))
  expect(
    [...heard.keys()].filter((address) => !known.has(address)),
    'nobody was told whom we do not know of',
  ).toEqual([])
  const repeats = [...heard.values()].reduce((n, c) => n + c - 1, 0)
  expect(repeats, 'every repeat is counted').toBeLessThanOrEqual(run.repeats)
  expect(run.repeats, 'no more than one window for each kill').toBeLessThanOrEqual(MAX_WINDOW * o.kills)
  return repeats
}
