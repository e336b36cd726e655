/** A passkey without a device, for tests of what the service makes of its answers (WebAuthn §6.1, §6.5.1; CTAP2 canonical CBOR). */
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

type Question = { challenge: string; rp?: { id: string }; rpId?: string }
const b64 = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64url')
const hash = (bytes: Uint8Array | string): Buffer => createHash('sha256').update(bytes).digest()

const head = (major: number, n: number): Buffer =>
  n < 24
    ? Buffer.from([(major << 5) | n])
    : n < 256
      ? Buffer.from([(major << 5) | 24, n])
      : Buffer.from([(major << 5) | 25, n >> 8, n & 255])
const int = (n: number): Buffer => (n < 0 ? head(1, -1 - n) : head(0, n))
const bytes = (b: Buffer): Buffer => Buffer.concat([head(2, b.length), b])
const text = (t: string): Buffer => Buffer.concat([head(3, Buffer.byteLength(t)), Buffer.from(t)])
const map = (pairs: [Buffer, Buffer][]): Buffer => Buffer.concat([head(5, pairs.length), ...pairs.flat()])

export class SoftwareKey {
  readonly #pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  readonly #origin: string
  readonly id = randomBytes(16)
  /** Whether it says that it has seen its owner's finger. */
  verifies = true
  #count = 0
  constructor(origin: string) {
    this.#origin = origin
  }

  #data(rpId: string, flags: number): Buffer {
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(++this.#count)
    return Buffer.concat([hash(rpId), Buffer.from([flags | 1 | (this.verifies ? 4 : 0)]), counter])
  }
  #client(type: string, challenge: string): string {
    return JSON.stringify({ type, challenge, origin: this.#origin, crossOrigin: false })
  }

  make(asked: Question): object {
    const { x = '', y = '' } = this.#pair.publicKey.export({ format: 'jwk' })
    const key = map([
      [int(1), int(2)],
      [int(3), int(-7)],
      [int(-1), int(1)],
      [int(-2), bytes(Buffer.from(x, 'base64url'))],
      [int(-3), bytes(Buffer.from(y, 'base64url'))],
    ])
    const length = Buffer.from([0, this.id.length])
    const data = Buffer.concat([this.#data(asked.rp?.id ?? '', 0x40), Buffer.alloc(16), length, this.id, key])
    const attestation = map([
      [text('fmt'), text('none')],
      [text('attStmt'), map([])],
      [text('authData'), bytes(data)],
    ])
    const client = this.#client('webauthn.create', asked.challenge)
    return this.#answer({ clientDataJSON: b64(client), attestationObject: b64(attestation), transports: ['internal'] })
  }

  show(asked: Question): object {
    const client = this.#client('webauthn.get', asked.challenge)
    const data = this.#data(asked.rpId ?? '', 0)
    const signature = sign('sha256', Buffer.concat([data, hash(client)]), this.#pair.privateKey)
    return this.#answer({ clientDataJSON: b64(client), authenticatorData: b64(data), signature: b64(signature) })
  }

  #answer(response: object): object {
    const id = b64(this.id)
    return {
      id,
      rawId: id,
      type: 'public-key',
      response,
      clientExtensionResults: {},
      authenticatorAttachment: 'platform',
    }
  }
}
