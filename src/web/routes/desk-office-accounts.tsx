/** Accounts of others at the office: sessions ended, a login opened again, second factors taken away, the rule for flash. */
import { objectToChange } from '../../staff/decide-change.ts'
import { changeFlashFactor, resetFactors } from '../../staff/factor-changes.ts'
import { endMemberSessions, unlockMember } from '../../staff/own-account.ts'
import { proposeReset } from '../../staff/reset-login.ts'
import { memberById } from '../../staff/store.ts'
import type { App } from '../env.ts'
import { actorIn } from '../guards/route.ts'
import { first } from '../views/fields.ts'
import { type Deed, form } from './desk-office.tsx'

export function mountOfficeAccounts(app: App): void {
  form(app, 'members/{id}/account', 'staff.manage', account)
  form(app, 'changes/{id}/object', 'change.object', async (c) => {
    await objectToChange(c.var.ctx, actorIn(c), c.req.param('id') as string)
    return { said: 'change-stopped' }
  })
  form(app, 'flash-factor', 'staff.manage', flash)
}

const account: Deed = async (c, fields) => {
  const { ctx } = c.var
  const by = actorIn(c)
  const id = c.req.param('id') as string
  const back = { agency: (await memberById(ctx.store.db, id))?.agency_id ?? by.agencyId }
  switch (first(fields, 'do')) {
    case 'factors': {
      const { state } = await resetFactors(ctx, by, id)
      return { said: state === 'open' ? 'change-login-open' : 'account-factors-gone', ...back }
    }
    case 'link':
      await proposeReset(ctx, by, id)
      return { said: 'change-login-open', ...back }
    case 'unlock':
      await unlockMember(ctx, by, id)
      return { said: 'account-unlocked', ...back }
    default:
      await endMemberSessions(ctx, by, id)
      return { said: 'account-member-ended', ...back }
  }
}

const flash: Deed = async (c, fields) => {
  const agency = first(fields, 'agencyId')
  await changeFlashFactor(c.var.ctx, actorIn(c), agency, { enabled: first(fields, 'enabled') === 'yes' })
  return { said: 'change-open', agency }
}
