/** 验真: is this release ours, is it the latest word, and is this its text? What the public may not see does not exist here. */
import { setImmediate } from 'node:timers/promises'
import type { Ctx } from '../context.ts'
import type { Content, Language } from '../desk/content.ts'
import { releaseAddress } from '../desk/release.ts'
import { type ReleaseRow, releaseById, releaseByNumber } from '../desk/store.ts'
import { query } from '../lib/cjk.ts'
import { wallMinute } from '../lib/clock.ts'
import { type Comparison, compareText } from './compare-text.ts'
import { documentKey, isDocumentNumber, releaseNumberIn } from './document-key.ts'
import type { ActOfCorrection, EditionType } from './edition.ts'
import { type Faces, wordOf } from './face.ts'
import { openAnySeal, sealsOf } from './seal.ts'
import { cut, numberFacet } from './search.ts'
import { hitIds, liveDocs, type Wanted } from './search-store.ts'
import { type EditionRow, editionBySequence, editionsByHash, editionsOf } from './store.ts'
import { takeUpKeys } from './take-up-keys.ts'

export type Standing = {
  /** ended: its time of display is over, and no word of it is said any more. */
  state: 'latest' | 'superseded' | 'withdrawn' | 'taken-down' | 'ended'
  number: string
  address: string
  mode: string
  /** The edition asked about; the latest where nobody named one. */
  edition: number
  latest: { number: number; type: EditionType | ActOfCorrection; at: string }
  /** After a takedown number and time are all there is. */
  history: { number: number; type: EditionType | ActOfCorrection; at: string }[]
  title?: { language: Language; text: string }
  changeNote?: { language: Language; text: string }
  text?: Comparison & { agrees: boolean }
}
/** forged: it says it is our seal and is not · differs: no edition says this. */
export type Verdict = { state: 'unknown' | 'forged' | 'nothing-asked' } | Standing

const LIVE = { from: 0, to: Number.MAX_SAFE_INTEGER }
const MOST_EDITIONS = 10
/** Letters of a claim that are looked at. */
const LONGEST_CLAIM = 4_000

/** A release number, an address, a document number, a fingerprint, a seal or a whole receipt. */
export async function standingOf(ctx: Ctx, claim: string, lang: 'zh' | 'en'): Promise<Verdict> {
  const named = await namedBy(ctx, claim.slice(0, LONGEST_CLAIM).trim())
  if ('state' in named) return named
  const release = await releaseById(ctx.store.db, named.releaseId)
  return release ? standing(ctx, release, named.edition, lang) : { state: 'unknown' }
}

type NamedRelease = { releaseId: string; edition?: number } | { state: 'unknown' | 'forged' | 'nothing-asked' }

async function namedBy(ctx: Ctx, claim: string): Promise<NamedRelease> {
  if (claim === '') return { state: 'nothing-asked' }
  const number = releaseNumberIn(/\/releases\/(\d{4}-\d{6})(?:\/|$)/.exec(claim)?.[1] ?? claim)
  if (number) {
    const release = await releaseByNumber(ctx.store.db, number)
    return release ? { releaseId: release.id } : { state: 'unknown' }
  }
  const seal = sealIn(claim)
  if (seal) return bySeal(ctx, seal)
  const hash = claim.toLowerCase().replace(/[\s…]/g, '')
  if (/^[0-9a-f]{16,64}$/.test(hash)) return byHash(ctx, hash)
  return isDocumentNumber(claim) ? byDocument(ctx, claim) : { state: 'unknown' }
}

/** The seal itself, or the one in a receipt. */
function sealIn(claim: string): string | null {
  const text = /"seal"\s*:\s*"([^"]+)"/.exec(claim)?.[1] ?? claim.replace(/\s/g, '')
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(text) ? text : null
}

async function bySeal(ctx: Ctx, seal: string): Promise<NamedRelease> {
  const ours = () => openAnySeal([...sealsOf(ctx.keys, 'live'), ...sealsOf(ctx.keys, 'exercise')], seal)
  // A key that another machine has put in place a moment ago is taken up before anything is called forged.
  const claim = ours() ?? ((await takeUpKeys(ctx)) ? ours() : null)
  if (!claim) return { state: 'forged' }
  const row = await editionBySequence(ctx.store.db, claim.sequence)
  return row?.seal === seal ? { releaseId: row.release_id, edition: row.number } : { state: 'unknown' }
}

