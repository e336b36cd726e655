/** Keeps the edge at what is public here: after it was away, after a rebuild, after its bucket was changed. */
import type { Ctx } from '../context.ts'
import { SECOND } from '../lib/clock.ts'
import { Refusal } from '../lib/errors.ts'
import { clearAlarm, raiseAlarm, untaken } from '../store/alarm.ts'
import type { Edge } from '../store/site-edge.ts'

/** Whatever is being published meets the same fault while it is verified, and says so at once. */
const PATIENCE = 30 * SECOND
const CAUSE = 'edge-behind'

type Memory = { failingSince: number | null; alarmed: boolean | undefined; why: string }
const memories = new WeakMap<Edge, Memory>()

export async function followEdge(ctx: Ctx): Promise<void> {
  const { edge, config, clock, log, store } = ctx
  if (!edge || !config.edge) return
  // A copy that came back from a backup must not put its own state over the other one's, until a person says otherwise.
  if (await untaken(store.db, 'restored')) return
  const memory = memories.get(edge) ?? { failingSince: null, alarmed: undefined, why: '' }
  memories.set(edge, memory)
  const subject = `edge:${new URL(config.edge.url).host}`
  try {
    const { ahead } = await edge.push()
    if (ahead.length > 0)
      throw new Refusal('unavailable', 'edge-differs', [], { why: `ahead of us: ${ahead.join(' ')}` })
    memory.failingSince = null
    memory.why = ''
    // An alarm may stand from before a restart.
    if (memory.alarmed !== false) await clearAlarm(store.db, clock, CAUSE, subject)
    memory.alarmed = false
  } catch (err) {
    if (!(err instanceof Refusal)) throw err
    const why = `${err.code} ${err.params['why'] ?? ''}`
    if (why !== memory.why) log.warn({ edge: subject, why }, 'the edge is behind')
    memory.why = why
    memory.failingSince ??= clock.ticks()
    if (clock.ticks() - memory.failingSince < PATIENCE) return
    await raiseAlarm(store.db, clock, CAUSE, subject)
    memory.alarmed = true
  }
}
