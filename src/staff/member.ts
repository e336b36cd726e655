/** Members, their roles, and how their agency stands to another. */
import type { Language } from '../desk/content.ts'

export const ROLES = ['drafter', 'reviewer', 'confidentiality', 'signer', 'admin', 'auditor'] as const
export type Role = (typeof ROLES)[number]

/** The member's agency seen from the release's: own, an ancestor (parent), a descendant (child), or neither. */
export const RELATIONS = ['own', 'parent', 'child', 'unrelated'] as const
export type Relation = (typeof RELATIONS)[number]

/** What a bearer token may do; a session has all of them. No token decides unless it says `decide`. */
export const SCOPES = ['read', 'write', 'decide', 'admin'] as const
export type Scope = (typeof SCOPES)[number]

/** Who acts: a member by session or token, with what is needed to judge every act. */
export type Actor = {
  memberId: string
  name: string
  agencyId: string
  /** The agency's ancestors, nearest first. */
  ancestors: string[]
  roles: Role[]
  /** Languages the member may approve. */
  languages: Language[]
  scopes: readonly Scope[]
  /** Id of the session; absent for a program, a command, the timetable. */
  session?: string
}

/** `target` is the other agency with its ancestors, nearest first. */
export function relationOf(
  actor: Pick<Actor, 'agencyId' | 'ancestors'>,
  target: { id: string; ancestors: string[] },
): Relation {
  if (actor.agencyId === target.id) return 'own'
  if (target.ancestors.includes(actor.agencyId)) return 'parent'
  if (actor.ancestors.includes(target.id)) return 'child'
  return 'unrelated'
}

/** 限阅 keeps out who only writes elsewhere: those who review, sign and audit read everything of their office anyway. */
export const readsEverything = (by: Pick<Actor, 'roles'>): boolean =>
  by.roles.some((r) => r === 'reviewer' || r === 'confidentiality' || r === 'signer' || r === 'auditor')
