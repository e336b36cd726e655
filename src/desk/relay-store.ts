/** Rows of warnings relayed. */

import type { Kysely } from 'kysely'
import type { CapAlert } from '../incident/warning/alert.ts'
import type { Known } from '../incident/warning/place.ts'
import type { Tables } from '../store/tables.ts'

type Db = Kysely<Tables>

/** A thread is hours or days long; what is older than so many others is not gone on from. */
const RECENT = 500

export type KnownRelay = Known & { releaseId: string }

export async function recentRelays(db: Db, agencyId: string): Promise<KnownRelay[]> {
  const rows = await db
    .selectFrom('relay')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .orderBy('received_at', 'desc')
    .limit(RECENT)
    .execute()
  return rows.map((r) => ({
    releaseId: r.release_id,
    identifier: r.identifier,
    sender: r.sender,
    sent: r.sent,
    msgType: r.msg_type as Known['msgType'],
    references: JSON.parse(r.refs) as Known['references'],
    sha256: r.sha256,
    ...(r.expires ? { expires: r.expires } : {}),
  }))
}

export type Arrived = {
  releaseId: string
  agencyId: string
  sha256: string
  form: string
  expires?: string
  at: string
}

/** @returns false when the same message was recorded meanwhile */
export async function insertRelay(db: Db, alert: CapAlert, of: Arrived): Promise<boolean> {
  const done = await db
    .insertInto('relay')
    .values({
      release_id: of.releaseId,
      agency_id: of.agencyId,
      identifier: alert.identifier,
      sender: alert.sender,
      sent: alert.sent,
      msg_type: alert.msgType,
      refs: JSON.stringify(alert.references),
      expires: of.expires ?? null,
      sha256: of.sha256,
      form: of.form,
      received_at: of.at,
    })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst()
  return Number(done.numInsertedOrUpdatedRows ?? 0) > 0
}
