/** What the demo starts and must end: a sample folder of its own, the service as a child process. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Outsider } from '../lib/http.ts'
import { ROOT } from '../lib/root.ts'
import { isSampleFolder, markSampleFolder } from '../server/sample-folder.ts'

/** A folder that is not marked as ours holds somebody's data: it is not touched. */
export class NotOurs extends Error {}

/** An empty, marked folder; a marked one that is there is emptied. @throws NotOurs */
export async function freshFolder(dir: string): Promise<void> {
  if (existsSync(dir) && readdirSync(dir).length > 0 && !(await isSampleFolder(dir))) throw new NotOurs(dir)
  await rm(dir, { recursive: true, force: true })
  await mkdir(dir, { recursive: true, mode: 0o700 })
  await markSampleFolder(dir)
}

/** A loopback port nobody listens at just now. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up))
  const { port } = server.address() as { port: number }
  await new Promise((down) => server.close(down))
  return port
}

export type Child = { stop(): Promise<void>; ended: Promise<number | null>; lines: string[] }

/** Starts dist/server.js with exactly this environment and waits until it answers. */
export async function startService(env: Record<string, string>, call: Outsider): Promise<Child> {
  const child = spawn(process.execPath, [join(ROOT, 'dist', 'server.js')], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const lines: string[] = []
  const keep = (chunk: Buffer) => void lines.push(...chunk.toString().split('\n').filter(Boolean))
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  const ended = new Promise<number | null>((over) => child.once('exit', over))
  // However this process ends, the service does not stay behind.
  const endToo = () => void child.kill('SIGTERM')
  process.once('exit', endToo)
  void ended.then(() => process.removeListener('exit', endToo))
  for (let tries = 0; !(await answers(env['PUBLIC_URL'] as string, call)); tries++) {
    if (child.exitCode !== null || tries > 300) throw new Error(`the service did not start: ${lines.join('\n')}`)
    await sleep(50)
  }
  return { lines, ended, stop: () => end(child, ended) }
}

const answers = (url: string, call: Outsider): Promise<boolean> =>
  call(`${url}/healthz`, { timeoutMs: 1000 }).then(
    ({ status }) => status === 200,
    () => false,
  )

const PATIENCE_MS = 8000
async function end(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS)
  await ended
  clearTimeout(late)
}
