/** ortoo token …: what programs sign in with. Shown once, kept as a hash. */
import { t } from '../../templates/words/index.ts'
import { DAY, plus } from '../lib/clock.ts'
import { SCOPES } from '../staff/member.ts'
import { tokensOf } from '../staff/store.ts'
import { issueToken, revokeToken } from '../staff/token.ts'
import { type Command, oneOf, required, textOption, UsageError } from './command.ts'
import { actor, BY, memberNamed } from './people.ts'

export const tokenIssue: Command = {
  name: 'token issue',
  args: [],
  options: { name: 'value', scopes: 'value', days: 'value', ...BY },
  run: (io, given) =>
    io.withContext(async (ctx) => {
      const name = required(given, 'name', 'newsroom-import')
      const scopes = (textOption(given, 'scopes') ?? 'read').split(',').map((s) => oneOf('scopes', s.trim(), SCOPES))
      const days = Number(textOption(given, 'days') ?? '90')
      if (!Number.isInteger(days) || days < 1 || days > 366) throw new UsageError('cli.usage.days')
      const by = await actor(io, ctx, given)
      const made = await issueToken(ctx, by, { name, scopes, expiresAt: plus(ctx.clock.now(), days * DAY) })
      io.err(t(io.lang, 'cli.token.once', { id: made.id, until: made.expiresAt }))
      io.out(made.token)
      return 0
    }),
}

export const tokenList: Command = {
  name: 'token list',
  args: ['email'],
  run: (io, given) =>
    io.withContext(async (ctx) => {
      const member = await memberNamed(ctx, given.args[0] ?? '')
      const now = ctx.clock.now()
      for (const row of await tokensOf(ctx.store.db, member.id)) {
        const state = row.revoked_at ? 'revoked' : row.expires_at <= now ? 'ended' : 'good'
        const scopes = (JSON.parse(row.scopes) as string[]).join(' ')
        io.out(`${row.id}  ${row.name}  ${scopes}  ${row.expires_at}  ${t(io.lang, `cli.token.${state}`)}`)
      }
      return 0
    }),
}

export const tokenRevoke: Command = {
  name: 'token revoke',
  args: ['id'],
  options: BY,
  run: (io, given) =>
    io.withContext(async (ctx) => {
      const [id = ''] = given.args
      await revokeToken(ctx, await actor(io, ctx, given), id)
      io.out(t(io.lang, 'cli.token.is-revoked', { id }))
      return 0
    }),
}
