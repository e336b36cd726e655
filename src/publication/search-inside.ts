/**
 * Search at the desk: everything this person may see, and nothing they may not. There is no index of drafts: the newest current
 * revisions are looked through, so that there is no other place a draft's words lie in and a purge would have to reach.
 */
import { setImmediate as breathe } from 'node:timers/promises'
import type { Ctx } from '../context.ts'
import type { Content } from '../desk/content.ts'
import { textFields } from '../desk/fields.ts'
import { type Sight, windowsOf } from '../desk/list.ts'
import { contentIn, newestWithin, releasesNumbered, withCurrentTexts } from '../desk/scan-store.ts'
import type { ReleaseRow } from '../desk/store.ts'
import { type IncidentRow, incidents } from '../incident/store.ts'
import { query, tokens } from '../lib/cjk.ts'
import { systemClock } from '../lib/clock.ts'
import { type Actor, RELATIONS, readsEverything } from '../staff/member.ts'
import { may, type ReleaseState } from '../staff/policy.ts'
import { documentKey, isDocumentNumber } from './document-key.ts'
import { excerptOf, finderOf, marked, type Piece } from './excerpt.ts'

export const LONGEST_QUERY = 100
/** Current revisions looked through, and so many at a time: between two lots others are served. */
export const LOOKED_THROUGH = 2000
const AT_A_TIME = 25
/** Milliseconds. */
const LONGEST_HOLD = 8
const MOST_SHOWN = 50
const WIDTH = 110

export type InsideHit = {
  release: ReleaseRow
  /** Empty where the words are not this reader's. */
  title: Piece[]
  excerpt: Piece[]
  how: 'number' | 'document' | 'title' | 'text'
}
export type InsideFound = {
  hits: InsideHit[]
  /** `near`: of one's own office or one below it, whose page one may open. */
  incidents: { row: IncidentRow; title: Piece[]; near: boolean }[]
  /** There are older releases that were not looked through. */
  more: boolean
}

const NOTHING: InsideFound = { hits: [], incidents: [], more: false }

/** Numbers first, then titles, then texts; within each the newest change first. */
export async function searchInside(ctx: Ctx, by: Actor, asked: string, lang: 'zh' | 'en'): Promise<InsideFound> {
  const q = asked.trim().slice(0, LONGEST_QUERY)
  const terms = query(q)
  if (terms.length === 0) return NOTHING
  const sights = await windowsOf(ctx, by, RELATIONS)
  const numbered = await byNumber(ctx, by, sights, q)
  const ids = await newestWithin(ctx.store.db, sights, LOOKED_THROUGH + 1, onlyFor(by))
  const scanned = await scan(ctx, by, sights, ids.slice(0, LOOKED_THROUGH), { q, terms })
  const known = new Set(numbered.map((h) => h.release.id))
  const rank = (hit: InsideHit) => ['number', 'document', 'title', 'text'].indexOf(hit.how)
  const hits = [...numbered, ...scanned.filter((h) => !known.has(h.release.id))].sort((a, b) => rank(a) - rank(b))
  return {
    hits: hits.slice(0, MOST_SHOWN),
    incidents: await incidentsNamed(ctx, by, sights, { q, terms }, lang),
    more: ids.length > LOOKED_THROUGH || hits.length >= MOST_SHOWN,
  }
}

/** 限阅 holds in search as in every list: what is kept to others is not there. */
const onlyFor = (by: Actor): string | null => (readsEverything(by) ? null : by.memberId)

const sightOf = (sights: Sight[], release: ReleaseRow): Sight | undefined =>
  sights.find((s) => s.agencyIds.includes(release.agency_id))

/** What a release says is read by its own office, and by everybody only as long as the public may. */
function mayReadWords(by: Actor, sight: Sight, release: ReleaseRow, content: Content, now: string): boolean {
  const state = release.state as ReleaseState
  const inside = may('release.inspect', { roles: by.roles, relation: sight.relation, scopes: by.scopes, state }).ok
  const { displayUntil } = content.core
  return inside || (state === 'published' && (displayUntil === undefined || displayUntil > now))
}

const mayKnow = (sight: Sight | undefined, release: ReleaseRow): sight is Sight =>
  sight?.states.includes(release.state as ReleaseState) ?? false

