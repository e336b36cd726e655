/**
 * What a page paints, in its order: which letters are painted over afterwards, and which are painted so that nobody sees them.
 * A box drawn over a name hides it from the eye alone; the letters are still in the file. Pure.
 */

export type Ops = Record<string, number>
export type Painting = { fnArray: number[]; argsArray: unknown[] }
/** `over`: letters under a later opaque area; `picture`: under a later picture, which may be see-through (a seal). */
export type Unseen = { over: string; picture: string; invisible: string; pale: string; letters: number }

type Matrix = [number, number, number, number, number, number]
type Box = { x0: number; y0: number; x1: number; y1: number }
type Letter = { said: string; x: number; y: number; at: number; mode: number; white: boolean }
type Cover = Box & { at: number; picture: boolean }

const START: Matrix = [1, 0, 0, 1, 0, 0]
const times = (m: Matrix, n: Matrix): Matrix => [
  m[0] * n[0] + m[2] * n[1],
  m[1] * n[0] + m[3] * n[1],
  m[0] * n[2] + m[2] * n[3],
  m[1] * n[2] + m[3] * n[3],
  m[0] * n[4] + m[2] * n[5] + m[4],
  m[1] * n[4] + m[3] * n[5] + m[5],
]
const at = (m: Matrix, x: number, y: number): [number, number] => [
  m[0] * x + m[2] * y + m[4],
  m[1] * x + m[3] * y + m[5],
]
const numbers = (v: unknown): number[] => (v === null || v === undefined ? [] : Object.values(v as object).map(Number))
const asMatrix = (v: unknown): Matrix => (numbers(v).length >= 6 ? (numbers(v).slice(0, 6) as Matrix) : START)

type State = {
  ctm: Matrix
  size: number
  charSpace: number
  wordSpace: number
  scale: number
  leading: number
  rise: number
  mode: number
  white: boolean
  opaque: boolean
}

export function unseenIn(painting: Painting, ops: Ops): Unseen {
  const eye = new Eye(ops)
  for (const [i, fn] of painting.fnArray.entries()) eye.take(fn, (painting.argsArray[i] ?? []) as unknown[], i)
  return eye.found()
}

