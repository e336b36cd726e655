/** A stranger's program follows a feed over HTTP while the power is cut twice: it is asked again, and gets the feed that is public. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Callback, hubSignature, startCallback } from '../support/callback.ts'
import { policyDraft } from '../support/sample.ts'
import { carry, type Service, service } from '../support/service.ts'

let far: Callback
let s: Service
beforeAll(async () => {
  far = await startCallback()
  s = await service({ env: { ORTOO_OUTSIDERS: `127.0.0.1:${far.port}` } })
}, 60_000)
afterAll(async () => {
  await s.close()
  await far.close()
})

test('subscribe, killed before the callback is asked, killed in mid-post: one signed feed arrives, byte for byte', async () => {
  const topic = `${s.url}/feeds/all.json`
  const ask = {
    'hub.mode': 'subscribe',
    'hub.topic': topic,
    'hub.callback': `${far.url}/in?k=1`,
    'hub.secret': 'sesame',
  }
  far.meet('/in', { verify: 'stall', post: 'stall' })
  const said = await fetch(`${s.url}/hub`, { method: 'POST', body: new URLSearchParams(ask) })
  expect([said.status, await said.text()]).toEqual([202, ''])
  await far.until(() => far.asked.length === 1)
  await s.kill()
  far.meet('/in', { post: 'stall' })
  await s.start()
  await far.until(() => far.asked.length === 2)
  expect(far.asked[0]!.query.get('hub.challenge')).not.toBe(far.asked[1]!.query.get('hub.challenge'))
  const { number } = await carry(s, policyDraft({ topics: ['farming'] }), 'routine')
  await far.until(() => far.posted.length === 1, 20_000)
  await s.kill()
  far.meet('/in', {})
  await s.start()
  await far.until(() => far.posted.length === 2, 20_000)
  const feed = await fetch(topic)
  const bytes = Buffer.from(await feed.arrayBuffer())
  expect(bytes.toString()).toContain(number)
  for (const { path, headers, body } of far.posted) {
    expect(path).toBe('/in?k=1')
    expect(body.equals(bytes)).toBe(true)
    expect(headers['content-type']).toBe(feed.headers.get('content-type'))
    expect(headers['link']).toBe(`<${s.url}/hub>; rel="hub", <${topic}>; rel="self"`)
    expect(headers['x-hub-signature']).toBe(hubSignature('sesame', body))
  }
  expect(s.errors()).toEqual([])
}, 90_000)
