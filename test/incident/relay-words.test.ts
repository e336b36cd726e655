/** Whatever a warning file may be told has words in both languages, with what would be right beside what is wrong. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../../src/lib/root.ts'
import { hasWords } from '../../templates/words/index.ts'
import { relayWords } from '../../templates/words/relay.ts'

const FILES = [
  ...readdirSync(join(ROOT, 'src/incident/warning')).map((f) => `src/incident/warning/${f}`),
  ...['src/desk/relay.ts', 'src/desk/save.ts', 'src/review/relay.ts'],
]
const source = FILES.map((f) => readFileSync(join(ROOT, f), 'utf8')).join('\n')
const all = (pattern: RegExp) => [...new Set([...source.matchAll(pattern)].map((m) => m[1] as string))]

test('every finding has a rule and a remedy, and no words are left over', () => {
  const faults = ['points', 'range', 'open', 'twice', 'crossing'].map((f) => `cap-ring-${f}`)
  const refused = ['size', 'encoding', 'doctype', 'form', 'deep', 'entity'].map((r) => `xml-${r}`)
  const codes = [...all(/'((?:cap|cn)-[a-z-]+)'/g), ...all(/issue\([^,]*, '(relay-[a-z-]+)'/g), ...faults, ...refused]
  expect(codes.length).toBeGreaterThan(40)
  expect(codes.flatMap((c) => [`issue.${c}`, `issue.${c}.remedy`]).filter((key) => !hasWords(key))).toEqual([])
  const said = Object.keys(relayWords).flatMap((k) => /^issue\.([a-z-]+)$/.exec(k)?.[1] ?? [])
  expect(said.filter((c) => !codes.includes(c))).toEqual([])
})

test('every loss has its sentence', () => {
  const codes = all(/losses\.(?:lost|changed|added)\([^;]*?'([a-z-]+)'(?:, \{|\)|,\n)/g)
  expect(codes.length).toBeGreaterThan(15)
  const said = Object.keys(relayWords).flatMap((k) => /^loss\.([a-z-]+)$/.exec(k)?.[1] ?? [])
  expect([...codes, 'no-place'].filter((c) => !said.includes(c))).toEqual([])
  expect(said.filter((c) => !source.includes(`'${c}'`))).toEqual([])
})

test('every refusal has its sentence', () => {
  const refusals = [...all(/wrongState\('(relay-[a-z-]+)'/g), 'relay-duplicate', 'relay-conflict']
  expect(refusals.length).toBeGreaterThan(3)
  expect(refusals.filter((c) => !hasWords(`problem.${c}`))).toEqual([])
})
