/** Whatever is sent, by whomever: an answer or a refusal, never a fault. And what the API says of itself. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRelease } from '../../src/desk/create.ts'
import { routesOf } from '../../src/web/guards/route.ts'
import { type App, appOf } from '../support/caller.ts'
import { type Office, office, type Workplace, workplace } from '../support/office.ts'
import { CLEAR, policyDraft } from '../support/sample.ts'

let at: Workplace
let people: Office
let app: App
let tokens: string[]
let releases: string[]
beforeAll(async () => {
  at = await workplace()
  people = await office(at.ctx)
  app = await appOf(at.ctx)
  const members = ['drafter', 'reviewer', 'confidentiality', 'signer', 'admin', 'auditor'] as const
  tokens = await Promise.all(members.map((m) => people.token(`league-${m}`)))
  releases = []
  for (let i = 0; i < 12; i++) {
    const draft = policyDraft({ topics: ['farming'], documentNumber: undefined })
    releases.push((await createRelease(at.ctx, people.own.drafter2, draft)).id)
  }
})
afterAll(() => at.close())

const RUNS = 6_000
const odd = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('', '__proto__', 'constructor', '../../etc/passwd', '%00', '1e309', '-1', "' or 1=1 --", '\ud800'),
)
/** Bodies near the right ones: a valid one with one place replaced, and wholly random ones. */
const near = fc.constantFrom<unknown>(
  policyDraft({ topics: ['farming'], documentNumber: undefined }),
  { revisionHash: '0'.repeat(64), verdict: 'approve', confidentiality: CLEAR },
  { type: 'correction' },
  { reasons: { 'zh-CN': '有误' } },
  { ground: 'privacy' },
  { outcome: 'lifted', instruction: '示〔2026〕1号' },
  { at: '2099-01-01T00:00:00Z' },
  { titleZh: '火灾', class: 'natural', areas: ['159921'], knownAt: '2026-11-23T05:00:00Z' },
)
const junk = fc.jsonValue({ maxDepth: 4, noNullPrototype: true } as never)

/** Replaces one value somewhere inside. */
function spoil(value: unknown, path: number[], instead: unknown): unknown {
  if (path.length === 0 || value === null || typeof value !== 'object') return instead
  const keys = Object.keys(value)
  const key = keys[(path[0] as number) % Math.max(1, keys.length)]
  if (key === undefined) return instead
  const copy = Array.isArray(value) ? [...value] : { ...value }
  ;(copy as Record<string, unknown>)[key] = spoil((value as Record<string, unknown>)[key], path.slice(1), instead)
  return copy
}
const body = fc.oneof(
  near,
  junk,
  fc.tuple(near, fc.array(fc.nat(20), { maxLength: 5 }), junk).map(([v, p, i]) => spoil(v, p, i)),
)

test('six thousand generated calls end without a fault', async () => {
  const routes = routesOf(app).filter((r) => r.path.startsWith('/api/') || r.path.startsWith('/push'))
  const faults: string[] = []
  let served = 0
  const call = fc.record({
    route: fc.nat(routes.length - 1),
    token: fc.nat(tokens.length),
    ref: fc.oneof(fc.nat(releases.length - 1), odd),
    other: odd,
    query: fc.option(fc.dictionary(fc.constantFrom('limit', 'after', 'state', 'lang', 'kind', 'areas', 'x'), odd)),
    sent: body,
    headers: fc.dictionary(
      fc.constantFrom('if-match', 'idempotency-key', 'accept-language', 'content-type'),
      fc.constantFrom(
        '"1"',
        '*',
        'abcdefgh',
        'application/json',
        'text/plain',
        'multipart/form-data; boundary=x',
        'de;q=x',
      ),
    ),
  })
  await fc.assert(
    fc.asyncProperty(call, async (c) => {
      const r = routes[c.route] as (typeof routes)[number]
      const ref = typeof c.ref === 'number' ? (releases[c.ref] as string) : c.ref
      const fill = (text: string) => encodeURIComponent(text.toWellFormed()) || 'x'
      const path = r.path.replace('{id}', fill(ref)).replace(/\{\w+\}/g, fill(c.other))
      const query = c.query ? `?${new URLSearchParams(c.query as Record<string, string>)}` : ''
      const token = tokens[c.token]
      const res = await app.request(path + query, {
        method: r.method.toUpperCase(),
        headers: {
          'content-type': 'application/json',
          ...(token ? { authorization: `Bearer ${token}` } : { origin: 'http://press.example' }),
          ...c.headers,
        },
        ...(r.method === 'get' ? {} : { body: JSON.stringify(c.sent) }),
      })
      const text = await res.text()
      if (res.status < 400) served++
      if (res.status >= 500 && res.status !== 503) faults.push(`${r.method} ${path}${query}: ${res.status} ${text}`)
      if (res.status >= 400 && path.startsWith('/api/v1'))
        expect(JSON.parse(text)).toMatchObject({ status: res.status, code: expect.any(String) })
    }),
    { numRuns: RUNS, seed: 20261123 },
  )
  expect(faults.slice(0, 10)).toEqual([])
  expect(at.logged.slice(0, 3)).toEqual([])
  expect(served).toBeGreaterThan(300)
}, 300_000)

test('the description names every route of the API once, with its parameters, and refers to nothing that is not there', async () => {
  const document = (await (await app.request('/api/v1/openapi.json')).json()) as {
    openapi: string
    paths: Record<
      string,
      Record<string, { operationId: string; parameters: { name: string; in: string }[]; responses: object }>
    >
    components: { schemas: object }
  }
  expect(document.openapi).toBe('3.1.0')
  const api = routesOf(app).filter((r) => r.path.startsWith('/api/v1/') && r.path !== '/api/v1/openapi.json')
  for (const r of api) {
    const operation = document.paths[r.path]?.[r.method]
    expect(operation, `${r.method} ${r.path}`).toBeDefined()
    const named = (operation?.parameters ?? []).filter((p) => p.in === 'path').map((p) => p.name)
    expect(named).toEqual([...r.path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]))
    expect(Object.keys(operation?.responses ?? {})).toContain('default')
  }
  const ids = Object.values(document.paths).flatMap((p) => Object.values(p).map((o) => o.operationId))
  expect(new Set(ids).size).toBe(ids.length)
  const refs = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map((m) => m[1] as string)
  for (const ref of new Set(refs))
    expect(Object.keys(document.components.schemas).map((s) => `#/components/schemas/${s}`)).toContain(ref)
})
