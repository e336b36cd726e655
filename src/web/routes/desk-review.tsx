/** Beside a decision: any two revisions compared, and comments on passages. */
import { admit } from '../../desk/gate.ts'
import { shownTitle } from '../../desk/list.ts'
import { noteReading } from '../../desk/read-log.ts'
import { revisionOf } from '../../desk/store.ts'
import { notFound } from '../../lib/errors.ts'
import { addComment, answerComment, settleComment } from '../../review/comment.ts'
import type { App, Req } from '../env.ts'
import { actorIn } from '../guards/route.ts'
import { changesBetween } from '../views/changes.tsx'
import { ComparePage } from '../views/compare.tsx'
import { type Fields, first } from '../views/fields.ts'
import { showDecision } from './desk-decide.tsx'
import { asMissing, frameOf, goTo, page, refusalIn, refusalOn, screen, sentIn } from './desk-frame.ts'
import { revisionLines, usualBefore } from './desk-review-data.ts'

const ONE = '/desk/releases/{id}'

export function mountReviewDesk(app: App): void {
  screen(app, { method: 'get', path: `${ONE}/changes`, act: 'release.inspect' }, compare)
  form(app, 'comments', 'comment-added', async (c, id, fields) => {
    await addComment(c.var.ctx, actorIn(c), id, {
      revisionHash: first(fields, 'revisionHash'),
      quote: first(fields, 'quote'),
      body: first(fields, 'body'),
    })
  })
  form(app, 'comments/{key}/answers', 'comment-answered', (c, id, fields) =>
    answerComment(c.var.ctx, actorIn(c), id, key(c), { body: first(fields, 'body') }),
  )
  form(app, 'comments/{key}/settlement', 'comment-settled', (c, id) => settleComment(c.var.ctx, actorIn(c), id, key(c)))
}

const key = (c: Req) => c.req.param('key') as string

/** A form beside the text: back to the text, or the same screen with what was typed and what is wrong with it. */
function form(app: App, name: string, said: string, deed: (c: Req, id: string, fields: Fields) => Promise<void>): void {
  screen(app, { method: 'post', path: `${ONE}/${name}`, act: 'release.comment' }, async (c) => {
    const { fields } = await sentIn(c)
    const as = first(fields, 'at') === 'sign' ? 'sign' : 'review'
    const { release } = await admit(c.var.ctx.store.db, actorIn(c), c.req.param('id') as string, 'release.comment')
    try {
      await deed(c, release.id, fields)
      return goTo(c, `/desk/releases/${release.number}/${as}?said=${said}#comments`)
    } catch (err) {
      const refusal = refusalIn(err)
      return showDecision(c, as, {
        fields,
        ...refusalOn(c, refusal),
        issues: asMissing(refusal.issues, fields),
      })
    }
  })
}

/** `from` and `to` are ordinals; left out, the newest against what was last agreed or published. */
async function compare(c: Req): Promise<Response> {
  const { ctx } = c.var
  const by = actorIn(c)
  const { db } = ctx.store
  const at = await admit(db, by, c.req.param('id') as string, 'release.inspect')
  const revisions = await revisionLines(ctx, at)
  const asked = (name: string) => (/^[1-9]\d{0,6}$/.test(c.req.query(name) ?? '') ? Number(c.req.query(name)) : null)
  const pick = (n: number | null) => revisions.find((r) => r.ordinal === n)
  const to = c.req.query('to') === undefined ? revisions[0] : pick(asked('to'))
  const from = c.req.query('from') === undefined ? usualBefore(revisions, to?.ordinal ?? 0) : pick(asked('from'))
  if (!to || (c.req.query('from') !== undefined && !from)) throw notFound('revision')
  const [before, after] = await Promise.all([
    from ? revisionOf(db, at.release.id, from.ordinal) : undefined,
    revisionOf(db, at.release.id, to.ordinal),
  ])
  if (!after || (from && !before)) throw notFound('revision')
  await noteReading(ctx, by, at, to.ordinal, 'changes')
  const props = {
    f: await frameOf(c, at.release.mode as 'live'),
    number: at.release.number,
    title: await shownTitle(ctx, by, at),
    revisions,
    from: from ?? null,
    to,
    changes: before ? changesBetween(before.content, after.content, ctx.config.site.offset) : [],
  }
  return page(c, <ComparePage {...props} />)
}
