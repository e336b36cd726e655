/** P5: from publication to page, RSS, Atom and JSON Feed read back by their public addresses, with a long past and with a short one. */
import { setTimeout as sleep } from 'node:timers/promises'
import { carry, ok, type Service, type ShownEdition } from '../support/service.ts'
import { fillArchive } from './archive.ts'
import { child } from './far/child.ts'
import type { Measured } from './measured.ts'
import { notice, scene } from './scene.ts'

const FEW = 100
const MANY = 100_000
const PUBLISHED = 15

export async function p5(): Promise<Measured> {
  const relay = await child('far/smtp-sink.js')
  const s = await scene({ readers: 1, smtpPort: relay.ready['port'] as number })
  try {
    const few = await withPast(s, FEW, '500')
    const many = await withPast(s, MANY, '600')
    const what = `ms from publication to page, RSS, Atom and JSON Feed verified, median of ${PUBLISHED}, with ${MANY} releases / with ${FEW}`
    return { P5: { ours: many, other: few, what, goal: '≤ 1.2; and ≤ 1 s' } }
  } finally {
    await s.close()
    await relay.end()
  }
}

async function withPast(s: Service, releases: number, numbers: string): Promise<number> {
  await s.kill()
  await s.inside((ctx) => fillArchive(ctx, releases))
  await s.start()
  await sleep(2000)
  const found: number[] = []
  // The first few read what a running service has long read.
  for (let i = -3; i < PUBLISHED; i++) {
    const draft = notice(`${numbers}${String(i + 3).padStart(2, '0')}`)
    const { id, number } = await carry(s, { ...draft, core: { ...draft.core, outlets: ['website', 'feeds'] } })
    const ms = await verifiedAfter(s, id)
    await seen(s, number)
    if (i >= 0) found.push(ms)
  }
  return found.sort((a, b) => a - b)[Math.floor(PUBLISHED / 2)] as number
}

/** Milliseconds until both runs say they were verified, by the service's own clock. */
async function verifiedAfter(s: Service, id: string): Promise<number> {
  for (const end = Date.now() + 60_000; Date.now() < end; await sleep(50)) {
    const { items } = await ok(s.as('signer')<{ items: ShownEdition[] }>('GET', `/releases/${id}/editions`))
    const runs = items[0]?.dispatches.filter((d) => d.outlet === 'website' || d.outlet === 'feeds') ?? []
    const times = runs.map((r) => r.times['verified'])
    if (runs.length !== 2 || !times.every(Boolean)) continue
    return Math.max(...times.map((t) => Date.parse(t as string))) - Date.parse(items[0]?.publishedAt ?? '')
  }
  throw new Error(`${id} was not verified: ${s.errors().join('\n')}`)
}

/** A bench that measures something that is not there has failed. */
async function seen(s: Service, number: string): Promise<void> {
  for (const path of [`/releases/${number}/`, '/feeds/all.rss', '/feeds/all.atom', '/feeds/all.json']) {
    const answer = await fetch(`${s.url}${path}`)
    if (answer.status !== 200 || !(await answer.text()).includes(number)) throw new Error(`${number} is not in ${path}`)
  }
}
