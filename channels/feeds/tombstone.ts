/** Tombstones (RFC 6721): for readers that know them, the entry is to be deleted. In Atom, and as an extension in RSS. */
import { plus } from '../../src/lib/clock.ts'
import { el, type Xml } from '../../src/lib/xml.ts'
import type { Entry } from './entry.ts'

export const TOMBSTONES = 'http://purl.org/atompub/tombstones/1.0'

/**
 * One for each release taken back. An entry with the same id stands beside it, with number and time or the approved
 * reason: most readers know no tombstones and would keep showing the old words (§3 allows both). The tombstone of a
 * withdrawal is dated just before that entry, so that the reason lives on where the text is deleted; that of a takedown is
 * not, so that nothing does.
 */
export const deletedEntries = (entries: Entry[]): Xml[] =>
  entries.flatMap((entry) => {
    if (entry.state !== 'withdrawn' && entry.state !== 'takedown') return []
    const when = entry.state === 'takedown' ? entry.updated : plus(entry.updated, -1)
    return [
      el('at:deleted-entry', { ref: entry.id, when }, el('at:comment', { 'xml:lang': entry.language }, entry.title)),
    ]
  })
