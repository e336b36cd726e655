/** The installation's own keys, made at first start and kept in data/keys, readable by the service alone. */
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Keys, sealKey } from './seal.ts'

/** Reads the keys, making what is missing. Losing this folder loses the seal and every push subscription: back it up. */
export function openKeys(dataDir: string): Keys {
  const dir = join(dataDir, 'keys')
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const kept = (name: string, make: () => string): string => {
    const file = join(dir, name)
    // wx: of two processes starting at once one writes, and both read what it wrote.
    if (!existsSync(file)) writeOnce(file, make())
    return readFileSync(file, 'utf8')
  }
  return {
    live: sealKey(kept('live.pem', ed25519)),
    exercise: sealKey(kept('exercise.pem', ed25519)),
    secret: kept('secret', () => randomBytes(32).toString('base64url')),
    bounce: kept('bounce', () => randomBytes(32).toString('base64url')),
    vapid: JSON.parse(kept('vapid.json', vapid)) as Keys['vapid'],
  }
}

function writeOnce(file: string, text: string): void {
  try {
    writeFileSync(file, text, { mode: 0o600, flag: 'wx' })
  } catch (err) {
    if ((err as NodeJS.ErrnoException).code !== 'EEXIST') throw err
  }
}

const ed25519 = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }) as string

/** P-256 pair as RFC 8292 wants it: uncompressed point and scalar, base64url. */
function vapid(): string {
  const jwk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })
  const point = Buffer.concat([
    Buffer.from([4]),
    Buffer.from(jwk.x as string, 'base64url'),
    Buffer.from(jwk.y as string, 'base64url'),
  ])
  return JSON.stringify({ publicKey: point.toString('base64url'), privateKey: jwk.d })
}
