/** Which outside programs the tests may use here; what is missing is said once and skipped, or fatal with REQUIRE_ALL=1. */
import { existsSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const POSTGRES_ROOT = '/usr/lib/postgresql'
const INSTALL = {
  postgres: 'apt-get install postgresql',
  redis: 'apt-get install redis-server',
  chromium: 'apt-get install chromium',
  xmllint: 'apt-get install libxml2-utils',
  tmpfs: 'run the tests as root, who may mount a small disk',
  postfix: 'apt-get install postfix',
  workerd: 'npm ci, with scripts allowed for workerd',
} as const
export type Need = keyof typeof INSTALL

const said = new Set<Need>()

/** False, and one line on what to install, when the program is missing. Throws instead when REQUIRE_ALL=1. */
export function needs(what: Need): boolean {
  if (where(what)) return true
  const line = `${what} is missing, so its tests are left out here: ${INSTALL[what]}`
  if (process.env['REQUIRE_ALL'] === '1') throw new Error(line)
  if (!said.has(what)) process.stderr.write(`${line}\n`)
  said.add(what)
  return false
}

/** The program's path (for postgres: the folder of its programs), or null. */
export function where(what: Need): string | null {
  switch (what) {
    case 'postgres':
      return newestPostgres()
    case 'redis':
      return onPath('redis-server')
    case 'chromium':
      return onPath('chromium') ?? onPath('chromium-browser') ?? onPath('google-chrome')
    case 'xmllint':
      return onPath('xmllint')
    case 'tmpfs':
      return process.getuid?.() === 0 ? onPath('mount') : null
    case 'postfix':
      return onPath('postfix')
    case 'workerd':
      return workerdBinary()
  }
}

/** The runtime is its own package for each system, and is not built for every one. */
function workerdBinary(): string | null {
  try {
    return createRequire(import.meta.url).resolve('workerd/bin/workerd')
  } catch {
    return null
  }
}

function newestPostgres(): string | null {
  const beside = onPath('initdb')
  if (beside) return join(beside, '..')
  if (!existsSync(POSTGRES_ROOT)) return null
  const versions = readdirSync(POSTGRES_ROOT).sort((a, b) => Number(b) - Number(a))
  const folder = versions.map((v) => join(POSTGRES_ROOT, v, 'bin')).find((bin) => existsSync(join(bin, 'initdb')))
  return folder ?? null
}

function onPath(name: string): string | null {
  const folders = `${process.env['PATH'] ?? ''}:/usr/bin:/usr/local/bin:/usr/sbin`.split(':')
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file)) ?? null
}
