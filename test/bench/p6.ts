/** P6: what one more recipient costs between ten thousand and a million, against between one and ten thousand; and the memory of it. */
import { readFileSync } from 'node:fs'
import { child } from './far/child.ts'
import type { Measured } from './measured.ts'
import { assertExact, notice, publishAndWait, scene } from './scene.ts'

const [SMALL, MIDDLE] = [1_000, 10_000]
const REPEATS = 5

/** @param large 1,000,000, or fewer for a quick look */
export async function p6(large = 1_000_000): Promise<Measured> {
  const relay = await child('far/smtp-server.js')
  const port = relay.ready['port'] as number
  try {
    const small = await repeated(SMALL, port, relay)
    const middle = await repeated(MIDDLE, port, relay)
    const most = await once(large, port, relay)
    const near = (middle.seconds - small.seconds) / (MIDDLE - SMALL)
    const far = (most.seconds - middle.seconds) / (large - MIDDLE)
    return {
      P6: {
        ours: far * 1e6,
        other: near * 1e6,
        what: `µs a recipient between ${MIDDLE} and ${large} / between ${SMALL} and ${MIDDLE}`,
        goal: '≤ 1.15',
      },
      P6mem: {
        ours: most.peakMb,
        other: middle.peakMb,
        what: `MB at the peak, ${large} recipients / ${MIDDLE}`,
        goal: '≤ 1.5',
      },
    }
  } finally {
    await relay.end()
  }
}

type Cost = { seconds: number; peakMb: number }

/** The median of a few runs, each in a service of its own: short runs are noisy. */
async function repeated(readers: number, port: number, relay: Awaited<ReturnType<typeof child>>): Promise<Cost> {
  const costs: Cost[] = []
  for (let i = 0; i < REPEATS; i++) costs.push(await once(readers, port, relay))
  const middle = (of: (c: Cost) => number) => costs.map(of).sort((a, b) => a - b)[Math.floor(REPEATS / 2)] as number
  return { seconds: middle((c) => c.seconds), peakMb: middle((c) => c.peakMb) }
}

/** Seconds from the start of the run to its last record. */
async function once(readers: number, smtpPort: number, relay: Awaited<ReturnType<typeof child>>): Promise<Cost> {
  await relay.ask({ ask: 'clear' })
  const s = await scene({ readers, smtpPort })
  try {
    const { run } = await publishAndWait(s, notice('6'), 'email')
    assertExact(run, readers, await relay.ask<{ people: number; repeats: number }>({ ask: 'stats' }))
    const seconds = (Date.parse(run.times['lastAccepted'] ?? '') - Date.parse(run.times['started'] ?? '')) / 1000
    return { seconds, peakMb: peakMb(s.pid()) }
  } finally {
    await s.close()
  }
}

/** The most memory the process ever held, by the kernel's own account. */
const peakMb = (pid: number): number =>
  Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
