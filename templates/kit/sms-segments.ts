/** How a text travels as SMS: which alphabet it needs, and in how many segments (3GPP TS 23.038 §6.2.1, TS 23.040 §9.2.3.24.1). */

export type Segments = {
  alphabet: 'GSM-7' | 'UCS-2'
  /** Septets, or UTF-16 code units. */
  units: number
  segments: number
  /** Units one segment of this text holds: fewer where it is one of several, for the header that joins them. */
  each: number
}

/** The default alphabet; what is not in it or in its extension sends the whole text as UCS-2. */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
/** An escape and one more septet each. */
const EXTENSION = new Set('\f^{}\\[~]|€')

const ROOM = { 'GSM-7': { alone: 160, joined: 153 }, 'UCS-2': { alone: 70, joined: 67 } } as const

/** Neither an escape and its letter nor two halves of a character are parted by the end of a segment. An empty text has no segment. */
export function segmentsOf(text: string): Segments {
  const points = [...text]
  const gsm = points.every((c) => BASIC.has(c) || EXTENSION.has(c))
  const alphabet = gsm ? 'GSM-7' : 'UCS-2'
  const room = ROOM[alphabet]
  const size = gsm ? (c: string) => (EXTENSION.has(c) ? 2 : 1) : (c: string) => c.length
  const units = points.reduce((n, c) => n + size(c), 0)
  if (units <= room.alone) return { alphabet, units, segments: units === 0 ? 0 : 1, each: room.alone }
  let [segments, left] = [1, room.joined as number]
  for (const c of points) {
    if (size(c) > left) {
      segments++
      left = room.joined
    }
    left -= size(c)
  }
  return { alphabet, units, segments, each: room.joined }
}
