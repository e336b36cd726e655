/** ortoo import areas: place names and codes from a JSON file. */
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { t } from '../../templates/words/index.ts'
import { keepAreas } from '../audience/topics-areas.ts'
import { type Command, UsageError } from './command.ts'
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
  args: ['file.json'],
  options: BY,
  async run(io, given) {
    const [file = ''] = given.args
    const text = await readFile(file, 'utf8').catch((err) => {
      throw new UsageError('cli.usage.file', { file, why: err.code ?? err.message })
    })
    const { areas, skipped } = readAreas(text, file)
    return io.withContext(async (ctx) => {
      const n = await keepAreas(ctx, await actor(io, ctx, given), areas)
      io.out(t(io.lang, 'cli.areas.done', { n, skipped }))
      return 0
    })
  },
}

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
