/** A certificate that signs itself (X.509 v3, RFC 5280), in DER of our own: Node reads certificates and makes none. */
import { createHash, createPublicKey, type KeyObject, randomBytes, sign } from 'node:crypto'

const tlv = (tag: number, ...parts: Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts)
  return Buffer.concat([Buffer.from([tag]), lengthOf(body.length), body])
}
function lengthOf(n: number): Buffer {
  if (n < 0x80) return Buffer.from([n])
  const bytes = Buffer.from(n.toString(16).padStart(n > 0xff ? 4 : 2, '0'), 'hex')
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes])
}
const sequence = (...parts: Uint8Array[]) => tlv(0x30, ...parts)
const oid = (hex: string) => tlv(0x06, Buffer.from(hex, 'hex'))
const bits = (body: Uint8Array, unused = 0) => tlv(0x03, Buffer.from([unused]), body)
const NULL = tlv(0x05)
const TRUE = tlv(0x01, Buffer.from([0xff]))

const COMMON_NAME = oid('550403')
const SHA256_RSA = sequence(oid('2a864886f70d01010b'), NULL)
const [KEY_ID, KEY_USAGE, CONSTRAINTS] = [oid('551d0e'), oid('551d0f'), oid('551d13')]
/** RFC 5280 upper bound of a common name. */
const LONGEST_NAME = 64

/** RFC 5280 §4.1.2.5: two digits of the year until 2049, four after. */
function time(iso: string): Buffer {
  const digits = iso.slice(0, 19).replace(/\D/g, '')
  return iso < '2050' ? tlv(0x17, Buffer.from(`${digits.slice(2)}Z`)) : tlv(0x18, Buffer.from(`${digits}Z`))
}

/** PEM. For signing and nothing else: it may issue no other. @param from @param until UTC ISO */
export function selfSigned(privateKey: KeyObject, commonName: string, from: string, until: string): string {
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
  const name = sequence(
    tlv(0x31, sequence(COMMON_NAME, tlv(0x0c, Buffer.from([...commonName].slice(0, LONGEST_NAME).join(''))))),
  )
  const serial = randomBytes(16)
  // Positive and not padded, whatever was drawn.
  serial[0] = ((serial[0] as number) & 0x7f) | 0x40
  const body = sequence(
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    tlv(0x02, serial),
    SHA256_RSA,
    name,
    sequence(time(from), time(until)),
    name,
    spki,
    tlv(0xa3, sequence(...extensions(spki))),
  )
  const der = sequence(body, SHA256_RSA, bits(sign('sha256', body, privateKey)))
  return `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`
}

const extensions = (spki: Buffer): Buffer[] => [
  sequence(CONSTRAINTS, TRUE, tlv(0x04, sequence())),
  sequence(KEY_USAGE, TRUE, tlv(0x04, bits(Buffer.from([0x80]), 7))),
  sequence(KEY_ID, tlv(0x04, tlv(0x04, createHash('sha1').update(spki).digest()))),
]
