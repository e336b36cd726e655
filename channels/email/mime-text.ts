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

/** Most bytes of an encoded word whose base64 keeps it within 75 letters (RFC 2047 §2). */
const WORD_BYTES = 45

/** A header text as encoded words on lines of their own, none of which breaks a letter (RFC 2047 §5 rule 3). */
export function encodedWords(text: string): string {
  const words: string[] = ['']
  for (const letter of text.toWellFormed()) {
    const longer = words.at(-1) + letter
    if (Buffer.byteLength(longer) > WORD_BYTES) words.push(letter)
    else words[words.length - 1] = longer
  }
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`).join('\r\n ')
}
