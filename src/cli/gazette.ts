/** ortoo gazette <number> --from --to: an issue of the gazette from what the period published, in a signer's name. */
import { t } from '../../templates/words/index.ts'
import { buildIssues } from '../delivery/gazette.ts'
import { compileIssue } from '../publication/gazette.ts'
import { type Command, required } from './command.ts'
import { actor, BY } from './people.ts'

export const gazetteCommand: Command = {
  name: 'gazette',
  args: ['number'],
  options: { from: 'value', to: 'value', standard: 'switch', ...BY },
  run: (io, given) =>
    io.withContext(async (ctx) => {
      const by = await actor(io, ctx, given)
      const issue = await compileIssue(ctx, by, {
        number: given.args[0] ?? '',
        from: required(given, 'from', '2026-11-01'),
        to: required(given, 'to', '2026-11-30'),
        standard: given.options['standard'] === true,
      })
      await buildIssues(ctx)
      const releases = (JSON.parse(issue.release_ids) as string[]).length
      io.out(t(io.lang, 'cli.gazette.done', { n: releases, url: `${ctx.config.publicUrl}/gazette/${issue.number}/` }))
      return 0
    }),
}
