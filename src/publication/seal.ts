/** The seal: an Ed25519 signature (JWS, RFC 7515; EdDSA, RFC 8037) that anyone can check with the public key. */
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { canonicalJson } from '../lib/id.ts'
import { kidOf } from '../lib/key-make.ts'
import type { SigningKey } from '../lib/xml-signature.ts'

/** What checks a seal. */
export type PublicSeal = { kid: string; publicKey: KeyObject }
export type SealKey = { kid: string; privateKey: KeyObject; publicKey: KeyObject }
/** Keys of one installation. Exercises are sealed by their own key, so neither can pass for the other. */
export type Keys = {
  live: SealKey
  exercise: SealKey
  secret: string
  /** Signs the address a mail comes back to. */
  bounce: string
  /** Keys whose place was taken: what they signed goes on being ours, and they sign nothing any more. */
  old: { live: PublicSeal[]; exercise: PublicSeal[]; bounce: string[] }
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
  return { kid: kidOf('seal', privatePem), privateKey, publicKey }
}

/** The half of an old key that checks; from its private PEM too, where somebody put that aside by hand. */
export const publicSeal = (pem: string): PublicSeal => ({ kid: kidOf('seal', pem), publicKey: createPublicKey(pem) })

/** Every key a seal of this mode may be by, the present one first. */
export const sealsOf = (keys: Keys, mode: string): PublicSeal[] =>
  mode === 'live' ? [keys.live, ...keys.old.live] : [keys.exercise, ...keys.old.exercise]

/** The claim of a seal by any of these keys. */
export function openAnySeal(keys: PublicSeal[], seal: string): Claim | null {
  for (const key of keys) {
    const claim = openSeal(key, seal)
    if (claim) return claim
  }
  return null
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

/** JWK set for /.well-known/jwks.json: old keys stay in it, or receipts of before would verify no more. */
export const jwks = (keys: Keys) => ({
  keys: [
    ...sealsOf(keys, 'live').map((key) => ({ key, exercise: false })),
    ...sealsOf(keys, 'exercise').map((key) => ({ key, exercise: true })),
  ].map(({ key: k, exercise }) => ({
    ...k.publicKey.export({ format: 'jwk' }),
    kid: k.kid,
    alg: 'EdDSA',
    use: 'sig',
    ...(exercise ? { 'ortoo:mode': 'exercise' } : {}),
  })),
})
