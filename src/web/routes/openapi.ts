/** The OpenAPI 3.1 document, made from the routes themselves, and a page to read it. */
import { html } from 'hono/html'
import { type ZodType, z } from 'zod'
import { hasWords, t } from '../../../templates/words/index.ts'
import { notFound } from '../../lib/errors.ts'
import type { App } from '../env.ts'
import { tagOf } from '../errors.ts'
import { type RegisteredRoute, route, routesOf } from '../guards/route.ts'

type Json = Record<string, unknown>
const PROBLEM = '#/components/schemas/Problem'

const schemaOf = (schema: ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    target: 'draft-2020-12',
  }) as Json
  return rest
}

/** Everything registered that carries a description. */
export function openApiOf(app: App, publicUrl: string): Json {
  const paths: Record<string, Json> = {}
  for (const r of routesOf(app).filter((one) => one.doc))
    paths[r.path] = { ...paths[r.path], [r.method]: operationOf(r) }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Örtöö 驿',
      version: '1',
      description: 'Press releases and emergency information. Errors are RFC 9457 problem details.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: publicUrl }],
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      schemas: { Problem: problemSchema() },
    },
  }
}

function operationOf(r: RegisteredRoute): Json {
  const doc = r.doc as NonNullable<RegisteredRoute['doc']>
  const body = doc.body
    ? {
        requestBody: {
          content: Object.fromEntries(
            Object.entries(doc.body).map(([type, s]) => [type, { schema: schemaOf(s, 'input') }]),
          ),
        },
      }
    : {}
  return {
    operationId: `${r.method}${r.path.replace(/\/api\/v1/, '').replace(/[^a-zA-Z0-9]+(.)?/g, (_, x: string | undefined) => x?.toUpperCase() ?? '')}`,
    tags: [doc.tag],
    summary: doc.summary,
    description: `Act: ${r.act}`,
    parameters: parametersOf(r),
    ...body,
    responses: {
      ...answersOf(doc.answers),
      default: { description: 'Refused', content: { 'application/problem+json': { schema: { $ref: PROBLEM } } } },
    },
    // OpenAPI 3.1 has no word for the items of a stream.
    ...(doc.events
      ? { 'x-events': Object.fromEntries(Object.entries(doc.events).map(([k, s]) => [k, schemaOf(s, 'output')])) }
      : {}),
    ...(r.act === 'public' ? { security: [] } : { security: [{ bearer: [] }] }),
  }
}

function parametersOf(r: RegisteredRoute): Json[] {
  const inPath = [...r.path.matchAll(/\{(\w+)\}/g)].map((m) => ({
    name: m[1],
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const query = r.query
    ? (schemaOf(r.query, 'input') as { properties?: Record<string, Json>; required?: string[] })
    : {}
  const inQuery = Object.entries(query.properties ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: query.required?.includes(name) ?? false,
    schema,
  }))
  const headers = (r.doc?.headers ?? []).map((name) => ({
    name,
    in: 'header',
    required: name === 'If-Match',
    schema: { type: 'string' },
  }))
  return [...inPath, ...inQuery, ...headers]
}

function answersOf(answers: NonNullable<RegisteredRoute['doc']>['answers']): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(answers).map(([status, answer]) => {
      if (answer === null && Number(status) >= 400)
        return [
          status,
          { description: 'Refused', content: { 'application/problem+json': { schema: { $ref: PROBLEM } } } },
        ]
      if (answer === null) return [status, { description: 'Done' }]
      if (typeof answer === 'string') return [status, { description: 'Done', content: { [answer]: {} } }]
      return [status, { description: 'Done', content: { 'application/json': { schema: schemaOf(answer, 'output') } } }]
    }),
  )
}

const problemSchema = (): Json => {
  const text = { type: 'string' }
  const found = {
    type: 'object',
    properties: { field: text, code: text, rule: text, remedy: text, severity: { enum: ['error', 'warning', 'hint'] } },
  }
  return {
    type: 'object',
    required: ['type', 'title', 'status', 'code'],
    properties: {
      type: text,
      title: text,
      status: { type: 'integer' },
      code: text,
      detail: text,
      instance: text,
      requestId: text,
      issues: { type: 'array', items: found },
    },
  }
}

export function mountOpenApi(app: App): void {
  mountProblems(app)
  route(app, { method: 'get', path: '/api/v1/openapi.json', act: 'public' }, (c) =>
    c.json(openApiOf(app, c.var.ctx.config.publicUrl), 200, { 'cache-control': 'public, max-age=300' }),
  )
  route(app, { method: 'get', path: '/api', act: 'public', html: true }, (c) => c.redirect('/api/', 301))
  route(app, { method: 'get', path: '/api/', act: 'public', html: true }, (c) => {
    const documented = routesOf(app).filter((r) => r.doc)
    const tags = [...new Set(documented.map((r) => r.doc?.tag ?? ''))]
    const zh = c.var.lang === 'zh'
    return c.html(html`<!doctype html>
<html lang="${zh ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${zh ? '数据接口' : 'API'} · Örtöö 驿</title><link rel="stylesheet" href="/assets/desk.css"></head><body><main class="wrap" id="main">
<h1>${zh ? '数据接口' : 'API'}</h1><p>${zh ? '完整说明（OpenAPI 3.1）：' : 'The whole description (OpenAPI 3.1): '}<a href="/api/v1/openapi.json">/api/v1/openapi.json</a></p>
<p>${zh ? '每次调用带 Authorization: Bearer 令牌；出错时按 RFC 9457 给出字段、规则和改法。' : 'Calls carry Authorization: Bearer; errors are RFC 9457 and name field, rule and remedy.'}</p>
${tags.map(
  (
    tag,
  ) => html`<section><h2>${tag}</h2><table><thead><tr><th scope="col">${zh ? '方法' : 'Method'}</th><th scope="col">${zh ? '地址' : 'Path'}</th><th scope="col">${zh ? '做什么' : 'What it does'}</th><th scope="col">${zh ? '权限' : 'Act'}</th></tr></thead><tbody>
${documented.filter((r) => r.doc?.tag === tag).map((r) => html`<tr><td>${r.method.toUpperCase()}</td><td><code>${r.path}</code></td><td>${r.doc?.summary ?? ''}</td><td>${r.act}</td></tr>`)}</tbody></table></section>`,
)}
</main></body></html>`)
  })
}

/** What the `type` of a problem leads to (RFC 9457 §3.1.1). */
function mountProblems(app: App): void {
  route(app, { method: 'get', path: '/api/problems/{code}', act: 'public', html: true }, (c) => {
    const code = c.req.param('code') ?? ''
    if (!/^[a-z0-9-]+$/.test(code) || !hasWords(`problem.${code}`)) throw notFound()
    const { lang } = c.var
    return c.html(html`<!doctype html>
<html lang="${tagOf(lang)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${code} · Örtöö 驿</title><link rel="stylesheet" href="/assets/desk.css"></head><body><main class="wrap" id="main">
<h1><code>${code}</code></h1><p>${t(lang, `problem.${code}`)}</p><p><a href="/api/">${lang === 'zh' ? '数据接口' : 'API'}</a></p>
</main></body></html>`)
  })
}
