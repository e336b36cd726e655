/** The systemd unit: it is what systemd reads, and it gives the service no more than it needs. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ortoo } from './terminal.ts'

let dir = ''
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ortoo-unit-'))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

const ANALYZE = ['/usr/bin/systemd-analyze', '/bin/systemd-analyze'].find((path) => existsSync(path))

/** Section → key → values, as systemd.syntax says; every line must be one of its forms. */
function parsed(lines: string[]): Record<string, Record<string, string[]>> {
  const found: Record<string, Record<string, string[]>> = {}
  let section: Record<string, string[]> = {}
  for (const line of lines.filter((l) => l !== '')) {
    const name = /^\[(Unit|Service|Install)\]$/.exec(line)?.[1]
    if (name) {
      section = {}
      found[name] = section
      continue
    }
    const [, key = '', value = ''] = /^([A-Z][A-Za-z]+)=(.*)$/.exec(line) ?? []
    expect(key, line).not.toBe('')
    section[key] = [...(section[key] ?? []), value]
  }
  return found
}

test.each(['all', 'web', 'work'])('for ROLE=%s systemd takes it as it is, and the service is no root', async (role) => {
  const said = await ortoo({ env: { ORTOO_DATA: dir } }, 'unit', '--role', role)
  expect(said).toMatchObject({ status: 0, err: [] })
  const { Unit, Service, Install } = parsed(said.out)
  expect(Unit?.['StartLimitIntervalSec']).toEqual(['0'])
  expect(Install).toEqual({ WantedBy: ['multi-user.target'] })
  expect(Service).toMatchObject({
    User: ['ortoo'],
    Restart: ['always'],
    ProtectSystem: ['strict'],
    NoNewPrivileges: ['true'],
    CapabilityBoundingSet: [''],
    EnvironmentFile: ['/etc/ortoo/ortoo.env'],
    ReadWritePaths: [dir],
  })
  expect(Service?.['Environment']?.[0]).toContain(`ROLE=${role}`)
  for (const path of Service?.['ExecStart']?.[0]?.split(' ') ?? []) expect(path.startsWith('/')).toBe(true)
})

test.runIf(ANALYZE)('systemd itself finds no fault in it, and little that an intruder could use', async () => {
  const file = join(dir, 'ortoo.service')
  // A dist that is not built is no fault of the unit: systemd looks at the program alone.
  await writeFile(file, (await ortoo({ env: { ORTOO_DATA: dir } }, 'unit', '--user', 'daemon')).out.join('\n'))
  expect(
    execFileSync(ANALYZE as string, ['verify', file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }),
  ).toBe('')
  const judged = execFileSync(ANALYZE as string, ['security', '--offline=true', '--no-pager', file], {
    encoding: 'utf8',
  })
  expect(Number(/exposure level for \S+: ([\d.]+)/.exec(judged)?.[1])).toBeLessThan(2)
})

test('without ORTOO_DATA the data lie where a service keeps its state', async () => {
  const said = await ortoo({ env: {} }, 'unit')
  expect(said.out).toEqual(expect.arrayContaining(['StateDirectory=ortoo', 'ReadWritePaths=/var/lib/ortoo']))
})

test('a port below 1024 brings the one right it takes, and only for a process that listens', async () => {
  const env = { ORTOO_DATA: dir, PORT: '80' }
  expect((await ortoo({ env }, 'unit')).out).toContain('AmbientCapabilities=CAP_NET_BIND_SERVICE')
  expect((await ortoo({ env }, 'unit', '--role', 'work')).out).toContain('AmbientCapabilities=')
})

test('a folder with odd letters is written as systemd reads it', async () => {
  const odd = '/srv/新闻 100%/a"b'
  const said = await ortoo({ env: { ORTOO_DATA: odd } }, 'unit')
  expect(said.out).toContain('ReadWritePaths="/srv/新闻 100%%/a\\"b"')
})

test.each([
  [['--role', 'edge'], '--role cannot be "edge"; it is one of: all web work'],
  [['--user', 'root'], '--user cannot be "root": it names an ordinary account, not root'],
  [['--user', 'a b'], '--user cannot be "a b": it names an ordinary account, not root'],
  [['--env', 'ortoo.env'], '--env is a whole path that begins with /, not "ortoo.env"'],
])('%j is refused with one sentence', async (argv, sentence) => {
  expect(await ortoo({ env: {} }, 'unit', ...argv)).toMatchObject({ status: 2, out: [], err: [sentence] })
})
