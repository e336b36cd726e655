/** What nobody sees in a Word file, or what was struck, counted and taken out before it is read. */
import { DomUtils, parseDocument } from 'htmlparser2'
import type { Parts } from './parts.ts'

export type Counts = {
  insertions: number
  deletions: number
  comments: number
  hidden: number
  pictures: number
  /** Of these, with a line where they stood. */
  marked: number
  marks: Set<unknown>
  footnotes: number
}
type Node = ReturnType<typeof parseDocument>['children'][number]
type Element = Extract<Node, { attribs: unknown }>

const xml = (text: string) => parseDocument(text, { xmlMode: true })
const isElement = (node: Node): node is Element => 'attribs' in node
const named = (root: { children: Node[] }, ...names: string[]): Element[] =>
  DomUtils.findAll((e) => names.includes(e.name), root.children as never) as Element[]
/** `<w:vanish/>` and `<w:vanish w:val="1"/>`, not `w:val="0"`. */
const isOn = (e: Element | undefined) => e !== undefined && !/^(0|false|off)$/.test(e.attribs['w:val'] ?? '')

export function tidyDocx(parts: Parts): { parts: Parts; counts: Counts } {
  const out: Parts = new Map(parts)
  const counts: Counts = {
    insertions: 0,
    deletions: 0,
    comments: 0,
    hidden: 0,
    pictures: 0,
    marked: 0,
    marks: new Set(),
    footnotes: 0,
  }
  for (const name of ['word/document.xml', 'word/footnotes.xml', 'word/endnotes.xml']) {
    const text = parts.get(name)
    if (!text) continue
    const doc = xml(text)
    tidyPart(doc, counts)
    out.set(name, DomUtils.getOuterHTML(doc as never, { xmlMode: true }))
  }
  out.delete('word/comments.xml')
  return { parts: out, counts }
}

function tidyPart(doc: ReturnType<typeof parseDocument>, counts: Counts): void {
  counts.insertions += named(doc, 'w:ins').filter((e) => e.parent && (e.parent as Element).name !== 'w:rPr').length
  counts.comments += named(doc, 'w:commentReference').length
  counts.footnotes += named(doc, 'w:footnoteReference', 'w:endnoteReference').length
  const struck = named(doc, 'w:del', 'w:moveFrom').filter((e) => !/Pr$/.test((e.parent as Element | null)?.name ?? ''))
  counts.deletions += struck.length
  take(struck)
  const hidden = named(doc, 'w:r').filter((r) => {
    const look = r.children.filter(isElement).find((e) => e.name === 'w:rPr')
    return look !== undefined && isOn(look.children.filter(isElement).find((e) => e.name === 'w:vanish'))
  })
  counts.hidden += hidden.filter((r) => DomUtils.textContent(r as never).trim() !== '').length
  take(hidden)
  const drawn = named(doc, 'w:drawing', 'w:pict', 'w:object').filter((e) => named(e, 'w:txbxContent').length === 0)
  counts.pictures += drawn.length
  for (const e of drawn) mark(e, counts)
  take(drawn)
}

/** Of pictures more than this only the number is said. */
const MOST_MARKED = 30

/**
 * Where a picture stood, a line that names it: `[图1：…]`. Attached in the same order, the pictures stand there again. Shapes and
 * charts have no file to attach.
 */
function mark(e: Element, counts: Counts): void {
  if (counts.marked >= MOST_MARKED || named(e, 'a:blip', 'v:imagedata').length === 0) return
  let p: Element | null = e
  while (p && p.name !== 'w:p') p = p.parent as Element | null
  if (!p?.parent) return
  const n = ++counts.marked
  const said = (named(e, 'wp:docPr')[0]?.attribs['descr'] ?? '').replace(/[[\]［］|｜:：<>&"\s]+/g, ' ').trim()
  const line = `[图${n}${said ? `：${said.slice(0, 200)}` : ''}]`
  const at = xml(`<w:p><w:r><w:t xml:space="preserve">${line}</w:t></w:r></w:p>`).children[0]
  if (!at) return
  // Behind the marks of earlier pictures of the same paragraph.
  let last: Node = p
  while (counts.marks.has(last.next as Node)) last = last.next as Node
  DomUtils.append(last as never, at as never)
  counts.marks.add(at)
}

/** Parent by parent: one at a time, each would be looked for among all its siblings. */
function take(elements: Element[]): void {
  const gone = new Set<Node>(elements)
  for (const parent of new Set(elements.map((e) => e.parent)))
    if (parent) parent.children = parent.children.filter((c) => !gone.has(c as Node)) as typeof parent.children
}

/** The words of a part line by line, seen or not: what is searched for marks of secrecy. */
export function wordsOf(part: string | undefined): string {
  if (!part) return ''
  const paragraphs = named(xml(part), 'w:p')
  return paragraphs
    .map((p) =>
      named(p, 'w:t', 'w:delText')
        .map((t) => DomUtils.textContent(t as never))
        .join(''),
    )
    .filter((line) => line.trim() !== '')
    .join('\n')
}
