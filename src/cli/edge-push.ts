/** ortoo edge push: sends the edge everything it lacks, and says how much that was. */
import { t } from '../../templates/words/index.ts'
import { Refusal } from '../lib/errors.ts'
import type { Command } from './command.ts'

export const edgePush: Command = {
  name: 'edge push',
  args: [],
  run: (io) =>
    io.withContext(async ({ edge }) => {
      if (!edge) {
        io.err(t(io.lang, 'cli.edge.none'))
        return 1
      }
      try {
        const { files, bytes, pointers, ahead } = await edge.push(undefined, (n) =>
          io.progress(t(io.lang, 'cli.edge.step', { n })),
        )
        if (ahead.length > 0) {
          io.err(t(io.lang, 'cli.edge.ahead', { trees: ahead.join(', ') }))
          return 1
        }
        io.out(t(io.lang, 'cli.edge.pushed', { files, bytes, pointers }))
        return 0
      } catch (err) {
        if (!(err instanceof Refusal)) throw err
        io.err(t(io.lang, 'cli.edge.failed', { why: t(io.lang, `problem.${err.code}`, err.params) }))
        return 1
      }
    }),
}
