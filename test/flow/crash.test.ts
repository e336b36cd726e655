/** The power is cut in the middle of sending. When it is back, everyone is counted and nobody is lost. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { runsOfRelease } from '../../src/delivery/run-store.ts'
import { deliveriesFor } from '../../src/delivery/store.ts'
import { fireDraft, policyDraft } from '../support/sample.ts'
import { addsUp, carry, ok, type Service, type ShownEdition, service, settled } from '../support/service.ts'

const READERS = 1500
let s: Service
afterEach(async () => {
  const errors = s.errors()
  await s.close()
  expect(errors).toEqual([])
})

const crowd = () => Array.from({ length: READERS }, (_, i) => ({ address: `reader${i}@mail.example` }))

async function killedMidway(id: string, times: number): Promise<void> {
  for (let kill = 1; kill <= times; kill++) {
    const before = s.smtp.log.length
    while (s.smtp.log.length < before + 150) await sleep(5)
    await s.kill()
    await s.start()
  }
  expect(s.smtp.log.length, `still sending when last killed: ${id}`).toBeLessThan(READERS * 2)
}

/** The far end's own log is the oracle. */
async function compareWithSink(id: string, edition: ShownEdition): Promise<void> {
  const heard = new Map<string, number>()
  for (const entry of s.smtp.log) heard.set(entry.to[0] as string, (heard.get(entry.to[0] as string) ?? 0) + 1)
  const mail = edition.dispatches.find((d) => d.outlet === 'email')
  expect(addsUp(mail as never)).toBe(true)
  expect(mail?.audience).toBe(READERS)
  await s.kill()
  const rows = await s.inside(async (ctx) => {
    const run = (await runsOfRelease(ctx.store.db, id)).find((r) => r.outlet === 'email')
    return deliveriesFor(ctx.store.db, run?.dispatch_id ?? '')
  })
  expect(rows).toHaveLength(READERS)
  const lost = rows.filter((r) => r.state === 'accepted' && !heard.has(r.address))
  expect(lost).toEqual([])
  const unaccounted = [...heard.keys()].filter(
    (address) => !rows.some((r) => r.address === address && ['accepted', 'unknown', 'sending'].includes(r.state)),
  )
  expect(unaccounted).toEqual([])
  const extra = [...heard.values()].reduce((n, c) => n + c - 1, 0)
  expect(extra).toBeLessThanOrEqual(mail?.repeats ?? 0)
}

test('a flash release killed three times in mid-send reaches everyone; repeats are counted', async () => {
  s = await service({ readers: crowd(), smtp: { delayMs: 2 } })
  const incident = await ok(
    s.as('drafter')<{ id: string }>('POST', '/incidents', {
      titleZh: '草原火灾（示例）',
      class: 'natural',
      areas: ['159921'],
      knownAt: new Date(Date.now() - 60_000).toISOString(),
    }),
  )
  const release = await carry(s, fireDraft(incident.id, new Date(Date.now() - 5000).toISOString()), 'flash')
  await killedMidway(release.id, 3)
  const [edition] = await settled(s, release.id, 60_000)
  const mail = edition?.dispatches.find((d) => d.outlet === 'email')
  expect(mail?.counts).toMatchObject({ accepted: READERS, unknown: 0, sending: 0, planned: 0 })
  await compareWithSink(release.id, edition as ShownEdition)
}, 120_000)

test('a routine release killed in mid-send never sends twice by itself: what is unknown waits for a signer', async () => {
  s = await service({ readers: crowd(), smtp: { delayMs: 2 } })
  const release = await carry(s, policyDraft({ topics: ['farming'] }))
  await killedMidway(release.id, 2)
  let edition: ShownEdition | undefined
  for (let i = 0; i < 300; i++) {
    edition = (await ok(s.as('signer')<{ items: ShownEdition[] }>('GET', `/releases/${release.id}/editions`))).items[0]
    const mail = edition?.dispatches.find((d) => d.outlet === 'email')
    if (mail && ['held', 'done'].includes(mail.state)) break
    await sleep(100)
  }
  const mail = edition?.dispatches.find((d) => d.outlet === 'email')
  expect(mail?.repeats).toBe(0)
  expect(new Set(s.smtp.log.map((m) => m.to[0])).size).toBe(s.smtp.log.length)
  if (mail?.state === 'held') {
    expect(mail.counts['unknown']).toBeGreaterThan(0)
    await ok(s.as('signer')('POST', `/dispatches/${mail.id}/resume`, { answer: 'unknown-again' }))
  }
  const [after] = await settled(s, release.id, 60_000)
  expect(after?.dispatches.find((d) => d.outlet === 'email')?.counts).toMatchObject({ accepted: READERS, unknown: 0 })
  await compareWithSink(release.id, after as ShownEdition)
}, 120_000)
