/** The words of HTML as plain text, for mail, search, checks and excerpts. */
import { parseDocument } from 'htmlparser2'
import { inWords } from './placed.ts'

/**
 * The words of the HTML: a blank line between paragraphs, `• ` before list items (numbers in ordered lists), tabs between
 * table cells, a picture by its description, and `text (address)` for a link that does not show its address.
 */
export function plainText(html: string): string {
  const out = new Lines()
  write(parseDocument(html).children as Node[], out, [])
  return out.toString()
}

/** The letters of the HTML and nothing else: what a reader copies, without marks of lists or addresses of links. */
export const lettersOf = (html: string): string => (parseDocument(html).children as Node[]).map(words).join('')

type Node = { type: string; name?: string; data?: string; attribs?: Record<string, string>; children?: Node[] }
type List = { ordered: boolean; items: number }

/** Text being put together; gaps are promises, kept only when more text comes. */
class Lines {
  private text = ''
  private gap = 0
  private space = false
  break(lines: number) {
    this.gap = Math.max(this.gap, lines)
    this.space = false
  }
  newLine() {
    this.gap += 1
    this.space = false
  }
  add(words: string) {
    for (const piece of words.split(/([ \t\n\r\f]+)/)) {
      if (piece === '') continue
      if (/^[ \t\n\r\f]/.test(piece)) this.space = true
      else this.put(piece)
    }
  }
  put(words: string) {
    if (this.text !== '' && this.gap > 0) this.text += '\n'.repeat(this.gap)
    else if (this.text !== '' && this.space && !/[\n\t ]$/.test(this.text)) this.text += ' '
    this.gap = 0
    this.space = false
    this.text += words
  }
  toString() {
    return this.text.trim()
  }
}

function write(nodes: Node[], out: Lines, lists: List[]): void {
  for (const node of nodes) {
    if (node.type === 'text') out.add(node.data ?? '')
    else if (node.type === 'tag') writerOf(node)(node, out, lists)
  }
}

type Writer = (node: Node, out: Lines, lists: List[]) => void

const inside: Writer = (node, out, lists) => write(node.children ?? [], out, lists)
const parted =
  (lines: number): Writer =>
  (node, out, lists) => {
    out.break(lines)
    inside(node, out, lists)
    out.break(lines)
  }
const WRITERS: Record<string, Writer> = {
  br: (_, out) => out.newLine(),
  ul: list,
  ol: list,
  li: item,
  a: link,
  tr: row,
  img: picture,
  figcaption: parted(1),
  ...Object.fromEntries(
    ['p', 'div', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'table', 'figure', 'hr'].map((name) => [
      name,
      parted(2),
    ]),
  ),
}
const writerOf = (node: Node): Writer => (Object.hasOwn(WRITERS, node.name ?? '') ? WRITERS[node.name!]! : inside)

function list(node: Node, out: Lines, lists: List[]): void {
  const gap = lists.length === 0 ? 2 : 1
  out.break(gap)
  write(node.children ?? [], out, [...lists, { ordered: node.name === 'ol', items: 0 }])
  out.break(gap)
}

function item(node: Node, out: Lines, lists: List[]): void {
  const own = lists.at(-1)
  out.break(1)
  out.put('  '.repeat(Math.max(0, lists.length - 1)) + (own?.ordered ? `${++own.items}. ` : '• '))
  // A paragraph that opens the item stands on the line of its mark.
  const [first, ...rest] = (node.children ?? []).filter((c) => c.type !== 'text' || (c.data ?? '').trim() !== '')
  if (first) write(first.name === 'p' ? (first.children ?? []) : [first], out, lists)
  if (first?.name === 'p' && rest.length > 0) out.break(1)
  write(first ? after(node, first) : [], out, lists)
  out.break(1)
}

const after = (node: Node, child: Node): Node[] => (node.children ?? []).slice((node.children ?? []).indexOf(child) + 1)

function link(node: Node, out: Lines, lists: List[]): void {
  write(node.children ?? [], out, lists)
  const href = node.attribs?.href
  if (href && bare(href) !== bare(words(node))) out.put(` (${href})`)
}

/** Only of a picture that is set into the text: what another page showed is nothing here. */
function picture(node: Node, out: Lines): void {
  if (node.attribs?.['data-sha256']) out.put(inWords(node.attribs['alt'] ?? ''))
}

const words = (node: Node): string => node.data ?? (node.children ?? []).map(words).join('')
const bare = (s: string) =>
  s
    .toLowerCase()
    .replace(/^(https?:\/\/|mailto:|tel:)/, '')
    .replace(/[\s-]/g, '')
    .replace(/\/$/, '')

function row(node: Node, out: Lines, lists: List[]): void {
  out.break(1)
  const cells = (node.children ?? []).filter((c) => c.type === 'tag')
  for (const [i, cell] of cells.entries()) {
    if (i > 0) out.put('\t')
    const inner = new Lines()
    write(cell.children ?? [], inner, lists)
    out.put(inner.toString().replace(/\n+/g, ' '))
  }
  out.break(1)
}
