/** The machine itself: Node, the data folder, its disk and its clock, the keys. */
import { createECDH } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { isSampleFolder } from '../../server/sample-folder.ts'
import { freeBytes, tryWriting } from '../../store/room.ts'
import { type Finding, fail, type Look, note, ok, reason, skew } from './finding.ts'

const LEAST_NODE = 24
const LEAST_FREE_GB = 2

const writable = (dir: string): Promise<boolean> =>
  tryWriting(dir).then(
    () => true,
    () => false,
  )

export const node: Look = {
  name: 'node',
  run: async () => {
    const { node: version } = process.versions
    const major = Number(version.split('.')[0])
    return [
      major >= LEAST_NODE ? ok('doctor.node', { version }) : fail('doctor.node-old', { version, least: LEAST_NODE }),
    ]
  },
}

export const folder: Look = {
  name: 'folder',
  async run(config, clock) {
    const dir = resolve(config.dataDir)
    if (!existsSync(dir)) {
      const parent = dirname(dir)
      return [
        (await writable(parent)) ? note('doctor.folder-new', { dir }) : fail('doctor.folder-parent', { dir, parent }),
      ]
    }
    const { mode, uid } = await stat(dir)
    const found: Finding[] = []
    if (mode & 0o077) found.push(fail('doctor.folder-open', { dir, mode: (mode & 0o777).toString(8) }))
    if (process.getuid && uid !== process.getuid()) found.push(fail('doctor.folder-owner', { dir }))
    if (!(await writable(dir))) return [...found, fail('doctor.folder-read-only', { dir })]
    if ((await isSampleFolder(dir)) && !config.sample) found.push(fail('doctor.folder-sample', { dir }))
    return [
      ...(found.length ? found : [ok('doctor.folder', { dir })]),
      await disk(dir),
      await fileClock(dir, clock.ms()),
    ]
  },
}

async function disk(dir: string): Promise<Finding> {
  const gb = Math.round((await freeBytes(dir)) / 1e8) / 10
  return gb < LEAST_FREE_GB ? fail('doctor.disk-low', { gb, least: LEAST_FREE_GB }) : ok('doctor.disk', { gb })
}

/** Files on a shared disk are dated by the machine that holds it. */
async function fileClock(dir: string, now: number): Promise<Finding> {
  const own = await mkdtemp(join(dir, '.doctor-'))
  try {
    await writeFile(join(own, 'now'), '')
    return skew('file-system', (await stat(join(own, 'now'))).mtimeMs, now)
  } finally {
    await rm(own, { recursive: true, force: true })
  }
}

export const keys: Look = {
  name: 'keys',
  async run(config) {
    const dir = join(config.dataDir, 'keys')
    if (!existsSync(dir)) return [note('doctor.keys-new', { dir })]
    const found: Finding[] = []
    for (const name of ['live.pem', 'exercise.pem', 'secret', 'bounce', 'vapid.json']) {
      const file = join(dir, name)
      if (!existsSync(file)) found.push(note('doctor.key-missing', { file }))
      else if ((await stat(file)).mode & 0o077) found.push(fail('doctor.key-open', { file }))
    }
    found.push(...(await oldKeys(join(dir, 'old'))))
    if (existsSync(join(dir, 'vapid.json'))) found.push(await vapid(join(dir, 'vapid.json')))
    return found.some((f) => f.level === 'fail') ? found : [...found, ok('doctor.keys', { dir })]
  },
}

/** Keys of before, without which receipts of before verify no more. */
async function oldKeys(dir: string): Promise<Finding[]> {
  if (!existsSync(dir)) return []
  const names = await readdir(dir)
  const open: Finding[] = []
  for (const name of names) {
    const file = join(dir, name)
    if ((await stat(file)).mode & 0o077) open.push(fail('doctor.key-open', { file }))
  }
  return open.length ? open : [note('doctor.keys-old', { n: names.length, dir })]
}

/** The public half that browsers were given must belong to the private half that signs. */
async function vapid(file: string): Promise<Finding> {
  try {
    const { publicKey, privateKey } = JSON.parse(await readFile(file, 'utf8')) as Record<string, string>
    const pair = createECDH('prime256v1')
    pair.setPrivateKey(privateKey ?? '', 'base64url')
    return pair.getPublicKey('base64url') === publicKey ? ok('doctor.vapid') : fail('doctor.vapid-bad', { file })
  } catch (err) {
    return fail('doctor.vapid-bad', { file, why: reason(err) })
  }
}
