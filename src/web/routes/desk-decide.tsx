/** Review, confidentiality, signature: one verdict on exactly the revision that was shown. */
import { t } from '../../../templates/words/index.ts'
import { admit, mayOn } from '../../desk/gate.ts'
import { noteReading } from '../../desk/read-log.ts'
import { type Issue, invalid, issue, notFound, Refusal } from '../../lib/errors.ts'
import { decideAndPublish } from '../../publication/sign-and-publish.ts'
import { CHECKS } from '../../review/confidentiality.ts'
import { resolveHit } from '../../review/resolve.ts'
import type { App, Req } from '../env.ts'
import { actorIn } from '../guards/route.ts'
import { proveWith } from '../guards/sign-in.ts'
import { checkField } from '../views/confidentiality.tsx'
import { ReviewPage, SignPage } from '../views/decide.tsx'
import { type Fields, first } from '../views/fields.ts'
import { barredFrom, benchFor, decideData, factorAsked } from './desk-decide-data.ts'
import {
  asMissing,
  frameOf,
  goTo,
  page,
  refusalIn,
  refusalOn,
  refusedWords,
  screen,
  sentIn,
  statusOf,
} from './desk-frame.ts'
import { commentLines } from './desk-review-data.ts'

export function mountDecide(app: App): void {
  screen(app, { method: 'get', path: '/desk/releases/{id}/review', act: 'release.inspect' }, (c) =>
    showDecision(c, 'review', {}),
  )
  screen(app, { method: 'get', path: '/desk/releases/{id}/sign', act: 'release.inspect' }, (c) =>
    showDecision(c, 'sign', {}),
  )
  screen(app, { method: 'post', path: '/desk/releases/{id}/decision', act: 'release.inspect' }, give)
  screen(app, { method: 'post', path: '/desk/releases/{id}/hits/{key}', act: 'release.resolve-hit' }, settleHit)
}

type Extra = { fields?: Fields; issues?: Issue[]; refused?: string; status?: number }

export async function showDecision(c: Req, as: 'review' | 'sign', extra: Extra): Promise<Response> {
  const { ctx, lang } = c.var
  const by = actorIn(c)
  const at = await admit(ctx.store.db, by, c.req.param('id') as string, 'release.inspect')
  const bench = await benchFor(ctx, at)
  if (!bench) throw notFound('release')
  // A form that names the revision comes from a page that was written down; any other opens the text as a page does.
  if (first(extra.fields ?? new Map(), 'revisionHash') !== bench.revision.hash)
    await noteReading(ctx, by, at, bench.revision.ordinal, as)
  const code = barredFrom(by, bench)
  const { found, ...data } = await decideData(ctx, by, lang, bench)
  const factor = as === 'sign' && !code ? await factorAsked(ctx, by, bench) : null
  const props = {
    ...data,
    f: await frameOf(c, at.release.mode as 'live'),
    fields: extra.fields ?? new Map<string, string[]>(),
    issues: extra.issues ?? found,
    comments: await commentLines(ctx, by, at, bench.revision),
    mayComment: mayOn('release.comment', by, at).ok,
    ...(code ? { barred: t(lang, `desk.barred.${code}`) } : {}),
    ...(factor ? { factor } : {}),
    ...(extra.refused ? { refused: extra.refused } : {}),
  }
  return page(c, as === 'sign' ? <SignPage {...props} /> : <ReviewPage {...props} />, extra.status ?? 200)
}

/** The answers to the confidentiality list, where any was given. */
export function confidentialityFrom(fields: Fields): object | undefined {
  const get = (name: string) => first(fields, `confidentiality.${name}`)
  const given = CHECKS.filter((name) => first(fields, checkField(name)) !== '')
  if (given.length === 0 && !get('disclosure') && !get('verdict')) return undefined
  return {
    checks: Object.fromEntries(
      given.map((name) => [
        name,
        { result: first(fields, checkField(name)), note: first(fields, `${checkField(name)}.note`) },
      ]),
    ),
    disclosure: get('disclosure'),
    verdict: get('verdict'),
    ...(get('carrier') ? { carrier: get('carrier') } : {}),
    ...(get('reason') ? { reason: get('reason') } : {}),
    ...(get('article').trim() ? { article: get('article').trim() } : {}),
  }
}

