/** A signature on flash by a person at a screen: with a second factor shown lately, where they have one or their office asks for it. */
import type { Kysely } from 'kysely'
import { notAllowed } from '../lib/errors.ts'
import type { Step } from '../staff/chain.ts'
import { type Factors, factorsOf, flashRules, hasAny, NO_FACTORS } from '../staff/factor-store.ts'
import type { Actor } from '../staff/member.ts'
import { freshProof, type Proof, spendProof } from '../staff/proof.ts'
import { membersOf } from '../staff/store.ts'
import type { Tables } from '../store/tables.ts'
import { type Able, ableTo } from './signers.ts'

type Db = Kysely<Tables>

/** `asked`: a factor must be shown; `has`: what this person has; `proof`: what the session has shown and is still good. */
export type FlashFactor = { asked: boolean; rule: boolean; has: Factors; proof: Proof | null }

/** A program's token with the scope `decide` is a factor of its own: whoever issued it answered for it, and it names no screen. */
export async function flashFactor(db: Db, by: Actor, agencyId: string, now: string): Promise<FlashFactor> {
  const has = await factorsOfMembers(db, [by.memberId], [by.agencyId]).then((m) => m.get(by.memberId) ?? NO_FACTORS)
  const rule = (await flashRules(db, [...new Set([agencyId, by.agencyId])])).length > 0
  const proof = await freshProof(db, by, now)
  return { asked: by.session !== undefined && (rule || hasAny(has)), rule, has, proof }
}

async function factorsOfMembers(db: Db, memberIds: string[], agencyIds: string[]): Promise<Map<string, Factors>> {
  const rows = (await membersOf(db, agencyIds)).filter((m) => memberIds.includes(m.id))
  const found = await factorsOf(
    db,
    rows.flatMap((m) => (m.user_id ? [m.user_id] : [])),
  )
  return new Map(rows.map((m) => [m.id, found.get(m.user_id ?? '') ?? NO_FACTORS]))
}

/** Signers who could take the step and have a factor at hand, those on duty first. */
export async function signersWithFactor(
  db: Db,
  agencyId: string,
  step: Step,
  barred: string[],
  now: string,
): Promise<Able[]> {
  const able = await ableTo(db, agencyId, step, barred, now)
  const has = await factorsOfMembers(
    db,
    able.map((a) => a.memberId),
    [...new Set(able.map((a) => a.agencyId))],
  )
  return able.filter((a) => hasAny(has.get(a.memberId) ?? NO_FACTORS))
}

/** Inside the transaction of the signature, which uses up what was shown. @throws Refusal factor-needed, factor-none */
export async function assertFlashFactor(trx: Db, by: Actor, agencyId: string, now: string): Promise<void> {
  const { asked, has, proof } = await flashFactor(trx, by, agencyId, now)
  if (!asked) return
  if (!proof) throw notAllowed(hasAny(has) ? 'factor-needed' : 'factor-none')
  await spendProof(trx, by)
}
