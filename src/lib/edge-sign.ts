/** How origin and edge know each other: HMAC-SHA-256 over lines, by Web Crypto, which Node and workerd both have. Pure. */

/** A shorter secret could be guessed. */
export const LEAST_SECRET = 32
/** A signed call is good for so long before and after the moment it names. */
export const WINDOW_MS = 2 * 60_000

/** Headers of a signed call to the edge, and of a request the edge passes on. */
export const SIGNED = {
  at: 'x-ortoo-at',
  nonce: 'x-ortoo-nonce',
  body: 'x-ortoo-body',
  signature: 'x-ortoo-signature',
  client: 'x-ortoo-client',
} as const

/** Asks the edge for the bytes as they lie, by a pointer read afresh: what was published is read back with it. */
export const READ_BACK = 'x-ortoo-read-back'
/** On every public file of the edge: when the state it shows was made. */
export const COPY = 'x-ortoo-copy'

/** What a call to the edge signs. `body` is the SHA-256 of its body in hexadecimal; the query is part of the path. */
export type PushCall = { method: string; path: string; at: string; nonce: string; body: string }
export const pushLines = (c: PushCall): string[] => ['ortoo push 1', c.method, c.path, c.at, c.nonce, c.body]

/** What the edge signs when it passes a request on: whose address the request came from. */
export type PassedCall = { method: string; path: string; at: string; client: string }
export const passLines = (c: PassedCall): string[] => ['ortoo pass 1', c.method, c.path, c.at, c.client]

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)

const keyOf = (secret: string): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify'])

export async function signatureOf(secret: string, lines: readonly string[]): Promise<string> {
  return hex(await crypto.subtle.sign('HMAC', await keyOf(secret), encode(lines.join('\n'))))
}

/** Takes as long for a signature that is nearly right as for any other: the comparison is Web Crypto's own. */
export async function isSignedBy(secret: string, lines: readonly string[], signature: string): Promise<boolean> {
  if (!/^[0-9a-f]{64}$/.test(signature) || lines.some((line) => line.includes('\n'))) return false
  const bytes = Uint8Array.from({ length: 32 }, (_, i) => Number.parseInt(signature.slice(2 * i, 2 * i + 2), 16))
  return crypto.subtle.verify('HMAC', await keyOf(secret), bytes, encode(lines.join('\n')))
}

/** Milliseconds since the epoch as digits, not further from now than the window. */
export const isInWindow = (at: string, now: number): boolean =>
  /^\d{13}$/.test(at) && Math.abs(Number(at) - now) <= WINDOW_MS

/** SHA-256 in hexadecimal, by Web Crypto. */
export const digestOf = async (data: string | Uint8Array<ArrayBuffer>): Promise<string> =>
  hex(await crypto.subtle.digest('SHA-256', typeof data === 'string' ? encode(data) : data))

const hex = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')
