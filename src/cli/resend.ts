/** ortoo resend <dispatch>: lets a stopped or held dispatch go on, as a signer decides, and shows it to its end. */
import { setTimeout as sleep } from 'node:timers/promises'
import { t } from '../../templates/words/index.ts'
import type { Ctx } from '../context.ts'
import { type RunRow, runById } from '../delivery/run-store.ts'
import { resumeRun } from '../delivery/stop.ts'
import { COUNTERS } from '../delivery/store.ts'
import { startWork } from '../work.ts'
import { type Command, type Io, oneOf, textOption } from './command.ts'
import { Gauge } from './gauge.ts'
import { actor, BY } from './people.ts'

const ANSWERS = ['go-on', 'unknown-again', 'leave-unknown'] as const
const LOOK_MS = 200

export const resend: Command = {
  name: 'resend',
  args: ['dispatch'],
  options: { answer: 'value', ...BY },
  run: (io, given) =>
    io.withContext(async (ctx) => {
      const answer = oneOf('answer', textOption(given, 'answer') ?? 'go-on', ANSWERS)
      const by = await actor(io, ctx, given)
      const run = await resumeRun(ctx, by, given.args[0] ?? '', { answer })
      // Carried here too, so that it also goes on where no service is running; leases keep two from sending the same row.
      const working = await startWork(ctx)
      try {
        const end = await follow(io, ctx, run.dispatch_id)
        io.out(equation(io, end))
        return end.state === 'done' ? 0 : 1
      } finally {
        await working.stop()
      }
    }),
}

async function follow(io: Io, ctx: Ctx, id: string): Promise<RunRow> {
  const gauge = new Gauge(io.lang)
  for (;;) {
    const run = (await runById(ctx.store.db, id)) as RunRow
    io.progress(gauge.line(run, runWords(io, run)))
    if (['done', 'stopped', 'held'].includes(run.state)) return run
    await sleep(LOOK_MS)
  }
}

export const runWords = (io: Pick<Io, 'lang'>, run: Pick<RunRow, 'outlet' | 'state'>): string =>
  t(io.lang, 'cli.resend.state', { outlet: run.outlet, state: t(io.lang, `cli.run.${run.state}`) })

/** The whole audience and where each of it stands. */
export const equation = (io: Pick<Io, 'lang'>, run: RunRow): string =>
  t(io.lang, 'cli.resend.equation', {
    ...Object.fromEntries((['audience', ...COUNTERS, 'repeats'] as const).map((name) => [name, run[name]])),
  })
