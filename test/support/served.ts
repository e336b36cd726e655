/** The app of a context on a port of its own, for a browser to visit. */
import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { Ctx } from '../../src/context.ts'
import { createApp } from '../../src/web/app.ts'

export async function served(ctx: Ctx) {
  const app = await createApp(ctx)
  const server = createServer(getRequestListener(app.fetch))
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up))
  return {
    app,
    origin: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    async close() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
