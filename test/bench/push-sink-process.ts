/** The push service of the tests in a process of its own, so that it takes no time from what is measured. */
import { fork } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from '../../src/lib/root.ts'
import { selfSigned } from '../support/certificate.ts'
import { type PushSinkOptions, type SinkSubscription, startPushSink } from '../support/push-sink.ts'

/** What the far end saw since the last `forget`: it alone knows what arrived. */
export type SinkCount = {
  requests: number
  accepted: number
  /** Different endpoints that accepted. */
  endpoints: number
  /** Messages read with the browser's own key, of those it was to read. */
  read: number
  problems: string[]
  /** Processor time it used, in microseconds. */
  cpuUs: number
}

export type SinkProcess = {
  port: number
  origin: string
  /** The certificate to trust, as PEM and as the file for NODE_EXTRA_CA_CERTS. */
  ca: string
  caFile: string
  subscribe(n: number): Promise<SinkSubscription[]>
  count(): Promise<SinkCount>
  forget(): Promise<void>
  close(): Promise<void>
}

type Order =
  | { what: 'start'; options: PushSinkOptions }
  | { what: 'subscribe'; n: number }
  | { what: 'count' | 'forget' }

/** https with HTTP/2 and HTTP/1.1; every hundredth message is read unless `decrypt` says otherwise. */
export async function startSinkProcess(options: PushSinkOptions = {}): Promise<SinkProcess> {
  const tls = selfSigned('IP:127.0.0.1', 'DNS:localhost')
  const dir = mkdtempSync(join(tmpdir(), 'ortoo-sink-'))
  const caFile = join(dir, 'ca.pem')
  writeFileSync(caFile, tls.cert)
  // The file itself and no bundle of it: it finds out by import.meta.main that it is the far end.
  const child = fork(join(ROOT, 'test/bench/push-sink-process.ts'), { serialization: 'advanced' })
  const ask = <T>(order: Order): Promise<T> =>
    new Promise((resolve, reject) => {
      const gone = () => reject(new Error('the sink is gone'))
      child.once('exit', gone)
      child.once('message', (answer) => {
        child.off('exit', gone)
        resolve(answer as T)
      })
      child.send(order)
    })
  const { port, origin } = await ask<{ port: number; origin: string }>({
    what: 'start',
    options: { tls, decrypt: 100, brief: true, ...options },
  })
  return {
    port,
    origin,
    ca: tls.cert,
    caFile,
    subscribe: (n) => ask({ what: 'subscribe', n }),
    count: () => ask({ what: 'count' }),
    forget: () => ask({ what: 'forget' }),
    async close() {
      const gone = new Promise((done) => child.once('exit', done))
      child.kill('SIGKILL')
      await gone
      rmSync(dir, { recursive: true })
    },
  }
}

async function serve(): Promise<void> {
  let sink: Awaited<ReturnType<typeof startPushSink>>
  let cpu = process.cpuUsage()
  process.on('disconnect', () => process.exit())
  process.on('message', async (order: Order) => {
    if (order.what === 'start') {
      sink = await startPushSink(order.options)
      process.send?.({ port: sink.port, origin: sink.origin })
    } else if (order.what === 'subscribe') {
      process.send?.(Array.from({ length: order.n }, () => sink.subscribe()))
    } else if (order.what === 'count') {
      const { user, system } = process.cpuUsage(cpu)
      const accepted = sink.log.filter(({ status }) => status === 201)
      process.send?.({
        requests: sink.log.length,
        accepted: accepted.length,
        endpoints: new Set(accepted.map(({ id }) => id)).size,
        read: sink.log.filter(({ payload }) => payload !== null).length,
        problems: [...new Set(sink.log.flatMap(({ problems }) => problems))],
        cpuUs: user + system,
      } satisfies SinkCount)
    } else {
      sink.log.length = 0
      cpu = process.cpuUsage()
      process.send?.(null)
    }
  })
}

if (import.meta.main) await serve()
