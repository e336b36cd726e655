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

/** O(ND) difference (Myers 1986) of two lists without common head or tail. */
function compare(a: string[], b: string[]): Run[] {
  const replaced: Run[] = [
    { kind: 'out', text: a.join('') },
    { kind: 'in', text: b.join('') },
  ]
  if (a.length === 0 || b.length === 0) return replaced
  const trace = shortest(a, b)
  return trace ? walkBack(a, b, trace) : replaced
}

const isDown = (v: Map<number, number>, k: number, d: number) =>
  k === -d || (k !== d && (v.get(k - 1) ?? -1) < (v.get(k + 1) ?? -1))

function shortest(a: string[], b: string[]): Map<number, number>[] | null {
  const v = new Map([[1, 0]])
  const trace: Map<number, number>[] = []
  for (let d = 0; d <= Math.min(MOST, a.length + b.length); d++) {
    trace.push(new Map(v))
    for (let k = -d; k <= d; k += 2) {
      let x = isDown(v, k, d) ? (v.get(k + 1) as number) : (v.get(k - 1) as number) + 1
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++
      v.set(k, x)
      if (x >= a.length && x - k >= b.length) return trace
    }
  }
  return null
}

function walkBack(a: string[], b: string[], trace: Map<number, number>[]): Run[] {
  const runs: Run[] = []
  let [x, y] = [a.length, b.length]
  for (let d = trace.length - 1; d >= 0; d--) {
    const v = trace[d] as Map<number, number>
    const k = x - y
    const fromK = isDown(v, k, d) ? k + 1 : k - 1
    const fromX = d === 0 ? 0 : (v.get(fromK) as number)
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
