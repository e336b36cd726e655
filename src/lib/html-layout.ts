/** Order in sanitised HTML: wrappers become paragraphs, links without an address become their words, empty paragraphs go. */
import { parseDocument } from 'htmlparser2'

type Node = { type: string; name?: string; data?: string; attribs?: Record<string, string>; children?: Node[] }

const BLOCKS = new Set([
  ...['p', 'h2', 'h3', 'h4', 'ul', 'ol', 'li', 'blockquote', 'hr', 'div'],
  ...['table', 'thead', 'tbody', 'tr', 'th', 'td', 'figure', 'figcaption'],
])
const EMPTY = new Set(['br', 'hr', 'img'])

/** Takes HTML that holds only permitted tags and `div`; gives it back without `div`. Not a sanitiser. */
export const layOut = (html: string): string => render(pictures(blocks(parseDocument(html).children as Node[])))

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
    if (node.name === 'img' && !node.attribs?.['data-sha256']) return []
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

const holdsPicture = (node: Node): boolean => node.name === 'img' || (node.children ?? []).some(holdsPicture)

/**
 * A picture stands between paragraphs, in a figure of its own with its caption: out of a list, a table or a line of words it goes
 * behind what it stood in, the rest of which stays as it was.
 */
const pictures = (nodes: Node[]): Node[] =>
  nodes.some(holdsPicture) ? nodes.flatMap((node) => (holdsPicture(node) ? lifted(node) : [node])) : nodes

function lifted(node: Node): Node[] {
  const found: Node[] = []
  const rest = without(node, found)
  return [...rest.filter((n) => !isBlank(n)), ...found]
}

/** What is left of a node when its pictures are taken out, which are added to `found` as figures. */
function without(node: Node, found: Node[]): Node[] {
  if (node.name === 'img') {
    found.push({ type: 'tag', name: 'figure', attribs: {}, children: [node] })
    return []
  }
  if (!holdsPicture(node)) return [node]
  const before = found.length
  const isFigure = node.name === 'figure'
  const isCaption = (n: Node) => isFigure && n.name === 'figcaption'
  const children = (node.children ?? []).filter((n) => !isCaption(n)).flatMap((n) => without(n, found))
  // The caption of a figure is its last picture's; what else the figure held are paragraphs.
  const caption = (node.children ?? [])
    .filter(isCaption)
    .flatMap((n) => without(n, found))
    .flatMap(inline)
  if (isFigure)
    return [...paragraphs(children), ...captioned(caption, found.length > before ? found.at(-1) : undefined)]
  const tidy = { ...node, children }
  return isBlank(tidy) && !/^t[dhr]$/.test(node.name ?? '') ? [] : [tidy]
}

/** Sets the caption under the picture; what finds none without one stays as a paragraph. */
function captioned(caption: Node[], picture: Node | undefined): Node[] {
  if (caption.every(isBlank)) return []
  if (picture?.children?.length !== 1) return [{ type: 'tag', name: 'p', attribs: {}, children: caption }]
  picture.children.push({ type: 'tag', name: 'figcaption', attribs: {}, children: caption })
  return []
}

/** Words with their marks; blocks among them are their words. */
const inline = (node: Node): Node[] =>
  node.type === 'tag' && isBlock(node)
    ? (node.children ?? []).flatMap(inline)
    : [node.children ? { ...node, children: node.children.flatMap(inline) } : node]

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
