/** RFC 8291: messages sealed for one browser each. Pure computing, on whichever thread it is called. */
import { createCipheriv, createECDH, type ECDH, hkdfSync, randomBytes } from 'node:crypto'

/** What a push service must take is 4096 bytes (RFC 8030 §7.2), less header, tag and padding mark: RFC 8291 §4. */
export const MOST_PLAINTEXT = 3993

export type PushKeys = { p256dh: string; auth: string }
/** Our side of one message: a key pair and a salt, never used twice. Tests hand in those of the RFC's example. */
export type OneTime = { ecdh: ECDH; salt: Uint8Array }

/** The subscription's keys are not a point on P-256 and a secret of 16 bytes. */
export class BadPushKeys extends Error {}

const SALT = 16
const POINT = 65
/** salt, record size, length of key id, key id: our public key (RFC 8188 §2.1). */
const HEADER = SALT + 5 + POINT
const TAG = 16
const RECORD_SIZE = 4096
const LAST_RECORD = Buffer.from([2])

export const sealedLength = (plaintext: Uint8Array): number => HEADER + plaintext.length + LAST_RECORD.length + TAG

/** One curve, made once: every message draws a new key pair into it. */
const curve = createECDH('prime256v1')

/** Body of a push request, Content-Encoding aes128gcm (RFC 8188), in one record. Throws BadPushKeys. */
export function seal(plaintext: Uint8Array, keys: PushKeys, once?: OneTime): Buffer {
  const out = Buffer.alloc(sealedLength(plaintext))
  sealInto(out, plaintext, keys, once?.salt ?? randomBytes(SALT), once?.ecdh)
  return out
}

/** `bad` has the reason where the keys at that place are none; the others lie one after the other in `bytes`, at their place. */
export type Sealed = { bytes: Buffer; bad: (string | undefined)[] }

/** The same message for several browsers, each under its own key pair and salt: all come out equally long. */
export function sealAll(plaintext: Uint8Array, keys: PushKeys[]): Sealed {
  const each = sealedLength(plaintext)
  const bytes = Buffer.alloc(each * keys.length)
  const salts = randomBytes(SALT * keys.length)
  const bad = keys.map((one, i) => {
    try {
      const salt = salts.subarray(i * SALT, (i + 1) * SALT)
      sealInto(bytes.subarray(i * each, (i + 1) * each), plaintext, one, salt)
      return undefined
    } catch (error) {
      if (error instanceof BadPushKeys) return error.message
      throw error
    }
  })
  return { bytes, bad }
}

function sealInto(out: Buffer, plaintext: Uint8Array, keys: PushKeys, salt: Uint8Array, pair?: ECDH): void {
  if (plaintext.length > MOST_PLAINTEXT) throw new RangeError(`a push message holds ${MOST_PLAINTEXT} bytes at most`)
  const theirs = Buffer.from(keys.p256dh, 'base64url')
  const auth = Buffer.from(keys.auth, 'base64url')
  if (theirs.length !== POINT || theirs[0] !== 4 || auth.length !== 16) throw new BadPushKeys('keys of the wrong shape')
  const ecdh = pair ?? curve
  const ours = pair ? pair.getPublicKey() : curve.generateKeys()
  out.set(salt)
  out.writeUInt32BE(RECORD_SIZE, SALT)
  out.writeUInt8(POINT, SALT + 4)
  out.set(ours, SALT + 5)
  const secret = derive(agree(ecdh, theirs), auth, Buffer.concat([INFO, theirs, ours]), 32)
  const cipher = createCipheriv('aes-128-gcm', derive(secret, salt, CEK, 16), derive(secret, salt, NONCE, 12))
  let at = HEADER
  for (const piece of [cipher.update(plaintext), cipher.update(LAST_RECORD), cipher.final(), cipher.getAuthTag()]) {
    out.set(piece, at)
    at += piece.length
  }
}

const INFO = Buffer.from('WebPush: info\0')
const CEK = Buffer.from('Content-Encoding: aes128gcm\0')
const NONCE = Buffer.from('Content-Encoding: nonce\0')

const derive = (secret: Uint8Array, salt: Uint8Array, info: Uint8Array, bytes: number): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', secret, salt, info, bytes))

function agree(ecdh: ECDH, theirs: Buffer): Buffer {
  try {
    return ecdh.computeSecret(theirs)
  } catch {
    throw new BadPushKeys('the public key is not on the curve')
  }
}
