/** Chromium as a printer: found or configured, run without a window, without the network, with a profile of its own and a time limit. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { setPriority } from 'node:os'
import { join } from 'node:path'

const USUAL = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/local/bin/chromium',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** The first in the usual places, or null. */
export const findChromium = (): string | null => USUAL.find((path) => existsSync(path)) ?? null

/** Nothing but 127.0.0.1 can be reached and nothing is fetched on Chromium's own account. What may run is the page's own policy: our one script. */
const ARGS = [
  '--headless',
  '--disable-gpu',
  '--no-first-run',
  '--incognito',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-extensions',
  '--disable-dev-shm-usage',
  '--no-proxy-server',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  '--no-pdf-header-footer',
]
const NICE = 15

/**
 * Prints a page of this machine. Its size and margins come from the page's own CSS.
 * @param url on 127.0.0.1 @param folder where its profile and output lie while it runs; both are removed, whatever happens
 * @throws Error when it cannot be started, fails, or takes longer than `timeoutMs`
 */
export async function printToPdf(p: {
  chromium: string
  url: string
  folder: string
  timeoutMs: number
}): Promise<Uint8Array> {
  await mkdir(p.folder, { recursive: true, mode: 0o700 })
  const own = await mkdtemp(join(p.folder, 'print-'))
  try {
    const file = join(own, 'out.pdf')
    // As root, as in a container, Chromium refuses its sandbox.
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    const args = [...ARGS, ...sandbox, `--user-data-dir=${own}`, `--print-to-pdf=${file}`, p.url]
    await run(p.chromium, args, own, p.timeoutMs)
    return new Uint8Array(await readFile(file))
  } finally {
    await rm(own, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
}

/** In a process group of its own, so that its children end with it. */
async function run(chromium: string, args: string[], home: string, timeoutMs: number): Promise<void> {
  const env = { HOME: home, TMPDIR: home, PATH: '/usr/bin:/bin', LANG: 'C.UTF-8' }
  const child = spawn(chromium, args, { env, stdio: 'ignore', detached: true })
  giveWay(child)
  let late = false
  const timer = setTimeout(() => {
    late = true
    end(child)
  }, timeoutMs)
  try {
    const code = await new Promise<number | null>((done, failed) => {
      child.once('error', failed)
      child.once('exit', done)
    })
    if (late) throw new Error(`chromium took longer than ${timeoutMs} ms`)
    if (code !== 0) throw new Error(`chromium ended with ${code}`)
  } finally {
    clearTimeout(timer)
    end(child)
  }
}

/** Printing waits for everything else on the machine. */
function giveWay(child: ChildProcess): void {
  try {
    if (child.pid) setPriority(child.pid, NICE)
  } catch {
    // It may be over already; then there is nothing to give way to.
  }
}

function end(child: ChildProcess): void {
  try {
    if (child.pid) process.kill(-child.pid, 'SIGKILL')
  } catch {
    // The group has ended.
  }
}
