/** The WebSub hub (W3C Recommendation): the address feeds name, and the pages that say how it and webhooks are used. */
import { HubDocsPage, WebhookDocsPage } from '../../../templates/page/hub-docs.tsx'
import { webhookSample } from '../../../templates/page/webhook-sample.ts'
import { askHub, hubForm } from '../../audience/hub.ts'
import { isProbe, isTaken, PROBE_TOPIC } from '../../audience/hub-probe.ts'
import { notFound } from '../../lib/errors.ts'
import type { App, Req } from '../env.ts'
import { BadRequest } from '../errors.ts'
import { utf8 } from '../guards/body.ts'
import { networkOf } from '../guards/rate.ts'
import { route } from '../guards/route.ts'
import { answerPage, ownOf } from '../views/public-page.tsx'

const MOST_BYTES = 16 * 1024
const MOST_FEED = 8 * 1024 * 1024
const CHALLENGE = /^[\w-]{1,100}$/

export function mountHub(app: App): void {
  route(
    app,
    {
      method: 'post',
      path: '/hub',
      act: 'public',
      plain: true,
      openForm: true,
      maxBytes: MOST_BYTES,
      doc: {
        tag: 'hub',
        summary: 'Follow one of our feeds, or follow it no longer (W3C WebSub)',
        body: { 'application/x-www-form-urlencoded': hubForm },
        answers: {
          202: 'text/plain',
          400: 'text/plain',
          413: 'text/plain',
          415: 'text/plain',
          429: 'text/plain',
          404: 'text/plain',
        },
      },
    },
    async (c) => {
      await askHub(c.var.ctx, networkOf(c), await formIn(c))
      return c.text('', 202)
    },
  )
  mountProbe(app)
  const docs = { method: 'get', act: 'public', html: true } as const
  route(app, { ...docs, path: '/hub' }, (c) => answerPage(c, <HubDocsPage {...ownOf(c, '/hub')} />))
  route(app, { ...docs, path: '/api/webhooks' }, (c) =>
    answerPage(c, <WebhookDocsPage {...ownOf(c, '/api/webhooks')} sample={sampleOf(c)} />),
  )
}

/** What the hub asks and sends when an administrator tries it; to everybody else nothing stands here. */
function mountProbe(app: App): void {
  const at = '/hub/probe/{token}'
  const probeIn = (c: Req): string => {
    const { keys, clock } = c.var.ctx
    const token = c.req.param('token') as string
    if (!isProbe(keys.secret, token, clock.ms())) throw notFound()
    return token
  }
  route(app, { method: 'get', path: at, act: 'public', plain: true, openForm: true }, (c) => {
    probeIn(c)
    const challenge = c.req.query('hub.challenge') ?? ''
    if (c.req.query('hub.topic') !== c.var.ctx.config.publicUrl + PROBE_TOPIC || !CHALLENGE.test(challenge))
      throw notFound()
    return c.text(challenge, 200, { 'cache-control': 'no-store' })
  })
  route(
    app,
    { method: 'post', path: at, act: 'public', plain: true, openForm: true, maxBytes: MOST_FEED },
    async (c) => {
      const token = probeIn(c)
      const said = { type: c.req.header('content-type') ?? '', signature: c.req.header('x-hub-signature') ?? '' }
      const body = new Uint8Array(await c.req.arrayBuffer())
      return c.text('', isTaken(c.var.ctx.keys.secret, token, said, body) ? 200 : 403)
    },
  )
}

/** What a receiver might be sent; the shape itself is held against it by a test. */
const sampleOf = (c: Req): string => JSON.stringify(webhookSample(c.var.ctx.config.publicUrl), null, 2)

/** UTF-8 and urlencoded, or nothing (§5.1). */
async function formIn(c: Req): Promise<URLSearchParams> {
  const type = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/x-www-form-urlencoded') throw new BadRequest(415, 'hub-content-type')
  return new URLSearchParams(utf8(await c.req.arrayBuffer()))
}
