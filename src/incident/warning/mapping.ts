/** What passing a warning from one form to the other costs, said field by field; and what it cannot be passed without. */
import type { Issue } from '../../lib/errors.ts'

/**
 * `lost`: said in the one form and nowhere in the other. `changed`: said in other words. `added`: the other form demands it and the
 * first was silent. What is not listed comes back unchanged. Words: `loss.<code>`.
 */
export type Loss = { field: string; how: 'lost' | 'changed' | 'added'; code: string; params?: Record<string, string> }

export type Mapped<T> = { to: T; losses: Loss[] } | { to: null; refused: Issue[] }

export class Losses {
  readonly list: Loss[] = []
  private note(how: Loss['how'], field: string, code: string, params?: Record<string, string>): void {
    this.list.push({ field, how, code, ...(params ? { params } : {}) })
  }
  lost(wrong: unknown, field: string, code = 'no-place', params?: Record<string, string>): void {
    if (wrong) this.note('lost', field, code, params)
  }
  changed(wrong: unknown, field: string, code: string, params?: Record<string, string>): void {
    if (wrong) this.note('changed', field, code, params)
  }
  added(wrong: unknown, field: string, code: string, params?: Record<string, string>): void {
    if (wrong) this.note('added', field, code, params)
  }
}

/** Names of what CAP has no field for; under `parameter`. */
export const COLOUR = 'ColorCode'
export const METHOD = '12379:method'
export const CERTAINTY_12379 = '12379:certainty'
export const EVENT_STANDARD = 'GB/T 35561'
export const AREA_STANDARD = 'GB/T 2260'

/** Whom a CAP sender's code stands at, unless the office says otherwise. */
export const SENDER_DOMAIN = '12379.cn'

export const SEVERITY_OF = {
  Red: 'Extreme',
  Orange: 'Severe',
  Yellow: 'Moderate',
  Blue: 'Minor',
  Unknown: 'Unknown',
} as const

/** Media types by the ending of a file's name: the Chinese form has no other word of it. */
const TYPES: Record<string, string> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  txt: 'text/plain',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
}
export const typeByEnding = (name: string): string =>
  TYPES[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream'

/** A decimal moved by three places, by its digits: 1500 m is 1.5 km exactly. */
export function shifted(decimal: string, places: 3 | -3): string {
  const [whole = '0', part = ''] = decimal.replace(/^\+/, '').split('.')
  const digits = whole + part
  const point = whole.length + places
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0')
  const at = Math.max(point, 1)
  const [front, back] = [padded.slice(0, at).replace(/^0+(?=\d)/, ''), padded.slice(at).replace(/0+$/, '')]
  return back ? `${front}.${back}` : front
}

/** Latitude and longitude of China, within which the two cannot be taken for one another. */
export const inChina = ([lat, lon]: readonly [number, number]): boolean =>
  lat >= 3 && lat <= 54 && lon >= 73 && lon <= 136
