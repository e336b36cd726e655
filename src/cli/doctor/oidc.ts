/** Single sign-on: whether the identity provider answers, is who the settings say, and which origins will be called. */
import { configured } from '../../lib/http.ts'
import { callbackOf } from '../../staff/sso.ts'
import { type Finding, fail, type Look, note, ok, reason } from './finding.ts'

type Discovery = Record<string, unknown>
const NEEDED = ['authorization_endpoint', 'token_endpoint', 'jwks_uri'] as const

export const oidc: Look = {
  name: 'oidc',
  async run(config) {
    if (!config.oidc) return []
    const { issuer } = config.oidc
    try {
      const answer = await configured([new URL(issuer).origin])(`${issuer}/.well-known/openid-configuration`)
      if (answer.status !== 200) return [note('doctor.oidc-silent', { issuer, why: String(answer.status) })]
      return judged(JSON.parse(new TextDecoder().decode(answer.body)) as Discovery, issuer, config.publicUrl)
    } catch (err) {
      return [note('doctor.oidc-silent', { issuer, why: reason(err) })]
    }
  },
}

/** The library calls these by itself, so an operator with a strict firewall is told each origin. */
function judged(found: Discovery, issuer: string, publicUrl: string): Finding[] {
  const theirs = String(found['issuer'] ?? '')
  if (theirs.replace(/\/+$/, '') !== issuer) return [fail('doctor.oidc-issuer', { theirs, issuer })]
  const missing = NEEDED.find((name) => typeof found[name] !== 'string')
  if (missing) return [fail('doctor.oidc-short', { issuer, what: missing })]
  const called = [issuer, found['token_endpoint'], found['jwks_uri'], found['userinfo_endpoint']]
  const origins = new Set(called.filter((u) => typeof u === 'string').map((u) => new URL(u as string).origin))
  return [ok('doctor.oidc', { issuer, origins: [...origins].join(', '), callback: callbackOf(publicUrl) })]
}
