/** Before a draft goes to review: files nobody has looked into, or only under older rules or another list of words. */
import type { Ctx } from '../context.ts'
import { isStale, rulesFor, scanRow } from '../desk/file-scan.ts'
import { keepScan, scansOf } from '../desk/file-scan-store.ts'
import { admit } from '../desk/gate.ts'
import { type Finding, finding, type Looked } from '../desk/looked.ts'
import { revisionOf } from '../desk/store.ts'
import { Refusal } from '../lib/errors.ts'
import type { Actor } from '../staff/member.ts'

/** The files stand as they are stored: nothing is cleaned, or their hashes would not be those people have seen. */
export async function lookAgain(ctx: Ctx, by: Actor, ref: string): Promise<void> {
  const { db } = ctx.store
  const { release } = await admit(db, by, ref, 'release.submit')
  const content = (await revisionOf(db, release.id, release.revision))?.content
  if (!content) return
  const rules = await rulesFor(ctx, release, content)
  const known = await scansOf(db, release.id)
  for (const file of content.attachments) {
    if (file.sha256 === content.core.relayOf?.sha256) continue
    const row = known.find((k) => k.sha256 === file.sha256)
    if (row && !isStale(row, rules.words)) continue
    const bytes = await ctx.blobs.get(file.sha256)
    if (!bytes) continue
    const looked = await lookAsIs(ctx, { name: file.name, bytes, ...rules })
    // What was taken out when it came in is not to be seen in what is left.
    const removed = row ? (JSON.parse(row.removed) as string[]) : []
    const of = { releaseId: release.id, sha256: file.sha256, words: rules.words, at: ctx.clock.now() }
    await keepScan(
      db,
      scanRow(row?.derived_from ? { ...of, derivedFrom: row.derived_from } : of, { ...looked, removed }),
    )
  }
}

type Task = { name: string; bytes: Uint8Array; words: string; phones: string[] }

/** A file of a kind that is not taken in any more is one a person has to look at. */
async function lookAsIs(ctx: Ctx, task: Task): Promise<Pick<Looked, 'findings' | 'columns'>> {
  const whole = { kind: 'file', at: '' } as const
  try {
    const looked = await ctx.looker.look({ ...task, bytes: new Uint8Array(task.bytes), asIs: true })
    const mark: Finding[] = looked.marked
      ? [{ rule: 'secrecy-mark', scanner: 'secrecy', weight: 'block', place: whole, count: 1, excerpt: '' }]
      : []
    return { columns: looked.columns, findings: [...mark, ...looked.findings] }
  } catch (err) {
    if (!(err instanceof Refusal) || err.kind !== 'invalid') throw err
    return { columns: [], findings: [finding('file-unscannable', whole)] }
  }
}
