/** A revision's canonical form: each part with its own salt and hash, the whole with one more. */
import { hashOf, newSalt } from '../lib/id.ts'
import type { Attachment, Content, Core, Language, Part } from './content.ts'
import { languagesOf } from './content.ts'

/** core, each language tag, attachments. */
export type PartName = 'core' | 'attachments' | Language
export type PartHashes = Partial<Record<PartName, string>>

type Salted<T> = { salt: string; value: T }
/** What is stored and hashed. A part that did not change keeps its salt, so that verdicts on it stand. */
export type Sealed = {
  salt: string
  core: Salted<Core>
  parts: Partial<Record<Language, Salted<Part>>>
  attachments: Salted<Attachment[]>
}

/** Seals content against the revision before it (null for the first). */
export function sealContent(
  content: Content,
  before: Sealed | null,
): { sealed: Sealed; hashes: PartHashes; hash: string; changed: PartName[] } {
  const parts: Sealed['parts'] = {}
  for (const language of languagesOf(content)) {
    parts[language] = keepSalt(content.parts[language] as Part, before?.parts[language])
  }
  const sealed: Sealed = {
    salt: newSalt(),
    core: keepSalt(content.core, before?.core),
    parts,
    attachments: keepSalt(content.attachments, before?.attachments),
  }
  const hashes = partHashes(sealed)
  const old = before ? partHashes(before) : {}
  const names = new Set([...Object.keys(hashes), ...Object.keys(old)] as PartName[])
  return { sealed, hashes, hash: revisionHash(sealed), changed: [...names].filter((n) => hashes[n] !== old[n]) }
}

export const partHashes = (s: Sealed): PartHashes => ({
  core: hashOf(s.core),
  ...Object.fromEntries(Object.entries(s.parts).map(([language, part]) => [language, hashOf(part)])),
  attachments: hashOf(s.attachments),
})

/** SHA-256 over the canonical JSON (RFC 8785) of the whole revision. */
export const revisionHash = (s: Sealed): string => hashOf(s)

export const openSealed = (s: Sealed): Content => ({
  core: s.core.value,
  parts: Object.fromEntries(Object.entries(s.parts).map(([language, part]) => [language, part.value])),
  attachments: s.attachments.value,
})

function keepSalt<T>(value: T, before: Salted<T> | undefined): Salted<T> {
  if (before && hashOf(before.value) === hashOf(value)) return { salt: before.salt, value }
  return { salt: newSalt(), value }
}
