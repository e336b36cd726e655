/** Keys that may take another's place: how one is made, what it is called by, and what of an old one still verifies. Pure but for chance. */
import { createHash, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto'

export const TURNING = ['seal', 'seal-exercise', 'bounce'] as const
export type Turning = (typeof TURNING)[number]

export const makeKey = (name: Turning): string => (name === 'bounce' ? makeSecret() : makeEd25519())

export const makeSecret = (): string => randomBytes(32).toString('base64url')
export const makeEd25519 = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }) as string

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url')

/** JWK thumbprint (RFC 7638) of an Ed25519 key, private or public; of a shared secret a hash that tells nothing of it. */
export function kidOf(name: Turning, text: string): string {
  if (name === 'bounce') return digest(`ortoo bounce key\n${text}`)
  const { crv, kty, x } = createPublicKey(text).export({ format: 'jwk' })
  return digest(JSON.stringify({ crv, kty, x }))
}

/** What has to be kept of an old key so that what it signed goes on being ours: of a pair the public half alone. */
export const verifying = (name: Turning, text: string): string =>
  name === 'bounce' ? text : (createPublicKey(text).export({ format: 'pem', type: 'spki' }) as string)
