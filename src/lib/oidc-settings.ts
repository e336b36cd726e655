/** Settings of the office's identity provider: all three or none, and a name for the button. */
import { z } from 'zod'

export type Oidc = { issuer: string; clientId: string; clientSecret: string; name: string }

const text = z.string().trim()
/** Plain http only to this machine: tests and trials. */
const ISSUER = /^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1)(:|\/|$))[^\s?#]*$/

export const oidcVariables = {
  OIDC_ISSUER: text
    .regex(ISSUER, 'must be the https address of the identity provider, without /.well-known/…')
    .optional(),
  OIDC_CLIENT_ID: text.optional(),
  OIDC_CLIENT_SECRET: text.optional(),
  OIDC_NAME: text.max(40, 'must be short enough for a button').default('SSO'),
}

type Read = {
  OIDC_ISSUER?: string | undefined
  OIDC_CLIENT_ID?: string | undefined
  OIDC_CLIENT_SECRET?: string | undefined
  OIDC_NAME: string
}

/** null: there is no single sign-on. `fail` throws the sentence. */
export function oidcIn(e: Read, fail: (why: string) => never): Oidc | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = e
  if (!issuer && !clientId && !clientSecret) return null
  if (!issuer || !clientId || !clientSecret)
    return fail(
      'OIDC_ISSUER: must be set together with OIDC_CLIENT_ID and OIDC_CLIENT_SECRET, as the identity provider gave them',
    )
  return { issuer: issuer.replace(/\/+$/, ''), clientId, clientSecret, name: e.OIDC_NAME }
}
