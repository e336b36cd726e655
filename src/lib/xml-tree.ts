/**
 * A stranger's XML as a plain tree, or the reason it is refused. There is no document type, so nothing to expand and nothing to fetch;
 * size, depth and number of elements have an end.
 */
import { XMLParser, XMLValidator } from 'fast-xml-parser'

/** `name` without prefix; `text` what stands directly in it, put together. */
export type Tree = { name: string; namespace: string; text: string; children: Tree[] }

export type XmlRefusal = { refused: 'size' | 'encoding' | 'doctype' | 'form' | 'deep' | 'entity'; why?: string }

export const MOST_BYTES = 1024 * 1024
const DEEPEST = 24
const MOST_ELEMENTS = 20_000

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  cdataPropName: '#cdata',
  ignorePiTags: true,
  ignoreDeclaration: true,
})

export function readXml(bytes: Uint8Array): Tree | XmlRefusal {
  if (bytes.byteLength > MOST_BYTES) return { refused: 'size' }
  const xml = decoded(bytes)
  if (xml === null) return { refused: 'encoding' }
  return readXmlText(xml)
}

export function readXmlText(xml: string): Tree | XmlRefusal {
  if (/<!(DOCTYPE|ENTITY)/i.test(xml)) return { refused: 'doctype' }
  if (tooDeep(xml)) return { refused: 'deep' }
  try {
    const valid = XMLValidator.validate(xml)
    if (valid !== true) return { refused: 'form', why: `${valid.err.line}:${valid.err.col} ${valid.err.msg}` }
    const roots = (parser.parse(xml) as Raw[]).filter((n) => nameOf(n) !== undefined && !nameOf(n)?.startsWith('#'))
    const [root] = roots
    if (!root || roots.length > 1) return { refused: 'form', why: 'no single root' }
    return grown(root, {})
  } catch (err) {
    return err instanceof UnknownEntity
      ? { refused: 'entity', why: err.message }
      : { refused: 'form', why: (err as Error).message }
  }
}

export const isRefusal = (read: Tree | XmlRefusal): read is XmlRefusal => 'refused' in read

/** The bytes as text, when they are the UTF-8 they say they are. */
export function decoded(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    const said = /^<\?xml[^>]*?\bencoding\s*=\s*["']([\w.-]+)["']/.exec(text)?.[1]
    return said === undefined || /^utf-?8$/i.test(said) ? text : null
  } catch {
    return null
  }
}

/** Counted on the text, before anything builds a tree of it. */
function tooDeep(xml: string): boolean {
  let [depth, elements] = [0, 0]
  for (const [tag] of xml.matchAll(/<[^<>]*>/g)) {
    if (tag.startsWith('<?') || tag.startsWith('<!')) continue
    if (tag.startsWith('</')) depth--
    else {
      elements++
      if (!tag.endsWith('/>')) depth++
    }
    if (depth > DEEPEST || elements > MOST_ELEMENTS) return true
  }
  return false
}

type Raw = { [name: string]: unknown }
class UnknownEntity extends Error {}
const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const unescaped = (text: string): string =>
  text.replace(/\r\n?/g, '\n').replace(/&(?:#x([\da-f]+)|#(\d+)|([^;\s]*));?/gi, (whole, hex, decimal, name) => {
    const code = hex ? Number.parseInt(hex, 16) : decimal ? Number(decimal) : Number.NaN
    const known = code <= 0x10ffff ? String.fromCodePoint(code) : NAMED[name ?? '']
    if (known === undefined || !whole.endsWith(';')) throw new UnknownEntity(whole.slice(0, 40))
    return known
  })

const nameOf = (raw: Raw): string | undefined => Object.keys(raw).find((k) => k !== ':@')

type Prefixes = Readonly<Record<string, string>>

function grown(raw: Raw, above: Prefixes): Tree {
  const tag = nameOf(raw) as string
  const attributes = (raw[':@'] ?? {}) as Record<string, string>
  const prefixes: Record<string, string> = { ...above }
  for (const [key, value] of Object.entries(attributes)) {
    if (key === 'xmlns') prefixes[''] = unescaped(value)
    else if (key.startsWith('xmlns:')) prefixes[key.slice(6)] = unescaped(value)
  }
  const [prefix, local] = tag.includes(':') ? (tag.split(':', 2) as [string, string]) : ['', tag]
  const tree: Tree = { name: local, namespace: prefixes[prefix] ?? '', text: '', children: [] }
  for (const child of raw[tag] as Raw[]) {
    const name = nameOf(child)
    if (name === '#text') tree.text += unescaped(String(child[name]))
    else if (name === '#cdata') tree.text += plain(child[name] as Raw[])
    else if (name !== undefined) tree.children.push(grown(child, prefixes))
  }
  return tree
}

/** What stands in CDATA stands for itself. */
const plain = (inside: Raw[]): string => inside.map((r) => String(r['#text'] ?? '').replace(/\r\n?/g, '\n')).join('')
