/** The ledger at the desk: looked through by act, person, release and day; checked whole; taken away as a table or as lines of JSON. */
import type { Ctx } from '../../context.ts'
import { releaseByNumber } from '../../desk/store.ts'
import { verifyLedger } from '../../ledger/verify.ts'
import { writeCsv } from '../../lib/csv.ts'
import { dayStart, shiftDay } from '../../staff/roster-week.ts'
import { allAgencies, membersOf } from '../../staff/store.ts'
import { namesOf } from '../desk-store.ts'
import type { App, Req } from '../env.ts'
import { type LedgerQuery, ledgerActs, ledgerLines, subjectsOfRelease } from '../office-store.ts'
import { LedgerPage } from '../views/ledger.tsx'
import { fieldsFrom, frameOf, page, screen } from './desk-frame.ts'

const HERE = '/desk/ledger'
const PAGE = 100
/** So many lines are taken away at once, in batches; `before` goes on from there. */
const MOST = 100_000
const BATCH = 2_000
const FILTERS = ['act', 'actor', 'release', 'from', 'to', 'before'] as const

export function mountLedgerDesk(app: App): void {
  screen(app, { method: 'get', path: HERE, act: 'ledger.read' }, show)
  screen(app, { method: 'get', path: `${HERE}.csv`, act: 'ledger.read' }, table)
  screen(app, { method: 'get', path: `${HERE}.jsonl`, act: 'ledger.read' }, jsonLines)
}

const DAY = /^\d{4}-\d\d-\d\d$/

/** What was asked for; a release by its number. null: there can be nothing. */
async function asked(c: Req): Promise<{ given: Record<string, string>; query: LedgerQuery | null }> {
  const { ctx } = c.var
  const { offset } = ctx.config.site
  const given = Object.fromEntries(
    FILTERS.map((k) => [k, (c.req.query(k) ?? '').trim()] as const).filter(([, v]) => v !== ''),
  )
  const day = (text: string | undefined, more = 0) =>
    text && DAY.test(text) && !Number.isNaN(Date.parse(text)) ? dayStart(shiftDay(text, more), offset) : undefined
  const release = given['release'] ? await releaseByNumber(ctx.store.db, given['release']) : undefined
  if (given['release'] && !release) return { given, query: null }
  return {
    given,
    query: {
      before: /^\d{1,15}$/.test(given['before'] ?? '') ? Number(given['before']) : undefined,
      act: given['act'],
      actor: given['actor'],
      subjects: release ? await subjectsOfRelease(ctx.store.db, release.id) : undefined,
      from: day(given['from']),
      to: day(given['to'], 1),
    },
  }
}

async function show(c: Req): Promise<Response> {
  const { ctx } = c.var
  const { db } = ctx.store
  const { given, query } = await asked(c)
  const rows = query ? await ledgerLines(db, query, PAGE) : []
  const names = await namesOf(
    db,
    rows.map((r) => r.actor),
  )
  const last = rows.at(-1)?.seq ?? 0
  const { before: _, ...filters } = given
  const props = {
    f: await frameOf(c),
    fields: fieldsFrom(given),
    issues: [],
    entries: rows.map((r) => ({ ...r, actor: names.get(r.actor) ?? r.actor })),
    checked: c.req.query('verify') ? await verifyLedger(db) : null,
    acts: await ledgerActs(db),
    members: await everybody(ctx),
    search: new URLSearchParams(filters).toString(),
    before: rows.length === PAGE && last > 1 ? last : null,
  }
  return page(c, <LedgerPage {...props} />)
}

async function everybody(ctx: Ctx): Promise<{ value: string; label: string }[]> {
  const { db } = ctx.store
  const members = await membersOf(
    db,
    (await allAgencies(db)).map((a) => a.id),
  )
  return members.map((m) => ({ value: m.id, label: m.name }))
}

async function* lines(ctx: Ctx, query: LedgerQuery) {
  let { before } = query
  for (let taken = 0; taken < MOST; taken += BATCH) {
    const rows = await ledgerLines(ctx.store.db, { ...query, before }, BATCH)
    yield* rows
    if (rows.length < BATCH) return
    before = rows.at(-1)?.seq
  }
}

type Line = Awaited<ReturnType<typeof ledgerLines>>[number]

/** Batch by batch, so that a long ledger is never held whole. */
function streamed(
  c: Req,
  type: string,
  name: string,
  head: string,
  query: LedgerQuery | null,
  write: (l: Line) => string,
) {
  const { ctx } = c.var
  const encoder = new TextEncoder()
  const source = query ? lines(ctx, query) : null
  const body = new ReadableStream<Uint8Array>({
    start: (out) => {
      if (head) out.enqueue(encoder.encode(head))
    },
    pull: async (out) => {
      const next = await source?.next()
      if (!next || next.done) out.close()
      else out.enqueue(encoder.encode(write(next.value)))
    },
  })
  return c.body(body, 200, {
    'content-type': type,
    'content-disposition': `attachment; filename="${name}"`,
  })
}

const COLUMNS = ['seq', 'at', 'actor', 'act', 'subject', 'fact', 'prev', 'hash'] as const

async function table(c: Req): Promise<Response> {
  const { query } = await asked(c)
  const row = (l: Line) => writeCsv([COLUMNS.map((k) => String(l[k]))]).replace(/^\uFEFF/, '')
  return streamed(c, 'text/csv; charset=utf-8', 'ledger.csv', writeCsv([[...COLUMNS]]), query, row)
}

/** The stored lines as they are chained: an auditor can reckon every hash again. */
async function jsonLines(c: Req): Promise<Response> {
  const { query } = await asked(c)
  return streamed(c, 'application/x-ndjson; charset=utf-8', 'ledger.jsonl', '', query, (l) => `${JSON.stringify(l)}\n`)
}