/** A withdrawal or takedown may repeat the hash of what it ends; the edition that first bore it is meant. */
async function byHash(ctx: Ctx, prefix: string): Promise<NamedRelease> {
  const rows = await editionsByHash(ctx.store.db, prefix, 20)
  const first = rows.at(-1)
  // Two releases may share a short beginning by chance: then it names neither.
  if (!first || rows.some((row) => row.release_id !== first.release_id)) return { state: 'unknown' }
  return { releaseId: first.release_id, edition: first.number }
}

async function byDocument(ctx: Ctx, claim: string): Promise<NamedRelease> {
  const facets = ['/all', numberFacet(documentKey(claim))]
  const { db, dialect } = ctx.store
  const [doc] = await liveDocs(db, await hitIds(db, dialect, { words: [], place: 'anywhere', facets, ...LIVE }, 1))
  return doc ? { releaseId: doc.release_id } : { state: 'unknown' }
}

/** How a release stands now. One that was never public answers like one that is not there. */
async function standing(
  ctx: Ctx,
  release: ReleaseRow,
  edition: number | undefined,
  lang: 'zh' | 'en',
): Promise<Verdict> {
  const rows = await editionsOf(ctx.store.db, release.id)
  const last = rows.at(-1)
  if (!last || release.face === 'none') return { state: 'unknown' }
  const brief = (row: EditionRow) => ({ number: row.number, type: wordOf(row), at: row.published_at })
  const base = {
    number: release.number,
    address: releaseAddress(release.number, release.mode),
    mode: release.mode,
    edition: edition ?? last.number,
    latest: brief(last),
  }
  if (release.face === 'taken-down') return { ...base, state: 'taken-down', history: [] }
  const history = rows.map(brief)
  if (release.face === 'withdrawn') return { ...base, state: 'withdrawn', history }
  if (isEnded(last, ctx.clock.now())) return { ...base, state: 'ended', history }
  const state = base.edition === last.number ? 'latest' : 'superseded'
  return { ...base, state, history, ...saidBy(last, lang) }
}

function isEnded({ content }: EditionRow, now: string): boolean {
  const until = content ? (JSON.parse(content) as Content).core.displayUntil : undefined
  return until !== undefined && until <= now
}

/** Title and what changed, of what is public now. */
function saidBy(row: EditionRow, lang: 'zh' | 'en'): Pick<Standing, 'title' | 'changeNote'> {
  const content = row.content ? (JSON.parse(row.content) as Content) : null
  const order: Language[] = lang === 'en' ? ['en', 'zh-CN', 'mn-Mong-CN'] : ['zh-CN', 'en', 'mn-Mong-CN']
  const language = order.find((l) => content?.parts[l])
  const part = language && content?.parts[language]
  if (!language || !part) return {}
  return {
    title: { language, text: part.title },
    ...(part.changeNote && row.type !== 'first' ? { changeNote: { language, text: part.changeNote } } : {}),
  }
}

/** Is this the text? Held against the release named, else against those whose words it uses. `frame` are words of the page around a text. */
export async function genuineText(
  ctx: Ctx,
  claim: string,
  text: string,
  lang: 'zh' | 'en',
  frame: string[],
): Promise<Verdict> {
  if (text.trim() === '') return standingOf(ctx, claim, lang)
  if (claim.trim() !== '') {
    const verdict = await standingOf(ctx, claim, lang)
    return 'number' in verdict && isLive(verdict) ? withText(ctx, verdict, text, frame, lang) : verdict
  }
  let best: Standing | null = null
  for (const releaseId of await likely(ctx, text)) {
    const release = await releaseById(ctx.store.db, releaseId)
    const verdict = release ? await standing(ctx, release, undefined, lang) : null
    if (!verdict || !('number' in verdict) || !isLive(verdict)) continue
    const judged = await withText(ctx, verdict, text, frame, lang)
    if ((judged.text?.letters ?? 0) > (best?.text?.letters ?? 0)) best = judged
  }
  // A few letters in common are no likeness: nobody is told that a stranger's text is a changed one of ours.
  const alike = best?.text && (best.text.agrees || best.text.letters >= Math.min(LIKENESS, text.length / 3))
  return best && alike ? best : { state: 'unknown' }
}

