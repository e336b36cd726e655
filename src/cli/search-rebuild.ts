/** ortoo search rebuild: the index readers search in, made again from what is public. */
import { t } from '../../templates/words/index.ts'
import { rebuildSearch } from '../publication/search-rebuild.ts'
import type { Command } from './command.ts'

export const searchRebuild: Command = {
  name: 'search rebuild',
  args: [],
  run: (io) =>
    io.withContext(async (ctx) => {
      const n = await rebuildSearch(ctx, (done) => io.progress(t(io.lang, 'cli.search.step', { n: done })))
      io.out(t(io.lang, 'cli.search.done', { n }))
      return 0
    }),
}
