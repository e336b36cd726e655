/** The push outlet alone, without the database, against bare crypto and against `web-push`, in turn within one run. */
import webpush from 'web-push'
import { create } from '../../channels/webpush/index.ts'
import type { Channel, Target } from '../../src/delivery/channel.ts'
import { outsider } from '../../src/lib/http.ts'
import { config, deps, edition, target } from '../channels/sample-edition.ts'
import type { SinkSubscription } from '../support/push-sink.ts'
import { type SinkProcess, startSinkProcess } from './push-sink-process.ts'
import { pushCrypto } from './reference/push-crypto.ts'
import { webPush } from './reference/web-push.ts'

/** Many short rounds: what else runs on the machine then falls on all three alike. */
const ROUNDS = 7
const ENDPOINTS = Number(process.argv[2] ?? 3_000)
/** As the engine hands them over: four slices of fifty at a time. */
const [SLICES, SLICE] = [4, 50]

const vapid = { ...webpush.generateVAPIDKeys(), subject: 'mailto:push@press.example' }

type Cost = { perSecond: number; senderUs: number; allUs: number }

async function ours(channel: Channel, targets: Target[]): Promise<Cost> {
  const prepared = await channel.prepare(edition(), 'zh-CN', undefined as never)
  const slices = Array.from({ length: Math.ceil(targets.length / SLICE) }, (_, i) =>
    targets.slice(i * SLICE, (i + 1) * SLICE),
  ).values()
  const { signal } = new AbortController()
  let accepted = 0
  const work = async () => {
    for (const slice of slices) {
      const outcomes = await channel.send(prepared, slice, signal)
      accepted += outcomes.filter(({ state }) => state === 'accepted').length
    }
  }
  const [began, thread, whole] = [performance.now(), process.threadCpuUsage(), process.cpuUsage()]
  await Promise.all(Array.from({ length: SLICES }, work))
  const ms = performance.now() - began
  const each = ({ user, system }: NodeJS.CpuUsage) => (user + system) / targets.length
  if (accepted !== targets.length) throw new Error(`accepted ${accepted} of ${targets.length}`)
  return {
    perSecond: (targets.length * 1000) / ms,
    senderUs: each(process.threadCpuUsage(thread)),
    allUs: each(process.cpuUsage(whole)),
  }
}

async function counted<T>(sink: SinkProcess, n: number, run: () => Promise<T>): Promise<T & { sinkUs: number }> {
  await sink.forget()
  const result = await run()
  const seen = await sink.count()
  const { requests, accepted, endpoints, read, problems, cpuUs } = seen
  if (requests !== n || accepted !== n || endpoints !== n || problems.length || read < Math.floor(n / 100))
    throw new Error(`the far end saw ${JSON.stringify(seen)} of ${n}`)
  return { ...result, sinkUs: cpuUs / n }
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] as number
const line = (name: string, mine: number[], other: number[]) => {
  const ratios = mine.map((value, i) => value / (other[i] as number))
  const [a, b] = [median([...mine]), median([...other])]
  console.log(`${name}: ${a.toFixed(0)}/s / ${b.toFixed(0)}/s = ${median(ratios).toFixed(2)}`)
}

const sink = await startSinkProcess({ vapidPublicKey: vapid.publicKey })
const d = deps({ config: config({ vapid }), outsider: outsider({ allow: [`127.0.0.1:${sink.port}`], ca: sink.ca }) })
const channel = create(d) as Channel
const endpoints: SinkSubscription[] = await sink.subscribe(ENDPOINTS)
const targets = endpoints.map(({ endpoint, keys }, i) => target(i + 1, endpoint, { keys }))
const { bytes } = (await channel.prepare(edition(), 'zh-CN', undefined as never)) as { bytes: Uint8Array }
await ours(channel, targets.slice(0, 1_000))

type Round = {
  ours: Cost & { sinkUs: number }
  crypto: { perSecond: number; cpuUs: number }
  package: { perSecond: number }
}
const rounds: Round[] = []
for (let round = 0; round < ROUNDS; round++) {
  const crypto = await pushCrypto(ENDPOINTS, bytes.length)
  const mine = await counted(sink, ENDPOINTS, () => ours(channel, targets))
  const some = endpoints.slice(0, ENDPOINTS / 3)
  const theirs = await counted(sink, some.length, () => webPush(some, { vapid, ca: sink.ca, payload: bytes }))
  rounds.push({ ours: mine, crypto, package: theirs })
}
const each = (value: (round: Round) => number) => rounds.map(value)
const mine = each((round) => round.ours.perSecond)
line(
  'push channel, ours / crypto',
  mine,
  each((round) => round.crypto.perSecond),
)
line(
  'push channel, ours / web-push',
  mine,
  each((round) => round.package.perSecond),
)
// What others do on the machine hardly changes these: they say what an idle one could reach.
const us = (value: (round: Round) => number) => median(each(value)).toFixed(0)
console.log(
  `processor µs per message: sending thread ${us((r) => r.ours.senderUs)}, its process ${us((r) => r.ours.allUs)}, ` +
    `far end ${us((r) => r.ours.sinkUs)}; bare crypto ${us((r) => r.crypto.cpuUs)}`,
)
await channel.close?.()
await sink.close()