async function give(c: Req): Promise<Response> {
  const { ctx } = c.var
  const by = actorIn(c)
  const ref = c.req.param('id') as string
  const { fields } = await sentIn(c)
  const as = first(fields, 'at') === 'sign' ? 'sign' : 'review'
  const pressed = first(fields, 'verdict')
  const refers = pressed === 'refer'
  const verdict = refers ? 'return' : pressed
  const { release } = await admit(ctx.store.db, by, ref, 'release.inspect')
  try {
    if (as === 'sign' && verdict === 'approve' && release.lane === 'flash') {
      assertWord(first(fields, 'word'))
      if (by.session && first(fields, 'factor').trim()) await proveWith(c, by, first(fields, 'factor'))
    }
    const record = refers ? referral(fields) : confidentialityFrom(fields)
    const { release: now, editionId } = await decideAndPublish(ctx, by, release.id, {
      revisionHash: first(fields, 'revisionHash'),
      verdict,
      // What a doubt is about is not written down.
      opinion: refers ? t(c.var.lang, 'desk.verdict.refer-out') : first(fields, 'opinion'),
      // What is half answered does not stand in the way of giving it back.
      ...(record && (verdict === 'approve' || isWhole(record)) ? { confidentiality: record } : {}),
    })
    const said =
      verdict === 'return' ? 'returned' : editionId ? 'published' : now.state === 'scheduled' ? 'scheduled' : 'agreed'
    return goTo(c, `/desk/releases/${release.number}`, said)
  } catch (err) {
    const refusal = beside(refusalIn(err))
    return showDecision(c, as, {
      // A code is good once: it does not come back.
      fields: new Map([...fields].filter(([name]) => name !== 'factor')),
      ...refusalOn(c, refusal),
      issues: asMissing(refusal.issues, fields),
    })
  }
}

/** What is missing from a signature stands beside its field. */
const beside = (refusal: Refusal): Refusal =>
  refusal.code === 'factor-needed' || refusal.code === 'factor-none'
    ? new Refusal(refusal.kind, refusal.code, [issue('factor', refusal.code)])
    : refusal
/** The answers as far as they were given; in doubt nothing is disclosed. */
function referral(fields: Fields): object {
  const given = confidentialityFrom(fields) as { disclosure?: string } | undefined
  return { checks: {}, ...given, disclosure: given?.disclosure || 'withheld', verdict: 'refer-out' }
}

const isWhole = (record: object) =>
  'disclosure' in record && record.disclosure !== '' && 'verdict' in record && record.verdict !== ''

/** The signer of a flash release types the word, so that no slip of a thumb publishes. */
function assertWord(typed: string): void {
  if (!['签发', 'sign'].includes(typed.trim().toLowerCase())) throw invalid([issue('word', 'typed-word')])
}

async function settleHit(c: Req): Promise<Response> {
  const { ctx } = c.var
  const by = actorIn(c)
  const { fields } = await sentIn(c)
  const ref = c.req.param('id') as string
  const { release } = await admit(ctx.store.db, by, ref, 'release.inspect')
  const back = `/desk/releases/${release.number}/review`
  try {
    await resolveHit(ctx, by, release.id, c.req.param('key') as string, {
      action: first(fields, 'action'),
      note: first(fields, 'note'),
    })
    return goTo(c, `${back}#f-hits`)
  } catch (err) {
    const refusal = refusalIn(err)
    return showDecision(c, 'review', {
      status: statusOf(refusal),
      refused: refusal.issues.length ? t(c.var.lang, 'desk.hit.refused') : refusedWords(c, refusal),
    })
  }
}
