/** An alarm is heard where it was sent, and again while nobody has it in hand. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { acknowledge, alarmsFor } from '../../src/delivery/alarms.ts'
import { tellAlarms } from '../../src/delivery/tell-alarms.ts'
import { MINUTE } from '../../src/lib/clock.ts'
import { clearAlarm, openAlarms, raiseAlarm } from '../../src/store/alarm.ts'
import { type Office, office, type Workplace, workplace } from '../support/office.ts'

type Heard = { cause: string; subject: string; count: number; since: string }
let at: Workplace
let people: Office
let server: Server
let dir: string
let heard: Heard[]
let answer = 200

beforeEach(async () => {
  answer = 200
  heard = []
  dir = mkdtempSync(join(tmpdir(), 'ortoo-alarm-'))
  server = createServer((req, res) => {
    let body = ''
    req.on('data', (chunk) => {
      body += chunk
    })
    req.on('end', () => {
      if (answer === 200) heard.push(JSON.parse(body) as Heard)
      res.writeHead(answer).end()
    })
  })
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up))
  const script = join(dir, 'ring')
  writeFileSync(script, `#!/bin/sh\necho "$ALARM_CAUSE $ALARM_SUBJECT $ALARM_COUNT" >> ${dir}/rung\n`)
  chmodSync(script, 0o755)
  const webhook = `http://127.0.0.1:${(server.address() as AddressInfo).port}/alarm`
  at = await workplace({ alarm: { webhook, command: script } })
  people = await office(at.ctx)
})
afterEach(async () => {
  await at.close()
  server.close()
  rmSync(dir, { recursive: true, force: true })
})

const rung = () => readFileSync(join(dir, 'rung'), 'utf8').trim().split('\n')
async function wait(minutes: number): Promise<void> {
  at.clock.advance(minutes * MINUTE)
  await tellAlarms(at.ctx)
}

test('it arrives by webhook and by command, again after ten minutes, then every hour, counted', async () => {
  await raiseAlarm(at.ctx.store.db, at.clock, 'clock-breached', 'incident:x')
  await wait(0)
  expect(heard.map((h) => [h.cause, h.subject, h.count])).toEqual([['clock-breached', 'incident:x', 1]])
  expect(rung()).toEqual(['clock-breached incident:x 1'])
  await wait(9)
  expect(heard.length).toBe(1)
  await wait(1)
  expect(heard.map((h) => h.count)).toEqual([1, 2])
  await wait(59)
  expect(heard.length).toBe(2)
  await wait(1)
  await wait(60)
  expect(heard.map((h) => h.count)).toEqual([1, 2, 3, 4])
  expect(rung().at(-1)).toBe('clock-breached incident:x 4')
  const [row] = await openAlarms(at.ctx.store.db)
  expect(row?.told_count).toBe(4)
})

test('once somebody has it in hand it is told no more, nor once it is over', async () => {
  await raiseAlarm(at.ctx.store.db, at.clock, 'clock-breached', 'service:a')
  await raiseAlarm(at.ctx.store.db, at.clock, 'clock-breached', 'service:b')
  await wait(0)
  expect(heard.length).toBe(2)
  const mine = (await alarmsFor(at.ctx, people.own.signer)).find((a) => a.subject === 'service:a')
  await acknowledge(at.ctx, people.own.signer, mine?.id ?? '')
  await clearAlarm(at.ctx.store.db, at.clock, 'clock-breached', 'service:b')
  await wait(60)
  expect(heard.length).toBe(2)
  await expect(acknowledge(at.ctx, people.own.drafter, mine?.id ?? '')).rejects.toThrow('already-acknowledged')
})

test('what concerns the flash lane is told again after three minutes', async () => {
  await at.ctx.store.db
    .insertInto('release')
    .values({
      id: 'r1',
      number: '2026-000901',
      agency_id: 'league',
      kind: 'warning',
      lane: 'flash',
      mode: 'live',
      incident_id: null,
      state: 'held',
      face: 'none',
      edition_type: 'first',
      editions: 0,
      revision: 0,
      version: 1,
      document_number: null,
      planned_at: null,
      created_by: 'league-drafter',
      created_at: at.clock.now(),
      updated_at: at.clock.now(),
    })
    .execute()
  await raiseAlarm(at.ctx.store.db, at.clock, 'release-held', 'release:r1')
  await wait(0)
  await wait(3)
  expect(heard.map((h) => h.count)).toEqual([1, 2])
})

test('a far end that is down is tried again, and keeps no other alarm waiting', async () => {
  at.ctx.config.alarm = { webhook: at.ctx.config.alarm.webhook as string }
  answer = 503
  await raiseAlarm(at.ctx.store.db, at.clock, 'clock-breached', 'service:a')
  await raiseAlarm(at.ctx.store.db, at.clock, 'clock-breached', 'service:b')
  await wait(0)
  expect(at.logged.length).toBe(2)
  answer = 200
  await wait(0)
  expect(heard).toEqual([])
  await wait(0.5)
  expect(heard.map((h) => [h.subject, h.count])).toEqual([
    ['service:a', 1],
    ['service:b', 1],
  ])
})

test('two workers tell it once', async () => {
  await raiseAlarm(at.ctx.store.db, at.clock, 'clock-breached', 'service:a')
  await Promise.all([tellAlarms(at.ctx), tellAlarms(at.ctx)])
  expect(heard.length).toBe(1)
})

test('where no way out is set, nothing is counted as told', async () => {
  at.ctx.config.alarm = {}
  await raiseAlarm(at.ctx.store.db, at.clock, 'clock-breached', 'service:a')
  await wait(0)
  await wait(10)
  expect((await openAlarms(at.ctx.store.db))[0]?.told_count).toBe(0)
})
