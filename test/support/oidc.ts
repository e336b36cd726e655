/** A real OpenID provider on this machine, with people who sign in by naming themselves: node-oidc-provider's own pages for development. */
import { createServer, type Server } from 'node:http'
import Provider from 'oidc-provider'
import { freePort } from './backends.ts'

export type Idp = { issuer: string; clientId: string; clientSecret: string; close(): Promise<void> }
type Person = { email: string; email_verified: boolean; name: string }

/** `people`: account id → what the provider says of them. `redirect`: the one address it sends anybody back to. */
export async function startIdp(redirect: string, people: Record<string, Person>): Promise<Idp> {
  const port = await freePort()
  const issuer = `http://127.0.0.1:${port}`
  const client = { client_id: 'ortoo', client_secret: 'a-secret-for-trials-only-0123456789' }
  const provider = new Provider(issuer, {
    clients: [{ ...client, redirect_uris: [redirect], grant_types: ['authorization_code'], response_types: ['code'] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    cookies: { keys: ['trial'] },
    findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
  })
  const server: Server = createServer(provider.callback())
  await new Promise<void>((up) => server.listen(port, '127.0.0.1', up))
  return {
    issuer,
    clientId: client.client_id,
    clientSecret: client.client_secret,
    close: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

/** Follows the provider's pages as a browser does, signs in as this account and agrees. @returns the address it sends back to */
export async function agreeAs(location: string, account: string): Promise<URL> {
  const jar = new Map<string, string>()
  let url = new URL(location)
  const origin = url.origin
  let form: URLSearchParams | null = null
  for (let step = 0; step < 12; step++) {
    const answer: Response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([k, v]) => `${k}=${v}`).join('; ') },
      ...(form ? { method: 'POST', body: form } : {}),
    })
    form = null
    for (const cookie of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=')
      jar.set(name, value)
    }
    const to = answer.headers.get('location')
    if (to) {
      url = new URL(to, url)
      if (url.origin !== origin) return url
      continue
    }
    const html = await answer.text()
    const action = /<form[^>]*action="([^"]+)"/.exec(html)?.[1]
    if (!action) throw new Error(`the provider answered ${answer.status}: ${html.slice(0, 300)}`)
    url = new URL(action, url)
    form = new URLSearchParams(
      html.includes('value="login"') ? { prompt: 'login', login: account, password: 'any' } : { prompt: 'consent' },
    )
  }
  throw new Error('the provider sends in circles')
}
