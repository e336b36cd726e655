/** ortoo serve: the service, as `npm start` runs it. */
import type { Command } from './command.ts'

export const serve: Command = {
  name: 'serve',
  args: [],
  async run(io) {
    io.config()
    // The entry starts by being loaded, and ends the process itself when it is told to.
    await import('../server.ts')
    await io.ended()
    return 0
  },
}
