/** Rows of what belongs to a press conference: its papers and its record, by what each release last said of itself. */
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'
import type { Content } from './content.ts'

type Db = Kysely<Tables>
export type ConferenceLink = Tables['conference_link']

export async function keepConferenceLinks(trx: Db, releaseId: string, { core }: Content): Promise<void> {
  await trx.deleteFrom('conference_link').where('release_id', '=', releaseId).execute()
  const named = (core.relatesTo ?? []).filter((r) => r.as === 'paper-of' || r.as === 'transcript-of')
  for (const { releaseId: conference, as } of named)
    await trx
      .insertInto('conference_link')
      .columns(['release_id', 'conference_id', 'relation'])
      .expression((e) =>
        e
          .selectFrom('release')
          .select((s) => [s.val(releaseId).as('release_id'), 'release.id as conference_id', s.val(as).as('relation')])
          .where('release.id', '=', conference),
      )
      .onConflict((c) => c.doNothing())
      .execute()
}

/** In the order the releases were begun. */
export const linksOf = (db: Db, conferenceIds: string[]): Promise<ConferenceLink[]> =>
  conferenceIds.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('conference_link')
        .selectAll()
        .where('conference_id', 'in', conferenceIds)
        .orderBy('release_id')
        .limit(500)
        .execute()
