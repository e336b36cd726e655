/** A plain map without outside tiles: degrees to pixels, lines of the grid, a scale bar. Pure; the desk's page and its script share it. */

export type Bounds = { south: number; west: number; north: number; east: number }
export type LatLon = readonly [lat: number, lon: number]
export type Disc = { at: LatLon; km: number }

/** What is shown before anything is drawn: Inner Mongolia with some room around it. */
export const HOME: Bounds = { south: 36.5, west: 96.5, north: 54, east: 127 }
const KM_PER_DEGREE = 111.32

/** Around everything drawn, with a sixth of it as room on each side; null where nothing is. */
export function boundsOf(rings: readonly (readonly LatLon[])[], discs: readonly Disc[]): Bounds | null {
  const points = rings.flat()
  const around = discs.flatMap(({ at: [lat, lon], km }): LatLon[] => {
    const dLat = km / KM_PER_DEGREE
    const dLon = dLat / Math.max(0.05, Math.cos((lat * Math.PI) / 180))
    return [
      [lat - dLat, lon - dLon],
      [lat + dLat, lon + dLon],
    ]
  })
  const all = [...points, ...around].filter(([lat, lon]) => Number.isFinite(lat) && Number.isFinite(lon))
  if (all.length === 0) return null
  const lats = all.map((p) => p[0])
  const lons = all.map((p) => p[1])
  const b = { south: Math.min(...lats), west: Math.min(...lons), north: Math.max(...lats), east: Math.max(...lons) }
  const room = Math.max((b.north - b.south) / 6, (b.east - b.west) / 6, 0.01)
  return { south: b.south - room, west: b.west - room, north: b.north + room, east: b.east + room }
}

export type MapFrame = {
  width: number
  height: number
  bounds: Bounds
  x(lon: number): number
  y(lat: number): number
  lon(x: number): number
  lat(y: number): number
  /** Pixels of so many kilometres at the middle. */
  px(km: number): number
  lons: number[]
  lats: number[]
  step: number
  /** The longest round distance that takes at most a third of the width. */
  bar: { km: number; px: number }
}

const STEPS = [20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001]
const BARS = [2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05]

/** Equirectangular about the middle latitude: true enough over some hundreds of kilometres to see what one draws. */
export function mapFrame(asked: Bounds, width = 640, height = 400): MapFrame {
  const middle = { lat: (asked.south + asked.north) / 2, lon: (asked.west + asked.east) / 2 }
  const shrink = Math.max(0.05, Math.cos((middle.lat * Math.PI) / 180))
  const perLon = width / Math.max(1e-6, asked.east - asked.west)
  const perLat = height / Math.max(1e-6, asked.north - asked.south)
  // One scale for both: pixels for a degree of latitude.
  const scale = Math.min(perLat, perLon / shrink)
  const bounds = {
    south: middle.lat - height / 2 / scale,
    north: middle.lat + height / 2 / scale,
    west: middle.lon - width / 2 / (scale * shrink),
    east: middle.lon + width / 2 / (scale * shrink),
  }
  const px = (km: number) => (km / KM_PER_DEGREE) * scale
  const step = STEPS.find((s) => (bounds.east - bounds.west) / s >= 4) ?? 0.001
  const km = BARS.find((k) => px(k) <= width / 3) ?? 0.05
  return {
    width,
    height,
    bounds,
    x: (lon) => (lon - middle.lon) * scale * shrink + width / 2,
    y: (lat) => height / 2 - (lat - middle.lat) * scale,
    lon: (x) => (x - width / 2) / (scale * shrink) + middle.lon,
    lat: (y) => (height / 2 - y) / scale + middle.lat,
    px,
    lons: lines(bounds.west, bounds.east, step),
    lats: lines(bounds.south, bounds.north, step),
    step,
    bar: { km, px: px(km) },
  }
}

function lines(from: number, to: number, step: number): number[] {
  const first = Math.ceil(from / step)
  const last = Math.floor(to / step)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => Number(((first + i) * step).toFixed(4)))
}

/** 118.5° for a grid of halves, 118.525° for one of thousandths. */
export const degree = (value: number, step: number): string =>
  `${value.toFixed(step >= 1 ? 0 : Math.min(3, Math.ceil(-Math.log10(step))))}°`

/** The ring of a line of text: "41.5,111.2 41.9,111.0 …"; pairs that are none are left out. */
export const ringIn = (text: string): LatLon[] =>
  text
    .trim()
    .split(/\s+/)
    .map((pair) => pair.split(',').map(Number))
    .filter((p): p is [number, number] => p.length === 2 && p.every((n) => Number.isFinite(n)))

/** "41.5,111.2 20": twenty kilometres around a point. */
export function discIn(text: string): Disc | null {
  const [centre = '', radius = ''] = text.trim().split(/\s+/)
  const [at] = ringIn(centre)
  const km = Number(radius)
  return at && Number.isFinite(km) && km > 0 ? { at, km } : null
}

export const linesIn = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
