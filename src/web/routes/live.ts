/** API of a release watched while it goes out: server-sent events. */
import { z } from 'zod'
import type { App } from '../env.ts'
import { route } from '../guards/route.ts'
import { streamRelease } from '../live-stream.ts'
import { glanceSchema } from './schemas.ts'
import { shownGlance } from './shown.ts'

const SUMMARY =
  'A release watched while it goes out: events `progress` at most four times a second, `end` when nothing more is to come or you may not look any longer'

export function mountLive(app: App): void {
  route(
    app,
    {
      method: 'get',
      path: '/api/v1/releases/{id}/events',
      act: 'dispatch.read',
      doc: {
        tag: 'delivery',
        summary: SUMMARY,
        answers: { 200: 'text/event-stream', 429: null },
        events: { progress: glanceSchema, end: z.object({ why: z.enum(['over', 'refused']) }) },
      },
    },
    (c) =>
      streamRelease(c, c.req.param('id') ?? '', () => {
        let told = 0
        return async (glance) => {
          if (glance.seq === told) return []
          told = glance.seq
          return [{ event: 'progress', id: String(glance.seq), data: JSON.stringify(shownGlance(glance)) }]
        }
      }),
  )
}
