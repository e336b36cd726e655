/** Types of the part of http_ece the push service uses. */
declare module 'http_ece' {
  import type { ECDH } from 'node:crypto'

  type Params = { version: 'aes128gcm'; privateKey: ECDH; authSecret: string }
  export function decrypt(body: Buffer, params: Params): Buffer
}
