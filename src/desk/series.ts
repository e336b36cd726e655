/** 首报, 续报（一）…, 终报: an update gets its number in its title by being saved; it is fixed once the release is on its way. */
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'
import type { Content, Part } from './content.ts'
import { dropSeriesNumber, publicReport, putSeriesNumber, seriesNumberOf, takenNumbers } from './series-store.ts'
import type { ReleaseRow } from './store.ts'

type Trx = Kysely<Tables>

/** What an issue is raised from: how a report stands in the series of its incident. */
export type SeriesStanding = {
  /** Of an update. */
  number: number | null
  /** The release that has the same number; '' where it is kept to some. */
  taken: string | null
  /** The first report that is public, other than this one. */
  first: string | null
  /** The final report that is public, other than this one. */
  closedBy: string | null
}

/** The content with its number where the title says 续报 or update; what carries another's words is left as it is. */
export async function numbered(trx: Trx, release: ReleaseRow, content: Content): Promise<Content> {
  const { core } = content
  if (core.repostOf || core.relayOf) return content
  const { incidentId } = core
  const fits = core.kind === 'incident-update' && incidentId !== undefined
  if (release.editions === 0) {
    if (!fits) {
      await dropSeriesNumber(trx, release.id)
      return content
    }
    const series = { incidentId, mode: release.mode, releaseId: release.id }
    const [highest] = await takenNumbers(trx, series)
    await putSeriesNumber(trx, series, Number(highest?.place ?? 0) + 1)
  }
  const number = fits ? await seriesNumberOf(trx, release.id) : null
  return number === null ? content : { ...content, parts: titled(content.parts, number) }
}

function titled(parts: Content['parts'], n: number): Content['parts'] {
  const put = (part: Part | undefined, title: (t: string) => string) => part && { ...part, title: title(part.title) }
  const [zh, en] = [put(parts['zh-CN'], (s) => chinese(s, n)), put(parts.en, (s) => english(s, n))]
  return { ...parts, ...(zh ? { 'zh-CN': zh } : {}), ...(en ? { en } : {}) }
}

/** 续报（二）, over whatever number stood there; the first time the word stands alone counts. */
export const chinese = (title: string, n: number): string =>
  title.replace(/续报(?:[（(][^）)]{1,6}[）)])?/, `续报（${hanOf(n)}）`)
const english = (title: string, n: number): string =>
  title.replace(/\b(update)\b(?: \d{1,3}\b)?/i, (_, word: string) => `${word} ${n}`)

const DIGITS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九']
/** 1 → 一, 12 → 十二, 40 → 四十; figures from a hundred on. */
export function hanOf(n: number): string {
  if (n > 99) return String(n)
  const tens = Math.floor(n / 10)
  return `${tens > 1 ? DIGITS[tens] : ''}${tens ? '十' : ''}${DIGITS[n % 10]}`
}

export async function seriesStanding(db: Trx, release: ReleaseRow, content: Content): Promise<SeriesStanding | null> {
  const { incidentId, kind } = content.core
  if (!incidentId || !kind.startsWith('incident-')) return null
  const series = { incidentId, mode: release.mode, releaseId: release.id }
  const number = kind === 'incident-update' ? await seriesNumberOf(db, release.id) : null
  const taken = number === null ? [] : await takenNumbers(db, series)
  return {
    number,
    taken: taken.find((t) => Number(t.place) === number)?.number ?? null,
    first: await publicReport(db, series, 'incident-notice'),
    closedBy: await publicReport(db, series, 'incident-final'),
  }
}
