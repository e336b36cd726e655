/** Answers typed on the draft form: to hits, of which some are masked, and to comments. */
import type { Ctx } from '../../context.ts'
import { type Issue, invalid, issue } from '../../lib/errors.ts'
import { answerComment } from '../../review/comment.ts'
import { maskHit } from '../../review/mask-hit.ts'
import { resolveHit } from '../../review/resolve.ts'
import type { Actor } from '../../staff/member.ts'
import { type Fields, first } from '../views/fields.ts'

export async function settleHits(ctx: Ctx, by: Actor, releaseId: string, fields: Fields): Promise<void> {
  const wrong: Issue[] = []
  // Masking changes the text that answers are about, so it comes first.
  for (const key of maskedIn(fields)) await maskHit(ctx, by, releaseId, key).catch(passGone)
  for (const [name, [action = '']] of fields) {
    const key = /^hit\.([0-9a-f]{64})\.action$/.exec(name)?.[1]
    if (!key || !action || action === 'mask') continue
    const note = first(fields, `hit.${key}.note`)
    if (note.trim().length < 2) wrong.push(issue(`hit.${key}.note`, 'required'))
    else await resolveHit(ctx, by, releaseId, key, { action, note }).catch(passGone)
  }
  if (wrong.length) throw invalid(wrong)
}

const maskedIn = (fields: Fields): string[] =>
  [...fields].flatMap(([name, [action]]) =>
    action === 'mask' ? (/^hit\.([0-9a-f]{64})\.action$/.exec(name)?.[1] ?? []) : [],
  )

export async function answerComments(ctx: Ctx, by: Actor, releaseId: string, fields: Fields): Promise<void> {
  for (const [name, [body = '']] of fields) {
    const id = /^comment\.([a-z0-9]+)\.answer$/.exec(name)?.[1]
    if (id && body.trim()) await answerComment(ctx, by, releaseId, id, { body })
  }
}

/** A hit whose words were changed in the same save is gone: nothing is left to answer. */
function passGone(err: unknown): void {
  if (!(err instanceof Error && 'kind' in err && err.kind === 'not-found')) throw err
}
