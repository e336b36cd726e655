/** Reads a PDF of Chromium's back: size of each page and its text with places, by a parser that shares nothing with what wrote it. */
import { inflateSync } from 'node:zlib'

export type PdfText = { text: string; x: number /** From the top edge. */; y: number; size: number }
export type PdfPage = { width: number; height: number; texts: PdfText[] }

type Objects = Map<number, { dict: string; stream: Buffer | null }>
/** Letters by code, and how many hex digits a code has. */
type Font = { letters: Map<number, string>; digits: number }
type Matrix = [number, number, number, number, number, number]

/** Points from the top left corner. */
export function readPdf(bytes: Uint8Array): PdfPage[] {
  const objects = objectsOf(Buffer.from(bytes))
  const kids = [...objects.values()].filter((o) => /\/Type\s*\/Page\b(?!s)/.test(o.dict))
  const order = pageOrder(objects)
  const pages = order.length ? order.map((id) => objects.get(id)!) : kids
  return pages.map((page) => pageOf(objects, page.dict))
}

function objectsOf(bytes: Buffer): Objects {
  const found: Objects = new Map()
  const text = bytes.toString('latin1')
  for (const m of text.matchAll(/(?:^|\n)(\d+) 0 obj\s*/g)) {
    const start = m.index + m[0].length
    const end = text.indexOf('endobj', start)
    const at = text.indexOf('stream', start)
    const isStream = at > 0 && at < end && /\/Length/.test(text.slice(start, at))
    const dict = text.slice(start, isStream ? at : end)
    let stream: Buffer | null = null
    if (isStream) {
      const from = at + (text[at + 6] === '\r' ? 8 : 7)
      const raw = bytes.subarray(from, text.lastIndexOf('endstream', end) - 1)
      stream = /FlateDecode/.test(dict) ? inflateSync(raw, { finishFlush: 2 }) : raw
    }
    found.set(Number(m[1]), { dict, stream })
  }
  return found
}

/** Kids of the page tree, in reading order. */
function pageOrder(objects: Objects): number[] {
  const root = [...objects.values()].find((o) => /\/Type\s*\/Catalog/.test(o.dict))
  const walk = (id: number): number[] => {
    const dict = objects.get(id)?.dict ?? ''
    const kids = /\/Kids\s*\[([^\]]*)\]/.exec(dict)?.[1]
    return kids === undefined ? [id] : [...kids.matchAll(/(\d+) 0 R/g)].flatMap((k) => walk(Number(k[1])))
  }
  const top = /\/Pages (\d+) 0 R/.exec(root?.dict ?? '')?.[1]
  return top ? walk(Number(top)) : []
}

function pageOf(objects: Objects, dict: string): PdfPage {
  const [, , width = 0, height = 0] = (/\/MediaBox\s*\[([^\]]*)\]/.exec(dict)?.[1] ?? '')
    .trim()
    .split(/\s+/)
    .map(Number)
  const fonts = new Map(
    [...dict.matchAll(/\/(F\d+) (\d+) 0 R/g)].map((m) => [m[1] as string, toUnicode(objects, Number(m[2]))]),
  )
  const content = objects.get(Number(/\/Contents (\d+) 0 R/.exec(dict)?.[1]))?.stream?.toString('latin1') ?? ''
  return { width, height, texts: textsOf(content, fonts, height) }
}

function toUnicode(objects: Objects, font: number): Font {
  const map = new Map<number, string>()
  const id = /\/ToUnicode (\d+) 0 R/.exec(objects.get(font)?.dict ?? '')?.[1]
  const cmap = id ? (objects.get(Number(id))?.stream?.toString('latin1') ?? '') : ''
  const digits = /begincodespacerange\s*<(\w+)>/.exec(cmap)?.[1]?.length ?? 4
  const chars = (hex: string) => Buffer.from(hex, 'hex').swap16().toString('utf16le')
  for (const block of cmap.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const m of block[1]!.matchAll(/<(\w+)>\s*<(\w+)>/g)) map.set(Number.parseInt(m[1]!, 16), chars(m[2]!))
  for (const block of cmap.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const m of block[1]!.matchAll(/<(\w+)>\s*<(\w+)>\s*<(\w+)>/g)) {
      const [from, to, first] = [m[1]!, m[2]!, m[3]!].map((h) => Number.parseInt(h, 16)) as [number, number, number]
      for (let i = from; i <= to; i++) map.set(i, String.fromCodePoint(first + i - from))
    }
  return { letters: map, digits }
}

const times = (a: Matrix, b: Matrix): Matrix => [
  a[0] * b[0] + a[1] * b[2],
  a[0] * b[1] + a[1] * b[3],
  a[2] * b[0] + a[3] * b[2],
  a[2] * b[1] + a[3] * b[3],
  a[4] * b[0] + a[5] * b[2] + b[4],
  a[4] * b[1] + a[5] * b[3] + b[5],
]

function textsOf(content: string, fonts: Map<string, Font>, height: number): PdfText[] {
  const texts: PdfText[] = []
  const saved: Matrix[] = []
  let [ctm, tm]: Matrix[] = [
    [1, 0, 0, 1, 0, 0],
    [1, 0, 0, 1, 0, 0],
  ]
  const none: Font = { letters: new Map(), digits: 4 }
  let font = none
  /** What a span says it reads as, where the font cannot tell. */
  let actual: string | null = null
  let size = 0
  const token =
    /\/(F\d+) ([\d.]+) Tf|((?:-?[\d.]+ ){6})(cm|Tm)|(-?[\d.]+) (-?[\d.]+) Td|\b(q|Q|BT)\b|(\[[^\]]*\]|<\w*>)\s*T[Jj]|\/ActualText <FEFF(\w*)>|\b(EMC)\b/g
  for (const m of content.matchAll(token)) {
    if (m[1]) [font, size] = [fonts.get(m[1]) ?? none, Number(m[2])]
    else if (m[3]) {
      const matrix = m[3].trim().split(' ').map(Number) as Matrix
      if (m[4] === 'cm') ctm = times(matrix, ctm!)
      else tm = matrix
    } else if (m[5]) tm = times([1, 0, 0, 1, Number(m[5]), Number(m[6])], tm!)
    else if (m[7] === 'q') saved.push(ctm!)
    else if (m[7] === 'Q') ctm = saved.pop() ?? ctm
    else if (m[7] === 'BT') tm = [1, 0, 0, 1, 0, 0]
    else if (m[8]) {
      const codes = [...m[8].matchAll(/<(\w+)>/g)].flatMap(
        (g) => g[1]!.match(new RegExp(`.{${font.digits}}`, 'g')) ?? [],
      )
      const read = codes.map((code) => font.letters.get(Number.parseInt(code, 16)) ?? '\ufffd').join('')
      const text = actual ?? read
      if (actual !== null) actual = ''
      const place = times(tm!, ctm!)
      texts.push({ text, x: place[4], y: height - place[5], size: size * Math.hypot(place[0], place[1]) })
    } else if (m[9] !== undefined) actual = Buffer.from(m[9], 'hex').swap16().toString('utf16le')
    else if (m[10]) actual = null
  }
  return texts
}

/** The texts of a page joined, line by line from above. */
export const linesOf = (page: PdfPage): { y: number; text: string; letters: PdfText[] }[] =>
  [...Map.groupBy(page.texts, (t) => Math.round(t.y)).entries()]
    .sort(([a], [b]) => a - b)
    .map(([y, texts]) => {
      const letters = texts.toSorted((a, b) => a.x - b.x)
      return { y, letters, text: letters.map((t) => t.text).join('') }
    })