const isLive = (verdict: Standing): boolean => verdict.state === 'latest' || verdict.state === 'superseded'

/** Newest edition first: the one whose words these are says whether they still stand. */
async function withText(
  ctx: Ctx,
  verdict: Standing,
  text: string,
  frame: string[],
  lang: 'zh' | 'en',
): Promise<Standing> {
  const rows = (
    await editionsOf(ctx.store.db, (await releaseByNumber(ctx.store.db, verdict.number))?.id ?? '')
  ).reverse()
  let newest: Comparison | null = null
  for (const row of rows.slice(0, MOST_EDITIONS)) {
    if (!row.content) continue
    // A long text takes a while: others are answered in between.
    await setImmediate()
    const compared = compareText(text, JSON.parse(row.content) as Content, [...frame, ...namesIn(ctx, row, verdict)])
    newest ??= compared
    if (!compared || compared.lines === 0 || compared.same < compared.lines) continue
    const state = row.number === verdict.latest.number ? 'latest' : 'superseded'
    return { ...verdict, state, edition: row.number, text: { ...compared, agrees: true } }
  }
  const latest = rows[0]
  if (!newest || !latest) return verdict
  return {
    ...verdict,
    ...saidBy(latest, lang),
    state: 'latest',
    edition: latest.number,
    text: { ...newest, agrees: false },
  }
}

/** What the page of the release prints around its text. */
function namesIn(ctx: Ctx, row: EditionRow, { number }: Standing): string[] {
  const faces = JSON.parse(row.faces) as Partial<Faces>
  const core = row.content ? (JSON.parse(row.content) as Content).core : null
  const named = [faces.agency, ...(faces.areas ?? []), ...(faces.topics ?? [])].flatMap((x) =>
    x ? [x.name.zh, x.name.en] : [],
  )
  const times = [row.published_at, row.first_published_at, core?.asOf, core?.nextUpdateAt, core?.expiresAt]
  return [
    ...named,
    number,
    ...[core?.documentNumber ?? '', core?.indexNumber ?? '', core?.formedOn ?? ''],
    ...(core?.contacts ?? []).flatMap((c) => [c.label, c.phone ?? '', c.email ?? '']),
    ...times.flatMap((at) => (at ? [wallMinute(at, ctx.config.site.offset)] : [])),
  ].filter(Boolean)
}

const LIKENESS = 40
const MOST_LIKELY = 5
const PIECE = 14

/** Releases that use the words of three places of the text. */
async function likely(ctx: Ctx, text: string): Promise<string[]> {
  const lines = text
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line.length >= 4)
  const longest = lines.toSorted((a, b) => b.length - a.length).slice(0, 4)
  const { db, dialect } = ctx.store
  const found: string[] = []
  for (const line of longest)
    for (const from of [0, Math.floor(line.length / 2), Math.max(0, line.length - PIECE)]) {
      const words = query(line.slice(from, from + (/\p{Script=Latin}/u.test(line) ? PIECE * 4 : PIECE)))
        // A word cut in two is none.
        .filter((word, i, all) => !/^[\p{Script=Latin}\p{N}]/u.test(word) || (i > 0 && i < all.length - 1))
        .slice(0, 20)
        .map(cut)
      if (words.length === 0) continue
      const wanted: Wanted = { words, place: 'anywhere', facets: ['/all'], ...LIVE }
      for (const doc of await liveDocs(db, await hitIds(db, dialect, wanted, 3))) found.push(doc.release_id)
      if (new Set(found).size >= MOST_LIKELY) return [...new Set(found)].slice(0, MOST_LIKELY)
    }
  return [...new Set(found)]
}
