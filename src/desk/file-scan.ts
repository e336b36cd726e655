/** What was found in a file, between the row that keeps it and those who read it. */
import type { Ctx } from '../context.ts'
import { sha256 } from '../lib/id.ts'
import { agencyById } from '../staff/store.ts'
import type { Content } from './content.ts'
import type { ScanRow } from './file-scan-store.ts'
import { type Column, type Finding, type Looked, RULES_VERSION } from './looked.ts'
import type { ReleaseRow } from './store.ts'

export type FileScan = {
  sha256: string
  findings: Finding[]
  columns: Column[]
  removed: string[]
  derivedFrom: string | null
}

export const readScan = (row: ScanRow): FileScan => ({
  sha256: row.sha256,
  findings: JSON.parse(row.findings) as Finding[],
  columns: JSON.parse(row.table_columns) as Column[],
  removed: JSON.parse(row.removed) as string[],
  derivedFrom: row.derived_from,
})

/** What a look needs to know of the release: the agency's words, and the numbers that are meant to be read. */
export async function rulesFor(
  ctx: Ctx,
  release: ReleaseRow,
  content: Content,
): Promise<{ words: string; phones: string[] }> {
  const words = (await agencyById(ctx.store.db, release.agency_id))?.word_list ?? ''
  const phones = content.core.contacts.flatMap((c) =>
    c.phone ? [c.phone.replace(/\D/g, '').replace(/^86(?=\d{10,})/, '')] : [],
  )
  return { words, phones }
}

export const scanRow = (
  of: { releaseId: string; sha256: string; words: string; at: string; derivedFrom?: string },
  looked: Pick<Looked, 'findings' | 'columns' | 'removed'>,
): ScanRow => ({
  release_id: of.releaseId,
  sha256: of.sha256,
  rules: RULES_VERSION,
  words: sha256(of.words),
  findings: JSON.stringify(looked.findings),
  table_columns: JSON.stringify(looked.columns),
  removed: JSON.stringify(looked.removed),
  derived_from: of.derivedFrom ?? null,
  looked_at: of.at,
})
/** Whether it was looked at under other rules or another list of words. */
export const isStale = (row: ScanRow, words: string): boolean =>
  row.rules !== RULES_VERSION || row.words !== sha256(words)
