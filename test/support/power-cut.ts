/** A power cut in a test: the process dies at the nth statement, so that whatever was not committed by then never was. */
import type { Ctx } from '../../src/context.ts'

export class PowerCut extends Error {}

/**
 * The same context, in which the statement numbered `at` (1 is the first) never reaches the database, nor any after it. `asked` counts.
 * Within a transaction nothing of it stands afterwards.
 */
export function cutAt(ctx: Ctx, at: number): { ctx: Ctx; asked(): number } {
  let n = 0
  const plugin = {
    transformQuery({ node }: { node: never }): never {
      if (++n >= at) throw new PowerCut(`statement ${n}`)
      return node
    },
    transformResult: async ({ result }: { result: never }): Promise<never> => result,
  } as never
  const { store } = ctx
  const cut = {
    ...store,
    db: store.db.withPlugin(plugin),
    tx: (fn: (trx: never) => Promise<unknown>) => store.tx((trx) => fn(trx.withPlugin(plugin) as never)),
  }
  return { ctx: { ...ctx, store: cut as never }, asked: () => n }
}

/** Runs `job` cut at its first statement, at its second and so on, until it comes through whole; `between` after every cut. */
export async function throughCuts(
  ctx: Ctx,
  job: (ctx: Ctx) => Promise<unknown>,
  between: (at: number) => Promise<unknown>,
): Promise<number> {
  for (let at = 1; at < 500; at++) {
    const { ctx: dying } = cutAt(ctx, at)
    try {
      await job(dying)
      return at - 1
    } catch (err) {
      if (!(err instanceof PowerCut)) throw err
      await between(at)
    }
  }
  throw new Error('never came through')
}
