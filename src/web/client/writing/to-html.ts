/** A document of the editor as the HTML the sanitiser gives back unchanged: no empty paragraph, no attribute but those it keeps. Pure. */
import { placedHtml } from '../../../lib/placed.ts'

export type DocNode = {
  type: string
  attrs?: Record<string, unknown>
  text?: string
  marks?: { type: string; attrs?: Record<string, unknown> }[]
  content?: DocNode[]
}
type DocMark = NonNullable<DocNode['marks']>[number]

const MARKS: Record<string, string> = {
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strike: 's',
  subscript: 'sub',
  superscript: 'sup',
}
const WRAPS: Record<string, string> = {
  bulletList: 'ul',
  orderedList: 'ol',
  blockquote: 'blockquote',
  figure: 'figure',
}
/** The sanitiser goes no deeper than 40 tags; marks and tables need some of them. */
const DEEPEST = 24

/** '' for a document without a word. */
export const toHtml = (doc: DocNode): string => blocks(doc, 0)

const blocks = (node: DocNode, depth: number): string => (node.content ?? []).map((n) => block(n, depth)).join('')

function block(node: DocNode, depth: number): string {
  const wrap = WRAPS[node.type]
  // Deeper than anybody reads: the words stay, their frame does not.
  if (depth > DEEPEST && wrap) return blocks(node, depth)
  switch (node.type) {
    case 'paragraph':
      return line('p', node)
    case 'heading':
      return line(`h${Math.min(4, Math.max(2, Number(node.attrs?.['level'] ?? 2)))}`, node)
    case 'picture':
      return picture(node)
    case 'figcaption':
      return line('figcaption', node)
    case 'horizontalRule':
      return '<hr />'
    case 'table':
      return table(node, depth)
    case 'listItem':
      return item(node, depth)
    default: {
      const inner = blocks(node, depth + 1)
      return wrap ? (inner ? `<${wrap}>${inner}</${wrap}>` : '') : inner
    }
  }
}

function picture(node: DocNode): string {
  const { sha256, alt } = (node.attrs ?? {}) as { sha256: string; alt: string }
  const caption = line('figcaption', node).replace(/^<figcaption>|<\/figcaption>$/g, '')
  return sha256 ? placedHtml({ sha256, alt: alt.replace(/\s+/g, ' ').trim(), caption }) : caption && `<p>${caption}</p>`
}

/** An item of one paragraph, and lists under it, is its words. */
function item(node: DocNode, depth: number): string {
  const [first, ...rest] = node.content ?? []
  const short = first?.type === 'paragraph' && rest.every((n) => /List$/.test(n.type))
  const inner = short
    ? inline(first.content ?? []) + rest.map((n) => block(n, depth + 1)).join('')
    : blocks(node, depth + 1)
  return inner === '' || depth > DEEPEST ? inner : `<li>${inner}</li>`
}

/** A line of words, or nothing where it has none. */
function line(tag: string, node: DocNode): string {
  const content = node.content ?? []
  const blank = content.every((n) => n.type === 'text' && (n.text ?? '').trim() === '')
  return blank ? '' : `<${tag}>${inline(content)}</${tag}>`
}

/** Rows of nothing but heads at the top are the table's head. */
function table(node: DocNode, depth: number): string {
  const rows = node.content ?? []
  const isHead = (r: DocNode) => (r.content ?? []).every((c) => c.type === 'tableHeader')
  const found = rows.findIndex((r) => !isHead(r))
  const heads = found === -1 ? 0 : found
  const part = (tag: string, some: DocNode[]) =>
    some.length ? `<${tag}>${some.map((r) => row(r, depth)).join('')}</${tag}>` : ''
  return `<table>${part('thead', rows.slice(0, heads))}${part('tbody', rows.slice(heads))}</table>`
}

const row = (node: DocNode, depth: number): string =>
  `<tr>${(node.content ?? []).map((c) => cell(c, depth)).join('')}</tr>`

function cell(node: DocNode, depth: number): string {
  const tag = node.type === 'tableHeader' ? 'th' : 'td'
  const attrs = ['colspan', 'rowspan', 'scope']
    .map((name) => [name, node.attrs?.[name]] as const)
    .filter(([name, value]) => (name === 'scope' ? Boolean(value) : Number(value ?? 1) > 1))
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('')
  return `<${tag}${attrs}>${only(node) ?? blocks(node, depth + 4)}</${tag}>`
}

/** A cell of one paragraph is its words, as most tables are written. */
function only(node: DocNode): string | null {
  const [first, ...rest] = node.content ?? []
  return first?.type === 'paragraph' && rest.length === 0 ? inline(first.content ?? []) : null
}

/** Words with their marks; a mark that goes on over several pieces is opened once. */
function inline(nodes: DocNode[]): string {
  let out = ''
  let open: DocMark[] = []
  for (const node of nodes) {
    const marks = (node.marks ?? []).filter((m) => MARKS[m.type] || m.type === 'link')
    let same = 0
    while (same < open.length && same < marks.length && equal(open[same] as DocMark, marks[same] as DocMark)) same++
    out += open.slice(same).reverse().map(closing).join('') + marks.slice(same).map(opening).join('')
    open = marks
    out += node.type === 'hardBreak' ? '<br />' : escaped(node.text ?? '')
  }
  return out + open.reverse().map(closing).join('')
}

const equal = (a: DocMark, b: DocMark) => a.type === b.type && a.attrs?.['href'] === b.attrs?.['href']
const opening = (m: DocMark): string =>
  m.type === 'link'
    ? `<a href="${escaped(String(m.attrs?.['href'] ?? '')).replaceAll('"', '&quot;')}" rel="noopener">`
    : `<${MARKS[m.type]}>`
const closing = (m: DocMark): string => (m.type === 'link' ? '</a>' : `</${MARKS[m.type]}>`)
const escaped = (s: string): string => s.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
