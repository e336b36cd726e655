/** RFC 8291: one message sealed for one browser. The key agreement runs on the thread pool, so a run uses more than one core. */
import {
  createCipheriv,
  createPublicKey,
  diffieHellman,
  generateKeyPair,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import { promisify } from 'node:util'

/** What a push service must take is 4096 bytes (RFC 8030 §7.2), less header, tag and padding mark: RFC 8291 §4. */
export const MOST_PLAINTEXT = 3993

export type PushKeys = { p256dh: string; auth: string }
/** Our side of one message: a key pair and a salt, never used twice. Tests hand in those of the RFC's example. */
export type OneTime = { publicKey: KeyObject; privateKey: KeyObject; salt: Uint8Array }

/** The subscription's keys are not a point on P-256 and a secret of 16 bytes. */
export class BadPushKeys extends Error {}

const makeKeyPair = promisify(generateKeyPair)
const agree = promisify(diffieHellman)

/** Body of a push request, Content-Encoding aes128gcm (RFC 8188), in one record. Throws BadPushKeys. */
export async function encrypt(plaintext: Uint8Array, keys: PushKeys, once?: OneTime): Promise<Buffer> {
  if (plaintext.length > MOST_PLAINTEXT) throw new RangeError(`a push message holds ${MOST_PLAINTEXT} bytes at most`)
  const theirs = readKeys(keys)
  const { publicKey, privateKey, salt } = once ?? (await oneTime())
  const ours = rawPoint(publicKey)
  const shared = await agree({ privateKey, publicKey: theirs.publicKey })
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), theirs.raw, ours])
  const secret = derive(shared, theirs.auth, info, 32)
  const key = derive(secret, salt, 'Content-Encoding: aes128gcm\0', 16)
  const nonce = derive(secret, salt, 'Content-Encoding: nonce\0', 12)
  const cipher = createCipheriv('aes-128-gcm', key, nonce)
  return Buffer.concat([
    header(salt, ours),
    cipher.update(plaintext),
    cipher.update(LAST_RECORD),
    cipher.final(),
    cipher.getAuthTag(),
  ])
}

const LAST_RECORD = Buffer.from([2])
const RECORD_SIZE = 4096

/** salt, record size, length of key id, key id: our public key (RFC 8188 §2.1). */
function header(salt: Uint8Array, ours: Buffer): Buffer {
  const sizes = Buffer.alloc(5)
  sizes.writeUInt32BE(RECORD_SIZE, 0)
  sizes.writeUInt8(ours.length, 4)
  return Buffer.concat([salt, sizes, ours])
}

async function oneTime(): Promise<OneTime> {
  return { ...(await makeKeyPair('ec', { namedCurve: 'P-256' })), salt: randomBytes(16) }
}

const derive = (secret: Buffer, salt: Uint8Array, info: string | Uint8Array, bytes: number): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, salt, info, bytes))

/** Uncompressed point, 65 bytes. */
function rawPoint(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' })
  return Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
}

function readKeys({ p256dh, auth }: PushKeys): { publicKey: KeyObject; raw: Buffer; auth: Buffer } {
  const raw = Buffer.from(p256dh, 'base64url')
  const secret = Buffer.from(auth, 'base64url')
  if (raw.length !== 65 || raw[0] !== 4 || secret.length !== 16) throw new BadPushKeys('keys of the wrong shape')
  const [x, y] = [raw.subarray(1, 33).toString('base64url'), raw.subarray(33).toString('base64url')]
  try {
    const publicKey = createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x, y } })
    return { publicKey, raw, auth: secret }
  } catch {
    throw new BadPushKeys('the public key is not on the curve')
  }
}
