/** What screens say of attached files: looked into or not, what is open in each, what was taken out. */
import type { Ctx } from '../../context.ts'
import type { Content } from '../../desk/content.ts'
import { readScan } from '../../desk/file-scan.ts'
import { scansOf } from '../../desk/file-scan-store.ts'
import type { JudgedHit } from '../../review/judge.ts'
import type { Kept } from '../views/draft-core.tsx'
import type { FileState } from '../views/scan-file.tsx'
import { filesOf } from './desk-draft-data.ts'

const NEEDS_PERSON = ['file-unscannable', 'file-scan-page', 'file-picture']

type Of = { id: string; number: string }

export async function fileStates(ctx: Ctx, release: Of, content: Content, hits: JudgedHit[]): Promise<FileState[]> {
  const scans = await scansOf(ctx.store.db, release.id)
  return content.attachments.map(({ sha256, name }) => {
    const row = scans.find((s) => s.sha256 === sha256)
    const scan = row && readScan(row)
    const own = hits.filter((h) => h.file?.sha256 === sha256)
    const person = scan?.findings.some((f) => NEEDS_PERSON.includes(f.rule)) ?? false
    return {
      sha256,
      name,
      state: content.core.relayOf?.sha256 === sha256 ? 'relayed' : !scan ? 'unlooked' : person ? 'person' : 'done',
      href: `/desk/releases/${release.number}/files/${sha256}/look`,
      open: own.filter((h) => !h.resolution).length,
      removed: scan?.removed ?? [],
      derived: Boolean(scan?.derivedFrom),
    }
  })
}

/** Files of a draft with their scans, in the order of its content. */
export async function scannedFiles(ctx: Ctx, release: Of, content: Content, hits: JudgedHit[]): Promise<Kept[]> {
  const [{ used }, scans] = await Promise.all([
    filesOf(ctx, release.id, content),
    fileStates(ctx, release, content, hits),
  ])
  return used.map((file) => ({ ...file, scan: scans.find((s) => s.sha256 === file.sha256) }))
}
