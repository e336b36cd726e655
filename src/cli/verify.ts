/** ortoo verify: recomputes everything that can be recomputed, and says each fault in a sentence. */
import { t } from '../../templates/words/index.ts'
import type { Ctx } from '../context.ts'
import { recountRuns } from '../delivery/recount.ts'
import { verifyAlerts } from '../delivery/verify-alerts.ts'
import { type SiteFault, verifyFiles, verifyPages, verifyServed } from '../delivery/verify-site.ts'
import { verifyLedger } from '../ledger/verify.ts'
import { verifyEditions } from '../publication/verify.ts'
import type { Command, Io } from './command.ts'

type Say = (key: string, params?: Record<string, string | number>) => void
/** Says how much was looked at and every fault. @returns how many faults */
type Part = (ctx: Ctx, io: Io, ok: Say, fault: Say) => Promise<number>

const ledger: Part = async (ctx, _io, ok, fault) => {
  const { entries, head, faults } = await verifyLedger(ctx.store.db)
  for (const f of faults) fault(`cli.verify.ledger.${f.fault}`, { seq: f.seq })
  ok('cli.verify.ledger', { entries, head })
  return faults.length
}

const editions: Part = async (ctx, _io, ok, fault) => {
  const found = await verifyEditions(ctx)
  for (const f of found.faults) fault(`cli.verify.edition.${f.fault}`, { edition: f.edition })
  ok('cli.verify.editions', { n: found.editions })
  return found.faults.length
}

const counts: Part = async (ctx, _io, ok, fault) => {
  const found = await recountRuns(ctx)
  for (const f of found.faults) fault('cli.verify.count', { ...f })
  ok('cli.verify.counts', { runs: found.runs, deliveries: found.deliveries })
  return found.faults.length
}

const files: Part = async (ctx, io, ok, fault) => {
  const found = await verifyFiles(ctx, steps(io))
  sayFiles(found.faults, fault)
  ok('cli.verify.files', { n: found.files })
  return found.faults.length
}

const alerts: Part = async (ctx, _io, ok, fault) => {
  const found = await verifyAlerts(ctx)
  sayFiles(found.faults, fault)
  ok('cli.verify.alerts', { n: found.alerts, unsigned: found.unsigned })
  return found.faults.length
}

const served: Part = async (ctx, io, ok, fault) => {
  const answers = await ctx.configured(`${ctx.config.publicUrl}/`).then(
    () => true,
    () => false,
  )
  if (!answers) {
    fault('cli.verify.unreachable', { url: ctx.config.publicUrl })
    return 1
  }
  const asServed = await verifyServed(ctx, steps(io))
  const asRead = await verifyPages(ctx)
  sayFiles([...asServed.faults, ...asRead.faults], fault)
  ok('cli.verify.served', { n: asServed.files, pages: asRead.pages, url: ctx.config.publicUrl })
  return asServed.faults.length + asRead.faults.length
}

const sayFiles = (faults: SiteFault[], fault: Say): void => {
  for (const f of faults) fault('cli.verify.file', f)
}
const steps = (io: Io) => (n: number) => {
  if (n % 100 === 0) io.progress(t(io.lang, 'cli.verify.step', { n }))
}

export const verify: Command = {
  name: 'verify',
  args: [],
  options: { offline: 'switch' },
  run: (io, given) =>
    io.withContext(async (ctx) => {
      const parts = [ledger, editions, counts, files, alerts, ...(given.options['offline'] ? [] : [served])]
      const ok: Say = (key, params) => io.out(t(io.lang, key, params))
      const fault: Say = (key, params) => io.err(t(io.lang, key, params))
      let faults = 0
      for (const part of parts) faults += await part(ctx, io, ok, fault)
      io.out(t(io.lang, faults ? 'cli.verify.faults' : 'cli.verify.good', { n: faults }))
      return faults ? 1 : 0
    }),
}
