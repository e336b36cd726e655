/** The monitoring board at the desk: its page, its file for a spreadsheet, and a person's word on a clock. */
import { clockRules } from '../../../templates/clocks/index.ts'
import { hasWords, t } from '../../../templates/words/index.ts'
import { errorFigures } from '../../delivery/put-right.ts'
import { type BoardLine, type BoardQuery, boardFor, boardQuery } from '../../incident/board.ts'
import { endByHand, meetByHand } from '../../incident/by-hand.ts'
import { wallMinute } from '../../lib/clock.ts'
import { writeCsv } from '../../lib/csv.ts'
import type { Issue } from '../../lib/errors.ts'
import { readableZod } from '../../lib/shape.ts'
import { relationOf } from '../../staff/member.ts'
import { may } from '../../staff/policy.ts'
import { ancestorsOf } from '../../staff/store.ts'
import type { App, Req } from '../env.ts'
import { actorIn, mayAtHome } from '../guards/route.ts'
import { ClocksPage } from '../views/clocks.tsx'
import { type Fields, first } from '../views/fields.ts'
import { fieldsFrom, frameOf, goTo, page, refusalIn, refusedWords, screen, sentIn, statusOf } from './desk-frame.ts'

const HERE = '/desk/clocks'

export function mountClocksDesk(app: App): void {
  screen(app, { method: 'get', path: HERE, act: 'clock.read' }, (c) => show(c, {}))
  screen(app, { method: 'get', path: `${HERE}.csv`, act: 'clock.read' }, table)
  screen(app, { method: 'post', path: `${HERE}/{id}/met`, act: 'clock.meet' }, (c) => say(c, meetByHand, 'clock-met'))
  screen(app, { method: 'post', path: `${HERE}/{id}/end`, act: 'clock.end' }, (c) => say(c, endByHand, 'clock-ended'))
}

const FILTERS = ['agency', 'rule', 'standing', 'late']
function asked(c: Req): { query: BoardQuery; given: Record<string, string> } {
  const given = Object.fromEntries(Object.entries(c.req.query()).filter(([k, v]) => FILTERS.includes(k) && v !== ''))
  return { query: readableZod(boardQuery, given), given }
}

type Extra = { fields?: Fields; issues?: Issue[]; refused?: string; status?: number }

async function show(c: Req, extra: Extra): Promise<Response> {
  const { ctx } = c.var
  const by = actorIn(c)
  const { query, given } = c.req.method === 'GET' ? asked(c) : { query: {} as BoardQuery, given: {} }
  const board = await boardFor(ctx, by, query)
  const mine = new Map(
    await Promise.all(
      board.family.map(async (a) => {
        const relation = relationOf(by, { id: a.id, ancestors: await ancestorsOf(ctx.store.db, a.id) })
        const can = (act: 'clock.meet' | 'clock.end') => may(act, { roles: by.roles, relation, scopes: by.scopes }).ok
        return [a.id, { meet: can('clock.meet'), end: can('clock.end') }] as const
      }),
    ),
  )
  const props = {
    f: await frameOf(c),
    fields: new Map([...fieldsFrom(given), ...(extra.fields ?? [])]),
    issues: extra.issues ?? [],
    board,
    late: query.late === '1',
    search: new URLSearchParams(given).toString(),
    may: mine,
    errors: mayAtHome(by, 'figures.read')
      ? await errorFigures(
          ctx,
          board.family.map((a) => a.id),
        )
      : null,
    ...(extra.refused ? { refused: extra.refused } : {}),
  }
  return page(c, <ClocksPage {...props} />, extra.status ?? 200)
}

async function say(c: Req, act: typeof endByHand, said: string): Promise<Response> {
  const id = c.req.param('id') as string
  const { fields } = await sentIn(c)
  try {
    await act(c.var.ctx, actorIn(c), id, { why: first(fields, `why.${id}`) })
    return goTo(c, HERE, said)
  } catch (err) {
    const refusal = refusalIn(err)
    const issues = refusal.issues.map((i) => ({ ...i, field: i.field === 'why' ? `why.${id}` : i.field }))
    const refused = issues.length ? {} : { refused: refusedWords(c, refusal) }
    return show(c, { fields, issues, status: statusOf(refusal), ...refused })
  }
}

async function table(c: Req): Promise<Response> {
  const { ctx, lang } = c.var
  const { query } = asked(c)
  const { lines } = await boardFor(ctx, actorIn(c), query)
  const columns = [
    'standing',
    'what',
    'subject',
    'agency',
    'step',
    'duty',
    'started',
    'due',
    'met',
    'breached',
    'rule',
    'source',
    'confidence',
  ]
  const at = (iso: string | null) => (iso ? wallMinute(iso, ctx.config.site.offset) : '')
  const rows = lines.map((l) => [
    t(lang, `desk.standing.${l.standing}`),
    t(lang, `desk.clock.${l.clock.rule}`),
    subjectWords(l, lang),
    (lang === 'en' ? l.agency?.name_en : l.agency?.name_zh) ?? '',
    stepWords(l, lang),
    l.duty.first?.name ?? '',
    at(l.clock.started_at),
    at(l.clock.due_at),
    at(l.clock.met_at),
    at(l.clock.breached_at),
    l.clock.rule_version,
    l.rule?.source[lang === 'en' ? 1 : 0] ?? '',
    l.rule?.confidence ?? '',
  ])
  const name = query.late ? 'clocks-late.csv' : 'clocks.csv'
  return c.body(writeCsv([columns.map((k) => t(lang, `desk.clocks.column.${k}`)), ...rows]), 200, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${name}"`,
  })
}

const subjectWords = ({ subject }: BoardLine, lang: 'zh' | 'en'): string =>
  subject ? [subject.number, (lang === 'en' && subject.titleEn) || subject.titleZh].filter(Boolean).join(' ') : ''
const stepWords = ({ clock }: BoardLine, lang: 'zh' | 'en'): string => {
  const key = `desk.clock.step.${clock.rule}`
  return hasWords(key) && clockRules.some((r) => r.id === clock.rule) ? t(lang, key) : ''
}
