/** ortoo sweep: runs every job of the timetable once, for a machine whose service is down or a scheduler of one's own. */
import { t } from '../../templates/words/index.ts'
import { timetable } from '../work.ts'
import type { Command } from './command.ts'
import { Gauge } from './gauge.ts'

export const sweep: Command = {
  name: 'sweep',
  args: [],
  run: (io) =>
    io.withContext(async (ctx) => {
      let failed = 0
      const jobs = timetable(ctx)
      const gauge = new Gauge(io.lang)
      for (const [i, job] of jobs.entries()) {
        const far = { audience: jobs.length, planned: jobs.length - i, sending: 0, deferred: 0 }
        io.progress(gauge.line(far, job.name))
        try {
          await job.run(ctx)
          io.out(t(io.lang, 'cli.sweep.done', { job: job.name }))
        } catch (err) {
          failed++
          io.err(t(io.lang, 'cli.sweep.failed', { job: job.name, why: (err as Error).message }))
        }
      }
      return failed ? 1 : 0
    }),
}
