/** Rows of agencies, members, roster, tokens, change requests and one-time links. */
import { type Kysely, sql, type Updateable } from 'kysely'
import type { Tables } from '../store/tables.ts'
import type { Role } from './member.ts'

type Db = Kysely<Tables>
export type AgencyRow = Tables['agency']
export type MemberRow = Tables['member']

export const agencyById = (db: Db, id: string) =>
  db.selectFrom('agency').selectAll().where('id', '=', id).executeTakeFirst()
export const agencyBySlug = (db: Db, slug: string) =>
  db.selectFrom('agency').selectAll().where('slug', '=', slug).executeTakeFirst()
export const allAgencies = (db: Db) => db.selectFrom('agency').selectAll().orderBy('slug').execute()
export const insertAgency = (db: Db, row: AgencyRow) => db.insertInto('agency').values(row).execute()
export const updateAgency = (db: Db, id: string, set: Updateable<Tables['agency']>) =>
  db.updateTable('agency').set(set).where('id', '=', id).execute()

/** Ancestors of an agency, nearest first. The tree is a few levels deep. */
export async function ancestorsOf(db: Db, agencyId: string): Promise<string[]> {
  const found: string[] = []
  let at = await agencyById(db, agencyId)
  while (at?.parent_id && !found.includes(at.parent_id)) {
    found.push(at.parent_id)
    at = await agencyById(db, at.parent_id)
  }
  return found
}

export const memberById = (db: Db, id: string) =>
  db.selectFrom('member').selectAll().where('id', '=', id).executeTakeFirst()
export const memberByUser = (db: Db, userId: string) =>
  db.selectFrom('member').selectAll().where('user_id', '=', userId).executeTakeFirst()
export const memberByEmail = (db: Db, email: string) =>
  db.selectFrom('member').selectAll().where('email', '=', email.toLowerCase()).executeTakeFirst()
export const membersOf = (db: Db, agencyIds: string[]) =>
  agencyIds.length === 0
    ? Promise.resolve([])
    : db.selectFrom('member').selectAll().where('agency_id', 'in', agencyIds).orderBy('name').execute()
