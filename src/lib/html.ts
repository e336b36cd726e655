/** HTML of a release body: what may stand in it, and the same as plain text and back. */
import sanitizeHtml from 'sanitize-html'
import { goodHref, SCHEMES } from './good-href.ts'
import { layOut } from './html-layout.ts'
import { lettersOf, plainText } from './html-text.ts'

export { goodHref, lettersOf, plainText }

const TAGS = [
  ...['p', 'h2', 'h3', 'h4', 'ul', 'ol', 'li', 'blockquote', 'br', 'hr', 'a'],
  ...['strong', 'em', 'b', 'i', 'u', 's', 'sub', 'sup'],
  ...['table', 'thead', 'tbody', 'tr', 'th', 'td', 'figure', 'figcaption', 'img'],
]
/** Wrappers that only part paragraphs: their text stays, as paragraphs. */
const WRAPPERS = [
  ...['html', 'body', 'div', 'section', 'article', 'header', 'footer', 'main', 'aside', 'nav', 'address'],
  ...['center', 'pre', 'dl', 'dt', 'dd', 'form', 'fieldset', 'details', 'summary', 'caption', 'tfoot'],
]
const OTHER_HEADINGS: Record<string, string> = { h1: 'h2', h5: 'h4', h6: 'h4' }
const ATTRIBUTES: Record<string, string[]> = {
  img: ['data-sha256', 'alt'],
  a: ['href', 'rel'],
  td: ['colspan', 'rowspan', 'scope'],
  th: ['colspan', 'rowspan', 'scope'],
}
/** Elements whose text is not for reading: dropped with what they hold. */
const NOT_TEXT = [
  ...['script', 'style', 'textarea', 'option', 'xmp', 'noscript', 'iframe', 'noembed', 'noframes', 'plaintext'],
  ...['object', 'template', 'svg', 'math', 'title', 'select', 'audio', 'video', 'canvas'],
]
const MOST_NESTED = 40

const strict: sanitizeHtml.IOptions = {
  allowedTags: TAGS,
  allowedAttributes: ATTRIBUTES,
  allowedSchemes: SCHEMES.map((s) => s.slice(0, -1)),
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  nonTextTags: NOT_TEXT,
  nestingLimit: MOST_NESTED,
  transformTags: { a: onlyGoodLink, td: onlyGoodSpan, th: onlyGoodSpan, img: onlyAttached },
}
const toDiv = Object.fromEntries(WRAPPERS.map((tag) => [tag, () => ({ tagName: 'div', attribs: {} })]))
const loose: sanitizeHtml.IOptions = {
  ...strict,
  allowedTags: [...TAGS, 'div'],
  transformTags: { ...strict.transformTags, ...OTHER_HEADINGS, ...toDiv },
}

/**
 * The HTML with only what a body may hold; `dropped` names each tag, attribute and address that was left out
 * (`script`, `p[style]`, `a[href=javascript:…]`), once. Used when text comes in and once more when a page is made;
 * sanitising twice gives the same bytes.
 */
export function sanitise(html: string): { html: string; dropped: string[] } {
  const dropped = new Set<string>()
  if (/<!--/.test(html)) dropped.add('<!-- -->')
  let before = pass(html, (name, attribs) => {
    for (const entry of refusals(name, attribs)) dropped.add(entry)
  })
  // Odd nesting may settle differently when it is read again, as every reader will: go on until it stands still.
  for (let round = 0; round < 8; round++) {
    const after = pass(before)
    if (after === before) return { html: after, dropped: [...dropped] }
    before = after
  }
  return { html: pass(textToHtml(plainText(before))), dropped: [...dropped, 'nesting'] }
}

const pass = (html: string, onOpenTag?: (name: string, attribs: Record<string, string>) => void): string =>
  sanitizeHtml(layOut(sanitizeHtml(html, onOpenTag ? { ...loose, onOpenTag } : loose)), strict)

function refusals(name: string, attribs: Record<string, string>): string[] {
  if (WRAPPERS.includes(name) || name in OTHER_HEADINGS) return Object.keys(attribs).map((a) => `${name}[${a}]`)
  if (!TAGS.includes(name)) return [name]
  if (name === 'img' && !('data-sha256' in onlyAttached(name, attribs).attribs)) return ['img']
  const keep = name === 'a' ? onlyGoodLink : name === 'img' ? onlyAttached : onlyGoodSpan
  const kept = keep(name, attribs)
  return Object.keys(attribs)
    .filter((a) => !(a in kept.attribs) && !(name === 'a' && a === 'rel'))
    .map((a) => (a === 'href' ? `a[href=${attribs.href!.slice(0, 200)}]` : `${name}[${a}]`))
}

function onlyGoodLink(tagName: string, attribs: Record<string, string>): sanitizeHtml.Tag {
  const href = goodHref(attribs.href)
  return { tagName, attribs: href ? { href, rel: 'noopener' } : {} }
}

/** A picture is a file of the release, named by its hash: no address of anywhere, and its description is words. */
function onlyAttached(tagName: string, attribs: Record<string, string>): sanitizeHtml.Tag {
  const sha256 = attribs['data-sha256']?.trim().toLowerCase() ?? ''
  if (!/^[0-9a-f]{64}$/.test(sha256)) return { tagName, attribs: {} }
  return { tagName, attribs: { 'data-sha256': sha256, alt: (attribs.alt ?? '').replace(/\s+/g, ' ').trim() } }
}

function onlyGoodSpan(tagName: string, attribs: Record<string, string>): sanitizeHtml.Tag {
  const kept: Record<string, string> = {}
  for (const name of ATTRIBUTES[tagName] ?? []) {
    const value = attribs[name]?.trim().toLowerCase() ?? ''
    const good = name === 'scope' ? /^(row|col|rowgroup|colgroup)$/.test(value) : /^[1-9]\d{0,2}$/.test(value)
    if (good) kept[name] = value
  }
  return { tagName, attribs: kept }
}

export const escapeHtml = (s: string): string =>
  s.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** Plain text as paragraphs: a blank line parts them, a single line end is a line break. */
export const textToHtml = (text: string): string =>
  text
    .split(/\n[^\S\n]*\n\s*/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '')
    .map((paragraph) => `<p>${escapeHtml(paragraph).replaceAll('&quot;', '"').replaceAll('\n', '<br />')}</p>`)
    .join('')
