/** Whose address a request came from, when it came through the edge: believed only with the edge's own signature. */
import { isInWindow, isSignedBy, passLines, SIGNED } from '../../lib/edge-sign.ts'
import type { Req } from '../env.ts'

const ADDRESS = /^[0-9a-fA-F:.]{2,45}$/

export async function clientOf(c: Req): Promise<string | null> {
  const { edge } = c.var.ctx.config
  const signature = c.req.header(SIGNED.signature)
  if (!edge || !signature) return null
  const [at, client] = [c.req.header(SIGNED.at) ?? '', c.req.header(SIGNED.client) ?? '']
  if (!isInWindow(at, c.var.ctx.clock.ms()) || !ADDRESS.test(client)) return null
  const { pathname, search } = new URL(c.req.url)
  const lines = passLines({ method: c.req.method, path: pathname + search, at, client })
  return (await isSignedBy(edge.secret, lines, signature)) ? client : null
}
