/** ortoo import areas: place names and codes from a JSON file, or from a spreadsheet with what it would change. */
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { t } from '../../templates/words/index.ts'
import { importAreaCsv } from '../audience/import-areas.ts'
import { keepAreas } from '../audience/topics-areas.ts'
import { csvText } from '../lib/csv.ts'
import { type Command, type Given, type Io, UsageError } from './command.ts'
import { actor, BY } from './people.ts'

const code = z.string().regex(/^(\d{6}|\d{9}|\d{12})$/)
const flat = z.array(
  z.object({ code, name: z.string().min(1), nameEn: z.string().optional(), parent: code.nullable().optional() }),
)
type Area = { code: string; nameZh: string; nameEn: string; parent: string | null }

/** The form of the published division tables: province, prefectures, counties. */
const tree = z.object({
  province: z.object({ code, name: z.string() }),
  prefectures: z.array(
    z.object({
      code,
      name: z.string(),
      counties: z.array(z.object({ code, name: z.string(), devZone: z.boolean().optional() })),
    }),
  ),
})

export const importAreas: Command = {
  name: 'import areas',
  args: ['file.json|file.csv'],
  options: { ...BY, 'dry-run': 'switch' },
  async run(io, given) {
    const [file = ''] = given.args
    const bytes = await readFile(file).catch((err) => {
      throw new UsageError('cli.usage.file', { file, why: err.code ?? err.message })
    })
    if (/\.csv$/i.test(file)) return importTable(io, given, csvText(bytes))
    const text = bytes.toString('utf8')
    const { areas, skipped } = readAreas(text, file)
    return io.withContext(async (ctx) => {
      const n = await keepAreas(ctx, await actor(io, ctx, given), areas)
      io.out(t(io.lang, 'cli.areas.done', { n, skipped }))
      return 0
    })
  },
}

/** The same table and the same plan as on the desk's screen. */
const importTable = (io: Io, given: Given, csv: string): Promise<number> =>
  io.withContext(async (ctx) => {
    const dryRun = given.options['dry-run'] === true
    const plan = await importAreaCsv(ctx, await actor(io, ctx, given), csv, { dryRun })
    const counts = { added: plan.added.length, changed: plan.changed.length, same: plan.same }
    io.out(t(io.lang, dryRun ? 'office.areas.plan' : 'cli.areas.table', counts))
    for (const a of dryRun ? plan.added : []) io.out(`+ ${a.code} ${a.nameZh}`)
    for (const c of dryRun ? plan.changed : []) io.out(`~ ${c.after.code} ${c.before.name_zh} → ${c.after.nameZh}`)
    return 0
  })

/**
 * A list of {code, name, nameEn?, parent?}, or the nested tables of province, prefectures and counties. Statistical
 * development zones (suffix 71–79) are no places of GB/T 2260 and are left out.
 */
export function readAreas(text: string, file: string): { areas: Area[]; skipped: number } {
  const data = json(text, file)
  const list = flat.safeParse(data)
  if (list.success) {
    const areas = list.data.map((a) => ({
      code: a.code,
      nameZh: a.name,
      nameEn: a.nameEn ?? '',
      parent: a.parent ?? null,
    }))
    return { areas, skipped: 0 }
  }
  const nested = tree.safeParse(data)
  if (!nested.success) throw new UsageError('cli.usage.areas-shape', { file })
  const { province, prefectures } = nested.data
  const counties = prefectures.flatMap((p) => p.counties.map((c) => ({ ...c, parent: p.code })))
  const real = counties.filter((c) => !c.devZone)
  const area = (a: { code: string; name: string }, parent: string | null): Area => ({
    code: a.code,
    nameZh: a.name,
    nameEn: '',
    parent,
  })
  return {
    areas: [
      area(province, null),
      ...prefectures.map((p) => area(p, province.code)),
      ...real.map((c) => area(c, c.parent)),
    ],
    skipped: counties.length - real.length,
  }
}

function json(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new UsageError('cli.usage.areas-shape', { file })
  }
}
