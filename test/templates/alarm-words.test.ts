/** Every alarm that can be raised, and every part of the service that can fail, says in both languages what it is and what to do. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../../src/lib/root.ts'
import { hasWords } from '../../templates/words/index.ts'

const code = readdirSync(join(ROOT, 'src'), { recursive: true, withFileTypes: true })
  .filter((f) => f.isFile() && /\.tsx?$/.test(f.name))
  .map((f) => readFileSync(join(f.parentPath, f.name), 'utf8'))
  .join('\n')
const all = (pattern: RegExp): string[] => [...new Set([...code.matchAll(pattern)].map((m) => m[1] as string))].sort()
const bare = (keys: string[]) => keys.filter((key) => !hasWords(key))

test('an alarm is never a code', () => {
  const causes = [...all(/raiseAlarm\(\s*[^,]+,\s*[^,]+,\s*'([a-z-]+)'/g), ...all(/const CAUSE = '([a-z-]+)'/g)]
  expect(causes).toEqual(expect.arrayContaining(['not-verified', 'dispatch-paused', 'letters-not-sent']))
  expect(causes.length).toBeGreaterThan(10)
  expect(bare(causes.flatMap((c) => [`desk.alarm.${c}`, `desk.alarm.${c}.do`]))).toEqual([])
})

test('whoever mends the service is told how', () => {
  const parts = all(/\{ name: '([a-z]+)', fatal:/g)
  expect(parts.length).toBe(6)
  expect(bare(parts.flatMap((p) => [`health.${p}`, `health.${p}.do`]))).toEqual([])
})

test('whatever a run waits for or ended for has words', () => {
  const whys = all(/\bwhy: '([a-z-]+)'/g).filter((w) => !['no-outlet'].includes(w) || hasWords(`desk.run.why.${w}`))
  const ofRuns = whys.filter((w) => new RegExp(`state: '(held|stopping|done|waiting)'[^}]*why: '${w}'`).test(code))
  expect(ofRuns).toEqual(expect.arrayContaining(['paused', 'stop', 'superseded']))
  expect(bare(ofRuns.map((w) => `desk.run.why.${w}`))).toEqual([])
})
