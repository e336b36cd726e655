/** Every finding has words in both languages: what is wrong, and what would be right. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { BLOCKS, KINDS } from '../../src/desk/content.ts'
import { ROOT } from '../../src/lib/root.ts'
import { govWords } from '../../templates/words/gov.ts'
import { hasWords, t, type Words } from '../../templates/words/index.ts'
import { issueWords as ownWords } from '../../templates/words/issues.ts'

const issueWords: Words = { ...ownWords, ...govWords }

const FILES = [
  ...readdirSync(join(ROOT, 'src/review'))
    .filter((f) => /^(check-|checks|erratum|addition|secrecy|consistency|word-list)/.test(f))
    .map((f) => `src/review/${f}`),
  ...['src/lib/text.ts', 'src/desk/draft.ts', 'src/desk/import-file.ts'],
]
const source = (file: string) => readFileSync(join(ROOT, file), 'utf8')
const all = (pattern: RegExp, files: string[]) =>
  [...new Set(files.flatMap((f) => [...source(f).matchAll(pattern)].map((m) => m[1]!)))].sort()

/** Codes as they stand in the source: second argument of issue(), a rule's code, or a literal of one of the families. */
const issueCodes = [
  ...all(/issue\(\s*(?:`[^`]*`|'[^']*'|[\w.]+),\s*'([a-z-]+)'/g, FILES),
  ...all(
    /code: '([a-z-]+)'/g,
    FILES.filter((f) => !f.endsWith('import-file.ts')),
  ),
  ...all(/'((?:erratum|text|wordlist|import)-[a-z-]+)'/g, FILES),
  ...all(/'([a-z]+(?:-[a-z]+)*-differ|phone-near-contact)'/g, FILES),
]
const scanRules = [
  ...all(/rule: '([a-z-]+)'/g, [
    'src/desk/secrecy.ts',
    'src/review/personal.ts',
    'src/review/consistency.ts',
    'src/review/scan.ts',
  ]),
  ...all(/\['([a-z]+-word)'/g, ['src/desk/secrecy.ts']),
]
const noteCodes = [
  ...all(/code: '([a-z-]+)'/g, ['src/desk/recognise.ts', 'src/desk/recognise-govuk.ts', 'src/desk/import-file.ts']),
  ...['title', 'document-number', 'addressees', 'signature', 'date'].map((name) => `${name}-not-found`),
]

const missing = (keys: string[]) =>
  keys.filter((key) => !hasWords(key) || t('zh', key).trim() === '' || t('en', key).trim() === '')

test('the codes are found in the source', () => {
  expect(issueCodes.length).toBeGreaterThan(75)
  expect(issueCodes).toEqual(
    expect.arrayContaining([
      'required',
      'secrecy-mark',
      'erratum-time-changed',
      'text-bidi',
      'wordlist-columns',
      'numbers-differ',
    ]),
  )
  expect(scanRules).toEqual(expect.arrayContaining(['id-number', 'minor', 'secrecy-word', 'internal-word', 'word']))
  expect(noteCodes).toEqual(expect.arrayContaining(['kept-in-body', 'decoded-as', 'html-dropped']))
})

test('a drafter reads in either language what is wrong and what would be right', () => {
  expect(missing(issueCodes.flatMap((code) => [`issue.${code}`, `issue.${code}.remedy`]))).toEqual([])
})

test('a reviewer reads what kind of hit it is, and an importer what was noted', () => {
  expect(missing(scanRules.map((rule) => `scan.${rule}`))).toEqual([])
  expect(missing(noteCodes.map((code) => `import.${code}`))).toEqual([])
})

test('kinds, blocks and fields have names', () => {
  expect(missing([...KINDS.map((k) => `kind.${k}`), ...BLOCKS.flatMap((b) => [`block.${b}`, `field.${b}`])])).toEqual(
    [],
  )
  const fields = all(/'(?:core|parts)\.(?:[\w-]+\.)*(\w+)'/g, FILES)
  expect(missing(fields.map((f) => `field.${f}`))).toEqual([])
})

test('both languages of a sentence take the same values', () => {
  const slots = (s: string) =>
    [...s.matchAll(/\{(\w+)\}/g)]
      .map((m) => m[1])
      .sort()
      .join()
  const unlike = Object.entries(issueWords).filter(([, [zh, en]]) => slots(zh) !== slots(en))
  expect(unlike.map(([key]) => key)).toEqual([])
})
