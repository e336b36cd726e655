/** Content negotiation and conditional requests (RFC 9110 §12.5.3, §8.8.3, §13.1.2). */

export type Encoding = 'br' | 'gzip' | 'identity'

/**
 * The encoding to answer in, of those available besides identity. Highest q wins, br before gzip before identity; q=0
 * forbids, `*` speaks for what is not named. Identity when nothing else is acceptable: an answer beats a 406.
 */
export function chooseEncoding(header: string | undefined, available: readonly Encoding[]): Encoding {
  if (!header?.trim()) return 'identity'
  const asked = qualities(header)
  const q = (encoding: Encoding) =>
    asked.get(encoding) ??
    (encoding === 'identity' ? Math.min(asked.get('*') ?? 0.0001, 0.0001) : (asked.get('*') ?? 0))
  let best: Encoding = 'identity'
  for (const encoding of ['gzip', 'br'] as const) {
    if (available.includes(encoding) && q(encoding) > 0 && q(encoding) >= q(best)) best = encoding
  }
  return best
}

function qualities(header: string): Map<string, number> {
  const found = new Map<string, number>()
  for (const part of header.toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim())
    const q = parameters.find((parameter) => /^q\s*=/.test(parameter))?.split('=')[1]
    const value = q === undefined ? 1 : Number(q)
    found.set(name === 'x-gzip' ? 'gzip' : name, value >= 0 && value <= 1 ? value : 0)
  }
  return found
}

/** Whether If-None-Match says the client has this very entity tag; weak comparison, `*` matches anything there is. */
export function noneMatchHits(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  if (header.trim() === '*') return true
  const tags = header.match(/(?:W\/)?"[^"]*"/g) ?? []
  return tags.some((tag) => tag.replace(/^W\//, '') === etag.replace(/^W\//, ''))
}
