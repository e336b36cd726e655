/** /metrics: there only where METRICS_TOKEN is set, and for its bearer alone. */
import { notFound } from '../../lib/errors.ts'
import type { App } from '../env.ts'
import { NotSignedIn } from '../errors.ts'
import { route } from '../guards/route.ts'
import type { Metrics } from '../metrics.ts'

export function mountMetrics(app: App, metrics: Metrics | null): void {
  route(
    app,
    {
      method: 'get',
      path: '/metrics',
      act: 'public',
      doc: {
        tag: 'public',
        summary: 'Figures for Prometheus, with METRICS_TOKEN as bearer token; 404 where none is set',
        answers: { 200: 'text/plain', 401: null, 404: null },
      },
    },
    async (c) => {
      if (!metrics) throw notFound()
      if (c.var.via !== 'metrics') throw new NotSignedIn()
      const { text, type } = await metrics.read()
      return c.body(text, 200, { 'content-type': type })
    },
  )
}
