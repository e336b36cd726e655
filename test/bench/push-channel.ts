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

const ROUNDS = 3
const ENDPOINTS = Number(process.argv[2] ?? 8_000)
/** As the engine hands them over: four slices of fifty at a time. */
const [SLICES, SLICE] = [4, 50]

const vapid = { ...webpush.generateVAPIDKeys(), subject: 'mailto:push@press.example' }

async function ours(channel: Channel, targets: Target[]): Promise<{ perSecond: number; mainUs: number }> {
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
  const [began, cpu] = [performance.now(), process.threadCpuUsage()]
  await Promise.all(Array.from({ length: SLICES }, work))
  const [ms, { user, system }] = [performance.now() - began, process.threadCpuUsage(cpu)]
  if (accepted !== targets.length) throw new Error(`accepted ${accepted} of ${targets.length}`)
  return { perSecond: (targets.length * 1000) / ms, mainUs: (user + system) / targets.length }
}

async function counted<T>(sink: SinkProcess, n: number, run: () => Promise<T>): Promise<T> {
  await sink.forget()
  const result = await run()
  const { requests, accepted, endpoints, read, problems } = await sink.count()
  if (requests !== n || accepted !== n || endpoints !== n || problems.length || read < Math.floor(n / 100))
    throw new Error(`the far end saw ${JSON.stringify({ requests, accepted, endpoints, read, problems })} of ${n}`)
  return result
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

const rates = { ours: [] as number[], crypto: [] as number[], webPush: [] as number[], mainUs: [] as number[] }
for (let round = 0; round < ROUNDS; round++) {
  rates.crypto.push((await pushCrypto(ENDPOINTS, bytes.length)).perSecond)
  const mine = await counted(sink, ENDPOINTS, () => ours(channel, targets))
  rates.ours.push(mine.perSecond)
  rates.mainUs.push(mine.mainUs)
  const some = endpoints.slice(0, ENDPOINTS / 4)
  const options = { vapid, ca: sink.ca, payload: bytes }
  rates.webPush.push((await counted(sink, some.length, () => webPush(some, options))).perSecond)
}
line('push channel, ours / crypto', rates.ours, rates.crypto)
line('push channel, ours / web-push', rates.ours, rates.webPush)
console.log(`on the sending thread: ${median(rates.mainUs).toFixed(0)} µs per message`)
await channel.close?.()
await sink.close()
