/** The seal: an Ed25519 signature (JWS, RFC 7515; EdDSA, RFC 8037) that anyone can check with the public key. */
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { canonicalJson, sha256 } from '../lib/id.ts'
import type { SigningKey } from '../lib/xml-signature.ts'

export type SealKey = { kid: string; privateKey: KeyObject; publicKey: KeyObject }
/** Keys of one installation. Exercises are sealed by their own key, so neither can pass for the other. */
export type Keys = {
  live: SealKey
  exercise: SealKey
  secret: string
  /** Signs the address a mail comes back to. */
  bounce: string
  vapid: { publicKey: string; privateKey: string }
  /** Signs CAP files; made when the first one is. Exercise and test share one that is not the live one. */
  alert(mode: string): SigningKey
}

/** What a seal says. Times are UTC ISO; `hash` is the revision's SHA-256 (RFC 8785). */
export type Claim = {
  release: string
  edition: number
  type: string
  mode: string
  sequence: number
  publishedAt: string
  hash: string
}

const b64 = (data: string | Uint8Array) => Buffer.from(data).toString('base64url')

/** JWK thumbprint (RFC 7638) of an Ed25519 key, from its private PEM. */
export function sealKey(privatePem: string): SealKey {
  const privateKey = createPrivateKey(privatePem)
  const publicKey = createPublicKey(privateKey)
  const { crv, kty, x } = publicKey.export({ format: 'jwk' })
  return {
    kid: Buffer.from(sha256(JSON.stringify({ crv, kty, x })), 'hex').toString('base64url'),
    privateKey,
    publicKey,
  }
}

/** Compact JWS over the claim's canonical JSON; the payload rides along. */
export function sealClaim(key: SealKey, claim: Claim): string {
  const input = `${b64(canonicalJson({ alg: 'EdDSA', kid: key.kid }))}.${b64(canonicalJson(claim))}`
  return `${input}.${sign(null, Buffer.from(input), key.privateKey).toString('base64url')}`
}

/** The claim, or null when the seal is not by this key, not EdDSA, or does not say exactly this. */
export function openSeal(key: Pick<SealKey, 'kid' | 'publicKey'>, seal: string): Claim | null {
  const [head, body, mark, ...rest] = seal.split('.')
  if (!head || !body || !mark || rest.length) return null
  const signature = Buffer.from(mark, 'base64url')
  // Decoding base64 is lenient; a re-encoded mismatch would let one seal have many spellings.
  if (b64(signature) !== mark) return null
  const header = parse(head) as { alg?: string; kid?: string } | null
  if (header?.alg !== 'EdDSA' || header.kid !== key.kid) return null
  return verify(null, Buffer.from(`${head}.${body}`), key.publicKey, signature) ? (parse(body) as Claim | null) : null
}

const parse = (part: string): unknown => {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
  } catch {
    return null
  }
}

/** JWK set for /.well-known/jwks.json. */
export const jwks = (keys: Keys) => ({
  keys: [keys.live, keys.exercise].map((k, i) => ({
    ...k.publicKey.export({ format: 'jwk' }),
    kid: k.kid,
    alg: 'EdDSA',
    use: 'sig',
    ...(i === 1 ? { 'ortoo:mode': 'exercise' } : {}),
  })),
})
