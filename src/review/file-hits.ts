/** Hits inside attached files, from what was found when each was looked into. Pure. */
import type { Attachment, Content } from '../desk/content.ts'
import { readScan } from '../desk/file-scan.ts'
import type { ScanRow } from '../desk/file-scan-store.ts'
import { type Finding, finding } from '../desk/looked.ts'
import { sha256 } from '../lib/id.ts'
import type { Hit } from './scan.ts'

/** A file nobody has looked into is a hit of its own; a relayed original is held by its hash and signature (relay.ts). */
export function fileHits(content: Content, scans: ScanRow[]): Hit[] {
  const relayed = content.core.relayOf?.sha256
  return content.attachments.flatMap((file, i) => {
    if (file.sha256 === relayed) return []
    const scan = scans.find((s) => s.sha256 === file.sha256)
    const found = scan ? readScan(scan).findings : [finding('file-unlooked', { kind: 'file', at: '' })]
    return hitsOf(file, i, found)
  })
}

function hitsOf(file: Attachment, i: number, found: Finding[]): Hit[] {
  const seen = new Map<string, number>()
  return found
    .filter((f) => f.weight !== 'listed')
    .map((f): Hit => {
      const what = ['file', f.rule, file.sha256, f.place.kind, f.place.at, f.suggestion ?? ''].join('\u0000')
      const nth = (seen.get(what) ?? 0) + 1
      seen.set(what, nth)
      return {
        key: sha256(`${what}\u0000${nth}`),
        scanner: f.scanner,
        rule: f.rule,
        severity: f.weight === 'block' ? 'block' : 'notice',
        part: 'attachments',
        field: `attachments.${i}.file`,
        start: 0,
        end: 0,
        text: '',
        excerpt: f.excerpt,
        ...(f.suggestion ? { suggestion: f.suggestion } : {}),
        file: { sha256: file.sha256, name: file.name, place: f.place, count: f.count },
      }
    })
}