/** 2026-000042, 000042, or 42. */
async function byNumber(ctx: Ctx, by: Actor, sights: Sight[], q: string): Promise<InsideHit[]> {
  const [, year, count] = /^(?:(\d{4})-)?(\d{1,6})$/.exec(q.normalize('NFKC').replace(/\s/g, '')) ?? []
  if (!count) return []
  const ending = `${year ?? ''}-${count.padStart(6, '0')}`
  const rows = await withCurrentTexts(
    ctx.store.db,
    await releasesNumbered(ctx.store.db, ending, MOST_SHOWN, onlyFor(by)),
  )
  return rows.flatMap(({ content: stored, ...release }): InsideHit[] => {
    const sight = sightOf(sights, release)
    if (!mayKnow(sight, release)) return []
    const content = stored ? contentIn(stored) : null
    const shown = content && mayReadWords(by, sight, release, content, ctx.clock.now()) ? content : null
    return [{ release, title: shown ? [{ text: titleOf(shown), hit: false }] : [], excerpt: [], how: 'number' }]
  })
}

const titleOf = ({ parts }: Content): string => (parts['zh-CN'] ?? Object.values(parts)[0])?.title ?? ''

type Asked = { q: string; terms: string[] }

async function scan(ctx: Ctx, by: Actor, sights: Sight[], ids: string[], asked: Asked): Promise<InsideHit[]> {
  const found: InsideHit[] = []
  const now = ctx.clock.now()
  const pause = breather()
  for (let from = 0; from < ids.length; from += AT_A_TIME) {
    await pause.now()
    for (const { content: stored, ...release } of await withCurrentTexts(
      ctx.store.db,
      ids.slice(from, from + AT_A_TIME),
    )) {
      await pause.ifLong()
      if (!stored || !mayHold(stored, asked.terms)) continue
      const content = contentIn(stored)
      const sight = sightOf(sights, release)
      if (!mayKnow(sight, release) || !mayReadWords(by, sight, release, content, now)) continue
      // A full page of texts is not looked past; a title may still come before them.
      const hit = hitIn(release, content, asked, found.length < MOST_SHOWN)
      if (hit) found.push(hit)
    }
  }
  return found
}

/** Lets others be served: between two lots, and whenever it has been at it for long. */
function breather() {
  let since = systemClock.ticks()
  const now = async () => {
    await breathe()
    since = systemClock.ticks()
  }
  return { now, ifLong: () => (systemClock.ticks() - since > LONGEST_HOLD ? now() : undefined) }
}

/** Cheap, and never wrong in saying no: whether the words stand anywhere in what is stored. */
function mayHold(stored: string, terms: string[]): boolean {
  const plain = stored
    .replace(/<[^<>]*>/g, '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
  return terms.every((term) => plain.includes(term))
}

function hitIn(release: ReleaseRow, content: Content, { q, terms }: Asked, texts: boolean): InsideHit | null {
  const fields = textFields(content)
  const held = (these: string[]) => {
    const words = new Set(these.flatMap(tokens))
    return terms.every((term) => words.has(term))
  }
  const number = content.core.documentNumber ?? ''
  const asked = isDocumentNumber(q) && documentKey(q) === documentKey(number)
  const titles = fields.filter((f) => f.name === 'title' && f.part !== 'attachments').map((f) => f.text)
  const how =
    asked || (number && held([number]))
      ? 'document'
      : held(titles)
        ? 'title'
        : texts && held(fields.map((f) => f.text))
          ? 'text'
          : null
  if (!how) return null
  const finder = finderOf(q)
  const best = fields.find((f) => f.name !== 'title' && finder && f.text.search(finder.any) >= 0)
  return {
    release,
    title: marked(titleOf(content), finder),
    excerpt: how === 'text' && best ? excerptOf(best.text, finder, WIDTH) : [],
    how,
  }
}

/** Incidents are known to every office. */
async function incidentsNamed(ctx: Ctx, by: Actor, sights: Sight[], { q, terms }: Asked, lang: 'zh' | 'en') {
  const family = sights.filter((s) => s.relation === 'own' || s.relation === 'parent').flatMap((s) => s.agencyIds)
  if (!may('incident.list', { roles: by.roles, relation: 'own', scopes: by.scopes }).ok) return []
  const finder = finderOf(q)
  return (await incidents(ctx.store.db))
    .filter((row) => {
      const words = new Set(tokens(`${row.number} ${row.title_zh} ${row.title_en}`))
      return terms.every((term) => words.has(term))
    })
    .slice(0, MOST_SHOWN)
    .map((row) => ({
      row,
      title: marked((lang === 'en' && row.title_en) || row.title_zh, finder),
      near: family.includes(row.agency_id),
    }))
}
