/** Identifiers, salts and hashes. */
import { createHash, randomBytes } from 'node:crypto'
import canonicalize from 'canonicalize'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** A 26-letter id that sorts by time: 48 bits of milliseconds, 80 random bits (Crockford base 32, lower case). */
export function newId(ms = Date.now()): string {
  let head = ''
  for (let i = 0, rest = ms; i < 10; i++, rest = Math.floor(rest / 32)) head = ALPHABET[rest % 32] + head
  let tail = ''
  for (const byte of randomBytes(16)) tail += ALPHABET[byte & 31]
  return head + tail
}

/** 128 random bits as 22 letters of base64url. */
export const newSalt = (): string => randomBytes(16).toString('base64url')

/** An unguessable token: 192 random bits as exactly 32 letters of base64url, so that mails can be spliced at fixed width. */
export const newToken = (): string => randomBytes(24).toString('base64url')

export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex')

/** RFC 8785 canonical JSON: the bytes that are hashed and sealed. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value)
  if (text === undefined) throw new Error('nothing to canonicalise')
  return text
}

/** SHA-256 of the canonical JSON (RFC 8785) of a value, hex. */
export const hashOf = (value: unknown): string => sha256(canonicalJson(value))
