/** An XML document as a row of tags and texts with their places, so that a part can be read fast and changed without being written anew. */

export type Attrs = Record<string, string>
export type Token = {
  kind: 'open' | 'close' | 'text'
  /** Local name, without its prefix; '' for a text. */
  name: string
  /** An element that holds nothing: both its beginning and its end. */
  empty: boolean
  start: number
  end: number
}
export class XmlFault extends Error {}

const TAG = /^<(\/?)([^\s/>]+)((?:\s+[^\s=]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>$/
/** A > inside quotes ends no tag. */
const WHOLE_TAG = /<(\/?)([^\s/>"'<]+)[^"'<>]*(?:"[^"]*"[^"'<>]*|'[^']*'[^"'<>]*)*>/y
const ATTR = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g

/**
 * The text of a part: UTF-8, or UTF-16 by its mark.
 * @throws XmlFault for other bytes and for a document type, whose entities could be anything and any size
 */
export function xmlText(bytes: Uint8Array): string {
  const wide =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null
  let text: string
  try {
    text = new TextDecoder(wide ?? 'utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new XmlFault('not UTF-8')
  }
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw new XmlFault('document type')
  const declared = /^<\?xml[^>]*encoding\s*=\s*["']([^"']+)["']/.exec(text)?.[1]
  if (declared && !/^utf-?(8|16)(le|be)?$/i.test(declared)) throw new XmlFault(declared)
  return text
}

/** Tags and texts in order; comments and instructions are passed over. @throws XmlFault where a tag is not closed */
export function* tokens(text: string): Generator<Token> {
  let at = 0
  const depth: string[] = []
  while (at < text.length) {
    const next = text.indexOf('<', at)
    if (next !== at) yield { kind: 'text', name: '', empty: false, start: at, end: next < 0 ? text.length : next }
    if (next < 0) break
    if (text.startsWith('<![CDATA[', next)) {
      const end = after(text, ']]>', next)
      yield { kind: 'text', name: '', empty: false, start: next, end }
      at = end
      continue
    }
    if (text.startsWith('<!--', next) || text.startsWith('<?', next)) {
      at = after(text, text[next + 1] === '?' ? '?>' : '-->', next)
      continue
    }
    WHOLE_TAG.lastIndex = next
    const tag = WHOLE_TAG.exec(text)
    if (!tag) throw new XmlFault('a tag is not closed')
    const end = WHOLE_TAG.lastIndex
    const closes = tag[1] === '/'
    const empty = text[end - 2] === '/'
    const whole = tag[2] as string
    if (closes) {
      if (depth.pop() !== whole) throw new XmlFault(`</${whole}>`)
    } else if (!empty) depth.push(whole)
    yield { kind: closes ? 'close' : 'open', name: localOf(whole), empty, start: next, end }
    at = end
  }
  if (depth.length > 0) throw new XmlFault(`<${depth.at(-1)}> is not closed`)
}

const localOf = (name: string): string => name.slice(name.indexOf(':') + 1)

function after(text: string, what: string, from: number): number {
  const found = text.indexOf(what, from)
  if (found < 0) throw new XmlFault(`no ${what}`)
  return found + what.length
}

/** Attributes of a tag by local name; where two share one (`id`, `r:id`), the one with a prefix. */
export function attrsOf(text: string, tag: Token): Attrs {
  const attrs: Attrs = {}
  for (const m of text.slice(tag.start, tag.end).matchAll(ATTR)) {
    const whole = m[1] as string
    const name = localOf(whole)
    if (!(name in attrs) || whole.includes(':')) attrs[name] = unescapeXml(m[2] ?? m[3] ?? '')
  }
  return attrs
}

/** The tag with attributes set or, with null, taken out; whole names as they stand (`w:author`). */
export function withAttrs(tag: string, change: (name: string, value: string) => string | null): string {
  const m = TAG.exec(tag)
  if (!m) return tag
  const attrs = [...(m[3] as string).matchAll(ATTR)].flatMap(([whole, name, a, b]) => {
    const value = unescapeXml(a ?? b ?? '')
    const now = change(name as string, value)
    if (now === null) return []
    return now === value ? [` ${whole}`] : [` ${name}="${escapeXml(now)}"`]
  })
  return `<${m[1]}${m[2]}${attrs.join('')}${m[4]}>`
}

/** What a text token says. */
export function textOf(text: string, token: Token): string {
  const raw = text.slice(token.start, token.end)
  return raw.startsWith('<![CDATA[') ? raw.slice(9, -3) : unescapeXml(raw)
}

const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
export const unescapeXml = (s: string): string =>
  s.includes('&')
    ? s.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex, dec, name) => {
        const code = hex ? Number.parseInt(hex, 16) : dec ? Number(dec) : -1
        if (code >= 0) return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd'
        return NAMED[name] ?? whole
      })
    : s
export const escapeXml = (s: string): string =>
  s.replace(/[<>&"]/g, (c) => `&${{ '<': 'lt', '>': 'gt', '&': 'amp', '"': 'quot' }[c]};`)

/** The text with these ranges replaced. Ranges lie beside each other, never over one another. */
export function spliced(text: string, changes: { start: number; end: number; to: string }[]): string {
  let at = 0
  const pieces: string[] = []
  for (const c of [...changes].sort((a, b) => a.start - b.start)) {
    pieces.push(text.slice(at, c.start), c.to)
    at = c.end
  }
  return [...pieces, text.slice(at)].join('')
}
