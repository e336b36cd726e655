/** 发续报: what the next report on an incident starts from: where it is, whom to call, what it follows. Its words are new. */
import { admit } from '../../desk/gate.ts'
import { revisionOf } from '../../desk/store.ts'
import type { Req } from '../env.ts'
import { actorIn } from '../guards/route.ts'
import { type Fields, fieldsOf } from '../views/fields.ts'

const KEPT = /^core\.(incidentId|areas|topics|urgency|outlets|knownAt|mode|contacts\.\d+\.\w+)$/

/** Fields of a release named by `after` that a report on the same incident keeps; none where nothing was named. @throws Refusal */
export async function fieldsAfter(c: Req): Promise<Fields> {
  const number = c.req.query('after')
  if (!number) return new Map()
  const { ctx } = c.var
  const { release } = await admit(ctx.store.db, actorIn(c), number, 'release.inspect')
  const revision = await revisionOf(ctx.store.db, release.id, release.revision)
  if (!revision) return new Map()
  const kept = [...fieldsOf(revision.content, ctx.config.site.offset)].filter(([name]) => KEPT.test(name))
  return new Map([...kept, ['core.relatesTo.0.releaseId', [release.number]], ['core.relatesTo.0.as', ['follows']]])
}