/** Follows the graphics state of ISO 32000-2 §8.4 and §9.3, as far as places and visibility of letters need it. */
class Eye {
  readonly #ops: Ops
  readonly #letters: Letter[] = []
  readonly #covers: Cover[] = []
  readonly #saved: State[] = []
  #state: State = {
    ctm: START,
    size: 0,
    charSpace: 0,
    wordSpace: 0,
    scale: 1,
    leading: 0,
    rise: 0,
    mode: 0,
    white: false,
    opaque: true,
  }
  #text: Matrix = START
  #line: Matrix = START

  constructor(ops: Ops) {
    this.#ops = ops
  }

  take(fn: number, args: unknown[], i: number): void {
    const o = this.#ops
    const s = this.#state
    switch (fn) {
      case o['save']:
      case o['paintFormXObjectBegin']:
      case o['beginAnnotation']:
      case o['beginGroup']:
        this.#saved.push({ ...s })
        if (fn === o['paintFormXObjectBegin']) s.ctm = times(s.ctm, asMatrix(args[0]))
        if (fn === o['beginAnnotation']) s.ctm = times(times(s.ctm, asMatrix(args[2])), asMatrix(args[3]))
        return
      case o['restore']:
      case o['paintFormXObjectEnd']:
      case o['endAnnotation']:
      case o['endGroup']:
        this.#state = this.#saved.pop() ?? s
        return
      case o['transform']:
        s.ctm = times(s.ctm, asMatrix(args))
        return
      case o['setGState']:
        for (const [key, value] of (args[0] ?? []) as [string, unknown][]) {
          if (key === 'ca') s.opaque = Number(value) >= 0.9
          if (key === 'BM') s.opaque = s.opaque && /^(source-over|normal)$/i.test(String(value))
        }
        return
      case o['setFillRGBColor']:
        s.white = /^#f[c-f]f[c-f]f[c-f]$/i.test(String(args[0]))
        return
      case o['constructPath']:
        this.#fill(Number(args[0]), numbers(args[2]), i)
        return
      case o['paintImageXObject']:
      case o['paintInlineImageXObject']:
      case o['paintImageXObjectRepeat']:
        this.#cover([0, 0, 1, 1], i, true)
        return
      default:
        this.#write(fn, args, i)
    }
  }

  #write(fn: number, args: unknown[], i: number): void {
    const o = this.#ops
    const s = this.#state
    const [a, b] = args as number[]
    switch (fn) {
      case o['beginText']:
        this.#text = this.#line = START
        return
      case o['setFont']:
        s.size = Number(b)
        return
      case o['setCharSpacing']:
        s.charSpace = Number(a)
        return
      case o['setWordSpacing']:
        s.wordSpace = Number(a)
        return
      case o['setHScale']:
        s.scale = Number(a) / 100
        return
      case o['setLeading']:
        s.leading = Number(a)
        return
      case o['setTextRise']:
        s.rise = Number(a)
        return
      case o['setTextRenderingMode']:
        s.mode = Number(a)
        return
      case o['setTextMatrix']:
        this.#text = this.#line = asMatrix(numbers(args[0]).length >= 6 ? args[0] : args)
        return
      case o['moveText']:
        this.#text = this.#line = times(this.#line, [1, 0, 0, 1, Number(a), Number(b)])
        return
      case o['setLeadingMoveText']:
        s.leading = -Number(b)
        this.#text = this.#line = times(this.#line, [1, 0, 0, 1, Number(a), Number(b)])
        return
      case o['nextLine']:
        this.#text = this.#line = times(this.#line, [1, 0, 0, 1, 0, -Math.abs(s.leading)])
        return
      case o['showText']:
        this.#show((args[0] ?? []) as unknown[], i)
        return
    }
  }

  #show(glyphs: unknown[], i: number): void {
    const s = this.#state
    for (const glyph of glyphs) {
      if (typeof glyph === 'number') {
        this.#text = times(this.#text, [1, 0, 0, 1, (-glyph / 1000) * s.size * s.scale, 0])
        continue
      }
      const { unicode, width, isSpace } = glyph as { unicode?: string; width?: number; isSpace?: boolean }
      const wide = ((width ?? 0) / 1000) * s.size
      const [x, y] = at(times(s.ctm, this.#text), wide / 2, s.rise + s.size * 0.3)
      this.#letters.push({ said: unicode ?? '', x, y, at: i, mode: s.mode, white: s.white })
      const step = (wide + s.charSpace + (isSpace ? s.wordSpace : 0)) * s.scale
      this.#text = times(this.#text, [1, 0, 0, 1, step, 0])
    }
  }

  #fill(paint: number, box: number[], i: number): void {
    const o = this.#ops
    const fills = [
      o['fill'],
      o['eoFill'],
      o['fillStroke'],
      o['eoFillStroke'],
      o['closeFillStroke'],
      o['closeEOFillStroke'],
    ]
    if (fills.includes(paint) && box.length === 4 && this.#state.opaque)
      this.#cover(box as [number, number, number, number], i, false)
  }

  #cover([x0, y0, x1, y1]: [number, number, number, number], i: number, picture: boolean): void {
    const corners = [
      at(this.#state.ctm, x0, y0),
      at(this.#state.ctm, x1, y1),
      at(this.#state.ctm, x0, y1),
      at(this.#state.ctm, x1, y0),
    ]
    const xs = corners.map((c) => c[0])
    const ys = corners.map((c) => c[1])
    const box = { x0: Math.min(...xs), y0: Math.min(...ys), x1: Math.max(...xs), y1: Math.max(...ys) }
    // A line, an underscore, a rule of a table covers nothing.
    if (box.x1 - box.x0 > 2 && box.y1 - box.y0 > 3) this.#covers.push({ ...box, at: i, picture })
  }

  found(): Unseen {
    const said = { over: '', picture: '', invisible: '', pale: '', letters: this.#letters.length }
    for (const letter of this.#letters) {
      const upon = this.#covers.filter((c) => letter.x > c.x0 && letter.x < c.x1 && letter.y > c.y0 && letter.y < c.y1)
      const later = upon.filter((c) => c.at > letter.at)
      if (letter.mode === 3 || letter.mode === 7) said.invisible += letter.said
      else if (later.some((c) => !c.picture)) said.over += letter.said
      else if (later.length > 0) said.picture += letter.said
      else if (letter.white && !upon.some((c) => c.at < letter.at)) said.pale += letter.said
    }
    return said
  }
}
