/** Browser code: the still parts of the plain map, and text to coordinates and back. */
import { degree, type LatLon, linesIn, type MapFrame } from '../../lib/map-frame.ts'

const SVG = 'http://www.w3.org/2000/svg'
/** Some ten metres: finer than a finger points. */
const DIGITS = 4

export const num = (n: number): string => String(Number(n.toFixed(DIGITS)))
export const pair = ([lat, lon]: LatLon): string => `${num(lat)},${num(lon)}`
/** A ring as it is written: the first corner again at the end. Not `closed`: the window has that name already. */
export const ringText = (corners: readonly LatLon[]): string => [...corners, corners[0] as LatLon].map(pair).join(' ')
/** Corners without the one that closes. */
export const cornersOf = (ring: LatLon[]): LatLon[] =>
  ring.length > 1 && pair(ring[0] as LatLon) === pair(ring.at(-1) as LatLon) ? ring.slice(0, -1) : ring

export function make(name: string, attributes: Record<string, string | number>, text?: string): SVGElement {
  const made = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value))
  if (text !== undefined) made.textContent = text
  return made
}

/** One line of a box of text put in place of another, or taken out; whoever listens to the box hears of it. */
export function replaceLine(box: HTMLTextAreaElement, index: number, line: string | null): void {
  const lines = linesIn(box.value)
  writeLines(box, line === null ? lines.filter((_, i) => i !== index) : lines.map((l, i) => (i === index ? line : l)))
}
export const addLine = (box: HTMLTextAreaElement, line: string): void => writeLines(box, [...linesIn(box.value), line])

function writeLines(box: HTMLTextAreaElement, lines: string[]): void {
  box.value = lines.join('\n')
  box.dispatchEvent(new Event('input', { bubbles: true }))
}

export function grid({ width, height, x, y, lons, lats, step }: MapFrame): SVGElement[] {
  return [
    ...lons.flatMap((lon) => [
      make('line', { class: 'grid', x1: x(lon), y1: 0, x2: x(lon), y2: height }),
      make('text', { class: 'grid-word', x: x(lon) + 3, y: height - 4 }, degree(lon, step)),
    ]),
    ...lats.flatMap((lat) => [
      make('line', { class: 'grid', x1: 0, y1: y(lat), x2: width, y2: y(lat) }),
      make('text', { class: 'grid-word', x: 3, y: y(lat) - 3 }, degree(lat, step)),
    ]),
  ]
}

export const scaleBar = ({ width, bar }: MapFrame): SVGElement[] => [
  make('path', { class: 'scale', d: `M${width - 16 - bar.px} 14v6h${bar.px}v-6` }),
  make('text', { class: 'grid-word', x: width - 16, y: 34, 'text-anchor': 'end' }, `${bar.km} km`),
]
