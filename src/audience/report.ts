/** Reads a mail that came back: a delivery status (RFC 3464) or a complaint (RFC 5965). Strict and small; nothing else is understood. */

/** What a mail says about an earlier one of ours. */
export type Report = {
  about:
    | { what: 'delivery'; action: string; status: string }
    | { what: 'complaint'; type: string }
    /** An answering machine, a person, anything else: never a bounce. */
    | { what: 'neither' }
  /** Who the report was sent to, from its own headers: our envelope address names the delivery (VERP). */
  to: string[]
  /** Fields of the mail the report is about, names in small letters. */
  original: Fields
  /** Fields of the machine-readable part. */
  details: Fields
}
export type Fields = Map<string, string[]>

const MOST_PARTS = 20
/** Whoever can send us mail can send this. More fields, or a longer value to look for addresses in, comes from no mail system. */
const MOST_FIELDS = 1_000
const LONGEST_VALUE = 4_096
/** A message is sent to one address, or a few; further ones are not looked at. */
const MOST_ADDRESSES = 100
/** A status of ours has one block about the message and one about its recipient. */
const MOST_BLOCKS = 50

/** Never throws: what cannot be read is `neither`. */
export function readReport(raw: Uint8Array): Report {
  const message = Buffer.from(raw).toString('latin1')
  const { fields, body } = split(message)
  const to = ['delivered-to', 'x-original-to', 'envelope-to', 'to'].flatMap((name) => addresses(fields.get(name)))
  const type = contentType(fields)
  const neither: Report = { about: { what: 'neither' }, to, original: new Map(), details: new Map() }
  if (type.name !== 'multipart/report' || !type.parameters['boundary']) return neither
  const parts = partsOf(body, type.parameters['boundary'])
  const original = originalOf(parts)
  const status = parts.find((p) => p.type === 'message/delivery-status')
  if (status) return { ...neither, original, ...delivery(status.body) }
  const feedback = parts.find((p) => p.type === 'message/feedback-report')
  if (!feedback) return neither
  const details = split(`${feedback.body}\r\n\r\n`).fields
  return {
    ...neither,
    original,
    details,
    about: { what: 'complaint', type: first(details, 'feedback-type').toLowerCase() },
  }
}

/** The first block is about the message, each further one about a recipient (RFC 3464 §2.1); ours have one recipient each. */
function delivery(body: string): Pick<Report, 'about' | 'details'> {
  const blocks = body
    .trim()
    .split(/(?:\r?\n){2,}/, MOST_BLOCKS)
    .map((block) => split(`${block}\r\n\r\n`).fields)
  const details = blocks.find((fields) => fields.has('action')) ?? new Map()
  const action = first(details, 'action').toLowerCase()
  return { details, about: { what: 'delivery', action, status: statusOf(details) } }
}

/** The status, or where it says no more than its class (RFC 3463 §3.1) the code the far server gave with its words. */
function statusOf(details: Fields): string {
  const status = CODE.exec(first(details, 'status'))?.[0] ?? ''
  if (status && !status.endsWith('.0.0')) return status
  const said = /^smtp;\s*\d{3}[ -](\S+)/i.exec(first(details, 'diagnostic-code'))?.[1] ?? ''
  return CODE.exec(said)?.[0] ?? status
}
const CODE = /^([245])\.\d{1,3}\.\d{1,3}(?![\d.])/

/** The first value of a field without comments and surrounding blanks, or ''. */
export const first = (fields: Fields, name: string): string =>
  (fields.get(name)?.[0] ?? '').replace(/\([^()]*\)/g, '').trim()

type Part = { type: string; body: string }

function partsOf(body: string, boundary: string): Part[] {
  const pieces = `\r\n${body}`.split(`\n--${boundary}`).slice(1, MOST_PARTS + 1)
  return pieces
    .filter((piece) => !piece.startsWith('--'))
    .map((piece) => {
      const { fields, body: inner } = split(piece.replace(/^[ \t]*\r?\n/, '').replace(/\r$/, ''))
      return { type: contentType(fields).name, body: decoded(inner, first(fields, 'content-transfer-encoding')) }
    })
}

function originalOf(parts: Part[]): Fields {
  const part = parts.find((p) => p.type === 'message/rfc822' || p.type === 'text/rfc822-headers')
  return part ? split(`${part.body}\r\n\r\n`).fields : new Map()
}

/** RFC 3464 wants 7bit here; some senders encode all the same (RFC 2045 §6). */
function decoded(text: string, encoding: string): string {
  switch (encoding.toLowerCase()) {
    case 'base64':
      return Buffer.from(text, 'base64').toString('latin1')
    case 'quoted-printable':
      return text
        .replace(/=\r?\n/g, '')
        .replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    default:
      return text
  }
}

/** Header fields, unfolded (RFC 5322 §2.2.3), and what follows the first empty line. */
function split(message: string): { fields: Fields; body: string } {
  const border = /\r?\n\r?\n/.exec(message)
  const head = border ? message.slice(0, border.index) : message
  const fields: Fields = new Map()
  for (const line of head
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .slice(0, MOST_FIELDS)) {
    const [, written = '', value = ''] = /^([!-9;-~]+)[ \t]*:(.*)$/.exec(line) ?? []
    const name = written.toLowerCase()
    if (!name) continue
    const values = fields.get(name)
    if (values) values.push(value.trim())
    else fields.set(name, [value.trim()])
  }
  return { fields, body: border ? message.slice(border.index + border[0].length) : '' }
}

function contentType(fields: Fields): { name: string; parameters: Record<string, string> } {
  const [name = '', ...rest] = (fields.get('content-type')?.[0] ?? 'text/plain').split(';')
  const parameters = Object.fromEntries(
    rest.flatMap((piece) => {
      const found = /^\s*([\w-]+)\s*=\s*(?:"([^"]*)"|([^\s;]+))\s*$/.exec(piece)
      return found ? [[(found[1] as string).toLowerCase(), found[2] ?? found[3] ?? '']] : []
    }),
  )
  return { name: name.trim().toLowerCase(), parameters }
}

/**
 * Parted at what cannot stand in an address, each piece looked at once: a pattern that tries every start of a long run of
 * letters takes seconds for a mail that anybody can send.
 */
const addresses = (values: string[] | undefined): string[] =>
  (values ?? [])
    .slice(0, MOST_ADDRESSES)
    .flatMap((value) => value.slice(0, LONGEST_VALUE).split(/[\s<>",;:]+/))
    .filter((piece) => /^[^@]+@./.test(piece))
    .slice(0, MOST_ADDRESSES)
