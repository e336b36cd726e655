/** Looks into files in threads: a few at a time, each with its own time and memory. */
import { Worker } from 'node:worker_threads'
import { FileFault, finding, type Looked, type Looker, type LookTask } from '../desk/looked.ts'
import { invalid, issue, unavailable } from '../lib/errors.ts'
import type { Said } from './file-thread.ts'

// Beside the bundle it is plain JavaScript; in the sources Node strips the types itself.
const THREAD = new URL(import.meta.url.endsWith('.ts') ? './file-thread.ts' : './file-thread.js', import.meta.url)

const DEFAULTS = { timeMs: 20_000, memoryMb: 512, atOnce: 2, waiting: 16, thread: THREAD }

export function openLooker(limits: Partial<typeof DEFAULTS> = {}): Looker {
  const { timeMs, memoryMb, atOnce, waiting, thread } = { ...DEFAULTS, ...limits }
  const queue: (() => void)[] = []
  const threads = new Set<Worker>()
  let busy = 0

  async function turn(): Promise<void> {
    if (busy < atOnce) {
      busy++
      return
    }
    if (queue.length >= waiting) throw unavailable('file-queue')
    await new Promise<void>((go) => queue.push(go))
  }
  /** The place is handed on, or given back. */
  function done(): void {
    const next = queue.shift()
    if (next) next()
    else busy--
  }

  return {
    async look(task) {
      await turn()
      try {
        return await inThread(task, { timeMs, memoryMb, thread, threads })
      } catch (err) {
        if (err instanceof FileFault) throw invalid([issue('file', err.code, { name: task.name })])
        throw err
      } finally {
        done()
      }
    },
    async close() {
      await Promise.all([...threads].map((t) => t.terminate()))
    },
  }
}

type Bounds = { timeMs: number; memoryMb: number; thread: URL; threads: Set<Worker> }

/** A thread that dies after it has cleaned the file leaves one nobody has looked into; before that, one that is not taken in. */
function inThread(task: LookTask, { timeMs, memoryMb, thread, threads }: Bounds): Promise<Looked> {
  const worker = new Worker(thread, {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    stdout: true,
    stderr: true,
  })
  threads.add(worker)
  let washed: Extract<Said, { said: 'washed' }> | null = null
  return new Promise<Looked>((resolve, reject) => {
    const unfinished = () => {
      if (!washed) return reject(new FileFault('file-damaged', 'not finished'))
      const left = finding('file-unscannable', { kind: 'file', at: '' })
      resolve({ ...kept(washed), findings: [left], columns: [], marked: false })
    }
    const limit = setTimeout(unfinished, timeMs)
    worker.on('message', (what: Said) => {
      if (what.said === 'washed') washed = what
      else if (what.said === 'fault') reject(new FileFault(what.code))
      else if (washed) resolve({ ...kept(washed), findings: what.findings, columns: what.columns, marked: what.marked })
    })
    // Its end follows, after whatever it still had to say.
    worker.on('error', () => {})
    worker.on('exit', unfinished)
    worker.on('exit', () => clearTimeout(limit))
  }).finally(async () => {
    threads.delete(worker)
    await worker.terminate()
  })
}

const kept = ({ type, bytes, removed }: Extract<Said, { said: 'washed' }>) => ({
  type,
  bytes: new Uint8Array(bytes),
  removed,
})
