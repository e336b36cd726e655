/** The whole of a text with what was taken out and put in, word by word, also where words have no spaces between them. */

export type Run = { kind: 'same' | 'out' | 'in'; text: string }

/** Changed words beyond which two texts are shown as two texts: the comparison would take long and help nobody. */
const MOST = 600

const words = new Intl.Segmenter('zh', { granularity: 'word' })

/** Words; figures stay whole, so that 119 → 112 reads as one change. */
function piecesOf(text: string): string[] {
  return (text.match(/\d[\d.,:]*\d|\d|[^\d]+/g) ?? []).flatMap((piece) =>
    /\d/.test(piece) ? [piece] : [...words.segment(piece)].map((s) => s.segment),
  )
}

/** Runs in reading order; joining `same` and `out` gives `before`, `same` and `in` gives `after`. Pure. */
export function diff(before: string, after: string): Run[] {
  const [a, b] = [piecesOf(before), piecesOf(after)]
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head++
  let tail = 0
  while (tail < Math.min(a.length, b.length) - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++
  const middle = compare(a.slice(head, a.length - tail), b.slice(head, b.length - tail))
  const all: Run[] = [
    { kind: 'same', text: a.slice(0, head).join('') },
    ...middle,
    { kind: 'same', text: a.slice(a.length - tail).join('') },
  ]
  return joined(all)
}

/**
 * The same for texts of many paragraphs: whole paragraphs are held against each other first and words only inside those that
 * changed, so that a long text with many changes is still compared word by word.
 */
export function diffParagraphs(before: string, after: string): Run[] {
  const lines = compare(linesOf(before), linesOf(after))
  const all: Run[] = []
  for (let i = 0; i < lines.length; ) {
    const run = lines[i] as Run
    if (run.kind === 'same') {
      all.push(run)
      i++
      continue
    }
    const changed = { out: [] as string[], in: [] as string[] }
    for (; i < lines.length && lines[i]?.kind !== 'same'; i++) {
      const { kind, text } = lines[i] as Run
      if (kind !== 'same') changed[kind].push(text)
    }
    for (const run of insideOf(changed.out, changed.in)) all.push(run)
  }
  return joined(all)
}

/** Paragraph against paragraph where there are as many as before, else the whole stretch. */
function insideOf(out: string[], put: string[]): Run[] {
  // So many are another text: word by word would keep everybody waiting.
  if (Math.max(out.length, put.length) > MOST)
    return [
      { kind: 'out', text: out.join('') },
      { kind: 'in', text: put.join('') },
    ]
  return out.length === put.length
    ? out.flatMap((text, i) => diff(text, put[i] as string))
    : diff(out.join(''), put.join(''))
}

/** Paragraphs, each with the line ends that close it. */
const linesOf = (text: string): string[] => text.match(/[^\n]*\n+|[^\n]+$/g) ?? []

/** O(ND) difference (Myers 1986) of two lists without common head or tail. */
function compare(a: string[], b: string[]): Run[] {
  const replaced: Run[] = [
    ...a.map((text): Run => ({ kind: 'out', text })),
    ...b.map((text): Run => ({ kind: 'in', text })),
  ]
  if (a.length === 0 || b.length === 0) return replaced
  const trace = shortest(a, b)
  return trace ? walkBack(a, b, trace) : replaced
}

/** How far each diagonal has come after some number of changes; diagonal k stands at k + 1 + changes. */
type Reach = { changes: number; at: Int32Array }
const reached = (v: Reach, k: number): number => v.at[k + 1 + v.changes] ?? -1

const isDown = (v: Reach, k: number, d: number) => k === -d || (k !== d && reached(v, k - 1) < reached(v, k + 1))

function shortest(a: string[], b: string[]): Reach[] | null {
  const trace: Reach[] = []
  let v: Reach = { changes: 0, at: Int32Array.of(-1, -1, 0) }
  for (let d = 0; d <= Math.min(MOST, a.length + b.length); d++) {
    trace.push(v)
    const next: Reach = { changes: d + 1, at: new Int32Array(2 * d + 5).fill(-1) }
    for (let k = -d; k <= d; k += 2) {
      let x = isDown(v, k, d) ? reached(v, k + 1) : reached(v, k - 1) + 1
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++
      next.at[k + 2 + d] = x
      if (x >= a.length && x - k >= b.length) return trace
    }
    v = next
  }
  return null
}

function walkBack(a: string[], b: string[], trace: Reach[]): Run[] {
  const runs: Run[] = []
  let [x, y] = [a.length, b.length]
  for (let d = trace.length - 1; d >= 0; d--) {
    const v = trace[d] as Reach
    const k = x - y
    const fromK = isDown(v, k, d) ? k + 1 : k - 1
    const fromX = d === 0 ? 0 : reached(v, fromK)
    const fromY = d === 0 ? 0 : fromX - fromK
    while (x > fromX && y > fromY) {
      runs.push({ kind: 'same', text: a[--x] as string })
      y--
    }
    if (d === 0) break
    runs.push(x === fromX ? { kind: 'in', text: b[--y] as string } : { kind: 'out', text: a[--x] as string })
  }
  return runs.reverse()
}

/** Neighbours of a kind as one; between two things that stay, what was taken out comes before what was put in. */
function joined(runs: Run[]): Run[] {
  const result: Run[] = []
  let [out, put] = ['', '']
  const flush = () => {
    if (out) result.push({ kind: 'out', text: out })
    if (put) result.push({ kind: 'in', text: put })
    out = ''
    put = ''
  }
  for (const run of runs) {
    if (run.text === '') continue
    if (run.kind === 'out') out += run.text
    else if (run.kind === 'in') put += run.text
    else {
      flush()
      const last = result.at(-1)
      if (last?.kind === 'same') last.text += run.text
      else result.push({ ...run })
    }
  }
  flush()
  return result
}
