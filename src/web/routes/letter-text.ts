/** A kept letter as a person reads it: the headers that matter and its plain text (RFC 5322, 2045, 2047). */

const SHOWN = ['From', 'To', 'Subject', 'Date', 'List-Unsubscribe', 'Message-ID']

/** `source` is the file with one character for each byte (latin1). */
export function readLetter(source: string): { headers: [string, string][]; text: string } {
  const { headers, body } = split(source)
  const shown = SHOWN.flatMap((name): [string, string][] => {
    const value = headers.get(name.toLowerCase())
    return value ? [[name, words(value)]] : []
  })
  return { headers: shown, text: plainPart(headers, body) ?? '' }
}

function split(source: string): { headers: Map<string, string>; body: string } {
  const end = /\r?\n\r?\n/.exec(source)
  const head = end ? source.slice(0, end.index) : source
  const headers = new Map<string, string>()
  for (const line of head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const at = line.indexOf(':')
    if (at > 0) headers.set(line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim())
  }
  return { headers, body: end ? source.slice(end.index + end[0].length) : '' }
}

/** The first text/plain part, looked for inside parts of parts. */
function plainPart(headers: Map<string, string>, body: string): string | null {
  const type = headers.get('content-type') ?? 'text/plain'
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1]
  if (!boundary)
    return /^text\/plain/i.test(type) ? decoded(headers.get('content-transfer-encoding') ?? '', body) : null
  for (const part of body.split(`--${boundary}`).slice(1)) {
    const inner = split(part.replace(/^\r?\n/, ''))
    const found = part.startsWith('--') ? null : plainPart(inner.headers, inner.body)
    if (found !== null) return found
  }
  return null
}

const utf8 = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8')

function decoded(encoding: string, body: string): string {
  switch (encoding.toLowerCase()) {
    case 'quoted-printable':
      return utf8(unquoted(body.replace(/=\r?\n/g, '')))
    case 'base64':
      return Buffer.from(body, 'base64').toString('utf8')
    default:
      return utf8(body)
  }
}

const unquoted = (s: string): string =>
  s.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))

/** Encoded words of a header; those that stand side by side are one (RFC 2047 §6.2). */
const words = (value: string): string =>
  value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, how: string, text: string) =>
      how.toLowerCase() === 'b' ? Buffer.from(text, 'base64').toString('latin1') : unquoted(text.replaceAll('_', ' ')),
    )
    .replace(/[\x80-\xff]+/g, utf8)
