/** Named contacts as a spreadsheet: the whole list out, and a list in, all of it or nothing. */
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { bareCell, readCsv, writeCsv } from '../lib/csv.ts'
import { type Issue, invalid, issue, Refusal } from '../lib/errors.ts'
import { readableZod } from '../lib/shape.ts'
import { admitAgency } from '../staff/gate.ts'
import type { Actor } from '../staff/member.ts'
import { type Contact, contactsOf } from './contact-store.ts'
import { type ContactGiven, contactFields, contactIssues, enrol, MOST_CONTACTS, rewrite } from './keep-contact.ts'

/** Heading of each column, as written; any of the names is read. */
const COLUMNS = {
  name: ['姓名', 'name'],
  role: ['职务', 'role'],
  phone: ['电话', '手机', 'phone'],
  email: ['邮箱', 'email', 'e-mail'],
  areas: ['区划代码', 'areas', 'area'],
  language: ['语种', 'language'],
  mode: ['用途', 'mode'],
} as const
type Column = keyof typeof COLUMNS
const NAMES = Object.keys(COLUMNS) as Column[]
const MODES: Record<string, string> = { 正式: 'live', 演练: 'exercise', '': 'live' }
const LANGUAGES: Record<string, string> = {
  汉语: 'zh-CN',
  中文: 'zh-CN',
  蒙古语: 'mn-Mong-CN',
  英语: 'en',
  '': 'zh-CN',
}
/** Faults told at once; more help nobody. */
const MOST_ISSUES = 50

const rowInput = z.strictObject(contactFields)

/** Every contact of the agency. That it was taken out stands in the ledger, with how many. */
export async function exportContacts(ctx: Ctx, by: Actor, agencyId = by.agencyId): Promise<string> {
  return ctx.store.tx(async (trx) => {
    await admitAgency(trx, by, agencyId, 'contact.manage')
    const all = await contactsOf(trx, agencyId, MOST_CONTACTS)
    await append(trx, ctx, {
      actor: by.memberId,
      act: 'contact.export',
      subject: `agency:${agencyId}`,
      fact: { contacts: all.length },
    })
    return writeCsv([NAMES.map((n) => COLUMNS[n][0]), ...all.map(rowOf)])
  })
}

const rowOf = (c: Contact): string[] => [
  c.name,
  c.role,
  c.phone,
  c.email,
  c.areas.join(' '),
  c.language,
  c.mode === 'exercise' ? '演练' : '正式',
]

export type Imported = { added: number; changed: number }

/**
 * Somebody of the same name and telephone is changed, anybody else is added; nobody is removed.
 * @throws Refusal `invalid`: csv-empty, csv-column-missing, and what is wrong with each row as rows.<n>.<field>, counted from 0 with the heading
 */
export async function importContacts(ctx: Ctx, by: Actor, text: string, agencyId = by.agencyId): Promise<Imported> {
  await admitAgency(ctx.store.db, by, agencyId, 'contact.manage')
  const given = read(text)
  return ctx.store.tx(async (trx) => {
    await admitAgency(trx, by, agencyId, 'contact.manage')
    const issues: Issue[] = []
    for (const { line, row } of given)
      for (const found of await contactIssues(trx, agencyId, row)) issues.push(at(line, found))
    const known = new Map((await contactsOf(trx, agencyId, MOST_CONTACTS)).map((c) => [keyOf(c), c]))
    const fresh = given.filter(({ row }) => !known.has(keyOf(row)))
    if (known.size + fresh.length > MOST_CONTACTS) issues.push(issue('file', 'contacts-many', { max: MOST_CONTACTS }))
    if (issues.length) throw invalid(issues.slice(0, MOST_ISSUES))
    for (const { row } of given) {
      const before = known.get(keyOf(row))
      if (before) await rewrite(ctx, trx, before.subscriber_id, row)
      else await enrol(ctx, trx, agencyId, row)
    }
    const done = { added: fresh.length, changed: given.length - fresh.length }
    await append(trx, ctx, { actor: by.memberId, act: 'contact.import', subject: `agency:${agencyId}`, fact: done })
    return done
  })
}

const keyOf = (c: { name: string; phone: string; mode: string }): string =>
  `${c.mode}\n${c.name.trim()}\n${c.phone.replace(/\D/g, '')}`
const at = (line: number, found: Issue): Issue => ({ ...found, field: `rows.${line - 1}.${found.field}` })

function read(text: string): { line: number; row: ContactGiven }[] {
  const [head, ...rows] = readCsv(text)
  if (!head || rows.length === 0) throw invalid([issue('file', 'csv-empty')])
  if (rows.length > MOST_CONTACTS) throw invalid([issue('file', 'contacts-many', { max: MOST_CONTACTS })])
  const columns = columnsOf(head)
  const issues: Issue[] = []
  const seen = new Map<string, number>()
  const given = rows.flatMap((cells, i) => {
    const line = i + 2
    const row = readRow(cells, columns, line, issues)
    if (!row) return []
    const twin = seen.get(keyOf(row))
    if (twin) issues.push(issue(`rows.${line - 1}.name`, 'contact-repeated', { line: twin }))
    seen.set(keyOf(row), line)
    return [{ line, row }]
  })
  if (issues.length) throw invalid(issues.slice(0, MOST_ISSUES))
  return given
}

function columnsOf(head: string[]): Map<Column, number> {
  const found = new Map<Column, number>()
  for (const name of NAMES) {
    const place = head.findIndex((cell) => (COLUMNS[name] as readonly string[]).includes(cell.trim().toLowerCase()))
    if (place >= 0) found.set(name, place)
  }
  const missing = (['name', 'phone', 'areas'] as const).filter((n) => !found.has(n))
  if (missing.length)
    throw invalid(missing.map((n) => issue('file', 'csv-column-missing', { column: COLUMNS[n].join(' / ') })))
  return found
}

function readRow(cells: string[], columns: Map<Column, number>, line: number, issues: Issue[]): ContactGiven | null {
  const cell = (name: Column) => bareCell(cells[columns.get(name) ?? -1] ?? '')
  const [language, mode] = [cell('language'), cell('mode')]
  try {
    return readableZod(rowInput, {
      name: cell('name'),
      role: cell('role'),
      phone: cell('phone'),
      email: cell('email'),
      areas: cell('areas')
        .split(/[\s;；、,，]+/)
        .filter(Boolean),
      language: LANGUAGES[language] ?? language,
      mode: MODES[mode] ?? mode,
    })
  } catch (err) {
    if (!(err instanceof Refusal)) throw err
    const empty = (i: Issue) => i.code === 'wrong-shape' && ['name', 'phone', 'areas'].includes(i.field)
    issues.push(...err.issues.map((i) => at(line, empty(i) ? { ...i, code: 'required' } : i)))
    return null
  }
}
