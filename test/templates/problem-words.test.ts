/** Every refusal the code can give has words in both languages. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../../src/lib/root.ts'
import { hasWords } from '../../templates/words/index.ts'

const files = readdirSync(join(ROOT, 'src'), { recursive: true, withFileTypes: true }).filter(
  (f) => f.isFile() && /\.tsx?$/.test(f.name),
)
const code = files.map((f) => readFileSync(join(f.parentPath, f.name), 'utf8')).join('\n')
const all = (pattern: RegExp): string[] => [...new Set([...code.matchAll(pattern)].map((m) => m[1] as string))].sort()

test('every problem code thrown has a sentence', () => {
  const thrown = [
    ...all(/\b(?:notFound|notAllowed|wrongState|unavailable)\(\s*'([a-z0-9-]+)'/g),
    ...all(/new BadRequest\(\s*\d+,\s*'([a-z0-9-]+)'/g),
    ...all(/NotSignedIn\('([a-z-]+)'/g),
  ]
  expect(thrown.length).toBeGreaterThan(30)
  expect(thrown.filter((c) => !hasWords(`problem.${c}`))).toEqual([])
})

test('every issue code raised has a rule and a remedy', () => {
  const raised = all(/\bissue\(\s*[^,()]+(?:\([^)]*\))?[^,]*,\s*'([a-z0-9-]+)'/g)
  expect(raised.length).toBeGreaterThan(40)
  expect(raised.filter((c) => !hasWords(`issue.${c}`))).toEqual([])
})
