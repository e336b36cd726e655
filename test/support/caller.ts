/** Speaks to the app in this process, and holds every answer against what its route says of itself. */
import { expect } from 'vitest'
import type { ZodType } from 'zod'
import type { Ctx } from '../../src/context.ts'
import { createApp } from '../../src/web/app.ts'
import { routesOf } from '../../src/web/guards/route.ts'
import { hasWords } from '../../templates/words/index.ts'

export type App = Awaited<ReturnType<typeof createApp>>
export type Said = {
  status: number
  headers: Headers
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: an answer is looked at, not typed
  body: any
}
export type Sent = { json?: unknown; body?: BodyInit; headers?: Record<string, string> }
export type Call = (method: string, path: string, sent?: Sent) => Promise<Said>

export const appOf = (ctx: Ctx): Promise<App> => createApp(ctx)

/** A caller with a bearer token, or with none. */
export function caller(app: App, token?: string): Call {
  return async (method, path, sent = {}) => {
    const url = path.startsWith('/') ? path : `/api/v1/${path}`
    const res = await app.request(url, {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(sent.json === undefined ? {} : { 'content-type': 'application/json' }),
        ...sent.headers,
      },
      ...(sent.json === undefined
        ? sent.body === undefined
          ? {}
          : { body: sent.body }
        : { body: JSON.stringify(sent.json) }),
    })
    const text = await res.text()
    const json = /json/.test(res.headers.get('content-type') ?? '')
    const said = { status: res.status, headers: res.headers, text, body: json ? JSON.parse(text) : undefined }
    assertAsDescribed(app, method, url, said)
    return said
  }
}

/** Refusals are problem details with words; anything else is described by its route, status and shape. */
function assertAsDescribed(app: App, method: string, url: string, said: Said): void {
  const path = url.split('?')[0] as string
  expect(said.status, `${method} ${path}: ${said.text}`).not.toBe(500)
  expect(said.headers.get('x-content-type-options')).toBe('nosniff')
  expect(said.headers.get('content-security-policy')).toContain("default-src 'none'")
  if (said.status >= 400 && path.startsWith('/api/')) {
    expect(said.headers.get('content-type')).toContain('application/problem+json')
    expect(said.body.status).toBe(said.status)
    expect(said.headers.get('cache-control')).toBe('no-store')
    for (const key of [`problem.${said.body.code}`, `problem.title.${said.status}`])
      expect([key, hasWords(key)]).toEqual([key, true])
    for (const i of said.body.issues ?? []) expect(i.rule, `issue.${i.code}`).not.toBe(`issue.${i.code}`)
    return
  }
  const found = routesOf(app).find(
    (r) => r.method.toUpperCase() === method && new RegExp(`^${r.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(path),
  )
  if (!found?.doc || said.headers.get('idempotency-replayed')) return
  expect(Object.keys(found.doc.answers), `${method} ${path} answers ${said.status}`).toContain(String(said.status))
  const schema = found.doc.answers[said.status]
  if (schema && typeof schema !== 'string') {
    const read = (schema as ZodType).safeParse(said.body)
    expect(read.error?.issues, `${method} ${path}`).toBeUndefined()
  }
}
