/** ortoo import: a text, a page or an official notice becomes a draft in the name of a drafter. */
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { hasWords, t } from '../../templates/words/index.ts'
import { bringFile } from '../desk/bring-file.ts'
import { createRelease } from '../desk/create.ts'
import { type Command, UsageError } from './command.ts'
import { actor, BY } from './people.ts'

export const importDraft: Command = {
  name: 'import',
  args: ['file'],
  options: BY,
  async run(io, given) {
    const [file = ''] = given.args
    const bytes = await readFile(file).catch((err) => {
      throw new UsageError('cli.usage.file', { file, why: err.code ?? err.message })
    })
    const read = await bringFile(basename(file), bytes)
    return io.withContext(async (ctx) => {
      const by = await actor(io, ctx, given)
      const draft = { core: { kind: 'notice', ...read.core }, parts: { [read.language]: read.part }, attachments: [] }
      const release = await createRelease(ctx, by, draft, 'import')
      io.out(
        t(io.lang, 'cli.import.done', { number: release.number, title: read.title ?? '–', url: ctx.config.publicUrl }),
      )
      for (const n of read.notes)
        io.err(`${n.field}: ${hasWords(`import.${n.code}`) ? t(io.lang, `import.${n.code}`, n.params) : n.code}`)
      return 0
    })
  },
}
