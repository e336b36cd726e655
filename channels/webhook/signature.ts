/** How a webhook is signed: t=<Unix seconds>,v1=<HMAC-SHA-256 of "t.body"> for each secret that is valid now. Pure. */
import { createHmac } from 'node:crypto'

/** While a secret is being changed there are two: whoever knows either can check one of the two values. */
export function signature(secrets: string[], at: string, body: Uint8Array): string {
  const t = Math.floor(Date.parse(at) / 1000)
  const values = secrets.map(
    (secret) => `v1=${createHmac('sha256', secret).update(`${t}.`).update(body).digest('hex')}`,
  )
  return [`t=${t}`, ...values].join(',')
}
