/** What changed between two texts, as pieces taken out and put in. */

export type Hunk = { before: string; after: string }

/** Latin words, digits and each other character by itself. */
const piecesOf = (text: string): string[] => text.match(/[\p{Script=Latin}]+|\d+|[\s\S]/gu) ?? []

/**
 * The changed pieces, in order (O(ND) difference, Myers 1986). Undefined where more than `most` pieces changed: then the
 * texts are different texts and the pieces mean nothing.
 */
export function hunks(before: string, after: string, most = 200): Hunk[] | undefined {
  let [a, b] = [piecesOf(before), piecesOf(after)]
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head++
  a = a.slice(head)
  b = b.slice(head)
  while (a.length && b.length && a.at(-1) === b.at(-1)) {
    a.pop()
    b.pop()
  }
  const trace = shortestEdit(a, b, most)
  return trace && walkBack(a, b, trace)
}

/** The furthest reaching paths for each number of edits; undefined past `most`. */
function shortestEdit(a: string[], b: string[], most: number): Map<number, number>[] | undefined {
  const furthest = new Map([[1, 0]])
  const trace: Map<number, number>[] = []
  for (let edits = 0; edits <= Math.min(most, a.length + b.length); edits++) {
    trace.push(new Map(furthest))
    for (let k = -edits; k <= edits; k += 2) {
      let x = down(furthest, k, edits) ? furthest.get(k + 1)! : furthest.get(k - 1)! + 1
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++
      furthest.set(k, x)
      if (x >= a.length && x - k >= b.length) return trace
    }
  }
  return undefined
}

const down = (furthest: Map<number, number>, k: number, edits: number): boolean =>
  k === -edits || (k !== edits && (furthest.get(k - 1) ?? -1) < (furthest.get(k + 1) ?? -1))

function walkBack(a: string[], b: string[], trace: Map<number, number>[]): Hunk[] {
  const found: { before: string; after: string; x: number; y: number }[] = []
  let [x, y] = [a.length, b.length]
  for (let edits = trace.length - 1; edits > 0; edits--) {
    const k = x - y
    const isDown = down(trace[edits]!, k, edits)
    const fromK = isDown ? k + 1 : k - 1
    const fromX = trace[edits]!.get(fromK)!
    const [atX, atY] = [fromX, fromX - fromK]
    const last = found.at(-1)
    const [endX, endY] = isDown ? [atX, atY + 1] : [atX + 1, atY]
    const joins = last !== undefined && last.x === endX && last.y === endY
    const target = joins ? last : { before: '', after: '', x: 0, y: 0 }
    if (isDown) target.after = b[atY]! + target.after
    else target.before = a[atX]! + target.before
    target.x = atX
    target.y = atY
    if (!joins) found.push(target)
    x = atX
    y = atY
  }
  return found.reverse().map(({ before, after }) => ({ before, after }))
}
