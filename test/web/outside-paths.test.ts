/** Every route of the web layer has its place: passed on by the edge, kept for members, or never reached through it. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { passLines, SIGNED, signatureOf } from '../../src/lib/edge-sign.ts'
import { firstName, placeOf } from '../../src/lib/outside-paths.ts'
import { createApp } from '../../src/web/app.ts'
import type { Req } from '../../src/web/env.ts'
import { clientOf } from '../../src/web/guards/client.ts'
import { routesOf } from '../../src/web/guards/route.ts'
import { type Station, station } from '../support/station.ts'

const SECRET = 'a-secret-of-forty-letters-for-the-tests!'
let s: Station
beforeAll(async () => {
  s = await station({ EDGE_URL: 'https://edge.example', EDGE_SECRET: SECRET, METRICS_TOKEN: 'token-of-the-metrics' })
})
afterAll(() => s.close())

test('no route was forgotten', async () => {
  const names = new Set(routesOf(await createApp(s.ctx)).map((r) => firstName(r.path)))
  expect(names.size).toBeGreaterThan(8)
  expect([...names].filter((name) => name !== '/' && !placeOf(name))).toEqual([])
})

test('the desk, the set-up and the figures are no part of the public side', () => {
  for (const path of ['/desk/releases', '/setup', '/invitations/x', '/metrics', '/readyz'])
    expect(placeOf(path)?.edge).not.toBe('pass')
  expect(placeOf('/constructor')).toBeUndefined()
})

test('an address is believed with the seal of the edge alone, for this very request, for two minutes', async () => {
  const request = async (over: Record<string, string> = {}, path = '/subscriptions?a=1') => {
    const signed = { method: 'POST', path: '/subscriptions?a=1', at: String(s.ctx.clock.ms()), client: '203.0.113.5' }
    const headers: Record<string, string> = {
      [SIGNED.at]: signed.at,
      [SIGNED.client]: signed.client,
      [SIGNED.signature]: await signatureOf(over['secret'] ?? SECRET, passLines({ ...signed, ...over })),
      ...over,
    }
    const req = { method: 'POST', url: `http://origin.example${path}`, header: (name: string) => headers[name] }
    return clientOf({ var: { ctx: s.ctx }, req } as unknown as Req)
  }
  expect(await request()).toBe('203.0.113.5')
  expect(await request({ [SIGNED.client]: '203.0.113.6' })).toBeNull()
  expect(await request({ secret: 'another secret of forty letters, guessed!' })).toBeNull()
  expect(await request({}, '/subscriptions?a=2')).toBeNull()
  const old = String(s.ctx.clock.ms() - 3 * 60_000)
  expect(await request({ at: old, [SIGNED.at]: old })).toBeNull()
})
