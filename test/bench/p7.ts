/** P7: the first thousand of a flash while a routine run to a million goes on, against the same flash on an idle system. */
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Ctx } from '../../src/context.ts'
import { enrolMany } from '../support/crowd.ts'
import { carry, ok, type Service, type ShownRun } from '../support/service.ts'
import { type Child, child } from './far/child.ts'
import type { Measured } from './measured.ts'
import { alert, notice, scene, waitFor } from './scene.ts'

const ROUTINE = 1_000_000
const FLASH = 2_000
const FIRST = 1_000
const TIMES = 3

/** The crowd of the routine run chose one topic, those of the flash another; flash readers stand anywhere among the others. */
export async function twoCrowds(ctx: Ctx, routine: number, flash: number): Promise<void> {
  const { db } = ctx.store
  await enrolMany(ctx, Math.floor(routine / 2), 'first')
  await enrolMany(ctx, flash, 'flash')
  await enrolMany(ctx, Math.ceil(routine / 2), 'second')
  await sql`update subscriber set all_topics = 0`.execute(db)
  await sql`insert into subscriber_topic (subscriber_id, topic)
    select id, case when address like 'flash%' then 'fire' else 'farming' end from subscriber`.execute(db)
}

export async function p7(): Promise<Measured> {
  const relay = await child('far/smtp-sink.js')
  const s = await scene({
    readers: 0,
    smtpPort: relay.ready['port'] as number,
    prepare: (ctx) => twoCrowds(ctx, ROUTINE, FLASH),
  })
  try {
    const idle = await several(s, relay)
    const release = await carry(s, notice('7'))
    const run = await under(s, release.id)
    const busy = await several(s, relay)
    await ok(s.as('signer')('POST', `/dispatches/${run.id}/stop`))
    const now = await current(s, release.id)
    if (!now || now.counts['planned'] === 0) throw new Error('the routine run was over before the flash had gone out')
    return {
      P7: {
        ours: busy,
        other: idle,
        what: `ms, p95 of the first ${FIRST} of a flash during a routine run to ${ROUTINE} / idle`,
        goal: '≤ 3 and ≤ 2000 ms',
      },
    }
  } finally {
    await s.close()
    await relay.end()
  }
}

async function several(s: Service, relay: Child): Promise<number> {
  const found: number[] = []
  for (let i = 0; i < TIMES; i++) found.push(await once(s, relay))
  return found.sort((a, b) => a - b)[Math.floor(TIMES / 2)] as number
}

/** Milliseconds from publication to the arrival of the 950th of the first thousand. */
async function once(s: Service, relay: Child): Promise<number> {
  await relay.ask({ ask: 'watch', prefix: 'flash' })
  const release = await carry(s, await alert(s), 'flash')
  const { publishedAt, run } = await waitFor(s, release.id, 'email')
  if (run.counts['accepted'] !== FLASH) throw new Error(`flash: ${JSON.stringify(run.counts)}`)
  const { times } = await relay.ask<{ times: number[] }>({ ask: 'stats' })
  return (times[Math.floor(FIRST * 0.95) - 1] as number) - publishedAt
}

/** Waits until the routine run is well under way. */
async function under(s: Service, id: string): Promise<ShownRun> {
  for (let i = 0; i < 600; i++) {
    const run = await current(s, id)
    if (run && (run.counts['accepted'] ?? 0) > 10_000) return run
    await sleep(100)
  }
  throw new Error('the routine run did not begin')
}

async function current(s: Service, id: string): Promise<ShownRun | undefined> {
  const { items } = await ok(s.as('signer')<{ items: { dispatches: ShownRun[] }[] }>('GET', `/releases/${id}/editions`))
  return items[0]?.dispatches.find((d) => d.outlet === 'email')
}
