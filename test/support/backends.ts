/** Real throw-away servers for the suites that run over each backend: a PostgreSQL cluster and a Redis. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { where } from './needs.ts'

export { needs } from './needs.ts'

export type PostgresBackend = {
  /** Makes an empty database of its own and gives its postgres:// address. */
  fresh(): Promise<string>
  /** Cuts every session and is away for so long, then comes back at the same address with what it had. */
  restart(awayMs?: number): Promise<void>
  stop(): Promise<void>
}
export type RedisBackend = { url: string; port: number; stop(): Promise<void> }

/** A port of the loopback that was free a moment ago. */
export async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}

/** A PostgreSQL cluster in a temporary folder, without fsync. Call only when needs('postgres') said yes. */
export async function startPostgres(): Promise<PostgresBackend> {
  const bin = where('postgres') as string
  const dir = mkdtempSync(join(tmpdir(), 'ortoo-pg-'))
  const account = unprivileged(dir)
  const data = join(dir, 'data')
  const locale = ['--locale=C.UTF-8', '--encoding=UTF8']
  const initdb = [join(bin, 'initdb'), '-D', data, '-U', 'ortoo', '-A', 'trust', '--no-sync', ...locale]
  execFileSync(...account(initdb), { stdio: 'ignore', cwd: dir })
  const port = await freePort()
  const cheap = ['fsync=off', 'full_page_writes=off', 'shared_buffers=32MB', `unix_socket_directories=${dir}`]
  const settings = [...cheap, 'listen_addresses=127.0.0.1'].flatMap((setting) => ['-c', setting])
  const launch = () =>
    spawn(...account([join(bin, 'postgres'), '-D', data, '-p', String(port), ...settings]), {
      stdio: 'ignore',
      cwd: dir,
    })
  let child = launch()
  const address = (database: string) => `postgres://ortoo@127.0.0.1:${port}/${database}`
  await until('postgres', child, () => ask(address('postgres'), 'select 1'))
  let count = 0
  return {
    async fresh() {
      const name = `t${++count}`
      await ask(address('postgres'), `create database ${name}`)
      return address(name)
    },
    async restart(awayMs = 0) {
      await end(child, 'SIGINT')
      await new Promise((resolve) => setTimeout(resolve, awayMs))
      child = launch()
      await until('postgres', child, () => ask(address('postgres'), 'select 1'))
    },
    async stop() {
      await end(child, 'SIGINT') // fast shutdown: open sessions are cut
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** A Redis that keeps nothing. Call only when needs('redis') said yes. A given port lets it come back where it was. */
export async function startRedis(port?: number): Promise<RedisBackend> {
  const at = port ?? (await freePort())
  const dir = mkdtempSync(join(tmpdir(), 'ortoo-redis-'))
  const quiet = ['--save', '', '--appendonly', 'no', '--bind', '127.0.0.1', '--dir', dir]
  const child = spawn(where('redis') as string, ['--port', String(at), ...quiet], { stdio: 'ignore' })
  await until('redis', child, () => ping(at))
  return {
    url: `redis://127.0.0.1:${at}`,
    port: at,
    async stop() {
      await end(child, 'SIGTERM')
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** PostgreSQL refuses to run as root; then everything runs as the account its package made. */
function unprivileged(dir: string): (command: string[]) => [string, string[]] {
  if (process.getuid?.() !== 0) return ([program, ...args]) => [program as string, args]
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  chmodSync(dir, 0o700)
  chownSync(dir, id('-u'), id('-g'))
  return (command) => ['setpriv', ['--reuid=postgres', '--regid=postgres', '--clear-groups', '--', ...command]]
}

async function ask(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query(text)
  } finally {
    await client.end()
  }
}

async function ping(port: number): Promise<void> {
  const { createConnection } = await import('node:net')
  await new Promise<void>((resolve, reject) => {
    const socket = createConnection({ port, host: '127.0.0.1' }, () => socket.write('PING\r\n'))
    socket.once('data', () => {
      socket.destroy()
      resolve()
    })
    socket.once('error', reject)
  })
}

async function until(name: string, child: ChildProcess, ready: () => Promise<void>): Promise<void> {
  for (let tries = 0; ; tries++) {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode} before it was ready`)
    try {
      return await ready()
    } catch (err) {
      if (tries > 300) throw err
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill(signal)
  await ended
}
