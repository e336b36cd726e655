/** The thread that seals beside the one that sends: a message and its browsers in, sealed bodies out. */
import { parentPort } from 'node:worker_threads'
import { type PushKeys, sealAll } from './seal.ts'

export type SealTask = { id: number; plaintext: Uint8Array; keys: PushKeys[] }
export type SealDone = { id: number; bytes: Uint8Array<ArrayBuffer>; bad: (string | undefined)[] }

parentPort?.on('message', ({ id, plaintext, keys }: SealTask) => {
  const { bytes, bad } = sealAll(plaintext, keys)
  // Its own memory, handed over and not copied.
  const done: SealDone = { id, bytes: bytes as Uint8Array<ArrayBuffer>, bad }
  parentPort?.postMessage(done, [done.bytes.buffer])
})
