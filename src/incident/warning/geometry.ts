/** Rings and circles of an alert: what no schema sees (CAP 1.2 §3.2.4). Pure. */

export type Point = readonly [first: number, second: number]

export const pointsOf = (text: string): Point[] =>
  text
    .trim()
    .split(/\s+/)
    .map((pair) => {
      const [a, b, ...more] = pair.split(',')
      return more.length > 0 || !isNumber(a) || !isNumber(b) ? [Number.NaN, Number.NaN] : [Number(a), Number(b)]
    })

const isNumber = (text: string | undefined): boolean => /^[+-]?\d+(\.\d+)?$/.test(text ?? '')

/** What is wrong with a ring of lat,lon: its code, or null. */
export function ringFault(text: string): 'points' | 'range' | 'open' | 'twice' | 'crossing' | null {
  const points = pointsOf(text)
  if (points.length < 4) return 'points'
  if (!points.every(([lat, lon]) => Math.abs(lat) <= 90 && Math.abs(lon) <= 180)) return 'range'
  if (String(points[0]) !== String(points.at(-1))) return 'open'
  const corners = points.slice(0, -1).map(String)
  if (new Set(corners).size < corners.length) return 'twice'
  return crosses(points) ? 'crossing' : null
}

/** More corners than this are not held against one another: the check is quadratic. */
const MOST_CORNERS = 1000

function crosses(points: Point[]): boolean {
  if (points.length > MOST_CORNERS) return false
  const edges = points.slice(1).map((to, i) => [points[i] as Point, to] as const)
  return edges.some((one, i) => edges.slice(i + 2).some((two) => cut(one, two)))
}

type Edge = readonly [Point, Point]
const side = ([a, b]: Edge, p: Point): number =>
  Math.sign((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]))
const cut = (one: Edge, two: Edge): boolean =>
  side(one, two[0]) * side(one, two[1]) < 0 && side(two, one[0]) * side(two, one[1]) < 0

/** "lat,lon radius" with a radius above 0. */
export function circleFault(text: string): 'circle' | null {
  const [centre = '', radius, ...more] = text.trim().split(/\s+/)
  const [point] = pointsOf(centre)
  const placed = point && Math.abs(point[0]) <= 90 && Math.abs(point[1]) <= 180
  return placed && more.length === 0 && isNumber(radius) && Number(radius) > 0 ? null : 'circle'
}
