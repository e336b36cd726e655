/** 转载: a release that carries another agency's edition carries it unchanged, and only while that one stands. Pure. */
import type { Content, Core, Language, Part, RepostOf } from '../desk/content.ts'
import { languagesOf } from '../desk/content.ts'
import { type Issue, issue } from '../lib/errors.ts'
import { hashOf } from '../lib/id.ts'

/** The source as its rows say it is now. */
export type SourceStanding = {
  /** What a repost of the edition it stands on would name. */
  named: RepostOf
  /** That edition's text; null when it was purged. */
  content: Content | null
  /** Every edition of the source, oldest first. */
  editions: { number: number; type: string }[]
}

/** Facts of the core that stand beside the text and belong to it. The rest (places, subjects, outlets, lane) is the carrier's own. */
const FACTS = [
  'kind',
  'warningLevel',
  'documentNumber',
  'formedOn',
  'knownAt',
  'asOf',
  'nextUpdateAt',
  'expiresAt',
  'contacts',
] as const satisfies readonly (keyof Core)[]

export function repostIssues(content: Content, source: SourceStanding | null): Issue[] {
  const { repostOf } = content.core
  if (!repostOf) return []
  const number = repostOf.releaseNumber
  if (!source?.content) return [issue('core.repostOf', 'repost-source-gone', { number })]
  if (hashOf(source.named) !== hashOf(repostOf)) return [issue('core.repostOf', 'repost-source-differs', { number })]
  const change = changedSince(source.editions, repostOf.edition)
  const newest = source.editions.at(-1)?.number ?? 0
  if (change === 'gone') return [issue('core.repostOf', 'repost-source-gone', { number })]
  if (change === 'corrected')
    return [issue('core.repostOf', 'repost-superseded', { number, edition: repostOf.edition, newest })]
  return [
    ...(newest > repostOf.edition ? [issue('core.repostOf', 'repost-newer', { number, newest }, 'warning')] : []),
    ...differences(content, source.content),
  ]
}

/** What became of a source after the edition somebody stands on. A slip put right or a language added leaves it standing. */
export function changedSince(
  editions: readonly { number: number; type: string }[],
  edition: number,
): 'gone' | 'corrected' | null {
  const last = editions.at(-1)
  if (!last || last.type === 'withdrawal' || last.type === 'takedown') return 'gone'
  return editions.some((e) => e.number > edition && ['correction', 'withdrawal', 'takedown'].includes(e.type))
    ? 'corrected'
    : null
}

function differences(content: Content, source: Content): Issue[] {
  const languages = new Set<Language>([...languagesOf(source), ...languagesOf(content)])
  return [
    ...[...languages]
      .filter((l) => textHash(content.parts[l]) !== textHash(source.parts[l]))
      .map((l) => issue(`parts.${l}`, 'repost-differs')),
    ...FACTS.filter((name) => !same(content.core[name], source.core[name])).map((name) =>
      issue(`core.${name}`, 'repost-differs'),
    ),
    ...(same(content.attachments, source.attachments) ? [] : [issue('attachments', 'repost-differs')]),
  ]
}

const same = (a: unknown, b: unknown): boolean => hashOf({ v: a ?? null }) === hashOf({ v: b ?? null })

/** SHA-256 of what a reader reads of one language; the note about what changed is each agency's own. */
function textHash(part: Part | undefined): string {
  if (!part) return ''
  const { changeNote: _, withdrawalReason: __, falseAlarm: ___, ...text } = part
  return hashOf(text)
}
