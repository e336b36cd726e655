/** Bytes of a mail body: line ends, and tokens kept whole although a soft line break may fall anywhere. Pure. */

/**
 * Finds every occurrence of `token` in the bodies of a message, broken by soft line breaks (RFC 2045 §6.7 rule 5) or not,
 * and puts it on a line of its own between soft breaks. Lines only get shorter, so 76 octets hold; headers stay as they are.
 */
export function isolate(message: string, token: string): string {
  const border = message.indexOf('\r\n\r\n') + 4
  const broken = new RegExp([...token].map((c) => c.replace(/[-]/g, '\\-')).join('(?:=\\r\\n)?'), 'g')
  const bodies = message.slice(border).replace(broken, (_whole, at: number, all: string) => {
    const before = all.slice(at - 2, at) === '\r\n' ? '' : '=\r\n'
    const rest = all.slice(at + _whole.length, at + _whole.length + 3)
    return before + token + (rest.startsWith('\r\n') || rest === '=\r\n' ? '' : '=\r\n')
  })
  return message.slice(0, border) + bodies
}

/** Line ends as mail has them (RFC 5322 §2.3): MailComposer would pass bare ones on. */
export const crlf = (text: string): string => text.replace(/\r\n?|\n/g, '\r\n')

/** Where `needle` stands in `text`, every time. */
export function offsets(text: string, needle: string): number[] {
  const found: number[] = []
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length)) found.push(at)
  return found
}

/** RFC 5321 §4.5.2: a line that begins with a dot gets another. */
export const dotted = (text: string): string => text.replace(/^\./gm, '..')
