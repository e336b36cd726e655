/** ortoo migrate: brings the database up to the schema of this version. */
import { t } from '../../templates/words/index.ts'
import { migrate } from '../store/migrate.ts'
import { openStore } from '../store/open.ts'
import type { Command } from './command.ts'

export const migrateCommand: Command = {
  name: 'migrate',
  args: [],
  async run(io) {
    const store = await openStore({ databaseUrl: io.config().databaseUrl })
    try {
      const applied = await migrate(store)
      io.out(t(io.lang, applied.length ? 'cli.migrate.applied' : 'cli.migrate.none', { names: applied.join(', ') }))
      return 0
    } finally {
      await store.close()
    }
  },
}
