/** An agency's own words at the desk: starting texts by kind, and the list of words to avoid. */
import { KINDS, type Kind } from '../../desk/content.ts'
import { startsOf } from '../../desk/start-store.ts'
import { keepStart, START_LANGUAGES, type StartLanguage, startFor } from '../../desk/start-words.ts'
import { csvText } from '../../lib/csv.ts'
import { type Issue, invalid } from '../../lib/errors.ts'
import { parseWordList, startingWords, wordsIn } from '../../review/word-list.ts'
import { changeAgency } from '../../staff/agency.ts'
import { admitAgency } from '../../staff/gate.ts'
import { type AgencyRow, agencyById } from '../../staff/store.ts'
import type { App, Req } from '../env.ts'
import { actorIn } from '../guards/route.ts'
import { type Fields, first } from '../views/fields.ts'
import { StartsPage, WordsPage, type WordsProps } from '../views/own-words.tsx'
import { asMissing, frameOf, goTo, page, refusalIn, refusalOn, screen, sentIn } from './desk-frame.ts'

const STARTS = '/desk/office/starts'
const WORDS = '/desk/office/words'

export function mountOwnWordsDesk(app: App): void {
  screen(app, { method: 'get', path: STARTS, act: 'staff.read' }, (c) => showStarts(c, {}))
  screen(app, { method: 'post', path: STARTS, act: 'staff.manage' }, sendStart)
  screen(app, { method: 'get', path: WORDS, act: 'staff.read' }, (c) => showWords(c, {}))
  screen(app, { method: 'post', path: WORDS, act: 'staff.read' }, sendWords)
}

type Extra = { fields?: Fields; issues?: Issue[]; refused?: string; status?: number }

function extraOf(c: Req, err: unknown, fields: Fields): Extra {
  const refusal = refusalIn(err)
  return {
    fields,
    ...refusalOn(c, refusal),
    issues: asMissing(refusal.issues, fields),
  }
}

/** The agency a screen is about, its name, and whether the reader may change it. */
async function agencyAsked(c: Req, fields: Fields) {
  const { db } = c.var.ctx.store
  const by = actorIn(c)
  const id = first(fields, 'agencyId') || c.req.query('agency') || by.agencyId
  await admitAgency(db, by, id, 'staff.read')
  const row = (await agencyById(db, id)) as AgencyRow
  const name = c.var.lang === 'en' ? row.name_en || row.name_zh : row.name_zh
  const manage = await admitAgency(db, by, id, 'staff.manage').then(
    () => true,
    () => false,
  )
  return { row, manage, agency: { id, name, own: id === by.agencyId } }
}

async function showStarts(c: Req, extra: Extra): Promise<Response> {
  const { db } = c.var.ctx.store
  const sent = extra.fields ?? new Map<string, string[]>()
  const { agency, manage } = await agencyAsked(c, sent)
  const asked = (name: string) => first(sent, name) || c.req.query(name)
  const kind = KINDS.find((k) => k === asked('kind')) ?? (KINDS[0] as Kind)
  const language = START_LANGUAGES.find((l) => l === asked('language')) ?? 'zh-CN'
  const start = (await startFor(db, agency.id, kind))[language]
  const own = new Set((await startsOf(db, agency.id)).map((r) => r.kind))
  const stored = new Map([
    ['title', [start?.title ?? '']],
    ['body', [start?.body ?? '']],
    ...Object.entries(start?.blocks ?? {}).map(([b, text]): [string, string[]] => [`blocks.${b}`, [text]]),
  ])
  const props = {
    f: await frameOf(c),
    fields: extra.fields ?? stored,
    issues: extra.issues ?? [],
    agency,
    kinds: KINDS.map((k) => ({ kind: k, own: own.has(k) })),
    kind,
    language,
    start,
    manage,
    ...(extra.refused ? { refused: extra.refused } : {}),
  }
  return page(c, <StartsPage {...props} />, extra.status ?? 200)
}

async function sendStart(c: Req): Promise<Response> {
  const { fields } = await sentIn(c)
  const where = { kind: first(fields, 'kind'), language: first(fields, 'language') as StartLanguage }
  const agencyId = first(fields, 'agencyId') || actorIn(c).agencyId
  const blocks = Object.fromEntries(
    [...fields].flatMap(([name, [text = '']]) => (name.startsWith('blocks.') ? [[name.slice(7), text]] : [])),
  )
  const dropped = { title: '', blocks: {}, body: '' }
  const sent =
    first(fields, 'do') === 'drop' ? dropped : { title: first(fields, 'title'), blocks, body: first(fields, 'body') }
  try {
    const done = await keepStart(c.var.ctx, actorIn(c), agencyId, where, sent)
    const to = new URLSearchParams({ agency: agencyId, ...where })
    return goTo(c, `${STARTS}?${to}`, done === 'kept' ? 'start-kept' : 'start-dropped')
  } catch (err) {
    return showStarts(c, extraOf(c, err, fields))
  }
}

async function showWords(c: Req, extra: Extra & { tried?: WordsProps['tried'] }): Promise<Response> {
  const sent = extra.fields ?? new Map<string, string[]>()
  const { row, agency, manage } = await agencyAsked(c, sent)
  const list = extra.fields ? first(extra.fields, 'wordList') : row.word_list
  const props: WordsProps = {
    f: await frameOf(c),
    fields: extra.fields ?? new Map([['wordList', [row.word_list]]]),
    issues: extra.issues ?? [],
    agency,
    shipped: startingWords(),
    own: parseWordList(list).entries.length,
    tried: extra.tried ?? null,
    manage,
    ...(extra.refused ? { refused: extra.refused } : {}),
  }
  return page(c, <WordsPage {...props} />, extra.status ?? 200)
}

/** Trying changes nothing and anybody of the office may; keeping is an administrator's. */
async function sendWords(c: Req): Promise<Response> {
  const { ctx } = c.var
  const { fields, file } = await sentIn(c)
  if (file) fields.set('wordList', [csvText(new Uint8Array(await file.arrayBuffer()))])
  const agencyId = first(fields, 'agencyId') || actorIn(c).agencyId
  const list = first(fields, 'wordList')
  try {
    if (first(fields, 'do') === 'try')
      return await showWords(c, { fields, tried: tryOn(list, first(fields, 'sentence')) })
    await changeAgency(ctx, actorIn(c), agencyId, { wordList: list }, parseWordList)
    return goTo(c, `${WORDS}?agency=${agencyId}`, 'words-kept')
  } catch (err) {
    const extra = extraOf(c, err, fields)
    return showWords(c, { ...extra, issues: (extra.issues ?? []).map((i) => ({ ...i, field: 'wordList' })) })
  }
}

/** @throws Refusal `invalid` where the list itself cannot be read */
function tryOn(list: string, sentence: string): NonNullable<WordsProps['tried']> {
  const { entries, issues } = parseWordList(list)
  if (issues.length) throw invalid(issues)
  return wordsIn(sentence, [...startingWords(), ...entries]).map((hit) => ({
    text: sentence.slice(hit.start, hit.end),
    entry: hit.entry,
    own: entries.includes(hit.entry),
  }))
}
