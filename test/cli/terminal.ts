/** A terminal for tests: what a command says, with a station or an environment behind it. */
import { outlets } from '../../channels/index.ts'
import type { Io } from '../../src/cli/command.ts'
import { main } from '../../src/cli/main.ts'
import { readConfig } from '../../src/config.ts'
import { type Ctx, closeContext, createContext, type Log } from '../../src/context.ts'
import type { Lang } from '../../templates/words/index.ts'

export type Said = { status: number; out: string[]; err: string[]; progress: string[] }
export type Behind = {
  env: Record<string, string>
  ctx?: Ctx
  secret?: string
  lang?: Lang
  /** When the operator ends a command that goes on; at once unless told. */
  ended?: Promise<void>
}

const silent = { info() {}, debug() {}, warn() {}, error() {} } as unknown as Log

/** Runs one command line and gives back its exit status and every line. */
export async function ortoo(behind: Behind, ...argv: string[]): Promise<Said> {
  const said: Said = { status: 0, out: [], err: [], progress: [] }
  const io: Io = {
    lang: behind.lang ?? 'en',
    out: (line) => void said.out.push(line),
    err: (line) => void said.err.push(line),
    progress: (line) => void said.progress.push(line),
    secret: async () => behind.secret ?? '',
    config: () => readConfig(behind.env),
    registry: outlets,
    async withContext(run) {
      if (behind.ctx) return run(behind.ctx)
      const ctx = await createContext({ config: readConfig(behind.env), registry: outlets, log: silent })
      return run(ctx).finally(() => closeContext(ctx))
    },
    ended: () => behind.ended ?? Promise.resolve(),
  }
  said.status = await main(argv, io)
  return said
}
