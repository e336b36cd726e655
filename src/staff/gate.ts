/** The door of acts that concern an agency and not a release: may this member do this there? */
import type { Kysely } from 'kysely'
import { notAllowed, notFound, type Refusal, wrongState } from '../lib/errors.ts'
import type { Tables } from '../store/tables.ts'
import { type Actor, type Relation, relationOf } from './member.ts'
import { type Act, may } from './policy.ts'
import { agencyById, ancestorsOf } from './store.ts'

type Db = Kysely<Tables>

/** Acts on something that is not a release: an agency, the roster, an incident. */
export async function admitAgency(db: Db, by: Actor, agencyId: string, act: Act): Promise<Relation> {
  const agency = await agencyById(db, agencyId)
  if (!agency) throw notFound('agency')
  const relation = relationOf(by, { id: agency.id, ancestors: await ancestorsOf(db, agency.id) })
  const answer = may(act, { roles: by.roles, relation, scopes: by.scopes })
  if (!answer.ok) throw refusalFor(act, answer.refused, answer.roles)
  return relation
}

/** Acts that concern one's own agency only. */
export function admitHome(by: Actor, act: Act): void {
  const answer = may(act, { roles: by.roles, relation: 'own', scopes: by.scopes })
  if (!answer.ok) throw refusalFor(act, answer.refused, answer.roles)
}

/** What the table said no with, as the refusal a person reads. */
export function refusalFor(
  act: Act,
  refused: 'scope' | 'role' | 'relation' | 'contributor' | 'state',
  roles: string[],
  state?: string,
): Refusal {
  switch (refused) {
    case 'scope':
      return notAllowed('token-scope', { act })
    case 'role':
      return notAllowed('no-role', { act, roles: roles.join(' ') })
    case 'relation':
      return notAllowed('other-agency', { act })
    case 'contributor':
      return notAllowed('own-work', { act })
    case 'state':
      return wrongState('wrong-state', { act, state: state ?? '' })
    default:
      return refused satisfies never
  }
}
