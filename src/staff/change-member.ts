/** Changes what is known of a member at once, and what they may do by two people. */
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { append } from '../ledger/append.ts'
import { invalid, notFound } from '../lib/errors.ts'
import { readableZod } from '../lib/shape.ts'
import type { Change } from './change.ts'
import { languagesField, nameField, phoneField, roleIssues, rolesField } from './fields.ts'
import { admitAgency } from './gate.ts'
import type { Actor, Role } from './member.ts'
import { type Proposal, propose } from './propose.ts'
import { type MemberRow, memberById, rolesOf, updateMember } from './store.ts'

export const memberChangeInput = z.strictObject({
  name: nameField.optional(),
  phone: phoneField.optional(),
  languages: languagesField.optional(),
  roles: rolesField.optional(),
  active: z.boolean().optional(),
})
type Input = z.output<typeof memberChangeInput>

/** @returns what became of roles and activity, or null when neither was to change */
export async function changeMember(ctx: Ctx, by: Actor, memberId: string, sent: unknown): Promise<Proposal | null> {
  const input = readableZod(memberChangeInput, sent)
  const issues = roleIssues(input.roles ?? [])
  if (issues.length) throw invalid(issues)
  return ctx.store.tx(async (trx) => {
    const member = await memberById(trx, memberId)
    if (!member) throw notFound('member')
    await admitAgency(trx, by, member.agency_id, 'staff.manage')
    const atOnce = columnsAtOnce(member, input)
    if (Object.keys(atOnce).length) {
      await updateMember(trx, member.id, atOnce)
      await append(trx, ctx, {
        actor: by.memberId,
        act: 'member.change',
        subject: `member:${member.id}`,
        fact: { columns: Object.keys(atOnce).sort().join(' ') },
      })
    }
    const change = dangerousPart(member, input)
    return change ? propose(ctx, trx, by, member.agency_id, change) : null
  })
}

/** Somebody who has left is shut out at once; only an administrator's seat needs a second hand, or one could empty the other. */
function columnsAtOnce(member: MemberRow, input: Input): Partial<MemberRow> {
  return {
    ...(input.name === undefined ? {} : { name: input.name }),
    ...(input.phone === undefined ? {} : { phone: input.phone }),
    ...(input.languages === undefined ? {} : { languages: JSON.stringify([...new Set(input.languages)]) }),
    ...(leavesQuietly(member, input) ? { active: 0 } : {}),
  }
}

const leavesQuietly = (member: MemberRow, input: Input): boolean =>
  input.active === false && member.active === 1 && !rolesOf(member).includes('admin')

function dangerousPart(member: MemberRow, input: Input): Extract<Change, { kind: 'member' }> | null {
  const roles = input.roles && !sameRoles(input.roles, rolesOf(member)) ? [...new Set(input.roles)] : undefined
  const turned = input.active !== undefined && input.active !== (member.active === 1)
  const active = turned && !leavesQuietly(member, input) ? input.active : undefined
  if (!roles && active === undefined) return null
  return {
    kind: 'member',
    memberId: member.id,
    ...(roles ? { roles } : {}),
    ...(active === undefined ? {} : { active }),
  }
}

const sameRoles = (a: Role[], b: Role[]): boolean => [...new Set(a)].sort().join() === [...new Set(b)].sort().join()
