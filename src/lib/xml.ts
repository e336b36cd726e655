/** XML and XHTML that is escaped unless proven otherwise: markup is only ever made by el(), text is only ever escaped. */

/** Markup that is already well-formed. Only this file and `trusted` make one. */
export class Xml {
  constructor(readonly markup: string) {}
}

export type Child = Xml | string | number | null | undefined | false | Child[]
export type Attributes = Record<string, string | number | undefined>

const NAME = /^[A-Za-z_][\w.-]*(:[A-Za-z_][\w.-]*)?$/
/** HTML elements that have no end tag; harmless in XML, where no vocabulary here uses these names. */
const VOID = new Set(['br', 'hr', 'img'])
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

/**
 * Text without the characters XML 1.0 §2.2 forbids, even as references: controls and U+FFFE/U+FFFF are dropped, half
 * surrogate pairs become U+FFFD, line ends become \n.
 */
export const cleanText = (text: string): string => text.toWellFormed().replace(/\r\n?/g, '\n').replace(FORBIDDEN, '')

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\t': '&#9;',
}
const escapeText = (text: string) => cleanText(text).replace(/[&<>]/g, (c) => ESCAPES[c] as string)
/** Line ends and tabs are written as references, or attribute-value normalisation (XML 1.0 §3.3.3) turns them into spaces. */
const escapeAttribute = (text: string) => cleanText(text).replace(/[&<>"\n\t]/g, (c) => ESCAPES[c] as string)

function childMarkup(child: Child): string {
  if (child === null || child === undefined || child === false) return ''
  if (Array.isArray(child)) return child.map(childMarkup).join('')
  return child instanceof Xml ? child.markup : escapeText(String(child))
}

/** One element. Attributes that are undefined are left out; strings and numbers among the children are escaped. */
export function el(name: string, attributes: Attributes = {}, ...children: Child[]): Xml {
  if (!NAME.test(name)) throw new Error(`not an element name: ${JSON.stringify(name)}`)
  let head = name
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined) continue
    if (!NAME.test(key)) throw new Error(`not an attribute name: ${JSON.stringify(key)}`)
    head += ` ${key}="${escapeAttribute(String(value))}"`
  }
  return new Xml(VOID.has(name) ? `<${head}/>` : `<${head}>${childMarkup(children)}</${name}>`)
}

/** Markup from a sanitiser, taken as it is. The one door past escaping: the caller answers for what it lets through. */
export const trusted = (markup: string): Xml => new Xml(markup)

/** Several pieces in a row. */
export const fragment = (...children: Child[]): Xml => new Xml(childMarkup(children))

/** A whole document in UTF-8 with its declaration. */
export const xmlDocument = (root: Xml): string => `<?xml version="1.0" encoding="UTF-8"?>\n${root.markup}\n`
