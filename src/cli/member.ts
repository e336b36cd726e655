/** ortoo member …: who works here. The same use cases as the office page, with the same two-person rule. */
import { hasWords, t } from '../../templates/words/index.ts'
import { changeMember } from '../staff/change-member.ts'
import { firstAdminLink } from '../staff/first-admin.ts'
import { invite } from '../staff/invite.ts'
import { ROLES } from '../staff/member.ts'
import { MACHINE_REASONS, proposeReset, resetAtMachine } from '../staff/reset-login.ts'
import { agencyBySlug, allAgencies, memberCount, membersOf, rolesOf } from '../staff/store.ts'
import { type Command, type Io, oneOf, required, textOption, UsageError } from './command.ts'
import { actor, BY, memberNamed } from './people.ts'

const roleWords = (io: Io, roles: string[]) =>
  roles.map((r) => (hasWords(`role.${r}`) ? t(io.lang, `role.${r}`) : r)).join(io.lang === 'zh' ? '、' : ', ')

export const memberAdd: Command = {
  name: 'member add',
  args: [],
  options: { name: 'value', email: 'value', roles: 'value', agency: 'value', phone: 'value', ...BY },
  run: (io, given) =>
    io.withContext(async (ctx) => {
      if ((await memberCount(ctx.store.db)) === 0) {
        io.out(t(io.lang, 'cli.member.first', { link: (await firstAdminLink(ctx)) ?? '' }))
        return 0
      }
      const roles = required(given, 'roles', ROLES.join(','))
        .split(',')
        .map((r) => oneOf('roles', r.trim(), ROLES))
      const slug = textOption(given, 'agency')
      const agency = slug ? await agencyBySlug(ctx.store.db, slug) : undefined
      if (slug && !agency) {
        const slugs = (await allAgencies(ctx.store.db)).map((a) => a.slug).join(', ')
        throw new UsageError('cli.usage.no-agency', { slug, slugs })
      }
      const sent = {
        name: required(given, 'name', '值班员甲'),
        email: required(given, 'email', 'someone@office.example'),
        roles,
        ...(agency ? { agencyId: agency.id } : {}),
        ...(textOption(given, 'phone') ? { phone: textOption(given, 'phone') } : {}),
      }
      const made = await invite(ctx, await actor(io, ctx, given), sent)
      io.out(t(io.lang, 'cli.member.added', { email: sent.email, link: made.link, until: made.expiresAt }))
      if (made.roles.state === 'open') io.out(t(io.lang, 'cli.member.waits', { roles: roleWords(io, roles) }))
      return 0
    }),
}

export const memberList: Command = {
  name: 'member list',
  args: [],
  run: (io) =>
    io.withContext(async (ctx) => {
      const agencies = await allAgencies(ctx.store.db)
      for (const a of agencies) {
        io.out(`${a.slug}  ${io.lang === 'zh' ? a.name_zh : a.name_en}`)
        for (const m of await membersOf(ctx.store.db, [a.id])) {
          const state = !m.active ? 'left' : m.user_id ? 'in' : 'invited'
          io.out(`    ${m.email}  ${m.name}  ${roleWords(io, rolesOf(m))}  ${t(io.lang, `cli.member.${state}`)}`)
        }
      }
      return 0
    }),
}

/** By a member: proposed, as at the office. `--at-machine`: at once, with a reason and an alarm, by whoever runs the machine. */
export const memberLink: Command = {
  name: 'member link',
  args: ['email'],
  options: { ...BY, 'at-machine': 'switch', reason: 'value', 'drop-factors': 'switch' },
  run: (io, given) =>
    io.withContext(async (ctx) => {
      const member = await memberNamed(ctx, given.args[0] ?? '')
      const { email } = member
      if (given.options['at-machine']) {
        const reason = required(given, 'reason', MACHINE_REASONS.join('|'))
        const factors = given.options['drop-factors'] === true
        const { link, expiresAt } = await resetAtMachine(ctx, member.id, { reason, factors })
        io.out(t(io.lang, 'cli.member.link', { email, link, until: expiresAt }))
        io.out(t(io.lang, 'cli.member.link-alarm'))
        return 0
      }
      await proposeReset(ctx, await actor(io, ctx, given), member.id)
      io.out(t(io.lang, 'cli.member.link-waits', { email }))
      return 0
    }),
}

export const memberDisable: Command = {
  name: 'member disable',
  args: ['email'],
  options: BY,
  run: (io, given) =>
    io.withContext(async (ctx) => {
      const member = await memberNamed(ctx, given.args[0] ?? '')
      const done = await changeMember(ctx, await actor(io, ctx, given), member.id, { active: false })
      io.out(t(io.lang, done?.state === 'open' ? 'cli.member.waits-left' : 'cli.member.gone', { email: member.email }))
      return 0
    }),
}
