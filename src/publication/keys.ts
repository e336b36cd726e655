/** The installation's own keys, made at first start and kept in data/keys, readable by the service alone. */
import { createPrivateKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { selfSigned } from '../lib/certificate.ts'
import { DAY, plus } from '../lib/clock.ts'
import type { SigningKey } from '../lib/xml-signature.ts'
import { type Keys, sealKey } from './seal.ts'

/** No authority renews it: whoever trusts it has it from us. */
const CERTIFICATE_DAYS = 20 * 365

/**
 * Reads the keys, making what is missing. Losing this folder loses the seal and every push subscription: back it up.
 * @param host whom a certificate made now speaks for
 */
export function openKeys(dataDir: string, host: string, now: () => string): Keys {
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
    alert: once((which) => alertKey(kept(`alert-${which}.pem`, () => rsaWithCertificate(host, which, now())))),
  }
}

/** An RSA key takes half a second to make: not at every start, only where there is an alert to sign. */
function once(open: (which: 'live' | 'exercise') => SigningKey): Keys['alert'] {
  const opened = new Map<string, SigningKey>()
  return (mode) => {
    const which = mode === 'live' ? 'live' : 'exercise'
    const key = opened.get(which) ?? open(which)
    opened.set(which, key)
    return key
  }
}

/** Key and certificate lie in one file, so that no start can find one without the other. */
function alertKey(pem: string): SigningKey {
  const at = pem.indexOf('-----BEGIN CERTIFICATE-----')
  return { privateKey: pem.slice(0, at), certificate: pem.slice(at) }
}

/** RSA, which every verifier of XML signatures knows; 3072 bits last past 2030 (NIST SP 800-57). */
function rsaWithCertificate(host: string, which: 'live' | 'exercise', now: string): string {
  const pem = generateKeyPairSync('rsa', { modulusLength: 3072 }).privateKey.export({ format: 'pem', type: 'pkcs8' })
  const name = which === 'live' ? `${host} CAP` : `${host} CAP EXERCISE 演练`
  return `${pem}${selfSigned(createPrivateKey(pem), name, now, plus(now, CERTIFICATE_DAYS * DAY))}`
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
