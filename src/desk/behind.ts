/** Which languages have not followed the Chinese: told from the hashes of their parts, revision by revision. Pure. */
import type { Language } from './content.ts'
import type { PartHashes } from './sealed.ts'

export type Saved = { ordinal: number; hashes: PartHashes }
/** Revision in which a language was last changed, and the last after it that changed the Chinese. */
export type Lag = { own: number; chinese: number }

/** `saved` are all revisions of a release, oldest first. Only languages the last one holds are named. */
export function languagesBehind(saved: Saved[]): Partial<Record<Language, Lag>> {
  const now = saved.at(-1)?.hashes
  if (!now?.['zh-CN']) return {}
  const changed = (part: Language) =>
    saved.findLast((s, i) => s.hashes[part] !== saved[i - 1]?.hashes[part])?.ordinal ?? 0
  const chinese = changed('zh-CN')
  return Object.fromEntries(
    (['mn-Mong-CN', 'en'] as const)
      .filter((l) => now[l])
      .map((l) => [l, { own: changed(l), chinese }] as const)
      .filter(([, lag]) => lag.own < lag.chinese),
  )
}
