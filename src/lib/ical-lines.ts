/** Lines of an iCalendar file (RFC 5545): times, text, folding. Pure. */

export const CALENDAR_TYPE = 'text/calendar; charset=utf-8'
const MOST_OCTETS = 75

/** 20261124T080000Z (§3.3.5 form 2). */
export const utc = (iso: string): string => `${new Date(iso).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`

/** TEXT (§3.3.11): backslash, semicolon and comma escaped, line ends as \n, no other control. */
export const text = (value: string): string =>
  value
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, ' ')
    .replace(/[\\;,]/g, (c) => `\\${c}`)
    .replaceAll('\n', '\\n')

/** Content lines of at most 75 octets (§3.1), parted between characters, never inside one. */
export function fold(line: string): string {
  const pieces: string[] = []
  let piece = ''
  let octets = 0
  for (const c of line) {
    const size = Buffer.byteLength(c)
    if (octets + size > MOST_OCTETS) {
      pieces.push(piece)
      piece = ' '
      octets = 1
    }
    piece += c
    octets += size
  }
  return [...pieces, piece].join('\r\n')
}

/** A file of such lines. */
export const icalFile = (lines: string[]): string => `${lines.map(fold).join('\r\n')}\r\n`

/** A calendar object must hold something (§3.6): the zone, where there is no event. */
export const timezone = (offset: string): string[] => [
  'BEGIN:VTIMEZONE',
  `TZID:UTC${offset}`,
  'BEGIN:STANDARD',
  'DTSTART:19700101T000000',
  `TZOFFSETFROM:${offset.replace(':', '')}`,
  `TZOFFSETTO:${offset.replace(':', '')}`,
  'END:STANDARD',
  'END:VTIMEZONE',
]
