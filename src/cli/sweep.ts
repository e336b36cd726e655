/** ortoo sweep: runs every job of the timetable once, for a machine whose service is down or a scheduler of one's own. */
import { t } from '../../templates/words/index.ts'
import { timetable } from '../work.ts'
import type { Command } from './command.ts'

export const sweep: Command = {
  name: 'sweep',
  args: [],
  run: (io) =>
    io.withContext(async (ctx) => {
      let failed = 0
      for (const job of timetable(ctx)) {
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
