/** Order in sanitised HTML: wrappers become paragraphs, links without an address become their words, empty paragraphs go. */
import { parseDocument } from 'htmlparser2'

type Node = { type: string; name?: string; data?: string; attribs?: Record<string, string>; children?: Node[] }

const BLOCKS = new Set([
  ...['p', 'h2', 'h3', 'h4', 'ul', 'ol', 'li', 'blockquote', 'hr', 'div'],
  ...['table', 'thead', 'tbody', 'tr', 'th', 'td', 'figure', 'figcaption'],
])
const EMPTY = new Set(['br', 'hr'])

/** Takes HTML that holds only permitted tags and `div`; gives it back without `div`. Not a sanitiser. */
export const layOut = (html: string): string => render(blocks(parseDocument(html).children as Node[]))

const isBlock = (node: Node) => node.type === 'tag' && BLOCKS.has(node.name!)
const isBlank = (node: Node): boolean =>
  node.type === 'text'
    ? (node.data ?? '').trim() === ''
    : !EMPTY.has(node.name ?? '') && (node.children ?? []).every(isBlank)

function blocks(nodes: Node[]): Node[] {
  return nodes.flatMap((node) => {
    if (node.type !== 'tag') return node.type === 'text' ? [node] : []
    const children = blocks(node.children ?? [])
    if (node.name === 'div') return paragraphs(children)
    if (node.name === 'a' && !node.attribs?.href) return children
    const tidy = { ...node, children }
    return node.name === 'p' && isBlank(tidy) ? [] : [tidy]
  })
}

/** The children of a wrapper: its blocks as they are, and each run of loose words between them as a paragraph. */
function paragraphs(nodes: Node[]): Node[] {
  const out: Node[] = []
  let loose: Node[] = []
  const close = () => {
    if (loose.some((n) => !isBlank(n))) out.push({ type: 'tag', name: 'p', attribs: {}, children: loose })
    loose = []
  }
  for (const node of nodes) {
    if (isBlock(node)) {
      close()
      out.push(node)
    } else loose.push(node)
  }
  close()
  return out
}

const escaped = (s: string) => s.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

function render(nodes: Node[]): string {
  return nodes
    .map((node) => {
      if (node.type === 'text') return escaped(node.data ?? '')
      const attribs = Object.entries(node.attribs ?? {})
        .map(([name, value]) => ` ${name}="${escaped(value).replaceAll('"', '&quot;')}"`)
        .join('')
      if (EMPTY.has(node.name!)) return `<${node.name}${attribs} />`
      return `<${node.name}${attribs}>${render(node.children ?? [])}</${node.name}>`
    })
    .join('')
}
