/** A thread that cleans its file and then never comes back. */
import { parentPort } from 'node:worker_threads'

parentPort?.postMessage({ said: 'washed', type: 'application/pdf', bytes: new Uint8Array([2]), removed: [] })
setInterval(() => {}, 1000)
