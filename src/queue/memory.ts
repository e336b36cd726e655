/** The bell of one process: this thread and its worker threads. */
import { BroadcastChannel } from 'node:worker_threads'
import { type Bell, type BellTrouble, listeners } from './bell.ts'

export type MemoryBellOptions = {
  /** Bells of the same name hear each other; default `ortoo`. */
  name?: string
  trouble?: BellTrouble
}

export function memoryBell(options: MemoryBellOptions = {}): Bell {
  const heard = listeners(options.trouble ?? (() => {}))
  const wire = new BroadcastChannel(`bell:${options.name ?? 'ortoo'}`)
  wire.unref() // a bell alone keeps no process alive
  let closed = false
  wire.onmessage = (event) => {
    const { topic, id } = (event as MessageEvent<{ topic: string; id: string }>).data
    heard.deliver(topic, id)
  }
  return {
    ring(topic, id) {
      if (closed) return
      heard.deliver(topic, id) // the channel brings a message to every thread but its own sender
      wire.postMessage({ topic, id })
    },
    on: heard.on,
    ready: () => !closed,
    async close() {
      closed = true
      heard.clear()
      wire.close()
    },
  }
}
