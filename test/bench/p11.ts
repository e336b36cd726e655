/** P11: scheduled T → public. Looked at from outside: never there before T, and how late after it. */
import { setTimeout as sleep } from 'node:timers/promises'
import { carry, type Service } from '../support/service.ts'
import { child } from './far/child.ts'
import type { Measured } from './measured.ts'
import { notice, scene } from './scene.ts'

const RELEASES = 50
const APART_MS = 1_000
const LOOK_MS = 10

export async function p11(): Promise<Measured> {
  const relay = await child('far/smtp-sink.js')
  const s = await scene({ readers: 10, smtpPort: relay.ready['port'] as number })
  try {
    const begin = Date.now() + 30_000
    const planned: { at: number; number: string }[] = []
    for (let i = 0; i < RELEASES; i++) {
      // Every fifth shares its second with the one before.
      const at = begin + (i % 5 === 4 ? i - 1 : i) * APART_MS
      planned.push({ at, number: (await scheduled(s, at, i)).number })
    }
    if (Date.now() > begin - 2000) throw new Error('the releases were not ready in time')
    const late = await Promise.all(planned.map((p) => lateness(s, p)))
    const early = late.filter((ms) => ms < 0).length
    if (early) throw new Error(`${early} of ${RELEASES} were public early`)
    const sorted = late.sort((a, b) => a - b)
    const p99 = sorted[Math.ceil(RELEASES * 0.99) - 1] as number
    return {
      P11: {
        ours: p99,
        other: 1000,
        what: `ms late, p99 of ${RELEASES} scheduled releases, ${early} early / 1 s`,
        goal: '≤ 1, 0 early',
      },
    }
  } finally {
    await s.close()
    await relay.end()
  }
}

/** Signed with a planned time: the chain as usual, the time in the draft. */
const scheduled = async (s: Service, at: number, i: number) => {
  const draft = notice(`11${i}`)
  return carry(s, { ...draft, core: { ...draft.core, notBefore: new Date(at).toISOString() } })
}

/** Milliseconds after T at which the page was first seen; below zero where it was there before. */
async function lateness(s: Service, { at, number }: { at: number; number: string }): Promise<number> {
  await sleep(Math.max(0, at - Date.now() - 1000))
  for (;;) {
    const asked = Date.now()
    const { status } = await fetch(`${s.url}/releases/${number}/`)
    if (status === 200) return Date.now() - at
    if (asked > at + 60_000) throw new Error(`${number} never appeared`)
    await sleep(LOOK_MS)
  }
}
