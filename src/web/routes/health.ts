/** Whether the process answers, and whether the service is ready: in one word to strangers, part by part to those who can mend it. */
import { z } from 'zod'
import { t } from '../../../templates/words/index.ts'
import type { App, Req } from '../env.ts'
import { route } from '../guards/route.ts'
import { healthOf } from '../health.ts'

export const healthSchema = z.object({
  ready: z.boolean(),
  parts: z.array(
    z.object({
      name: z.string(),
      ok: z.boolean(),
      fatal: z.boolean(),
      ms: z.number(),
      why: z.string(),
      remedy: z.string(),
    }),
  ),
})

const SUMMARY =
  'Ready, or which parts fail; part by part in JSON for an administrator or with METRICS_TOKEN. 503 only where the service cannot do its job'

export function mountHealth(app: App): void {
  const doc = { tag: 'public', answers: { 200: 'text/plain' } }
  route(app, { method: 'get', path: '/healthz', act: 'public', doc: { ...doc, summary: 'The process answers' } }, (c) =>
    c.text('ok\n'),
  )
  const answers = { 200: 'text/plain', 503: 'text/plain' }
  route(app, { method: 'get', path: '/readyz', act: 'public', doc: { ...doc, summary: SUMMARY, answers } }, ready)
}

async function ready(c: Req): Promise<Response> {
  const { ready: isReady, parts } = await healthOf(c.var.ctx)
  const status = isReady ? 200 : 503
  if (maySee(c)) {
    const remedy = (name: string) => t(c.var.lang, `health.${name}.do`)
    return c.json({ ready: isReady, parts: parts.map((p) => ({ ...p, remedy: p.ok ? '' : remedy(p.name) })) }, status)
  }
  const failing = parts.filter((p) => !p.ok).map((p) => p.name)
  const lines = [isReady ? 'ready' : 'not ready', ...(failing.length ? [`failing: ${failing.join(' ')}`] : [])]
  return c.text(`${lines.join('\n')}\n`, status)
}

const maySee = (c: Req): boolean =>
  c.var.via === 'metrics' || (c.var.actor?.roles.includes('admin') === true && c.var.actor.scopes.includes('read'))
