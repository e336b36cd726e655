/** 预警将到期: three ways on, each a button; two of them open a draft. */
import { admit } from '../../desk/gate.ts'
import { shownTitle } from '../../desk/list.ts'
import { wrongState } from '../../lib/errors.ts'
import { beginCorrection } from '../../publication/correct.ts'
import { beginEnding } from '../../publication/ending.ts'
import { letExpire } from '../../publication/expiry.ts'
import { expiryOf } from '../../publication/expiry-store.ts'
import { lastEditionOf } from '../../publication/store.ts'
import { lastPublished } from '../../review/judge.ts'
import type { App, Req } from '../env.ts'
import { actorIn } from '../guards/route.ts'
import { ExpiryPage } from '../views/expiry.tsx'
import { first } from '../views/fields.ts'
import { frameOf, goTo, page, refusalIn, refusedWords, screen, sentIn, statusOf } from './desk-frame.ts'

const AT = '/desk/releases/{id}/expiry'
const ACT = 'release.let-expire'

export function mountExpiry(app: App): void {
  screen(app, { method: 'get', path: AT, act: ACT }, (c) => show(c, {}))
  screen(app, { method: 'post', path: AT, act: ACT }, answer)
}

async function show(c: Req, extra: { refused?: string; status?: number }): Promise<Response> {
  const { ctx } = c.var
  const by = actorIn(c)
  const at = await admit(ctx.store.db, by, c.req.param('id') as string, ACT)
  const edition = await lastEditionOf(ctx.store.db, at.release.id)
  const word = edition && (await expiryOf(ctx.store.db, edition.id))
  if (!word) throw wrongState('nothing-expires')
  const content = await lastPublished(ctx.store.db, at.release)
  const props = {
    f: await frameOf(c, at.release.mode as 'live'),
    number: at.release.number,
    title: await shownTitle(ctx, by, at),
    due: word.due_at,
    answered: word.answered_at !== null,
    relayed: content?.core.relayOf?.station ?? null,
    writes: by.roles.includes('drafter'),
    lifts: content?.core.kind === 'warning',
    ...extra,
  }
  return page(c, <ExpiryPage {...props} />, extra.status ?? 200)
}

async function answer(c: Req): Promise<Response> {
  const { ctx } = c.var
  const by = actorIn(c)
  const { fields } = await sentIn(c)
  const { release } = await admit(ctx.store.db, by, c.req.param('id') as string, ACT)
  const at = `/desk/releases/${release.number}`
  try {
    switch (first(fields, 'do')) {
      case 'extend':
        await beginCorrection(ctx, by, release.id, { type: 'correction' })
        return goTo(c, `${at}/edit#f-core.expiresAt`)
      case 'lift':
        await beginEnding(ctx, by, release.id)
        return goTo(c, `${at}/edit`, 'ending')
      default:
        await letExpire(ctx, by, release.id)
        return goTo(c, at, 'let-expire')
    }
  } catch (err) {
    const refusal = refusalIn(err)
    return show(c, { refused: refusedWords(c, refusal), status: statusOf(refusal) })
  }
}