export const memberCount = async (db: Db): Promise<number> =>
  Number(
    (
      await db
        .selectFrom('member')
        .select((e) => e.fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
    ).n,
  )
export const insertMember = (db: Db, row: MemberRow) => db.insertInto('member').values(row).execute()
export const updateMember = (db: Db, id: string, set: Updateable<Tables['member']>) =>
  db.updateTable('member').set(set).where('id', '=', id).execute()

export const rolesOf = (member: Pick<MemberRow, 'roles'>): Role[] => JSON.parse(member.roles) as Role[]

export const rosterOf = (db: Db, agencyIds: string[], at: string) =>
  db
    .selectFrom('roster')
    .innerJoin('member', 'member.id', 'roster.member_id')
    .select([
      'roster.id',
      'roster.role',
      'roster.backup',
      'roster.starts_at',
      'roster.ends_at',
      'member.id as member_id',
      'member.name',
      'member.phone',
      'member.agency_id',
    ])
    .where('roster.agency_id', 'in', agencyIds)
    .where('roster.starts_at', '<=', at)
    .where('roster.ends_at', '>', at)
    .orderBy('roster.backup')
    .execute()
export const insertDuty = (db: Db, row: Tables['roster']) => db.insertInto('roster').values(row).execute()

export const tokenByHash = (db: Db, hash: string) =>
  db.selectFrom('api_token').selectAll().where('hash', '=', hash).executeTakeFirst()
export const insertToken = (db: Db, row: Tables['api_token']) => db.insertInto('api_token').values(row).execute()
export const tokensOf = (db: Db, memberId: string) =>
  db.selectFrom('api_token').selectAll().where('member_id', '=', memberId).orderBy('created_at', 'desc').execute()
export const updateToken = (db: Db, id: string, set: Updateable<Tables['api_token']>) =>
  db.updateTable('api_token').set(set).where('id', '=', id).execute()

export const insertChange = (db: Db, row: Tables['change_request']) =>
  db.insertInto('change_request').values(row).execute()
export const changeById = (db: Db, id: string) =>
  db.selectFrom('change_request').selectAll().where('id', '=', id).executeTakeFirst()
export const openChanges = (db: Db, agencyIds: string[]) =>
  db
    .selectFrom('change_request')
    .selectAll()
    .where('agency_id', 'in', agencyIds)
    .where('state', '=', 'open')
    .orderBy('proposed_at')
    .execute()
export const updateChange = (db: Db, id: string, set: Updateable<Tables['change_request']>) =>
  db.updateTable('change_request').set(set).where('id', '=', id).where('state', '=', 'open').executeTakeFirst()

export const insertLink = (db: Db, row: Tables['one_time_link']) => db.insertInto('one_time_link').values(row).execute()
export const linkByHash = (db: Db, hash: string) =>
  db.selectFrom('one_time_link').selectAll().where('hash', '=', hash).executeTakeFirst()
/** Marks a link used; 0 rows when somebody was faster. */
export const useLink = async (db: Db, hash: string, at: string): Promise<boolean> =>
  (
    await db
      .updateTable('one_time_link')
      .set({ used_at: at })
      .where('hash', '=', hash)
      .where('used_at', 'is', null)
      .executeTakeFirst()
  ).numUpdatedRows > 0n
/** Ends every open link for a purpose, and of one member where one is named. */
export const retireLinks = (db: Db, purpose: string, memberId: string | null, at: string) =>
  db
    .updateTable('one_time_link')
    .set({ used_at: at })
    .where('purpose', '=', purpose)
    .where('member_id', memberId === null ? 'is' : '=', memberId)
    .where('used_at', 'is', null)
    .execute()

/** Active administrators of an agency and of those above it who have a way in: a login or a token. */
export async function adminsOver(db: Db, agencyId: string): Promise<MemberRow[]> {
  const agencies = [agencyId, ...(await ancestorsOf(db, agencyId))]
  const rows = await db
    .selectFrom('member')
    .selectAll()
    .where('agency_id', 'in', agencies)
    .where('active', '=', 1)
    .where((e) =>
      e.or([
        e('user_id', 'is not', null),
        e.exists(e.selectFrom('api_token').select('api_token.id').whereRef('api_token.member_id', '=', 'member.id')),
      ]),
    )
    .execute()
  return rows.filter((m) => rolesOf(m).includes('admin'))
}

export const tokenById = (db: Db, id: string) =>
  db.selectFrom('api_token').selectAll().where('id', '=', id).executeTakeFirst()
export const dutyById = (db: Db, id: string) =>
  db.selectFrom('roster').selectAll().where('id', '=', id).executeTakeFirst()
export const endDuty = (db: Db, id: string, at: string) =>
  db.updateTable('roster').set({ ends_at: at }).where('id', '=', id).execute()
export const deleteDuty = (db: Db, id: string) => db.deleteFrom('roster').where('id', '=', id).execute()
/** Duties that touch a span of time, in order. */
export const dutiesBetween = (db: Db, agencyIds: string[], from: string, to: string) =>
  db
    .selectFrom('roster')
    .innerJoin('member', 'member.id', 'roster.member_id')
    .select([
      'roster.id',
      'roster.agency_id',
      'roster.member_id',
      'member.name',
      'member.phone',
      'roster.role',
      'roster.backup',
      'roster.starts_at',
      'roster.ends_at',
    ])
    .where('roster.agency_id', 'in', agencyIds)
    .where('roster.starts_at', '<', to)
    .where('roster.ends_at', '>', from)
    .orderBy('roster.starts_at')
    .execute()
/** An agency with all below it. */
export async function agencyFamily(db: Db, agencyId: string): Promise<AgencyRow[]> {
  const all = await allAgencies(db)
  const family = all.filter((a) => a.id === agencyId)
  for (const one of family) family.push(...all.filter((a) => a.parent_id === one.id && !family.includes(a)))
  return family
}
/** The login an address has with the sign-in library, whoever it belongs to. */
export async function loginByEmail(db: Db, email: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`select id from auth_user where email = ${email.toLowerCase()}`.execute(db)
  return rows[0]?.id ?? null
}

/** Those of these codes that are in the list of areas; null while there is no list. */
export async function knownAreaCodes(db: Db, codes: string[]): Promise<Set<string> | null> {
  const rows = await db.selectFrom('area').select('code').where('code', 'in', codes).execute()
  if (rows.length === 0 && !(await db.selectFrom('area').select('code').limit(1).executeTakeFirst())) return null
  return new Set(rows.map((r) => r.code))
}
