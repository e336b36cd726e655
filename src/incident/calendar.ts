/** The working days known here: those that came with the service, and what an operator put into `calendar/` of the data folder. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cn2026 } from '../../templates/calendar/cn-2026.ts'
import { type WorkingDays, workingDays, type YearOfDays, yearOfDays } from '../lib/working-days.ts'

const SHIPPED: readonly YearOfDays[] = [cn2026]

/** A file that cannot be read is named, and the years beside it still count. */
export async function calendarOf(
  dataDir: string,
): Promise<{ days: WorkingDays; bad: { file: string; why: string }[] }> {
  const dir = join(dataDir, 'calendar')
  const own: YearOfDays[] = []
  const bad: { file: string; why: string }[] = []
  const names = (await readdir(dir).catch(() => [])).filter((name) => name.endsWith('.json')).sort()
  for (const name of names) {
    try {
      const read = yearOfDays.safeParse(JSON.parse(await readFile(join(dir, name), 'utf8')))
      if (read.success) own.push(read.data)
      else bad.push({ file: name, why: `${read.error.issues[0]?.path.join('.')}: ${read.error.issues[0]?.message}` })
    } catch (err) {
      bad.push({ file: name, why: (err as Error).message })
    }
  }
  return { days: workingDays([...SHIPPED, ...own]), bad }
}
