/** ortoo work: the jobs and drivers alone, for a machine that serves no pages. */
import { setTimeout as sleep } from 'node:timers/promises'
import { t } from '../../templates/words/index.ts'
import type { Ctx } from '../context.ts'
import { movingRuns } from '../delivery/figures-store.ts'
import { startWork } from '../work.ts'
import type { Command, Io } from './command.ts'
import { Gauge } from './gauge.ts'
import { runWords } from './resend.ts'

const LOOK_MS = 1000

export const work: Command = {
  name: 'work',
  args: [],
  run: (io) =>
    io.withContext(async (ctx) => {
      // Other workers may hold leases in a database several machines share; an own file is ours alone only if nobody serves.
      const running = await startWork(ctx)
      io.out(t(io.lang, 'cli.work.started', { outlets: ctx.channels.map((c) => c.name).join(', ') }))
      const ended = io.ended().then(() => true)
      const gauge = new Gauge(io.lang)
      while (!(await Promise.race([ended, sleep(LOOK_MS, false)]))) io.progress(await underWay(io, ctx, gauge))
      await running.stop()
      return 0
    }),
}

/** All that is under way as one bar: the outlets by name while there are few. */
async function underWay(io: Io, ctx: Ctx, gauge: Gauge): Promise<string> {
  const going = (await movingRuns(ctx.store.db)).filter((r) => r.state !== 'held' && r.state !== 'stopped')
  if (going.length === 0) return t(io.lang, 'cli.work.idle')
  const sum = (name: 'planned' | 'sending' | 'deferred' | 'audience') => going.reduce((n, r) => n + r[name], 0)
  const far = {
    audience: sum('audience'),
    planned: sum('planned'),
    sending: sum('sending'),
    deferred: sum('deferred'),
  }
  const names = going.map((r) => runWords(io, r)).join(', ')
  return gauge.line(far, going.length > 3 ? t(io.lang, 'cli.work.going', { n: going.length }) : names)
}
