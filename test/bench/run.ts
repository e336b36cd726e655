/** The bench: each goal measured in one run beside what it is measured against. `npm run bench -- P1 P7 --large`. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../../src/lib/root.ts'
import { lineOf, type Measured, ratioOf } from './measured.ts'
import { p1 } from './p1.ts'
import { p2 } from './p2.ts'
import { p3 } from './p3.ts'
import { p5 } from './p5.ts'
import { p6 } from './p6.ts'
import { p7 } from './p7.ts'
import { p8 } from './p8.ts'
import { p10 } from './p10.ts'
import { p11 } from './p11.ts'

const SUITES: { name: string; run: () => Promise<Measured>; large?: boolean }[] = [
  { name: 'P1', run: p1 },
  { name: 'P2', run: p2 },
  { name: 'P3', run: p3 },
  { name: 'P5', run: p5, large: true },
  { name: 'P6', run: () => p6(), large: true },
  { name: 'P7', run: p7 },
  { name: 'P8', run: p8 },
  { name: 'P10', run: p10 },
  { name: 'P11', run: p11 },
]

const asked = process.argv.slice(2).filter((a) => !a.startsWith('-'))
const large = process.argv.includes('--large')
const chosen = SUITES.filter((s) => (asked.length ? asked.includes(s.name) : large || !s.large))
const LATEST = join(ROOT, 'test/bench/latest.json')

function keep(measured: Measured): void {
  let before: Record<string, object> = {}
  try {
    before = JSON.parse(readFileSync(LATEST, 'utf8')) as Record<string, object>
  } catch {}
  const now = Object.fromEntries(
    Object.entries(measured).map(([key, f]) => [
      key,
      {
        ours: Number(f.ours.toPrecision(4)),
        other: Number(f.other.toPrecision(4)),
        ratio: Number(ratioOf(f).toPrecision(3)),
      },
    ]),
  )
  writeFileSync(LATEST, `${JSON.stringify({ ...before, ...now }, null, 2)}\n`)
}

let failed = 0
for (const suite of chosen) {
  try {
    const measured = await suite.run()
    for (const [key, figure] of Object.entries(measured)) process.stdout.write(`${lineOf(key, figure)}\n`)
    keep(measured)
  } catch (err) {
    failed++
    process.stdout.write(`${suite.name}: ${(err as Error).stack}\n`)
  }
}
process.exit(failed ? 1 : 0)
