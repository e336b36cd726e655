/** The package for a machine without a network: unpacked somewhere else, with nothing on the PATH, it is the service. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { packagesNeeded, reachedFrom } from '../../src/cli/packages.ts'
import { ROOT } from '../../src/lib/root.ts'
import { freePort } from '../support/backends.ts'
import { ortoo } from './terminal.ts'

let dir = ''
let home = ''
let out: string[] = []
let child: ChildProcess | undefined
beforeAll(async () => {
  if (!existsSync(join(ROOT, 'dist', 'server.js'))) throw new Error('dist/server.js is missing: npm run build')
  dir = await mkdtemp(join(tmpdir(), 'ortoo-bundle-'))
  const said = await ortoo({ env: {} }, 'bundle', join(dir, 'ortoo.tar.gz'))
  expect(said).toMatchObject({ status: 0, err: [] })
  out = said.out
  execFileSync('tar', ['-xzf', 'ortoo.tar.gz'], { cwd: dir })
  home = join(dir, readdirSync(dir).find((name) => name.startsWith('ortoo-')) as string)
}, 120_000)
afterAll(async () => {
  if (child && child.exitCode === null && child.signalCode === null) {
    const gone = new Promise((done) => child?.once('exit', done))
    child.kill('SIGTERM')
    await gone
  }
  await rm(dir, { recursive: true, force: true })
})

/** Nothing of ours in the environment: no PATH, no npm, no home. */
const bare = (more: Record<string, string> = {}) => ({ ORTOO_DATA: join(dir, 'data'), ...more })
const run = (args: string[], more: Record<string, string> = {}) =>
  execFileSync(join(home, 'bin', 'ortoo'), args, { env: bare(more), cwd: '/', encoding: 'utf8' })

test('an operator reads in both languages how to install it, and compares its hash', () => {
  const sha256 = createHash('sha256')
    .update(readFileSync(join(dir, 'ortoo.tar.gz')))
    .digest('hex')
  expect(out.join('\n')).toContain(sha256)
  const text = readFileSync(join(home, 'INSTALL.txt'), 'utf8')
  for (const words of ['以 root 运行', 'as root', 'ortoo doctor', 'systemctl enable --now ortoo'])
    expect(text).toContain(words)
  execFileSync('sh', ['-n', join(home, 'install.sh')])
  for (const name of ['README.md', 'README.zh-CN.md', 'LICENSE', 'ortoo.env'])
    expect(existsSync(join(home, name))).toBe(true)
})

test('it holds what the service loads and nothing that only builds or tests it', async () => {
  const packages = readdirSync(join(home, 'node_modules'))
  expect(packages).toEqual(
    expect.arrayContaining(['better-auth', 'ioredis', 'mjml', 'nodemailer', 'pg', 'pino', 'web-push']),
  )
  for (const name of ['vitest', 'typescript', 's3rver', 'playwright-core', 'esbuild', 'smtp-server', '.bin', 'node'])
    expect(packages).not.toContain(name)
  expect(existsSync(join(home, 'src'))).toBe(false)
  expect(existsSync(join(home, 'test'))).toBe(false)
  // Each package named in dist is really found from there, with all it needs, by the Node that came along.
  const { packages: named } = await reachedFrom(join(home, 'dist'), ['server.js', 'cli.js'])
  const needed = await packagesNeeded(home, named)
  const loadable = named.filter((name) => needed.includes(`node_modules/${name}`))
  expect(loadable.length).toBeGreaterThan(5)
  const script = loadable.map((name) => `await import('${name}')`).join(';')
  execFileSync(join(home, 'bin', 'node'), ['--input-type=module', '-e', script], { cwd: home, env: {} })
})

test('with an empty environment the doctor looks, and a wrong argument is one sentence', () => {
  expect(run(['doctor', '--lang', 'en'])).toMatch(/Fit for use\n$/)
  expect(() => run(['frob', '--lang', 'en'])).toThrow(/There is no command "frob"/)
  expect(run(['unit'])).toContain(`ExecStart=${join(home, 'bin', 'node')} ${join(home, 'dist', 'server.js')}`)
})

test('the service answers, with its pages and its desk, and verifies itself', async () => {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const settings = { PORT: String(port), PUBLIC_URL: url }
  child = spawn(join(home, 'bin', 'ortoo'), ['serve'], {
    env: bare(settings),
    cwd: '/',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (said += chunk))
  const status = async (path: string) =>
    fetch(`${url}${path}`).then(
      (r) => r.status,
      () => 0,
    )
  for (let i = 0; i < 200 && (await status('/healthz')) !== 200; i++) await sleep(50)
  expect(
    [await status('/healthz'), await status('/readyz'), await status('/'), await status('/desk/sign-in')],
    said,
  ).toEqual([200, 200, 200, 200])
  for (let i = 0; i < 100 && !said.includes('/setup?token='); i++) await sleep(20)
  expect(said).toMatch(/首位管理员.*\/setup\?token=/)
  expect(said).not.toMatch(/"level":(50|60)|Error/)
  expect(run(['verify', '--lang', 'en'], settings)).toMatch(/Everything agrees\n$/)
})

test('it is not made over another, nor under another kind of name', async () => {
  const there = join(dir, 'ortoo.tar.gz')
  expect(await ortoo({ env: {} }, 'bundle', there)).toMatchObject({ status: 2, out: [] })
  expect((await ortoo({ env: {} }, 'bundle', join(dir, 'ortoo.zip'))).err).toEqual([
    '"ortoo.zip" must end with .tar.gz',
  ])
})
