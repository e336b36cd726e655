/** A copy that came back from a backup asks no callback and mails for no browser until a member has taken the alarm. */
import { readdirSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { driveHub } from '../../src/audience/hub-verify.ts'
import { putStandby } from '../../src/audience/standby-store.ts'
import { standIn } from '../../src/delivery/stand-in.ts'
import { raiseAlarm } from '../../src/store/alarm.ts'
import { enrolReader } from '../support/crowd.ts'
import { type Station, station } from '../support/station.ts'

let s: Station
const asked: string[] = []
beforeEach(async () => {
  asked.length = 0
  s = await station()
  s.ctx.outsider = async (url) => {
    asked.push(url)
    return { status: 500, headers: {}, body: new Uint8Array() }
  }
})
afterEach(() => s.close())

test('what was waiting for callbacks and browsers when the backup was made stays where it is', async () => {
  const { db } = s.ctx.store
  const now = s.ctx.clock.now()
  const request = { mode: 'unsubscribe' as const, callback: 'https://reader.example/cb', topic: '/feeds/all.atom' }
  await db
    .insertInto('hub_request')
    .values({
      ...{ id: 'one', ...request, topic_url: `${s.url}/feeds/all.atom`, host: 'reader.example', lease_seconds: 600 },
      ...{ secret: null, reason: '', asked_at: now, attempts: 0, next_at: now, lease_until: null },
    })
    .execute()
  const browser = await enrolReader(s.ctx, 'https://push.example/one', { kind: 'webpush', state: 'gone' } as never)
  await putStandby(db, {
    ...{ push_id: browser, address: 'reader@mail.example', token: 't'.repeat(32), language: 'zh-CN', asked_at: now },
    ...{ confirmed_at: now, died_at: now, email_id: null, next_at: now },
  })
  await raiseAlarm(db, s.ctx.clock, 'restored', 'backup:one')
  await driveHub(s.ctx)
  expect([asked, await standIn(s.ctx)]).toEqual([[], 0])
  await db.updateTable('alarm').set({ acknowledged_at: now, owner: 'admin' }).execute()
  await driveHub(s.ctx)
  expect([asked.length, await standIn(s.ctx)]).toEqual([1, 1])
  // The letter that says so is written beside.
  const letters = () => readdirSync(s.dir, { recursive: true }).filter((name) => String(name).endsWith('.eml'))
  await expect.poll(() => letters().length, { timeout: 5000 }).toBe(1)
})
