/** The power is cut while the morning's digests go out. Nobody gets two, nobody is forgotten, and both releases add up. */
import { setTimeout as sleep } from 'node:timers/promises'
import { simpleParser } from 'mailparser'
import { afterEach, expect, test } from 'vitest'
import { insertSubscriber } from '../../src/audience/store.ts'
import type { Ctx } from '../../src/context.ts'
import { runsOfRelease } from '../../src/delivery/run-store.ts'
import { COUNTERS, recount } from '../../src/delivery/store.ts'
import { newToken } from '../../src/lib/id.ts'
import { deliveriesFor } from '../support/deliveries.ts'
import { policyDraft } from '../support/sample.ts'
import { carry, type Service, service, settled } from '../support/service.ts'

const READERS = 600
let s: Service
afterEach(async () => {
  const errors = s.errors()
  await s.close()
  expect(errors).toEqual([])
})

async function enrolDaily(ctx: Ctx): Promise<void> {
  const at = ctx.clock.now()
  for (let i = 0; i < READERS; i++)
    await insertSubscriber(ctx.store.db, {
      kind: 'email',
      address: `reader${i}@mail.example`,
      keys: null,
      token: newToken(),
      state: 'active',
      mode: 'live',
      language: 'zh-CN',
      urgency: 'normal',
      frequency: 'daily',
      all_topics: 1,
      all_areas: 1,
      created_at: at,
      confirmed_at: at,
      left_at: null,
    })
}

/** As if both had been published two days ago and no morning had come since. */
async function untilMorning(ctx: Ctx): Promise<void> {
  const then = new Date(Date.now() - 2 * 86_400_000).toISOString()
  await ctx.store.db.updateTable('delivery').set({ updated_at: then }).execute()
  await ctx.store.db.deleteFrom('digest_mark').execute()
}

test('killed twice in mid-send, every digest is accepted once or known to be unknown', async () => {
  s = await service({ smtp: { delayMs: 4 }, prepare: enrolDaily })
  const releases = [
    await carry(s, policyDraft({ topics: ['farming'], documentNumber: '示政办字〔2026〕51号' })),
    await carry(s, policyDraft({ topics: ['farming'], documentNumber: '示政办字〔2026〕52号' })),
  ]
  for (const { id } of releases) {
    const [edition] = await settled(s, id, 60_000)
    expect(edition?.dispatches.find((d) => d.outlet === 'email')).toMatchObject({ counts: { inDigest: READERS } })
  }
  await s.kill()
  await s.inside(untilMorning)
  await s.start()
  for (let kill = 1; kill <= 2; kill++) {
    const before = s.smtp.log.length
    while (s.smtp.log.length < before + 100) await sleep(5)
    await s.kill()
    await s.start()
  }
  expect(s.smtp.log.length, 'still sending when last killed').toBeLessThan(READERS)
  const waiting = async () => {
    const mail = (await settled(s, releases[1]!.id))[0]?.dispatches.find((d) => d.outlet === 'email')
    return mail?.counts['inDigest']
  }
  await expect.poll(waiting, { timeout: 60_000, interval: 300 }).toBe(0)
  await s.kill()
  const heard = s.smtp.log.map((entry) => entry.to[0] as string)
  expect(new Set(heard).size).toBe(heard.length)
  const { text = '' } = await simpleParser(s.smtp.log[0]!.raw)
  for (const { number } of releases) expect(text).toContain(number)
  await s.inside(async (ctx) => {
    for (const { id } of releases) {
      const run = (await runsOfRelease(ctx.store.db, id)).find((r) => r.outlet === 'email')!
      expect(await recount(ctx.store.db, run.dispatch_id)).toEqual(Object.fromEntries(COUNTERS.map((c) => [c, run[c]])))
      expect(run).toMatchObject({ audience: READERS, in_digest: 0, sending: 0, planned: 0 })
      expect(run.accepted + run.unknown).toBe(READERS)
      const rows = await deliveriesFor(ctx.store.db, run.dispatch_id)
      expect(rows.filter((r) => r.state === 'accepted' && !heard.includes(r.address))).toEqual([])
      const known = new Set(rows.filter((r) => ['accepted', 'unknown'].includes(r.state)).map((r) => r.address))
      expect(heard.filter((address) => !known.has(address))).toEqual([])
    }
  })
}, 180_000)
