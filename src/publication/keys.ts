/** The installation's own keys, made at first start and kept in data/keys, readable by the service alone. */
import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { selfSigned } from '../lib/certificate.ts'
import { DAY, plus } from '../lib/clock.ts'
import { kidOf, makeEd25519, makeSecret, TURNING, type Turning } from '../lib/key-make.ts'
import type { SigningKey } from '../lib/xml-signature.ts'
import { type Keys, publicSeal, sealKey } from './seal.ts'

/** No authority renews it: whoever trusts it has it from us. */
const CERTIFICATE_DAYS = 20 * 365

export const FILES: Record<Turning, string> = { seal: 'live.pem', 'seal-exercise': 'exercise.pem', bounce: 'bounce' }
/** Keys whose place was taken: they sign nothing any more. */
const OLD = 'old'
/** Touched whenever a key has changed, so that every process of this folder reads anew. */
const TURNED = 'turned'

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
  const turning = () => ({
    live: sealKey(kept(FILES.seal, makeEd25519)),
    exercise: sealKey(kept(FILES['seal-exercise'], makeEd25519)),
    bounce: kept(FILES.bounce, makeSecret),
    old: {
      live: oldOf(dir, 'seal').map(publicSeal),
      exercise: oldOf(dir, 'seal-exercise').map(publicSeal),
      bounce: oldOf(dir, 'bounce'),
    },
  })
  let held = { at: turnedAt(dir), ...turning() }
  /** A key may have changed under a process that runs: looked at on every use, read only then. */
  const fresh = () => {
    const at = turnedAt(dir)
    if (at !== held.at) held = { at, ...turning() }
    return held
  }
  return {
    get live() {
      return fresh().live
    },
    get exercise() {
      return fresh().exercise
    },
    get bounce() {
      return fresh().bounce
    },
    get old() {
      return fresh().old
    },
    secret: kept('secret', makeSecret),
    vapid: JSON.parse(kept('vapid.json', vapid)) as Keys['vapid'],
    alert: once((which) => alertKey(kept(`alert-${which}.pem`, () => rsaWithCertificate(host, which, now())))),
  }
}

const turnedAt = (dir: string): number => statSync(join(dir, TURNED), { throwIfNoEntry: false })?.mtimeMs ?? 0

/** Those of a name, in no order; a file that was put there by hand serves as well as one of ours. */
function oldOf(dir: string, name: Turning): string[] {
  const folder = join(dir, OLD)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((file) => file.startsWith(`${FILES[name].replace('.pem', '')}-`) || file === FILES[name])
    .map((file) => readFileSync(join(folder, file), 'utf8'))
}

/** A key that takes the place of another. `old` is as much of it as still verifies; `next` is null once another took its place. */
export type Turn = { name: Turning; kid: string; oldKid: string; old: string; next: string | null }

/**
 * Puts the newest key of each name in its place, and the older ones where they go on verifying. A key that is in none of these
 * turns was put there by hand and stays. @param turns oldest first @returns whether anything changed
 */
export function takeTurns(dataDir: string, turns: Turn[]): boolean {
  const dir = join(dataDir, 'keys')
  let changed = false
  for (const { name, oldKid, old } of turns) {
    const file = join(dir, OLD, `${FILES[name].replace('.pem', '')}-${oldKid}${name === 'bounce' ? '' : '.pem'}`)
    if (existsSync(file)) continue
    mkdirSync(join(dir, OLD), { recursive: true, mode: 0o700 })
    replace(file, old)
    changed = true
  }
  for (const name of TURNING) {
    const of = turns.filter((turn) => turn.name === name)
    const last = of.at(-1)
    if (!last?.next) continue
    const file = join(dir, FILES[name])
    const kid = existsSync(file) ? kidOf(name, readFileSync(file, 'utf8')) : last.oldKid
    if (kid === last.kid || !of.some((turn) => turn.oldKid === kid)) continue
    replace(file, last.next)
    changed = true
  }
  if (changed) replace(join(dir, TURNED), '')
  return changed
}

/** Whole or not at all, whenever the power goes. */
function replace(file: string, text: string): void {
  const part = `${file}.${process.pid}.part`
  writeFileSync(part, text, { mode: 0o600, flush: true })
  renameSync(part, file)
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
