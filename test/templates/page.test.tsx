/** The shared look, measured: contrast of every pair in both themes, and what the relay line says to a screen reader. */
import { describe, expect, test } from 'vitest'
import { fixedClock } from '../../src/lib/clock.ts'
import { RelayLine } from '../../templates/page/relay.tsx'
import { dayName, shownTitle } from '../../templates/page/site.ts'
import { siteCss, siteCssName } from '../../templates/page/style.ts'
import { bands, dark, levels, light, type Token } from '../../templates/page/tokens.ts'
import { hasWords } from '../../templates/words/index.ts'
import { publicWords } from '../../templates/words/public.ts'

/** Relative luminance (WCAG 2.2). */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((i) => {
    const c = Number.parseInt(hex.slice(i, i + 2), 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].toSorted((x, y) => x - y) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

const TEXT: Token[] = ['ink', 'ink-2', 'ink-3', 'sky', 'seal-ink', 'ok', 'warn']
const GROUND: Token[] = ['paper', 'card', 'wash', 'warn-wash']

describe.each([
  ['light', light],
  ['dark', dark],
])('in the %s theme', (_name, theme) => {
  test.each(TEXT)('%s can be read on every ground', (text) => {
    for (const ground of GROUND) expect(contrast(theme[text], theme[ground]), ground).toBeGreaterThanOrEqual(4.5)
  })
  test('white can be read on every filled button, on the seal and on the bar', () => {
    for (const fill of ['sky-fill', 'seal', 'band'] as const)
      expect(contrast('#ffffff', theme[fill]), fill).toBeGreaterThanOrEqual(4.5)
  })
  test('edges of fields and the dots of the relay line stand out from their ground', () => {
    for (const edge of ['edge', 'ok', 'seal'] as const) {
      expect(contrast(theme[edge], theme.paper), edge).toBeGreaterThanOrEqual(edge === 'seal' ? 2.5 : 3)
      expect(contrast(theme.edge, theme.card)).toBeGreaterThanOrEqual(3)
    }
  })
})

test('levels and bands can be read on their own colour, and no two levels share a shape', () => {
  for (const pair of [...Object.values(levels), ...Object.values(bands)])
    expect(contrast(pair.fill, pair.ink)).toBeGreaterThanOrEqual(4.5)
  expect(new Set(Object.values(levels).map((l) => l.shape)).size).toBe(4)
})

test('the stylesheet is named by its content and calls nobody', () => {
  expect(siteCssName).toMatch(/^site\.[0-9a-f]{8}\.css$/)
  // Nothing but the Mongolian face beside it, which a page without Mongolian letters never asks for.
  expect(siteCss).not.toMatch(/url\((?!mongolian\.[0-9a-f]{8}\.woff2\))|@import|https?:/)
})

test('a listener hears of each station what it is, when, and whether it has been passed', () => {
  const at = fixedClock('2026-11-23T06:12:03.000Z').now()
  const html = String(
    <RelayLine
      lang="zh"
      stations={[
        { name: '审核', who: '审核人乙', at, state: 'done' },
        { name: '签发', state: 'now', note: '时限 14:30' },
        { name: '发布', state: 'todo' },
        { name: '事后补审', state: 'late' },
      ]}
    />,
  )
  expect(html).toMatch(/^<ol class="relay">/)
  expect(html).toContain('<time datetime="2026-11-23T14:12:03+08:00">2026-11-23 14:12</time>')
  expect(html.match(/aria-current="step"/g)).toHaveLength(1)
  for (const word of ['已完成', '当前', '未到', '已超时']) expect(html).toContain(word)
})

test('a day is named as people of each language write it', () => {
  expect(dayName('2026-11-22T17:00:00.000Z', '+08:00', 'zh')).toBe('2026年11月23日 星期一')
  expect(dayName('2026-11-22T17:00:00.000Z', '+08:00', 'en')).toBe('Monday 23 November 2026')
})

test('an exercise says so once, also where its author already did', () => {
  expect(shownTitle({ mode: 'exercise' }, 'zh', '草原火灾')).toBe('【演练】草原火灾')
  expect(shownTitle({ mode: 'exercise' }, 'zh', '【演练】草原火灾')).toBe('【演练】草原火灾')
  expect(shownTitle({ mode: 'live' }, 'zh', '草原火灾')).toBe('草原火灾')
})

test('every word of the public site exists in both languages', () => {
  for (const [key, pair] of Object.entries(publicWords)) {
    expect(hasWords(key)).toBe(true)
    for (const words of pair) expect(words.trim(), key).not.toBe('')
  }
})
