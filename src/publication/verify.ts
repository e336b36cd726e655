/** Recomputes what every edition says of itself: hash, text, seal, order, and its place in the ledger. */
import type { Ctx } from '../context.ts'
import type { Content } from '../desk/content.ts'
import { falseAlarmContent, publicContent } from '../desk/false-alarm.ts'
import { openSealed, partHashes, revisionHash, type Sealed } from '../desk/sealed.ts'
import { releaseById, revisionOf } from '../desk/store.ts'
import { entriesAfter } from '../ledger/store.ts'
import { HOUR, plus } from '../lib/clock.ts'
import { canonicalJson } from '../lib/id.ts'
import { keyTurns } from '../staff/key-store.ts'
import { turnsBetween } from '../store/turn.ts'
import { type Claim, openAnySeal, sealsOf } from './seal.ts'
import { type EditionRow, editionsAfter } from './store.ts'

/**
 * seal: not by our key, by one whose place was taken before, or broken · claim: the row is not what was sealed · hash: the revision's text has another hash ·
 * text: the edition's text is not the revision's · order: a sequence is missing · ledger: not recorded as it stands here
 */
export type EditionFault = { edition: string; fault: 'seal' | 'claim' | 'hash' | 'text' | 'order' | 'ledger' }
const BATCH = 500
/** Until every machine has taken another key up, the one before still signs. */
const TAKEN_UP_IN = HOUR

export async function verifyEditions(ctx: Ctx): Promise<{ editions: number; faults: EditionFault[] }> {
  const recorded = await recordedEditions(ctx)
  const ended = new Map((await keyTurns(ctx.store.db)).map((turn) => [turn.old_kid, plus(turn.at, TAKEN_UP_IN)]))
  const faults: EditionFault[] = []
  let last = 0
  let editions = 0
  for (;;) {
    const rows = await editionsAfter(ctx.store.db, last, BATCH)
    for (const row of rows) {
      const number = (await releaseById(ctx.store.db, row.release_id))?.number ?? row.release_id
      const edition = `${number} #${row.number}`
      const turned = row.sequence === last + 1 ? 0 : await turnsBetween(ctx.store.db, last, row.sequence)
      if (row.sequence !== last + 1 + turned) faults.push({ edition, fault: 'order' })
      last = row.sequence
      const kinds = [
        ...sealFaults(ctx, ended, row, number),
        ...(await textFaults(ctx, row)),
        ...ledgerFaults(recorded, row),
      ]
      faults.push(...kinds.map((fault) => ({ edition, fault })))
      recorded.delete(row.id)
    }
    editions += rows.length
    if (rows.length < BATCH) break
  }
  // What the ledger saw published and the table no longer has.
  faults.push(...[...recorded.keys()].map((edition) => ({ edition, fault: 'order' as const })))
  return { editions, faults }
}

type Fact = { release?: string; number?: number; hash?: string; sequence?: number }

/** What the ledger says was published, by edition. */
async function recordedEditions(ctx: Ctx): Promise<Map<string, Fact>> {
  const found = new Map<string, Fact>()
  for (let seq = 0; ; ) {
    const entries = await entriesAfter(ctx.store.db, seq, BATCH)
    for (const e of entries)
      if (e.act === 'edition.publish' || e.act === 'edition.takedown')
        found.set(e.subject.replace('edition:', ''), JSON.parse(e.fact) as Fact)
    if (entries.length < BATCH) return found
    seq = entries.at(-1)?.seq ?? seq
  }
}

type Ended = ReadonlyMap<string, string>

/** Whoever got hold of a key is the reason to change it: it vouches for what was published in its time, and for nothing later. */
function sealFaults(ctx: Ctx, ended: Ended, row: EditionRow, releaseNumber: string): EditionFault['fault'][] {
  const inTime = sealsOf(ctx.keys, row.mode).filter(
    (key) => row.published_at <= (ended.get(key.kid) ?? row.published_at),
  )
  const claim = openAnySeal(inTime, row.seal)
  if (!claim) return ['seal']
  const said: Claim = {
    release: releaseNumber,
    edition: row.number,
    type: row.type,
    mode: row.mode,
    sequence: row.sequence,
    publishedAt: row.published_at,
    hash: row.revision_hash,
  }
  return canonicalJson(said) === canonicalJson(claim) ? [] : ['claim']
}

/** A purge took the words of both; then only the seal over the hash can be checked. */
async function textFaults(ctx: Ctx, row: EditionRow): Promise<EditionFault['fault'][]> {
  const revision = await revisionOf(ctx.store.db, row.release_id, row.revision)
  if (!revision) return row.content === null ? [] : ['text']
  const { sealed } = revision
  const faults: EditionFault['fault'][] = []
  const hashes = canonicalJson(partHashes(sealed)) === canonicalJson(revision.hashes)
  if (revisionHash(sealed) !== row.revision_hash || revision.hash !== row.revision_hash || !hashes) faults.push('hash')
  return sameText(row, sealed) ? faults : [...faults, 'text']
}

/** The revision's text, or where its alert was false the text that was agreed for that. */
function sameText(row: EditionRow, sealed: Sealed): boolean {
  if (row.content === null) return row.type === 'takedown'
  const content = JSON.parse(row.content) as Content
  const whole = openSealed(sealed)
  const { falseAlarmOf } = content.core
  const kit = falseAlarmOf !== undefined && whole.core.falseAlarmOf === undefined
  const said = kit ? falseAlarmContent(whole, falseAlarmOf) : publicContent(whole)
  return canonicalJson(content) === canonicalJson(said)
}

function ledgerFaults(recorded: Map<string, Fact>, row: EditionRow): EditionFault['fault'][] {
  const fact = recorded.get(row.id)
  if (!fact) return ['ledger']
  const same =
    fact.release === row.release_id &&
    fact.number === row.number &&
    fact.sequence === row.sequence &&
    (row.type === 'takedown' || fact.hash === row.revision_hash)
  return same ? [] : ['ledger']
}
