/** Far ends and loads as processes of their own: started, asked, ended. */
import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { ROOT } from '../../../src/lib/root.ts'

export type Child = {
  /** What it said when it was ready. */
  ready: Record<string, number>
  /** Sends a question and waits for the next answer. */
  ask<T = Record<string, unknown>>(question: object, timeoutMs?: number): Promise<T>
  process: ChildProcess
  end(): Promise<void>
}

/** Starts dist/bench/<file>, bundled from test/bench, with the project's own Node. Resolves with its first message. */
export async function child(
  file: string,
  args: (string | number)[] = [],
  env: Record<string, string> = {},
): Promise<Child> {
  const made = fork(join(ROOT, 'dist/bench', file), args.map(String), {
    execPath: join(ROOT, 'node_modules/.bin/node'),
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const next = <T>(timeoutMs: number) =>
    new Promise<T>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${file} did not answer within ${timeoutMs} ms`)), timeoutMs)
      const done = () => {
        clearTimeout(timer)
        made.off('message', onMessage)
        made.off('exit', onExit)
      }
      const onMessage = (m: unknown) => {
        done()
        resolve(m as T)
      }
      const onExit = (code: number | null) => {
        done()
        reject(new Error(`${file} ended with ${code}`))
      }
      made.once('message', onMessage)
      made.once('exit', onExit)
    })
  const ready = await next<Record<string, number>>(20_000)
  return {
    ready,
    process: made,
    ask: (question, timeoutMs = 60_000) => {
      const answer = next(timeoutMs)
      made.send(question)
      return answer as never
    },
    async end() {
      if (made.exitCode !== null || made.signalCode !== null) return
      const gone = new Promise((done) => made.once('exit', done))
      made.kill()
      await gone
    },
  }
}
