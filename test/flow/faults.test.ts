/** What the service stands on fails in the middle of a run: nobody is lost, somebody is told, and it goes on by itself. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runsOfRelease } from '../../src/delivery/run-store.ts'
import { recount } from '../../src/delivery/store.ts'
import { type AlarmEnd, alarmEnd } from '../support/alarm-end.ts'
import { needs, startPostgres, startRedis } from '../support/backends.ts'
import { enrolMany } from '../support/crowd.ts'
import { policyDraft } from '../support/sample.ts'
import { addsUp, carry, type Service, service, settled } from '../support/service.ts'

const READERS = 3000
let s: Service
let alarms: AlarmEnd
const open: (() => unknown)[] = []
beforeEach(async () => {
  alarms = await alarmEnd()
})
afterEach(async () => {
  await s?.close()
  alarms.close()
  for (const close of open.splice(0).reverse()) await close()
})

const start = (env: Record<string, string>, delayMs = 4) =>
  service({
    env: { ALARM_WEBHOOK: alarms.url, ...env },
    smtp: { delayMs, keepRaw: false },
    prepare: (ctx) => enrolMany(ctx, READERS, 'reader'),
  })
const notice = (n: number) => policyDraft({ topics: ['farming'], documentNumber: `示政办字〔2026〕${n}号` })
const heardOf = async (n: number): Promise<void> => {
  for (const end = Date.now() + 60_000; s.smtp.log.length < n; await sleep(5))
    if (Date.now() > end) throw new Error(`the far end heard of ${s.smtp.log.length}, not ${n}: ${s.errors().at(-1)}`)
}

/** Everyone is accepted, once; the counters are the rows. */
async function assertWhole(id: string, mails = READERS): Promise<void> {
  const [edition] = await settled(s, id, 90_000)
  const run = edition?.dispatches.find((d) => d.outlet === 'email')
  expect(run && addsUp(run)).toBe(true)
  expect(run).toMatchObject({ audience: READERS, repeats: 0, counts: { accepted: READERS, unknown: 0, sending: 0 } })
  expect(s.smtp.log).toHaveLength(mails)
  const counted = await s.inside(async (ctx) => {
    const mail = (await runsOfRelease(ctx.store.db, id)).find((r) => r.outlet === 'email')
    return recount(ctx.store.db, mail?.dispatch_id ?? '')
  })
  expect(counted.accepted).toBe(READERS)
}

describe.runIf(needs('postgres') && needs('redis'))('past one machine', () => {
  test('Redis is killed in mid-run, stays away while another release goes out, comes back empty: nothing is lost', async () => {
    const [postgres, redis] = [await startPostgres(), await startRedis()]
    open.push(postgres.stop)
    s = await start({ DATABASE_URL: await postgres.fresh(), REDIS_URL: redis.url, ROLE: 'web' })
    await s.beside({ ROLE: 'work' })
    await s.beside({ ROLE: 'work' })
    const first = await carry(s, notice(1))
    await heardOf(300)
    await redis.stop()
    await heardOf(1200)
    // No bell rings: the sweep finds it.
    const second = await carry(s, notice(2))
    await heardOf(READERS + 500)
    const back = await startRedis(redis.port)
    open.push(back.stop)
    await settled(s, first.id, 90_000)
    await assertWhole(second.id, 2 * READERS)
  }, 180_000)

  test('PostgreSQL is restarted in mid-run: the alarm leaves although nothing can be written, and everyone is told once', async () => {
    const postgres = await startPostgres()
    open.push(postgres.stop)
    s = await start({ DATABASE_URL: await postgres.fresh() })
    const release = await carry(s, notice(1))
    await heardOf(400)
    await postgres.restart(3000)
    expect(await alarms.hears('database-failing')).toMatchObject({ subject: 'service:database' })
    await assertWhole(release.id)
  }, 180_000)
})

describe.runIf(needs('tmpfs'))('a disk of its own', () => {
  test('the disk is full in mid-run: somebody is told, and with room again it goes on', async () => {
    const disk = mkdtempSync(join(tmpdir(), 'ortoo-disk-'))
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', disk])
    open.push(() => {
      execFileSync('umount', [disk])
      rmSync(disk, { recursive: true })
    })
    s = await start({ ORTOO_DATA: join(disk, 'data') })
    const release = await carry(s, notice(1))
    await heardOf(200)
    const ballast = join(disk, 'ballast')
    fill(ballast)
    await Promise.race([alarms.hears('database-failing', 30_000), alarms.hears('work-failing', 30_000)])
    const stuck = s.smtp.log.length
    await sleep(1500)
    expect(s.smtp.log.length - stuck, 'nothing is sent that cannot be recorded').toBeLessThanOrEqual(200)
    rmSync(ballast)
    await assertWhole(release.id)
  }, 180_000)
})

/** Takes all the room there is. */
function fill(file: string): void {
  for (let size = 1 << 20; size >= 512; ) {
    try {
      writeFileSync(file, Buffer.alloc(size), { flag: 'a' })
    } catch {
      size /= 2
    }
  }
}

test('03:55, the power goes in mid-send and comes back later: it starts by itself, the flash goes on, what was planned meanwhile is asked about', async () => {
  const { alertDraft } = await import('../support/crash.ts')
  s = await start({ SCHEDULE_GRACE_S: '1' })
  const planned = new Date(Date.now() + 20_000).toISOString()
  const later = await carry(s, { ...notice(4), core: { ...notice(4).core, notBefore: planned } })
  const flash = await carry(s, await alertDraft(s), 'flash')
  await heardOf(500)
  await s.kill()
  await sleep(Math.max(0, Date.parse(planned) - Date.now()) + 2500)
  await s.start()
  const [edition] = await settled(s, flash.id, 90_000)
  const run = edition?.dispatches.find((d) => d.outlet === 'email')
  expect(run).toMatchObject({ audience: READERS, counts: { accepted: READERS, unknown: 0, sending: 0, planned: 0 } })
  const heard = s.smtp.log.map((m) => m.to[0])
  expect(new Set(heard).size).toBe(READERS)
  expect(heard.length - READERS, 'repeats are counted').toBeLessThanOrEqual(run?.repeats ?? 0)
  await alarms.hears('release-held')
  const { body } = await s.as('signer')<{ release: { state: string } }>('GET', `/releases/${later.id}`)
  expect(body.release.state).toBe('held')
  expect(s.errors()).toEqual([])
}, 120_000)
