/** A thread that cleans its file and then dies while it looks. */
import { parentPort } from 'node:worker_threads'

parentPort?.postMessage({ said: 'washed', type: 'application/pdf', bytes: new Uint8Array([2]), removed: [] })
setTimeout(() => {
  throw new Error('out of something')
}, 1)
