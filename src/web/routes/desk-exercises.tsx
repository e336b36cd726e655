/** 演练 at the desk: scenarios, scores and their table, who gets the mail. */
import { scenarios } from '../../../templates/exercise/scenarios.ts'
import { t } from '../../../templates/words/index.ts'
import { exerciseAudience, setExerciseAudience } from '../../audience/exercise-audience.ts'
import { exercisesFor } from '../../delivery/exercises.ts'
import { MEASURES } from '../../delivery/score.ts'
import { wallMinute } from '../../lib/clock.ts'
import { writeCsv } from '../../lib/csv.ts'
import type { Issue } from '../../lib/errors.ts'
import type { App, Req } from '../env.ts'
import { actorIn, mayAtHome } from '../guards/route.ts'
import { ExercisesPage } from '../views/exercises.tsx'
import { every } from '../views/fields.ts'
import { frameOf, goTo, page, refusalIn, refusedWords, screen, sentIn, statusOf } from './desk-frame.ts'

const HERE = '/desk/exercises'

export function mountExercisesDesk(app: App): void {
  screen(app, { method: 'get', path: HERE, act: 'exercise.read' }, (c) => show(c, {}))
  screen(app, { method: 'get', path: `${HERE}.csv`, act: 'exercise.read' }, table)
  screen(app, { method: 'post', path: `${HERE}/audience`, act: 'exercise.audience' }, keep)
}

type Extra = { issues?: Issue[]; refused?: string; status?: number }

async function show(c: Req, extra: Extra): Promise<Response> {
  const { ctx } = c.var
  const by = actorIn(c)
  const props = {
    f: await frameOf(c),
    fields: new Map<string, string[]>(),
    issues: extra.issues ?? [],
    found: await exercisesFor(ctx, by),
    scenarios,
    mayBegin: mayAtHome(by, 'release.create'),
    audience: mayAtHome(by, 'exercise.audience') ? await exerciseAudience(ctx, by) : null,
    ...(extra.refused ? { refused: extra.refused } : {}),
  }
  return page(c, <ExercisesPage {...props} />, extra.status ?? 200)
}

async function keep(c: Req): Promise<Response> {
  const { fields } = await sentIn(c)
  try {
    await setExerciseAudience(c.var.ctx, actorIn(c), { memberIds: every(fields, 'memberIds') })
    return goTo(c, HERE, 'exercise-audience')
  } catch (err) {
    const refusal = refusalIn(err)
    const issues = refusal.issues.map((i) => ({ ...i, field: 'memberIds' }))
    return show(c, {
      issues,
      status: statusOf(refusal),
      ...(issues.length ? {} : { refused: refusedWords(c, refusal) }),
    })
  }
}

/** Seconds, so that a spreadsheet can reckon with them. */
async function table(c: Req): Promise<Response> {
  const { ctx, lang } = c.var
  const { exercises } = await exercisesFor(ctx, actorIn(c))
  const head = [
    t(lang, 'exercise.column.begun'),
    t(lang, 'exercise.column.release'),
    ...MEASURES.map((m) => `${t(lang, `exercise.measure.${m}`)} (s)`),
    t(lang, 'exercise.column.took'),
  ]
  const rows = exercises.map((e) => [
    wallMinute(e.moments.begun, ctx.config.site.offset),
    e.number,
    ...MEASURES.map((m) => (e.score[m] === null ? '' : (e.score[m] / 1000).toFixed(1))),
    String(e.took),
  ])
  return c.body(writeCsv([head, ...rows]), 200, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="exercises.csv"',
  })
}
