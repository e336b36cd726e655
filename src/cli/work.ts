/** ortoo work: the jobs and drivers alone, for a machine that serves no pages. */
import { t } from '../../templates/words/index.ts'
import { startWork } from '../work.ts'
import type { Command } from './command.ts'

export const work: Command = {
  name: 'work',
  args: [],
  run: (io) =>
    io.withContext(async (ctx) => {
      // Other workers may hold leases in a database several machines share; an own file is ours alone only if nobody serves.
      const running = await startWork(ctx)
      io.out(t(io.lang, 'cli.work.started', { outlets: ctx.channels.map((c) => c.name).join(', ') }))
      await io.ended()
      await running.stop()
      return 0
    }),
}
