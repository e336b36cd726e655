/** ortoo bundle <file.tar.gz>: this installation as one file that needs no network where it is unpacked. */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync, realpathSync } from 'node:fs'
import { readFile, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { t } from '../../templates/words/index.ts'
import { Refusal } from '../lib/errors.ts'
import { newToken } from '../lib/id.ts'
import { ROOT } from '../lib/root.ts'
import { packTar, type TarFile } from '../lib/tar.ts'
import { filesBelow } from './archive.ts'
import { type Command, type Io, UsageError } from './command.ts'
import { filesOfPackage, packagesNeeded, reachedFrom } from './packages.ts'
import { version } from './version.ts'

/** Every file's time, so that the same installation gives the same bytes: 2026-01-01. */
const AT = 1_767_225_600
/** What starts: the service and the command line. The demo needs the tests' far ends and stays at home. */
const ENTRIES = ['server.js', 'cli.js']

/** Path in the package → file here. */
type Parts = Map<string, { from: string; executable?: boolean }>

export const bundle: Command = {
  name: 'bundle',
  args: ['file.tar.gz'],
  async run(io, given) {
    const file = resolve(given.args[0] ?? '')
    if (!/\.(tar\.gz|tgz)$/.test(file)) throw new UsageError('cli.usage.bundle-name', { file: basename(file) })
    if (existsSync(file)) throw new UsageError('cli.usage.exists', { path: file })
    if (!existsSync(dirname(file))) throw new UsageError('cli.usage.folder', { path: dirname(file) })
    if (!ENTRIES.every((name) => existsSync(join(ROOT, 'dist', name))))
      throw new Refusal('wrong-state', 'not-built', [], { root: ROOT })
    const { parts, packages } = await gather()
    const said = await write(io, parts, file)
    io.out(t(io.lang, 'cli.bundle.done', { file, files: parts.size, packages, mb: Math.ceil(said.bytes / 1e5) / 10 }))
    io.out(t(io.lang, 'cli.bundle.sum', { sha256: said.sha256 }))
    return 0
  },
}

async function gather(): Promise<{ parts: Parts; packages: number }> {
  const dist = join(ROOT, 'dist')
  const { files, packages } = await reachedFrom(dist, ENTRIES)
  const served = (await filesBelow(dist)).filter((path) => /^(client|public)\//.test(path))
  const needed = await packagesNeeded(ROOT, packages)
  const ofPackages = (await Promise.all(needed.map((dir) => filesOfPackage(ROOT, dir)))).flat()
  const parts: Parts = new Map()
  const add = (path: string, from = path, executable = false) =>
    parts.set(path, { from: join(ROOT, from), ...(executable ? { executable } : {}) })
  for (const path of [...files, ...served]) add(`dist/${path}`)
  for (const path of await filesBelow(join(ROOT, 'templates'))) add(`templates/${path}`)
  for (const path of ofPackages) add(path)
  for (const name of ['package.json', 'README.md', 'README.zh-CN.md', 'LICENSE']) add(name)
  for (const name of ['INSTALL.txt', 'ortoo.env']) add(name, `templates/install/${name}`)
  add('install.sh', 'templates/install/install.sh', true)
  add('bin/ortoo', 'templates/install/ortoo.sh', true)
  parts.set('bin/node', { from: realpathSync(process.execPath), executable: true })
  return { parts, packages: needed.length }
}

/** Written beside its place and moved there when it is whole. */
async function write(io: Io, parts: Parts, file: string): Promise<{ bytes: number; sha256: string }> {
  const top = `ortoo-${version()}`
  const part = join(dirname(file), `.${basename(file)}.${newToken().slice(0, 8)}.part`)
  let n = 0
  async function* entries(): AsyncIterable<TarFile> {
    for (const path of [...parts.keys()].sort()) {
      const { from, executable } = parts.get(path) as { from: string; executable?: boolean }
      const { size } = await stat(from)
      // Small files at once: opening a stream for each of thousands takes longer than reading them.
      const body = size > 1 << 20 ? createReadStream(from) : [await readFile(from)]
      yield { path: `${top}/${path}`, bytes: size, body, ...(executable ? { executable } : {}) }
      if (++n % 100 === 0) io.progress(t(io.lang, 'cli.bundle.step', { n, all: parts.size }))
    }
  }
  const hash = createHash('sha256')
  try {
    const packed = Readable.from(packTar(entries(), AT)).pipe(createGzip({ level: 5 }))
    packed.on('data', (chunk: Buffer) => hash.update(chunk))
    await pipeline(packed, createWriteStream(part, { flags: 'wx' }))
    await rename(part, file)
  } finally {
    await rm(part, { force: true })
  }
  return { bytes: (await stat(file)).size, sha256: hash.digest('hex') }
}
