/** How programs follow a site that pushes: the hub for anybody, signed webhooks for receivers an office has set up. */
import type { Child } from 'hono/jsx'
import { t } from '../words/index.ts'
import { type Own, OwnPage } from './subscription.tsx'

const Example = (p: { children: Child }) => (
  <pre class="code" tabindex={0} lang="en">
    <code>{p.children}</code>
  </pre>
)

export function HubDocsPage(own: Own) {
  const T = (key: string) => t(own.lang, `hub.docs.${key}`)
  const { publicUrl } = own.site
  return (
    <OwnPage {...own} title={T('title')}>
      <p>{T('lead')}</p>
      <h2>{T('ask')}</h2>
      <p>{T('ask.how')}</p>
      <Example>{`curl -i ${publicUrl}/hub \\
  --data-urlencode hub.mode=subscribe \\
  --data-urlencode hub.topic=${publicUrl}/feeds/all.atom \\
  --data-urlencode hub.callback=https://you.example/callback \\
  --data-urlencode hub.secret=…`}</Example>
      <p>{T('rules')}</p>
      <h2>{T('get')}</h2>
      <p>{T('get.how')}</p>
      <p>
        <a href="https://www.w3.org/TR/websub/">W3C WebSub</a>
      </p>
    </OwnPage>
  )
}

const VERIFY = `import { createHmac, timingSafeEqual } from 'node:crypto'

/** body: the bytes as they came, before any JSON is parsed; now: your clock, in milliseconds since 1970. */
export function isGenuine(header, body, secret, now) {
  const parts = header.split(',').map((part) => part.split('='))
  const t = parts.find(([name]) => name === 't')?.[1] ?? ''
  if (!/^\\d+$/.test(t) || Math.abs(now / 1000 - Number(t)) > 300) return false
  const mine = createHmac('sha256', secret).update(t + '.').update(body).digest()
  return parts.some(([name, hex]) => {
    const theirs = name === 'v1' ? Buffer.from(hex, 'hex') : Buffer.alloc(0)
    return theirs.length === mine.length && timingSafeEqual(theirs, mine)
  })
}`

export function WebhookDocsPage(p: Own & { sample: string }) {
  const { sample, ...own } = p
  const T = (key: string) => t(own.lang, `webhook.docs.${key}`)
  const headers = ['x-ortoo-signature', 'x-ortoo-delivery', 'x-ortoo-attempt', 'x-ortoo-event']
  return (
    <OwnPage {...own} title={T('title')}>
      <p>{T('lead')}</p>
      <h2>{T('headers')}</h2>
      <dl class="facts">
        {headers.map((name) => (
          <>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>{T(name)}</dd>
          </>
        ))}
      </dl>
      <h2>{T('verify')}</h2>
      <p>{T('verify.how')}</p>
      <Example>{VERIFY}</Example>
      <h2>{T('answer')}</h2>
      <p>{T('answer.how')}</p>
      <h2>{T('body')}</h2>
      <p>{T('body.how')}</p>
      <Example>{sample}</Example>
    </OwnPage>
  )
}
