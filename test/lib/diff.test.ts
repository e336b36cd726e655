/** The difference of two texts as a reviewer reads it. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diff, type Run } from '../../src/lib/diff.ts'

const joined = (runs: Run[], kind: 'out' | 'in') =>
  runs
    .filter((r) => r.kind === 'same' || r.kind === kind)
    .map((r) => r.text)
    .join('')

test('a reviewer sees Chinese words and whole figures change, and the rest stand', () => {
  expect(diff('火场明火基本得到控制，面积约119平方公里。', '火场明火已扑灭，面积约112平方公里。')).toEqual([
    { kind: 'same', text: '火场明火' },
    { kind: 'out', text: '基本得到控制' },
    { kind: 'in', text: '已扑灭' },
    { kind: 'same', text: '，面积约' },
    { kind: 'out', text: '119' },
    { kind: 'in', text: '112' },
    { kind: 'same', text: '平方公里。' },
  ])
})

test('equal texts have nothing out and nothing in; empty ones have nothing at all', () => {
  expect(diff('一样', '一样')).toEqual([{ kind: 'same', text: '一样' }])
  expect(diff('', '')).toEqual([])
})

test('whatever two texts are, both can be read out of their difference, also where all is different', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.string({ unit: fc.constantFrom('火', '水', '1', '2', ' ', 'a', '\n'), maxLength: 60 }),
  )
  fc.assert(
    fc.property(text, text, (a, b) => {
      const runs = diff(a, b)
      expect(joined(runs, 'out')).toBe(a)
      expect(joined(runs, 'in')).toBe(b)
    }),
  )
  const [long, other] = [
    Array.from({ length: 3000 }, (_, i) => `甲${i}`).join('，'),
    Array.from({ length: 3000 }, (_, i) => `乙${i * 7}`).join('。'),
  ]
  expect(joined(diff(long, other), 'in')).toBe(other)
})
