/** The difference of long texts as a reviewer reads it: paragraph by paragraph, word by word, soon enough to be waited for. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diffParagraphs, type Run } from '../../src/lib/diff.ts'

const joined = (runs: Run[], kind: 'out' | 'in') =>
  runs
    .filter((r) => r.kind === 'same' || r.kind === kind)
    .map((r) => r.text)
    .join('')
const changed = (runs: Run[]) => runs.filter((r) => r.kind !== 'same').map((r) => `${r.kind} ${r.text}`)

const SENTENCE = '为做好牧区饲草储备工作，现就第〇项有关事项通知如下，请各旗县认真贯彻执行，确保牲畜安全越冬。'
/** About 20,000 characters in 400 paragraphs. */
const long = Array.from({ length: 420 }, (_, i) => SENTENCE.replace('〇', String(i + 1)))

test('a reviewer of 20,000 characters waits less than a fifth of a second, however much was changed', () => {
  const before = long.join('\n\n')
  expect([...before].length).toBeGreaterThan(19_000)
  const few = long.map((l, i) => (i % 40 === 7 ? l.replace('认真', '严格') : l)).join('\n\n')
  const many = long.map((l) => l.replace('认真', '严格').replace('牲畜', '牛羊')).join('\n\n')
  const other = Array.from({ length: 420 }, (_, i) => `另有一段完全不同的文字，编号${i * 7}，共计${i * 13}字。`).join(
    '\n\n',
  )
  diffParagraphs(before, few)
  for (const after of [few, many, other, '']) {
    // Work done, not time gone by: other processes do not count.
    const began = process.cpuUsage()
    const runs = diffParagraphs(before, after)
    expect(process.cpuUsage(began).user / 1000).toBeLessThan(200)
    expect(joined(runs, 'out')).toBe(before)
    expect(joined(runs, 'in')).toBe(after)
  }
  expect(changed(diffParagraphs(before, few)).slice(0, 2)).toEqual(['out 认真', 'in 严格'])
  expect(changed(diffParagraphs(before, many))).toHaveLength(420 * 4)
})

test('a rare character beyond the first plane is one character, also where it is what changed', () => {
  expect(changed(diffParagraphs('发言人𬭛某、㛃某。\n联系𠮷林。', '发言人𬭎某、㛃某。\n联系𠮷林。'))).toEqual([
    expect.stringContaining('out '),
    expect.stringContaining('in '),
  ])
  for (const run of diffParagraphs('𬭛𬭎', '𬭎𬭛')) expect(run.text.isWellFormed()).toBe(true)
})

test('a paragraph moved in, taken out or split leaves the others alone', () => {
  expect(changed(diffParagraphs('一段。\n\n二段。\n', '一段。\n\n新段。\n\n二段。\n')).join('')).toContain('新段。')
  expect(changed(diffParagraphs('一段。\n二段。', '二段。'))).toEqual(['out 一段。\n'])
  expect(changed(diffParagraphs('', '只有新的。'))).toEqual(['in 只有新的。'])
})

test('whatever two texts of lines are, both can be read out of their difference', () => {
  const text = fc.string({ unit: fc.constantFrom('火', '水', '\n', '1', '𠮷', ' '), maxLength: 60 })
  fc.assert(
    fc.property(text, text, (a, b) => {
      const runs = diffParagraphs(a, b)
      expect(joined(runs, 'out')).toBe(a)
      expect(joined(runs, 'in')).toBe(b)
    }),
  )
})
