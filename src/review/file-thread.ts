/** The thread that looks into one file and ends: it may hang or run out of memory without anybody waiting at the desk. */
import { parentPort, workerData } from 'node:worker_threads'
import { FileFault, type Looked, type LookTask } from '../desk/looked.ts'
import { lookAt } from './look.ts'

/** Two words of the thread: the file as it will be kept, then what is in it; or why it is not taken in. */
export type Said =
  | ({ said: 'washed' } & Pick<Looked, 'type' | 'bytes' | 'removed'>)
  | ({ said: 'found' } & Pick<Looked, 'findings' | 'columns' | 'marked'>)
  | { said: 'fault'; code: FileFault['code'] }

const say = (what: Said): void => parentPort?.postMessage(what)

try {
  const { findings, columns, marked } = await lookAt(workerData as LookTask, ({ type, bytes, removed }) =>
    say({ said: 'washed', type, bytes, removed }),
  )
  say({ said: 'found', findings, columns, marked })
} catch (err) {
  if (!(err instanceof FileFault)) throw err
  say({ said: 'fault', code: err.code })
}
