/** Which addresses a body may link to; the editor asks the same. */

export const SCHEMES = ['http:', 'https:', 'mailto:', 'tel:']

/** An absolute address a reader may be sent to, in its normal form; undefined for any other, also with a name or password in it. */
export function goodHref(href: string | undefined): string | undefined {
  if (!href || !URL.canParse(href)) return undefined
  const url = new URL(href)
  if (!SCHEMES.includes(url.protocol) || url.username || url.password) return undefined
  if (url.protocol.startsWith('http') && !url.hostname) return undefined
  return url.href === `${href}/` ? href : url.href
}
