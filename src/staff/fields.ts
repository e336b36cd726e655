/** Fields that several acts of the office share, as people send them. */
import { z } from 'zod'
import { isAreaCode } from '../lib/area-code.ts'
import { type Issue, issue } from '../lib/errors.ts'
import { ROLES, type Role } from './member.ts'

const line = (max: number) => z.string().trim().min(1, 'filled').max(max)

export const nameField = line(80)
export const phoneField = z.string().trim().max(40)
export const emailField = z
  .email()
  .max(254)
  .transform((e) => e.toLowerCase())
export const slugField = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'slug')
export const areaCodes = z.array(z.string().refine(isAreaCode, 'area-code')).min(1, 'filled').max(200)
export const languagesField = z.array(z.enum(['zh-CN', 'mn-Mong-CN', 'en'])).max(3)
export const rolesField = z.array(z.enum(ROLES)).max(ROLES.length)

export const agencyFields = { slug: slugField, nameZh: line(120), nameEn: line(160), areaCodes }

/** An auditor reads all and changes nothing, so nobody is auditor and something else. */
export const roleIssues = (roles: readonly Role[], field = 'roles'): Issue[] =>
  roles.includes('auditor') && roles.length > 1 ? [issue(field, 'auditor-alone')] : []
