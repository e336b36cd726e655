/** Colours of both themes as data, so that a test can measure every pair. LOOK.md of the design papers names them. */

export const light = {
  paper: '#fbfaf7',
  card: '#ffffff',
  wash: '#f3f0e8',
  ink: '#1b2420',
  'ink-2': '#55605a',
  'ink-3': '#636d67',
  line: '#dcdad2',
  edge: '#7b837d',
  seal: '#a8231a',
  'seal-ink': '#a8231a',
  'seal-halo': '#f0d3cf',
  sky: '#0b5a7d',
  'sky-fill': '#0b5a7d',
  ok: '#2e6b3f',
  warn: '#8a4300',
  'warn-wash': '#fdf1e2',
  band: '#1b2420',
  mark: '#f7e3a1',
}

export type Token = keyof typeof light

export const dark: Record<Token, string> = {
  paper: '#131817',
  card: '#1a201f',
  wash: '#222927',
  ink: '#e8ebe6',
  'ink-2': '#b3bcb6',
  'ink-3': '#9aa49d',
  line: '#353d3a',
  edge: '#7d8782',
  seal: '#b3362b',
  'seal-ink': '#f29486',
  'seal-halo': '#5a2520',
  sky: '#82c6e6',
  'sky-fill': '#1a6c92',
  ok: '#83c99a',
  warn: '#f0b56b',
  'warn-wash': '#2c2417',
  band: '#050707',
  mark: '#5c4a12',
}

/** Warning levels: fill and the ink upon it, the same in both themes; with the shape that says it without colour. */
export const levels = {
  red: { fill: '#b3261e', ink: '#ffffff', shape: '◆' },
  orange: { fill: '#b34a00', ink: '#ffffff', shape: '▲' },
  yellow: { fill: '#f4c414', ink: '#1b2420', shape: '●' },
  blue: { fill: '#0f5cab', ink: '#ffffff', shape: '■' },
} as const

/** Bars across the top of a page: exercise and test must never look like live, nor like each other. */
export const bands = {
  live: { fill: '#1b2420', ink: '#ffffff' },
  exercise: { fill: '#f4c414', ink: '#1b2420' },
  test: { fill: '#5b3a8c', ink: '#ffffff' },
  sample: { fill: '#d9ece2', ink: '#173d28' },
} as const

const properties = (tokens: Record<Token, string>): string =>
  Object.entries(tokens)
    .map(([name, value]) => `--${name}:${value};`)
    .join('')

const rules = (prefix: string, of: Record<string, { fill: string; ink: string }>): string =>
  Object.entries(of)
    .map(([name, c]) => `${prefix}.${name}{background:${c.fill};color:${c.ink}}`)
    .join('')

/** Custom properties of both themes: the reader's system decides, `data-theme` on the root overrides. */
export const tokenCss = `
:root{color-scheme:light;${properties(light)}}
@media (prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;${properties(dark)}}}
:root[data-theme=dark]{color-scheme:dark;${properties(dark)}}
@media print{:root,:root[data-theme=dark],:root:not([data-theme=light]){color-scheme:light;${properties(light)}}}
${rules('.level', levels)}
${rules('.band', bands)}
`
