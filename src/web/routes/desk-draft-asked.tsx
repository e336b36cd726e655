/** Beside saving a draft: buttons that save nothing, words that came too late, forms left unsaved. */

import { standing } from '../../desk/gate.ts'
import { newKeeps } from '../../desk/keep.ts'
import type { Issue, Refusal } from '../../lib/errors.ts'
import type { Req } from '../env.ts'
import { actorIn } from '../guards/route.ts'
import { type Fields, first } from '../views/fields.ts'
import { NotSavedPage } from '../views/not-saved.tsx'
import { frameOf, page, refusedWords } from './desk-frame.ts'
import { clockOf } from './desk-keep.tsx'
import { linkIssues } from './desk-links.ts'

/** Forms this member left without saving, of each kind the last. */
export async function unsavedForms(c: Req): Promise<{ kind: string; at: string }[]> {
  const keeps = (await newKeeps(c.var.ctx, actorIn(c))).filter((k) => k.kept)
  return keeps
    .filter((k, i) => keeps.findIndex((x) => x.kind === k.kind) === i)
    .map((k) => ({ kind: k.kind, at: clockOf(c, k.keptAt ?? k.usedAt) }))
}

/** No draft any more: sent on by a colleague, say. What was typed is shown, and the browser's locked copy stays. */
export async function tooLate(c: Req, refusal: Refusal, fields: Fields): Promise<Response> {
  if (refusal.kind !== 'wrong-state') throw refusal
  const { release } = await standing(c.var.ctx.store.db, actorIn(c), c.req.param('id') as string)
  const f = await frameOf(c, release.mode as 'live')
  const why = refusedWords(c, refusal)
  return page(c, <NotSavedPage f={f} number={release.number} why={why} fields={fields} />, 409)
}

/** Buttons that save nothing: words brought back from a browser, and the links looked at. */
export async function askedOnly(c: Req, fields: Fields): Promise<{ issues?: Issue[] } | null> {
  switch (first(fields, 'do')) {
    case 'restore':
      return {}
    case 'links':
      return { issues: await linkIssues(c.var.ctx, fields) }
    default:
      return null
  }
}

/** What was typed, without the button. */
export const asIs = (fields: Fields): Fields => new Map([...fields].filter(([name]) => name !== 'do'))
